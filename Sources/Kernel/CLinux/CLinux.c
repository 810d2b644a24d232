#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

int nt_setns(int fd, int nstype) { return setns(fd, nstype); }
int nt_unshare(int flags) { return unshare(flags); }
int nt_memory_file(void) { return memfd_create("standard-error", MFD_CLOEXEC); }
int nt_gettid(void) { return (int)syscall(SYS_gettid); }

int nt_netlink_socket(int protocol, int nonblocking) {
  return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | (nonblocking ? SOCK_NONBLOCK : 0), protocol);
}

int nt_netlink_bind(int fd, uint32_t *port) {
  struct sockaddr_nl address;
  memset(&address, 0, sizeof address);
  address.nl_family = AF_NETLINK;
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return -1;
  socklen_t length = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) return -1;
  *port = address.nl_pid;
  return 0;
}

ssize_t nt_netlink_send(int fd, const void *bytes, size_t length) {
  struct sockaddr_nl address;
  memset(&address, 0, sizeof address);
  address.nl_family = AF_NETLINK;
  return sendto(fd, bytes, length, 0, (struct sockaddr *)&address, sizeof address);
}

ssize_t nt_netlink_receive(int fd, void *buffer, size_t capacity, int flags, struct nt_datagram *out) {
  struct sockaddr_nl sender;
  memset(&sender, 0, sizeof sender);
  struct iovec io = {buffer, capacity};
  union {
    struct cmsghdr align;
    char bytes[4 * CMSG_SPACE(sizeof(int))];
  } control;
  struct msghdr message = {&sender, sizeof sender, &io, 1, control.bytes, sizeof control.bytes, 0};
  ssize_t n = recvmsg(fd, &message, flags | MSG_TRUNC | MSG_CMSG_CLOEXEC);
  if (n < 0) return -1;
  out->sender = message.msg_namelen >= sizeof sender ? sender.nl_pid : 0;
  out->nsid = -1;
  out->truncated = (message.msg_flags & MSG_TRUNC) != 0;
  out->ctruncated = (message.msg_flags & MSG_CTRUNC) != 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level == SOL_NETLINK && c->cmsg_type == NETLINK_LISTEN_ALL_NSID && c->cmsg_len >= CMSG_LEN(sizeof(int)))
      memcpy(&out->nsid, CMSG_DATA(c), sizeof(int));
  }
  return n;
}

uint64_t nt_netns_cookie(int socket) {
  uint64_t cookie = 0;
  socklen_t length = sizeof cookie;
  return getsockopt(socket, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &length) == 0 ? cookie : 0;
}

uint64_t nt_namespace_id(int fd) {
  uint64_t id = 0;
  return ioctl(fd, _IOR(0xb7, 13, uint64_t), &id) == 0 ? id : 0;
}

int nt_namespace_owner(int fd, uint32_t *uid) {
  struct stat own, here;
  if (stat("/proc/self/ns/user", &own) != 0) return -1;
  int found = 0;
  int space = ioctl(fd, NS_GET_USERNS);
  while (space >= 0) {
    if (fstat(space, &here) != 0) break;
    if (here.st_dev == own.st_dev && here.st_ino == own.st_ino) {
      close(space);
      return found;
    }
    uid_t owner;
    if (ioctl(space, NS_GET_OWNER_UID, &owner) != 0) break;
    *uid = owner;
    found = 1;
    int above = ioctl(space, NS_GET_PARENT);
    close(space);
    space = above;
  }
  if (space >= 0) close(space);
  return -1;
}

int nt_is_nsfs(int fd) {
  struct statfs s;
  return fstatfs(fd, &s) == 0 && s.f_type == 0x6e736673;
}

int nt_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data) {
  return mount(source, target, type, flags, data);
}

int nt_enter_own_mounts(void) {
  int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
  if (self < 0) return -1;
  int answer = setns(self, CLONE_NEWNS);
  int error = errno;
  close(self);
  errno = error;
  return answer;
}

int nt_cover_directory(void) {
  enum { create = 6, close_on_exec = 1, source_is_descriptor = 4 };  // FSCONFIG_CMD_CREATE, F…_CLOEXEC, MOVE_MOUNT_F_EMPTY_PATH
  int mounted = -1, answer = -1;
  int settings = (int)syscall(SYS_fsopen, "tmpfs", close_on_exec);
  if (settings >= 0 && syscall(SYS_fsconfig, settings, create, NULL, NULL, 0) == 0) {
    mounted = (int)syscall(SYS_fsmount, settings, close_on_exec, 0);
  }
  if (mounted >= 0 && syscall(SYS_move_mount, mounted, "", AT_FDCWD, ".", source_is_descriptor) == 0) {
    answer = fchdir(mounted);
  }
  int error = errno;
  if (mounted >= 0) close(mounted);
  if (settings >= 0) close(settings);
  errno = error;
  return answer;
}

int nt_ethtool(const char *name, char *driver, uint32_t *speed) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
  request.ifr_data = (char *)&info;
  int result = ioctl(fd, SIOCETHTOOL, &request);
  if (result == 0) {
    memcpy(driver, info.driver, 32);
    driver[31] = 0;
    // The request says how many words of link modes it has room for; 0 asks the driver to say how many it needs.
    union {
      struct ethtool_link_settings head;
      uint32_t room[sizeof(struct ethtool_link_settings) / 4 + 3 * 128];
    } link;
    memset(&link, 0, sizeof link);
    link.head.cmd = ETHTOOL_GLINKSETTINGS;
    request.ifr_data = (char *)&link;
    *speed = UINT32_MAX;
    if (ioctl(fd, SIOCETHTOOL, &request) == 0 && link.head.link_mode_masks_nwords < 0) {
      int words = -link.head.link_mode_masks_nwords;
      memset(&link, 0, sizeof link);
      link.head.cmd = ETHTOOL_GLINKSETTINGS;
      link.head.link_mode_masks_nwords = (int8_t)words;
      if (ioctl(fd, SIOCETHTOOL, &request) == 0) *speed = link.head.speed;
    }
  }
  int failure = errno;
  close(fd);
  errno = failure;
  return result;
}
