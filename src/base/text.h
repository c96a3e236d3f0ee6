/** \file
 * A string that grows. `sc_text t = {0};` is a valid empty one; release it when done.
 *
 * Running out of memory is remembered in `failed` and makes later appends do nothing, so that a
 * writer checks once, at the end. */
#ifndef SC_BASE_TEXT_H
#define SC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct sc_text {
	char *s;       /**< NUL-terminated once anything was appended, else NULL */
	size_t length; /**< without the NUL */
	size_t room;
	bool failed;
} sc_text;

void sc_text_add(sc_text *t, const char *s);
void sc_text_add_bytes(sc_text *t, const char *s, size_t n);
void sc_text_addf(sc_text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** The text so far, "" when empty. Valid until the next append. */
const char *sc_text_get(const sc_text *t);
/** The bytes of the character at `s` and its number; a byte that is not UTF-8 is the number 0. */
size_t sc_text_decode(const char *s, unsigned long *number);
/** Columns of a terminal that `bytes` of UTF-8 take, whatever the locale: two for the wide ones of
 * East Asia and pictures, none for marks that stand on the letter before them. */
size_t sc_text_columns(const char *s, size_t bytes);
/** Replace what could steer a terminal by '?', in place: control characters (a tab and a final line
 * break stay, other line breaks become blanks), those of U+0080 … U+009F, marks of direction, bytes
 * that are not UTF-8. */
void sc_text_make_harmless(char *s);
/** The first character of `s` that would be replaced so, tabs and all line breaks included, unless
 * `lines`, when both may be; 0 when there is none. A byte that is not UTF-8 is U+FFFD. */
unsigned long sc_text_first_harmful(const char *s, bool lines);
/** Append, with that done. */
void sc_text_add_harmless(sc_text *t, const char *s);
/** The same, or NULL when anything failed. */
const char *sc_text_whole(const sc_text *t);
/** Release a text that became part of `into`, which fails when it failed. */
void sc_text_release_into(sc_text *t, sc_text *into);
/** Free the memory; the text is empty and usable again. */
void sc_text_release(sc_text *t);

#endif
