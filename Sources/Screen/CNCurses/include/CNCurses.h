// ncursesw as Swift can see it: globals, macros and variadic functions as plain functions.
#ifndef CNCURSES_H
#define CNCURSES_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdint.h>

// What terminfo knows of a kind of terminal: 0 nothing, 1 that it can't move its cursor, 2 that it can. Writes nothing.
int nt_terminal_kind(const char *type);
// newterm on that terminal for input and output; 0 where it can't be used.
SCREEN *nt_newterm(const char *type, int fd);
// The same with 24 bits a colour, by a description of our own that is made from the terminal's; 0 where that can't be.
// ncurses need not take it (where the program has more rights than its user): ask `nt_is_direct` afterwards.
SCREEN *nt_newterm_direct(const char *type, int fd);
// Whether the terminal as ncurses knows it has 24 bits a colour.
int nt_is_direct(void);
// The terminal's modes for the viewer: no echo, keys at once, keypad, no cursor.
void nt_prepare(int mouse);
// Takes the mouse, or leaves it to the terminal.
void nt_mouse(int taken);
// Colours that the terminal has; 0: none. Starts colour mode with the terminal's own background.
int nt_start_colors(void);
// Makes a pair of colours; -1 is the terminal's own.
void nt_pair(int pair, int foreground, int background);

// One cell of a row; up to three characters (base and marks).
struct nt_cell {
  uint32_t characters[3];
  uint16_t pair;
  uint8_t attributes;  // 1 bold, 2 dim, 4 reverse, 8 underline
};
// Puts a row of cells at the left edge.
void nt_row(int y, const struct nt_cell *cells, int count);
// Shows the cursor's place, and sends what changed.
void nt_refresh(int y, int x, int visible);
void nt_clear_on_refresh(void);
// What terminfo says of a string capability; NULL where this terminal has none.
const char *nt_capability(const char *name);
// Columns of a character as libc sees it; -1: it can't be printed.
int nt_wcwidth(uint32_t character);
int nt_resize(int rows, int width);

int nt_codeset_is_utf8(void);

#endif
