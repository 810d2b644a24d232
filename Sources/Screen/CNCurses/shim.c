#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#include "CNCurses.h"

#include <fcntl.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

SCREEN *nt_newterm(const char *type, int fd) {
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, "r+");
  if (!file) {
    close(copy);
    return NULL;
  }
  SCREEN *screen = newterm((char *)type, file, file);
  if (!screen) fclose(file);
  return screen;
}

int nt_terminal_kind(const char *type) {
  int error = 0;
  if (setupterm((char *)type, STDOUT_FILENO, &error) != OK) return 0;
  char *move = tigetstr("cup");
  int kind = move != NULL && move != (char *)-1 ? 2 : 1;
  del_curterm(cur_term);
  return kind;
}

void nt_prepare(int mouse) {
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  typeahead(-1);  // else doupdate gives up half-way when keys wait
  curs_set(0);
  if (mouse) nt_mouse(1);
}

void nt_mouse(int taken) {
  mousemask(taken ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
  if (taken) mouseinterval(0);
}

int nt_start_colors(void) {
  if (!has_colors()) return 0;
  start_color();
  use_default_colors();
  return COLORS;
}

void nt_pair(int pair, int foreground, int background) {
  if (pair < COLOR_PAIRS) init_extended_pair(pair, foreground, background);
}

void nt_row(int y, const struct nt_cell *cells, int count) {
  static cchar_t row[1024];  // the widest picture
  int n = 0;
  for (int i = 0; i < count && n < 1024; i++) {
    if (cells[i].characters[0] == 0) continue;  // the right half of a wide character
    wchar_t text[4] = {0};
    for (int k = 0; k < 3; k++) text[k] = (wchar_t)cells[i].characters[k];
    attr_t attributes = A_NORMAL;
    if (cells[i].attributes & 1) attributes |= A_BOLD;
    if (cells[i].attributes & 2) attributes |= A_DIM;
    if (cells[i].attributes & 4) attributes |= A_REVERSE;
    if (cells[i].attributes & 8) attributes |= A_UNDERLINE;
    int pair = cells[i].pair;
    setcchar(&row[n++], text, attributes, 0, &pair);
  }
  mvwadd_wchnstr(stdscr, y, 0, row, n);
}

void nt_refresh(int y, int x, int visible) {
  (void)visible;
  wmove(stdscr, y, x);
  wnoutrefresh(stdscr);
  doupdate();
}

void nt_clear_on_refresh(void) { clearok(curscr, TRUE); }

const char *nt_capability(const char *name) {
  const char *text = tigetstr((char *)name);
  return text == (char *)-1 ? NULL : text;
}

int nt_wcwidth(uint32_t character) { return wcwidth((wchar_t)character); }
int nt_resize(int rows, int width) { return resizeterm(rows, width); }
int nt_codeset_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
