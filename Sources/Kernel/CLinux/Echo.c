#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <netinet/in.h>
#include <string.h>
#include <time.h>

static int attach(int fd, struct sock_filter *program, size_t length) {
  struct sock_fprog filter = {(unsigned short)length, program};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

int nt_echo_socket(int ipv6, enum nt_echo_kind kind) {
  int type = (kind == nt_echo_datagram ? SOCK_DGRAM : SOCK_RAW) | SOCK_NONBLOCK | SOCK_CLOEXEC;
  int fd = socket(ipv6 ? AF_INET6 : AF_INET, type, ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
  if (fd < 0) return -1;
  int on = 1;
  if (kind != nt_echo_raw_errors) {
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (ipv6) setsockopt(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof on);
    else setsockopt(fd, IPPROTO_IP, IP_RECVTTL, &on, sizeof on);
  }
  if (kind != nt_echo_raw_replies) {
    if (ipv6) setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
    else setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  }
  if (kind == nt_echo_raw_errors) {
    // Errors do not come through the filter; packets would take the room of the errors.
    struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
    attach(fd, &nothing, 1);
    // Errors of other echoes are queued, too; without the privilege it is at most net.core.rmem_max.
    int room = 1 << 20;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) < 0)
      setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  }
  return fd;
}

int nt_echo_expect(int fd, int behind_ip_header, const uint8_t *bytes, const uint8_t *compared, size_t length) {
  enum { most = 32 };
  struct sock_filter program[2 * most + 3];
  size_t n = 0;
  if (length > most) {
    errno = EINVAL;
    return -1;
  }
  // X is where the message begins: behind as many words as the IPv4 header's low half byte says, or at the start.
  if (behind_ip_header) program[n++] = (struct sock_filter)BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0);
  else program[n++] = (struct sock_filter)BPF_STMT(BPF_LDX | BPF_W | BPF_IMM, 0);
  for (size_t i = 0; i < length; i++) {
    if (!compared[i]) continue;
    // What lies behind the packet's end can't be loaded: the packet is dropped.
    program[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_B | BPF_IND, (uint32_t)i);
    program[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, bytes[i], 0, 0);
  }
  size_t drop = n + 1;
  for (size_t i = 2; i < n; i += 2) program[i].jf = (uint8_t)(drop - i - 1);
  program[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
  program[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
  if (attach(fd, program, n) < 0) return -1;
  // What came before the filter was there may fill the receive buffer already.
  uint8_t byte;
  while (recv(fd, &byte, sizeof byte, MSG_DONTWAIT) >= 0 || errno == EINTR) {}
  return 0;
}

int nt_forbid_fragments(int fd, int ipv6) {
  int probe = ipv6 ? IPV6_PMTUDISC_PROBE : IP_PMTUDISC_PROBE;
  return ipv6 ? setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &probe, sizeof probe)
              : setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &probe, sizeof probe);
}

static socklen_t make_address(
  struct sockaddr_storage *out, const uint8_t *address, int address_length, uint32_t scope, uint16_t port) {
  memset(out, 0, sizeof *out);
  if (address_length == 16) {
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    six->sin6_scope_id = scope;
    memcpy(&six->sin6_addr, address, 16);
    return sizeof *six;
  }
  struct sockaddr_in *four = (struct sockaddr_in *)out;
  four->sin_family = AF_INET;
  four->sin_port = htons(port);
  memcpy(&four->sin_addr, address, 4);
  return sizeof *four;
}

int nt_bind_address(
  int fd, const uint8_t *address, int address_length, uint32_t scope, uint16_t port) {
  struct sockaddr_storage from;
  socklen_t length = make_address(&from, address, address_length, scope, port);
  return bind(fd, (struct sockaddr *)&from, length);
}

int nt_tcp_socket(int ipv6) {
  return socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int nt_udp_socket(int ipv6) {
  int fd = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int on = 1;
  if (ipv6) setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  else setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  return fd;
}

int nt_connect(int fd, const uint8_t *address, int address_length, uint32_t scope, uint16_t port) {
  struct sockaddr_storage to;
  socklen_t length = make_address(&to, address, address_length, scope, port);
  return connect(fd, (struct sockaddr *)&to, length);
}

int nt_socket_error(int fd) {
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? errno : error;
}

ssize_t nt_echo_send(int fd, const void *bytes, size_t length, const uint8_t *address, int address_length, uint32_t scope) {
  struct sockaddr_storage to;
  socklen_t to_length = make_address(&to, address, address_length, scope, 0);
  return sendto(fd, bytes, length, MSG_NOSIGNAL, (struct sockaddr *)&to, to_length);
}

static int copy_address(const struct sockaddr *from, uint8_t *to) {
  if (from->sa_family == AF_INET) {
    memcpy(to, &((const struct sockaddr_in *)from)->sin_addr, 4);
    return 4;
  }
  if (from->sa_family == AF_INET6) {
    memcpy(to, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
    return 16;
  }
  return 0;
}

ssize_t nt_echo_receive(int fd, void *buffer, size_t capacity, int errors, struct nt_echo_reply *out) {
  struct sockaddr_storage sender;
  memset(&sender, 0, sizeof sender);
  memset(out, 0, sizeof *out);
  out->ttl = -1;
  struct iovec io = {buffer, capacity};
  union {
    struct cmsghdr align;
    char bytes[512];
  } control;
  struct msghdr message = {&sender, sizeof sender, &io, 1, control.bytes, sizeof control.bytes, 0};
  ssize_t n = recvmsg(fd, &message, errors ? MSG_ERRQUEUE : 0);
  if (n < 0) return -1;
  out->source_length = copy_address((struct sockaddr *)&sender, out->source);
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    size_t length = c->cmsg_len - CMSG_LEN(0);
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS && length >= sizeof(struct timespec)) {
      struct timespec t;
      memcpy(&t, CMSG_DATA(c), sizeof t);
      out->realtime_ns = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    } else if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL) ||
               (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_HOPLIMIT)) {
      if (length >= sizeof(int)) memcpy(&out->ttl, CMSG_DATA(c), sizeof(int));
    } else if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
               (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR)) {
      struct sock_extended_err e;
      if (length < sizeof e) continue;
      memcpy(&e, CMSG_DATA(c), sizeof e);
      out->error = (int32_t)e.ee_errno;
      out->icmp_type = e.ee_type;
      out->icmp_code = e.ee_code;
      out->origin = e.ee_origin;
      out->information = e.ee_info;
      if (length >= sizeof e + sizeof(struct sockaddr_in6))
        out->offender_length = copy_address((struct sockaddr *)(CMSG_DATA(c) + sizeof e), out->offender);
      else if (length >= sizeof e + sizeof(struct sockaddr_in)) {
        struct sockaddr_in from;
        memcpy(&from, CMSG_DATA(c) + sizeof e, sizeof from);
        out->offender_length = from.sin_family == AF_INET ? copy_address((struct sockaddr *)&from, out->offender) : 0;
      }
    }
  }
  return n;
}
