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
/** Free the memory; the text is empty and usable again. */
void sc_text_release(sc_text *t);

#endif
