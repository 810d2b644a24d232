#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int nt_is_secure(void) { return getauxval(AT_SECURE) != 0; }

char **nt_environment(void) { return environ; }

void nt_clear_environment(void) { clearenv(); }

// The calling thread's sets, in the two halves that the kernel has them in.
static int get_capabilities(struct __user_cap_data_struct sets[2]) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  return (int)syscall(SYS_capget, &header, sets);
}

static int set_capabilities(const struct __user_cap_data_struct sets[2]) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  return (int)syscall(SYS_capset, &header, sets);
}

uint64_t nt_effective_capabilities(void) {
  struct __user_cap_data_struct sets[2];
  return get_capabilities(sets) < 0 ? 0 : (uint64_t)sets[1].effective << 32 | sets[0].effective;
}

int nt_open_as_user(const char *path, int flags, unsigned mode, int follows_links) {
  struct __user_cap_data_struct all[2], none[2];
  int is_secure = nt_is_secure();
  uid_t user = geteuid();
  gid_t group = getegid();
  if (is_secure) {
    if (get_capabilities(all) < 0) return -1;
    memcpy(none, all, sizeof none);
    none[0].effective = none[1].effective = 0;
    setfsgid(getgid());
    setfsuid(getuid());
    if (set_capabilities(none) < 0) return -1;
  }
  int fd;
  if (follows_links) {
    fd = open(path, flags, mode);
  } else {
    struct open_how how = {.flags = (unsigned)flags, .mode = flags & O_CREAT ? mode : 0, .resolve = RESOLVE_NO_SYMLINKS};
    fd = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
    // Before Linux 5.6: then at least the last name is no link.
    if (fd < 0 && errno == ENOSYS) fd = open(path, flags | O_NOFOLLOW, mode);
  }
  int failure = errno;
  if (is_secure) {
    set_capabilities(all);
    setfsuid(user);
    setfsgid(group);
  }
  errno = failure;
  return fd;
}

int nt_renounce_lent_rights(void) {
  struct __user_cap_data_struct none[2];
  memset(none, 0, sizeof none);
  if (setresgid(getgid(), getgid(), getgid()) < 0 || setresuid(getuid(), getuid(), getuid()) < 0) return -1;
  if (set_capabilities(none) < 0) return -1;
  // What has no more rights than its user is his to look into, and its files below /proc are his.
  return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

int nt_lend_capabilities(uint64_t wanted) {
  struct __user_cap_data_struct sets[2];
  if (get_capabilities(sets) < 0) return -1;
  for (int half = 0; half < 2; half++)
    sets[half].inheritable |= sets[half].permitted & (uint32_t)(wanted >> (32 * half));
  if (set_capabilities(sets) < 0) return -1;
  for (unsigned number = 0; number < 64; number++)
    if (wanted >> number & 1) prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0);
  return 0;
}

void nt_take_capabilities_back(void) { prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); }
