/** \file
 * Making JSON values. A maker remembers that a value could not be made or put anywhere, so that the
 * writer of a whole document looks once, at the end, as with sc_text. `sc_json j = {0};` is a new
 * one. All of it stands here, since only some users of this room have jansson. */
#ifndef SC_BASE_JSON_H
#define SC_BASE_JSON_H

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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

/** What a value is, in words for "is …": as it is written when that is short, else by kind; returns
 * `out`. NULL is missing. */
static inline const char *sc_json_describe(const json_t *value, char *out, size_t size)
{
	char *text = value && !json_is_object(value) && !json_is_array(value)
			     ? json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(9))
			     : NULL;
	if (json_is_array(value))
		snprintf(out, size, "a list of %zu", json_array_size(value));
	else if (text && strlen(text) <= 40)
		snprintf(out, size, "%s", text);
	else
		snprintf(out, size, "%s",
			!value			? "missing"
			: json_is_object(value) ? "an object"
			: json_is_string(value) ? "a long text"
						: "something else");
	free(text);
	return out;
}

enum { SC_JSON_BYTES_MAX = 32 << 20 };

/** Read a file of at most SC_JSON_BYTES_MAX, since values take up to 16 times their text: its text
 * is appended to `text`, its value is `*root`, for the caller to release in any case. SC_EIO,
 * SC_ENOMEM, SC_EPARSE with the place of what is wrong. */
static inline sc_status sc_json_read(const char *path, sc_text *text, json_t **root, sc_err *err)
{
	json_error_t wrong;
	sc_status s = sc_file_read(path, SC_JSON_BYTES_MAX, text, err);
	if (s)
		return s;
	*root = json_loadb(sc_text_get(text), text->length, JSON_REJECT_DUPLICATES, &wrong);
	if (*root)
		return SC_OK;
	s = text->length ? sc_fail(err, SC_EPARSE, "not JSON, or cut off: %s", wrong.text)
			 : sc_fail(err, SC_EPARSE, "the file is empty");
	if (err) {
		snprintf(err->file, sizeof err->file, "%s", path);
		err->line = text->length ? wrong.line : 0;
		err->column = !text->length ? 0 : wrong.column > 0 ? wrong.column : 1;
	}
	return s;
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
