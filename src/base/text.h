/** \file
 * What else can be done with a text: characters, and text that is harmless for a terminal. */
#ifndef SC_BASE_TEXT_H
#define SC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "secost/base.h"

/** The bytes of the character at `s` and its number; a byte that is not UTF-8 is the number 0. */
size_t sc_text_decode(const char *s, unsigned long *number);
/** Columns of a terminal that `bytes` of UTF-8 take, whatever the locale: two for the wide ones of
 * East Asia and pictures, none for marks that stand on the letter before them. */
size_t sc_text_columns(const char *s, size_t bytes);
/** Replace what could steer a terminal by '?', in place: control characters (a tab and a final line
 * break stay, other line breaks become blanks), those of U+0080 … U+009F, marks of direction, bytes
 * that are not UTF-8. */
void sc_text_make_harmless(char *s);
/** The same, with a blank for every tab and line break. */
void sc_text_make_line(char *s);
/** The first character of `s` that would be replaced so, tabs and all line breaks included, unless
 * `lines`, when both may be; 0 when there is none. A byte that is not UTF-8 is U+FFFD. */
unsigned long sc_text_first_harmful(const char *s, bool lines);
/** Append, with that done. */
void sc_text_add_harmless(sc_text *t, const char *s);
/** The text, or NULL when anything failed. */
const char *sc_text_whole(const sc_text *t);
/** Release a text that became part of `into`, which fails when it failed. */
void sc_text_release_into(sc_text *t, sc_text *into);
#endif
