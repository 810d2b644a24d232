#define _GNU_SOURCE
#include "CrashHandler.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

// SIGTRAP is where Swift traps on some machines, SIGILL on x86.
static const int watched[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGSYS, SIGQUIT};
enum { count = sizeof watched / sizeof *watched };

static struct sigaction before[count];
static struct termios saved_mode;
static int tty_fd = -1, error_fd = -1, captured_fd = -1;
static volatile sig_atomic_t prepared, installed;
static char stack[64 << 10];

// Synchronized output and bracketed paste off, mouse off, cursor keys and keypad normal, cursor on, attributes off, main screen.
static const char restore[] =
    "\033[?2026l\033[?2004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l\033[?1l\033>\033[?25h\033[m\033[?1049l";

// Only what signal-safety(7) allows.
static void give_back(void) {
  ssize_t ignored = write(tty_fd, restore, sizeof restore - 1);
  tcsetattr(tty_fd, TCSANOW, &saved_mode);
  if (captured_fd >= 0) {
    char chunk[4096];
    off_t offset = 0;
    ssize_t n;
    while ((n = pread(captured_fd, chunk, sizeof chunk, offset)) > 0 && offset < (1 << 20)) {
      for (ssize_t i = 0; i < n; i++)
        if ((unsigned char)chunk[i] < 32 && chunk[i] != '\n' && chunk[i] != '\t') chunk[i] = '?';
      ignored = write(error_fd, chunk, (size_t)n);
      offset += n;
    }
    dup2(error_fd, 2);
  }
  (void)ignored;
}

static void handle(int number, siginfo_t *info, void *context) {
  (void)context;
  if (installed) {
    installed = 0;
    give_back();
  }
  // Swift's backtracer asks at a terminal for a key, and waits for it for 30 s; here it hears at once that there is none.
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, 0);
  for (int i = 0; i < count; i++)
    if (watched[i] == number) sigaction(number, &before[i], NULL);
  // A fault happens again as soon as the handler returns, now with the old handler: its trace starts at the true place.
  // A signal that somebody sent does not, and the old handler counts on it, too: after it has said its piece, we end.
  if (info->si_code > 0) return;
  raise(number);
  signal(number, SIG_DFL);
  raise(number);
}

void nt_crash_guard_prepare(void) {
  if (prepared) return;
  prepared = 1;
  stack_t alternate;
  memset(&alternate, 0, sizeof alternate);
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  // Whoever started the program may have had them blocked: then they would wait for ever.
  sigset_t mine;
  sigemptyset(&mine);
  for (int i = 0; i < count; i++) {
    sigaction(watched[i], &action, &before[i]);
    sigaddset(&mine, watched[i]);
  }
  pthread_sigmask(SIG_UNBLOCK, &mine, NULL);
}

void nt_crash_guard_install(int tty, const struct termios *saved, int standard_error, int captured) {
  tty_fd = tty;
  saved_mode = *saved;
  error_fd = standard_error;
  captured_fd = captured;
  nt_crash_guard_prepare();
  installed = 1;
}

void nt_crash_guard_remove(void) { installed = 0; }
