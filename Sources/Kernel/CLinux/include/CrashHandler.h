// Gives the terminal back when the process dies of a signal that no code of ours can catch otherwise.
#ifndef CRASH_HANDLER_H
#define CRASH_HANDLER_H

#include <termios.h>

// Watches for SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGSYS and SIGQUIT, which then go on to whoever had them
// before: Swift's backtracer, which is given nobody to talk to, and so does not wait.
void nt_crash_guard_prepare(void);
// From now on the terminal `tty` is set to `saved` and to its main screen first, and what was written to descriptor 2
// meanwhile (`captured`, -1: nothing was) is copied to `standard_error`.
void nt_crash_guard_install(int tty, const struct termios *saved, int standard_error, int captured);
// The terminal is somebody else's again.
void nt_crash_guard_remove(void);

#endif
