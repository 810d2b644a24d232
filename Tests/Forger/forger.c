// Forges answers to somebody else's pings, as fast as one thread can, until it is killed; for `ForgeryTests`.
//
//     forger TAP NAMESPACE PINGER TARGET
//
// It reads the identifier and the sequence number of PINGER's last echo to TARGET at the interface TAP, which a true
// neighbour could not do, and sends from the neighbour's namespace (a path). What it does not know is the nonce: whatever it
// could copy from the request it leaves at zero. Both addresses are of one family. It says "ready" when it begins.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kinds = 10, largest = 256, data_length = 56 };

static int is_ipv6;
static size_t address_length, header_length;
static uint8_t pinger[16], target[16], bystander[16];
static uint16_t identifier, sequence;
static uint64_t state = 88172645463325252ull;

static uint32_t any(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 16);
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static uint32_t sum(const uint8_t *bytes, size_t length, uint32_t so_far) {
  for (size_t i = 0; i < length; i++) so_far += i & 1 ? bytes[i] : (uint32_t)bytes[i] << 8;
  return so_far;
}

static uint16_t fold(uint32_t so_far) {
  while (so_far >> 16) so_far = (so_far & 0xffff) + (so_far >> 16);
  return (uint16_t)~so_far;
}

static size_t ip_header(uint8_t *out, const uint8_t *from, const uint8_t *to, size_t payload) {
  memset(out, 0, header_length);
  if (is_ipv6) {
    out[0] = 0x60;
    out[4] = (uint8_t)(payload >> 8), out[5] = (uint8_t)payload;
    out[6] = IPPROTO_ICMPV6, out[7] = 64;
    memcpy(out + 8, from, 16), memcpy(out + 24, to, 16);
  } else {
    size_t all = header_length + payload;
    out[0] = 0x45, out[2] = (uint8_t)(all >> 8), out[3] = (uint8_t)all, out[8] = 64, out[9] = IPPROTO_ICMP;
    memcpy(out + 12, from, 4), memcpy(out + 16, to, 4);
    uint16_t check = fold(sum(out, 20, 0));
    out[10] = (uint8_t)(check >> 8), out[11] = (uint8_t)check;
  }
  return header_length;
}

static void finish(uint8_t *icmp, size_t length, const uint8_t *from, const uint8_t *to) {
  uint32_t begin = 0;
  if (is_ipv6) begin = sum(to, 16, sum(from, 16, (uint32_t)length + IPPROTO_ICMPV6));
  icmp[2] = icmp[3] = 0;
  uint16_t check = fold(sum(icmp, length, begin));
  icmp[2] = (uint8_t)(check >> 8), icmp[3] = (uint8_t)check;
}

static size_t echo(uint8_t *out, int is_reply, uint16_t id, uint16_t number) {
  memset(out, 0, 8 + data_length);
  if (is_ipv6) out[0] = is_reply ? ICMP6_ECHO_REPLY : ICMP6_ECHO_REQUEST;
  else out[0] = is_reply ? ICMP_ECHOREPLY : ICMP_ECHO;
  out[4] = (uint8_t)(id >> 8), out[5] = (uint8_t)id, out[6] = (uint8_t)(number >> 8), out[7] = (uint8_t)number;
  return 8 + data_length;
}

static size_t reply(uint8_t *out, const uint8_t *from, uint16_t id, uint16_t number) {
  size_t length = echo(out + header_length, 1, id, number);
  finish(out + header_length, length, from, pinger);
  return ip_header(out, from, pinger, length) + length;
}

// An error that quotes an echo to an address; `quoted` bytes of the echo.
static size_t error(
  uint8_t *out, int type, int code, uint32_t mtu, const uint8_t *to, uint16_t id, uint16_t number, size_t quoted) {
  uint8_t *icmp = out + header_length;
  memset(icmp, 0, 8);
  icmp[0] = (uint8_t)type, icmp[1] = (uint8_t)code;
  icmp[6] = (uint8_t)(mtu >> 8), icmp[7] = (uint8_t)mtu;
  uint8_t inner[8 + data_length];
  size_t length = echo(inner, 0, id, number);
  finish(inner, length, pinger, to);
  ip_header(icmp + 8, pinger, to, length);
  memcpy(icmp + 8 + header_length, inner, quoted);
  length = 8 + header_length + quoted;
  finish(icmp, length, bystander, pinger);
  return ip_header(out, bystander, pinger, length) + length;
}

static size_t forge(int kind, uint8_t *out) {
  int unreachable = is_ipv6 ? ICMP6_DST_UNREACH : ICMP_DEST_UNREACH;
  int host = is_ipv6 ? ICMP6_DST_UNREACH_ADDR : ICMP_HOST_UNREACH;
  int exceeded = is_ipv6 ? ICMP6_TIME_EXCEEDED : ICMP_TIME_EXCEEDED;
  size_t all = 8 + data_length;
  uint16_t other = (uint16_t)(identifier ^ (1 + any() % 65535)), wrong = (uint16_t)(sequence ^ (1 + any() % 65535));
  static uint32_t next;
  switch (kind) {
    case 0: next++; return reply(out, target, (uint16_t)next, (uint16_t)any());  // every identifier
    case 1: return reply(out, bystander, identifier, sequence);                  // from another address
    case 2: return error(out, unreachable, host, 0, bystander, identifier, sequence, all);  // to somebody else
    case 3: return error(out, unreachable, host, 0, target, other, sequence, all);
    case 4: return error(out, unreachable, host, 0, target, identifier, wrong, all);
    case 5: return error(out, exceeded, 0, 0, target, identifier, sequence, all);  // all but the nonce
    case 6:
      return is_ipv6 ? error(out, ICMP6_PACKET_TOO_BIG, 0, 68, target, identifier, sequence, all)
                     : error(out, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, 68, target, identifier, sequence, all);
    case 7: return reply(out, target, identifier, sequence);                                  // all but the nonce
    case 8: return error(out, unreachable, host, 0, target, (uint16_t)any(), (uint16_t)any(), 8);  // blind and short
    default: return error(out, unreachable, host, 0, target, identifier, sequence, any() % 8);     // cut in the numbers
  }
}

static void listen_to(int tap) {
  uint8_t frame[largest];
  ssize_t n;
  while ((n = recv(tap, frame, sizeof frame, MSG_DONTWAIT)) > 0) {
    const uint8_t *ip = frame, *icmp = frame + header_length;
    size_t destination = is_ipv6 ? 24 : 16, source = is_ipv6 ? 8 : 12;
    if ((size_t)n < header_length + 8 || memcmp(ip + destination, target, address_length) != 0) continue;
    if (memcmp(ip + source, pinger, address_length) != 0) continue;
    if (icmp[0] != (is_ipv6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO)) continue;
    identifier = (uint16_t)(icmp[4] << 8 | icmp[5]);
    sequence = (uint16_t)(icmp[6] << 8 | icmp[7]);
  }
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  is_ipv6 = strchr(argv[3], ':') != NULL;
  int family = is_ipv6 ? AF_INET6 : AF_INET;
  address_length = is_ipv6 ? 16 : 4, header_length = is_ipv6 ? 40 : 20;
  if (inet_pton(family, argv[3], pinger) != 1 || inet_pton(family, argv[4], target) != 1) return 2;
  memcpy(bystander, target, 16);
  bystander[address_length - 1] = 99;

  int protocol = htons(is_ipv6 ? ETH_P_IPV6 : ETH_P_IP);
  int tap = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, protocol);
  struct sockaddr_ll where = {.sll_family = AF_PACKET, .sll_protocol = (uint16_t)protocol};
  where.sll_ifindex = (int)if_nametoindex(argv[1]);
  if (tap < 0 || bind(tap, (struct sockaddr *)&where, sizeof where) < 0) die("tap");
  int namespace = open(argv[2], O_RDONLY | O_CLOEXEC);
  if (namespace < 0 || setns(namespace, CLONE_NEWNET) < 0) die("setns");
  int out = socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
  if (out < 0) die("socket");

  static uint8_t packets[kinds][largest];
  struct iovec parts[kinds];
  struct mmsghdr messages[kinds];
  struct sockaddr_in to4 = {.sin_family = AF_INET};
  struct sockaddr_in6 to6 = {.sin6_family = AF_INET6};
  memcpy(&to4.sin_addr, pinger, 4), memcpy(&to6.sin6_addr, pinger, 16);
  memset(messages, 0, sizeof messages);
  for (int kind = 0; kind < kinds; kind++) {
    messages[kind].msg_hdr.msg_name = is_ipv6 ? (void *)&to6 : (void *)&to4;
    messages[kind].msg_hdr.msg_namelen = is_ipv6 ? sizeof to6 : sizeof to4;
    messages[kind].msg_hdr.msg_iov = &parts[kind];
    messages[kind].msg_hdr.msg_iovlen = 1;
    parts[kind].iov_base = packets[kind];
  }
  for (uint64_t round = 0;; round++) {
    listen_to(tap);
    for (int kind = 0; kind < kinds; kind++) parts[kind].iov_len = forge(kind, packets[kind]);
    for (int sent = 0; sent < kinds;) {
      int n = sendmmsg(out, messages + sent, (unsigned)(kinds - sent), 0);
      // A full queue is what happens to one who sends at full speed.
      sent += n > 0 ? n : 1;
    }
    if (round == 100) {
      puts("ready");
      fflush(stdout);
    }
  }
}
