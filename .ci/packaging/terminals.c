// Descriptions of terminals inside of the program, for machines that have none: ncurses asks `_nc_fallback2` where its
// database knows nothing of a terminal. In Debian's libtinfo.a that knows none; the linker leads the call here (`--wrap`).
// What `infocmp` compiled stands in descriptions.h, which `.ci/package` makes; see term(5) and user_caps(5).
#define NCURSES_INTERNALS 1
#include <sys/types.h>
#include <termios.h>
#define TTY struct termios
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

struct description {
  const char *names;
  const unsigned char *bytes;
  int count;
};
#include "descriptions.h"

const TERMTYPE2 *__wrap__nc_fallback2(const char *name);

// Its names stand between bars, as in the description itself.
static int is_called(const struct description *one, const char *name) {
  size_t length = strlen(name);
  for (const char *at = one->names; (at = strstr(at, name)) != NULL; at++) {
    if (length > 0 && (at == one->names || at[-1] == '|') && (at[length] == '|' || at[length] == 0)) return 1;
  }
  return 0;
}

const TERMTYPE2 *__wrap__nc_fallback2(const char *name) {
  static TERMTYPE2 found;
  for (size_t i = 0; i < sizeof descriptions / sizeof *descriptions; i++) {
    if (!is_called(&descriptions[i], name)) continue;
    // It reads from a buffer that is not const; and who asks copies what it gets.
    static char copy[32768];
    memcpy(copy, descriptions[i].bytes, (size_t)descriptions[i].count);
    return _nc_read_termtype(&found, copy, descriptions[i].count) == 1 ? &found : NULL;
  }
  return NULL;
}
