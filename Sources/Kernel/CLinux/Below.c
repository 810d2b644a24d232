#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Without openat2(2): one name after the other, and no link at all.
static int walk_below(int root, const char *path, int flags) {
  char name[256];
  int at = -1;
  while (*path == '/') path++;
  if (!*path) {
    errno = ENOENT;
    return -1;
  }
  for (;;) {
    size_t length = strcspn(path, "/");
    if (length >= sizeof name) {
      errno = ENAMETOOLONG;
      goto failed;
    }
    memcpy(name, path, length);
    name[length] = 0;
    path += length;
    while (*path == '/') path++;
    if (!strcmp(name, "..")) {
      errno = EXDEV;
      goto failed;
    }
    int next = openat(at < 0 ? root : at, name, (*path ? O_DIRECTORY | O_PATH : flags) | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0) goto failed;
    if (at >= 0) close(at);
    if (!*path) return next;
    at = next;
  }
failed:;
  int error = errno;
  if (at >= 0) close(at);
  errno = error;
  return -1;
}

int nt_open_below(int root, const char *path, int flags, int may_use_openat2) {
  if (may_use_openat2) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (unsigned)flags | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    for (int tries = 0; tries < 16; tries++) {
      long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
      if (fd >= 0) return (int)fd;
      // Somebody renames directories on the way.
      if (errno == EAGAIN) continue;
      break;
    }
    // EPERM: a filter of system calls that does not know it.
    if (errno != ENOSYS && errno != EPERM) return -1;
  }
  return walk_below(root, path, flags);
}

int nt_open_plain(const char *path, int flags) {
  struct open_how how;
  memset(&how, 0, sizeof how);
  how.flags = (unsigned)flags | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  // A kernel before 5.6 has no such call: then there is no answer.
  return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}
