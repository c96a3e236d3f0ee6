/** \file
 * Making JSON values. A maker remembers that a value could not be made or put anywhere, so that the
 * writer of a whole document looks once, at the end, as with sc_text. `sc_json j = {0};` is a new
 * one. All of it stands here, since only some users of this room have jansson. */
#ifndef SC_BASE_JSON_H
#define SC_BASE_JSON_H

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

typedef struct sc_json {
	bool failed;
} sc_json;

/** Put `value` into an object; it belongs to the object then. NULL for either is a failure. */
static inline void sc_json_set(sc_json *j, json_t *object, const char *key, json_t *value)
{
	j->failed = json_object_set_new(object, key, value) || j->failed;
}

/** The same at the end of a list. */
static inline void sc_json_append(sc_json *j, json_t *list, json_t *value)
{
	j->failed = json_array_append_new(list, value) || j->failed;
}

/** Text; what is no UTF-8 in it becomes '?'. */
static inline json_t *sc_json_text(const char *s)
{
	json_t *value = json_string(s);
	char *copy = value ? NULL : strdup(s);
	if (copy) {
		sc_text_make_harmless(copy);
		value = json_string(copy);
	}
	free(copy);
	return value;
}

/** A number, or null where it is none. */
static inline json_t *sc_json_real(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

/** The document, or NULL (and it is freed) when anything failed. */
static inline json_t *sc_json_done(const sc_json *j, json_t *root)
{
	if (!j->failed)
		return root;
	json_decref(root);
	return NULL;
}

static inline int sc_json_add_bytes(const char *bytes, size_t n, void *out)
{
	sc_text_add_bytes(out, bytes, n);
	return ((sc_text *)out)->failed ? -1 : 0;
}

/** Append a document as text with a line break at its end; `out` fails when there is none or no
 * memory for it. */
static inline void sc_json_write(const json_t *root, sc_text *out)
{
	if (!root || json_dump_callback(root, sc_json_add_bytes, out,
			     JSON_INDENT(2) | JSON_REAL_PRECISION(17)))
		out->failed = true;
	sc_text_add(out, "\n");
}

#endif
