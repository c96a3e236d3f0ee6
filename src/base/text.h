/** \file
 * What else can be done with a text: characters, and text that is harmless for a terminal. */
#ifndef SC_BASE_TEXT_H
#define SC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "secost/base.h"

/** The bytes of the character at `s` and its number; a byte that is not UTF-8 is the number 0. */
size_t sc_text_decode(const char *s, unsigned long *number);
/** Replace what could steer a terminal by '?', in place: control characters (a tab and a final line
 * break stay, other line breaks become blanks), those of U+0080 … U+009F, marks of direction, bytes
 * that are not UTF-8. */
void sc_text_make_harmless(char *s);
/** Append, with that done. */
void sc_text_add_harmless(sc_text *t, const char *s);
#endif
