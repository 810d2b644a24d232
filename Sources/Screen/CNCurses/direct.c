// A description of the terminal that has 24 bits a colour, where the usual ones have 256 at most.
//
// Descriptions with "direct" in their names come in a package that few machines have, and know few terminals. So the
// description of the terminal itself is taken, with other colours, and handed to ncurses as it takes one from TERMINFO:
// `hex:` and the compiled form, see term(5) (numbers of 32 bits) and user_caps(5) (RGB).
#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#include "CNCurses.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

enum { size_limit = 32767, magic = 01036, all_colors = 1 << 24, pairs = 1 << 16 };

struct bytes {
  unsigned char at[2 * size_limit];
  int count;
  bool overflowed;
};

static void put(struct bytes *b, int byte) {
  if (b->count < (int)sizeof b->at) {
    b->at[b->count++] = (unsigned char)byte;
  } else {
    b->overflowed = true;
  }
}

static void put16(struct bytes *b, int value) {
  put(b, value & 0xFF);
  put(b, value >> 8 & 0xFF);
}

static void put32(struct bytes *b, int value) {
  put16(b, value & 0xFFFF);
  put16(b, value >> 16 & 0xFFFF);
}

static void put_text(struct bytes *b, const char *text) {
  for (; *text; text++) put(b, *text);
  put(b, 0);
}

static void put_all(struct bytes *b, const struct bytes *other) {
  for (int i = 0; i < other->count; i++) put(b, other->at[i]);
  b->overflowed |= other->overflowed;
}

// The colours of ours; the first eight stay those of the terminal, as in xterm-direct.
static const char *foreground =
    "\033[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";
static const char *background =
    "\033[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";

static const char *string_of(const char *name) {
  if (strcmp(name, "setaf") == 0) return foreground;
  if (strcmp(name, "setab") == 0) return background;
  // Nothing of the palette can be set.
  if (strcmp(name, "initc") == 0 || strcmp(name, "oc") == 0) return NULL;
  const char *text = tigetstr((char *)name);
  return text == (char *)-1 ? NULL : text;
}

static int number_of(const char *name) {
  if (strcmp(name, "colors") == 0) return all_colors;
  if (strcmp(name, "pairs") == 0) return pairs;
  int value = tigetnum((char *)name);
  return value < 0 ? -1 : value;
}

// Offsets of strings, and the strings one behind the other.
static void put_strings(struct bytes *offsets, struct bytes *table, const char *const *names) {
  for (; *names; names++) {
    const char *text = string_of(*names);
    put16(offsets, text ? table->count : -1);
    if (text) put_text(table, text);
  }
}

// What is no capability of X/Open's, and ncurses heeds: RGB is the one that matters; the mouse's string is another.
static void put_extended(struct bytes *out) {
  static const char *flags[] = {"AX", "RGB", "XT"}, *texts[] = {"E3", "XM", NULL};
  static struct bytes offsets, table;
  offsets = table = (struct bytes){0};
  put_strings(&offsets, &table, texts);
  int strings = table.count, present = 0;
  for (int i = 0; i < 2; i++) present += string_of(texts[i]) != NULL;
  const char *names[] = {flags[0], flags[1], flags[2], texts[0], texts[1]};
  for (int i = 0; i < 5; i++) {
    put16(&offsets, table.count - strings);
    put_text(&table, names[i]);
  }
  if (out->count % 2) put(out, 0);
  put16(out, 3);
  put16(out, 0);
  put16(out, 2);
  put16(out, present + 5);
  put16(out, table.count);
  for (int i = 0; i < 3; i++) put(out, i == 1 || tigetflag((char *)flags[i]) == 1);
  put(out, 0);
  put_all(out, &offsets);
  put_all(out, &table);
}

// The compiled description of `type`, which setupterm has read; false where it is too long, or has no colours.
static bool describe(const char *type, struct bytes *out) {
  static struct bytes offsets, table;
  offsets = table = (struct bytes){0};
  if (!string_of("setaf") || tigetnum("colors") < 8) return false;
  put_strings(&offsets, &table, strnames);
  if (table.count > size_limit) return false;
  int flag_count = 0, number_count = 0;
  while (boolnames[flag_count]) flag_count++;
  while (numnames[number_count]) number_count++;
  put16(out, magic);
  put16(out, (int)strlen(type) + 1);
  put16(out, flag_count);
  put16(out, number_count);
  put16(out, offsets.count / 2);
  put16(out, table.count);
  put_text(out, type);
  for (int i = 0; i < flag_count; i++) put(out, strcmp(boolnames[i], "ccc") != 0 && tigetflag((char *)boolnames[i]) == 1);
  if (out->count % 2) put(out, 0);
  for (int i = 0; i < number_count; i++) put32(out, number_of(numnames[i]));
  put_all(out, &offsets);
  put_all(out, &table);
  put_extended(out);
  return !out->overflowed && out->count <= size_limit;
}

SCREEN *nt_newterm_direct(const char *type, int fd) {
  int error = 0;
  if (setupterm((char *)type, fd, &error) != OK) return NULL;
  static struct bytes compiled;
  compiled = (struct bytes){0};
  bool is_described = tigetflag("RGB") != 1 && describe(type, &compiled);
  del_curterm(cur_term);
  if (!is_described) return NULL;
  static char text[5 + 2 * size_limit];
  memcpy(text, "hex:", 4);
  for (int i = 0; i < compiled.count; i++) {
    text[4 + 2 * i] = "0123456789ABCDEF"[compiled.at[i] >> 4];
    text[5 + 2 * i] = "0123456789ABCDEF"[compiled.at[i] & 15];
  }
  text[4 + 2 * compiled.count] = 0;
  const char *before = getenv("TERMINFO");
  char *saved = before ? strdup(before) : NULL;
  setenv("TERMINFO", text, 1);
  SCREEN *screen = nt_newterm(type, fd);
  if (saved) {
    setenv("TERMINFO", saved, 1);
  } else {
    unsetenv("TERMINFO");
  }
  free(saved);
  return screen;
}

int nt_is_direct(void) { return tigetflag("RGB") == 1; }
