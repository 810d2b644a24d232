// UTF-8 for machines that have no locale of it, as an empty root or one without glibc: there, `C.UTF-8` is taken to be
// what it is in Debian. The linker leads the calls of the program and of ncurses here (`--wrap`); where libc has the
// locale, each of them goes on to libc. Widths are those of libc itself, written down by `.ci/package` in widths.h.
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

struct range {
  uint32_t first, last;
  int width;
};
#include "widths.h"

// Whether characters are ours to tell.
static int is_ours;

char *__real_setlocale(int category, const char *name);
char *__wrap_setlocale(int category, const char *name);
char *__wrap_setlocale(int category, const char *name) {
  char *answer = __real_setlocale(category, name);
  if (category != LC_CTYPE || !name) return answer;
  is_ours = !answer && strcmp(name, "C.UTF-8") == 0;
  return is_ours ? "C.UTF-8" : answer;
}

char *__real_nl_langinfo(nl_item item);
char *__wrap_nl_langinfo(nl_item item);
char *__wrap_nl_langinfo(nl_item item) {
  return is_ours && item == CODESET ? "UTF-8" : __real_nl_langinfo(item);
}

int __real_wcwidth(wchar_t character);
int __wrap_wcwidth(wchar_t character);
int __wrap_wcwidth(wchar_t character) {
  if (!is_ours) return __real_wcwidth(character);
  size_t low = 0, high = sizeof ranges / sizeof *ranges;
  uint32_t value = (uint32_t)character;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (value > ranges[middle].last) {
      low = middle + 1;
    } else if (value < ranges[middle].first) {
      high = middle;
    } else {
      return ranges[middle].width;
    }
  }
  return -1;
}

int __real_iswprint(wint_t character);
int __wrap_iswprint(wint_t character);
int __wrap_iswprint(wint_t character) {
  return is_ours ? character != 0 && __wrap_wcwidth((wchar_t)character) >= 0 : __real_iswprint(character);
}

size_t __real_wcrtomb(char *out, wchar_t character, mbstate_t *state);
size_t __wrap_wcrtomb(char *out, wchar_t character, mbstate_t *state);
size_t __wrap_wcrtomb(char *out, wchar_t character, mbstate_t *state) {
  if (!is_ours) return __real_wcrtomb(out, character, state);
  if (!out) return 1;
  uint32_t value = (uint32_t)character;
  if (value < 0x80) {
    *out = (char)value;
    return 1;
  }
  if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
    errno = EILSEQ;
    return (size_t)-1;
  }
  // Six bits a byte from the end; the first one says how many there are (RFC 3629).
  size_t count = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  for (size_t i = count - 1; i > 0; i--, value >>= 6) out[i] = (char)(0x80 | (value & 0x3F));
  out[0] = (char)((0xF00 >> count) | value);
  return count;
}

size_t __real_mbrtowc(wchar_t *out, const char *bytes, size_t count, mbstate_t *state);
size_t __wrap_mbrtowc(wchar_t *out, const char *bytes, size_t count, mbstate_t *state);
size_t __wrap_mbrtowc(wchar_t *out, const char *bytes, size_t count, mbstate_t *state) {
  if (!is_ours) return __real_mbrtowc(out, bytes, count, state);
  if (!bytes) return 0;
  if (count == 0) return (size_t)-2;
  unsigned char first = (unsigned char)*bytes;
  size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0) {
    errno = EILSEQ;
    return (size_t)-1;
  }
  uint32_t value = length == 1 ? first : first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if (i == count) return (size_t)-2;
    unsigned char next = (unsigned char)bytes[i];
    if ((next & 0xC0) != 0x80) {
      errno = EILSEQ;
      return (size_t)-1;
    }
    value = value << 6 | (next & 0x3F);
  }
  if (out) *out = (wchar_t)value;
  return value == 0 ? 0 : length;
}
