// What the Swift runtime would look for in /proc before main, where a static program has to do without: the linker leads
// its calls here (`--wrap`).
#include <stdlib.h>
#include <string.h>

// The runtime looks for a helper that prints backtraces before main, beside the program, and ends the program where /proc
// is not mounted: there is none beside this one.
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name);
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

// The arguments, which the runtime would read from /proc; libc hands them to every constructor.
static char **arguments;
static int argument_count;

__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}

// The caller owns the list and what is in it.
char **__wrap__swift_stdlib_getUnsafeArgvArgc(int *count);
char **__wrap__swift_stdlib_getUnsafeArgvArgc(int *count) {
  char **copy = calloc((size_t)argument_count + 1, sizeof *copy);
  for (int i = 0; copy && i < argument_count; i++) copy[i] = strdup(arguments[i]);
  *count = copy ? argument_count : 0;
  return copy;
}
