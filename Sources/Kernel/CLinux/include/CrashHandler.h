// Gives the terminal back when the process dies of a signal that no code of ours can catch otherwise.
#ifndef CRASH_HANDLER_H
#define CRASH_HANDLER_H

#include <termios.h>

// Watches for SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE and SIGQUIT: the terminal `tty` is set to `saved` and to
// its main screen, what was written to descriptor 2 meanwhile (`captured`, -1: nothing was) is copied to `standard_error`,
// and the signal goes on to whoever had it before.
void nt_crash_guard_install(int tty, const struct termios *saved, int standard_error, int captured);
// Stops watching; the handlers from before are back.
void nt_crash_guard_remove(void);

#endif
