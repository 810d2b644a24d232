#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// A pipe whose ends are not among the three standard streams, which the child's are put in place of.
static int make_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) < 0) return -1;
  for (int i = 0; i < 2; i++) {
    if (ends[i] > 2) continue;
    int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);
    int failure = errno;
    close(ends[i]);
    ends[i] = moved;
    if (moved >= 0) continue;
    close(ends[1 - i]);
    errno = failure;
    return -1;
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return 0;
}

// A list of pointers to the words of a block, each of which ends in NUL; the list ends with a null pointer.
static char **split(const char *block, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += block[i] == 0;
  char **words = calloc(count + 1, sizeof *words);
  if (!words) return NULL;
  size_t start = 0, next = 0;
  for (size_t i = 0; i < length; i++) {
    if (block[i] != 0) continue;
    words[next++] = (char *)block + start;
    start = i + 1;
  }
  return words;
}

int nt_spawn(const char *path, const char *arguments, size_t arguments_length, const char *environment,
             size_t environment_length, uint64_t lent, struct nt_child *child) {
  int output[2], errors[2];
  if (make_pipe(output) < 0) return errno;
  if (make_pipe(errors) < 0) {
    int failure = errno;
    close(output[0]);
    close(output[1]);
    return failure;
  }
  char **argv = split(arguments, arguments_length);
  char **envp = split(environment, environment_length);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output[1], 1);
  posix_spawn_file_actions_adddup2(&actions, errors[1], 2);
  // The program blocks and ignores signals that a child is to die of, and kills the child's own children with it.
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t pid = 0;
  // The child has what the thread has.
  if (lent) nt_lend_capabilities(lent);
  int failure = argv && envp ? posix_spawn(&pid, path, &actions, &attributes, argv, envp) : ENOMEM;
  if (lent) nt_take_capabilities_back();
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  free(argv);
  free(envp);
  close(output[1]);
  close(errors[1]);
  if (failure) {
    close(output[0]);
    close(errors[0]);
    return failure;
  }
  child->pid = pid;
  child->output = output[0];
  child->errors = errors[0];
  return 0;
}

void nt_kill_child(int pid) {
  if (kill(-pid, SIGKILL) < 0) kill(pid, SIGKILL);
}

int nt_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int nt_reap_child(int pid, int *status, int *signal) {
  int raw = 0;
  pid_t result = waitpid(pid, &raw, WNOHANG);
  *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 0;
  *signal = WIFSIGNALED(raw) ? WTERMSIG(raw) : 0;
  return result == 0 ? 0 : 1;
}

int nt_spawn_shell(const char *path) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  char *arguments[] = {(char *)path, NULL};
  pid_t pid = 0;
  int failure = posix_spawn(&pid, path, NULL, &attributes, arguments, nt_environment());
  posix_spawnattr_destroy(&attributes);
  return failure ? -failure : pid;
}
