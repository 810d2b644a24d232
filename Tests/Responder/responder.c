// Servers for tests, each until it is ended, and a client:
//   responder ask ADDRESS PORT FROM               a datagram from that port; 0 where an answer comes
//   responder udp ADDRESS PORT                    gives back what it gets
//   responder dns ADDRESS PORT [NAME=ADDRESS]…    answers for these names (IPv4), and NXDOMAIN for all others
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// The name of the question at `offset`, with dots; returns where its type stands, or 0 where it is malformed.
static size_t name_at(const unsigned char *message, size_t size, size_t offset, char *name, size_t room) {
  size_t used = 0;
  while (offset < size && message[offset] != 0) {
    size_t length = message[offset++];
    if (length > 63 || offset + length > size || used + length + 2 > room) return 0;
    if (used > 0) name[used++] = '.';
    memcpy(name + used, message + offset, length);
    used += length;
    offset += length;
  }
  name[used] = 0;
  return offset + 5 <= size ? offset + 1 : 0;
}

// Turns a question into its answer, in place; returns the answer's size, or 0 where there is none.
static size_t answer(unsigned char *message, size_t size, size_t room, int count, char **zone) {
  char name[256];
  size_t type = size >= 12 ? name_at(message, size, 12, name, sizeof name) : 0;
  if (type == 0) return 0;
  const char *address = NULL;
  for (int i = 0; i < count; i++) {
    char *equals = strchr(zone[i], '=');
    if (equals && (size_t)(equals - zone[i]) == strlen(name) && strncasecmp(zone[i], name, strlen(name)) == 0) {
      address = equals + 1;
    }
  }
  size_t end = type + 4;
  message[2] = 0x81;
  message[3] = address ? 0x80 : 0x83;
  memset(message + 6, 0, 6);
  if (!address || message[type + 1] != 1 || end + 16 > room) return end;
  static const unsigned char record[] = {0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4};
  message[7] = 1;
  memcpy(message + end, record, sizeof record);
  return inet_pton(AF_INET, address, message + end + sizeof record) == 1 ? end + 16 : end;
}

// Sends a datagram from a port of its own, as a resolver or a phone does, and waits a second for an answer: 0 where one comes.
static int ask(struct sockaddr_in to, const char *from) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(from))};
  struct timeval second = {.tv_sec = 1};
  char reply[16];
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof own) != 0) return 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 || send(fd, "hi", 2, 0) != 2) return 1;
  return recv(fd, reply, sizeof reply, 0) == 2 ? 0 : 1;
}

int main(int count, char **arguments) {
  if (count < 4) return 64;
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[3]))};
  if (inet_pton(AF_INET, arguments[2], &own.sin_addr) != 1) return 64;
  if (strcmp(arguments[1], "ask") == 0) return count == 5 ? ask(own, arguments[4]) : 64;
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof own) != 0) return 1;
  for (;;) {
    unsigned char message[2048];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t size = recvfrom(fd, message, 512, 0, (struct sockaddr *)&from, &length);
    if (size < 0) continue;
    size_t reply = (size_t)size;
    if (strcmp(arguments[1], "dns") == 0) {
      reply = answer(message, (size_t)size, sizeof message, count - 4, arguments + 4);
      if (reply == 0) continue;
    }
    (void)!sendto(fd, message, reply, 0, (struct sockaddr *)&from, length);
  }
}
