/** \file
 * Members of a JSON object, read one by one. All of it stands here, since only some users of this
 * room have jansson. */
#ifndef SC_BASE_SOURCE_H
#define SC_BASE_SOURCE_H

#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/locate.h"

/** Members are asked for by name; the first failure is kept, after which nothing else matters. */
typedef struct sc_source {
	const char *json;
	sc_err *err;
	sc_status status;
	char path[96]; /**< of the object that is being read, with a dot at its end */
} sc_source;

/** Tell what is wrong with the member `key`, with its place in the file; the first failure stays.
 */
__attribute__((format(printf, 3, 4))) static inline void sc_source_fail(
	sc_source *s, const char *key, const char *fmt, ...)
{
	char path[160], text[256];
	va_list args;
	if (s->status)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	snprintf(path, sizeof path, "%s%s", s->path, key);
	if (!*key && *path)
		path[strlen(path) - 1] = '\0';
	s->status = sc_fail(s->err, SC_ESCHEMA, "'%s' %s", *path ? path : "(file)", text);
	sc_json_locate(s->json, path, s->err);
}

/** "'KEY' is VALUE, must be …" */
__attribute__((format(printf, 4, 5))) static inline void sc_source_wrong(
	sc_source *s, const char *key, const json_t *value, const char *fmt, ...)
{
	char is[80], must[160];
	va_list args;
	va_start(args, fmt);
	vsnprintf(must, sizeof must, fmt, args);
	va_end(args);
	sc_source_fail(s, key, "is %s, must be %s", sc_json_describe(value, is, sizeof is), must);
}

/** The member of each kind; what is none, is out of its range, too long or could steer a terminal
 * is a failure. */
static inline void sc_source_text(sc_source *s, json_t *o, const char *key, char *out, size_t size)
{
	json_t *value = json_object_get(o, key);
	const char *text = json_string_value(value);
	unsigned long harmful = text ? sc_text_first_harmful(text, false) : 0;
	if (!text)
		sc_source_wrong(s, key, value, "a text");
	else if (harmful)
		sc_source_fail(s, key,
			"has the character U+%04lX, must be a text without control characters, "
			"line breaks and marks of direction",
			harmful);
	else
		snprintf(out, size, "%s", text);
}

static inline double sc_source_number(
	sc_source *s, json_t *o, const char *key, double min, double max)
{
	json_t *value = json_object_get(o, key);
	double x = json_number_value(value);
	if (!json_is_number(value) || !(x >= min && x <= max)) {
		sc_source_wrong(s, key, value, "a number %g … %g", min, max);
		return min;
	}
	return x;
}

static inline uint64_t sc_source_whole(
	sc_source *s, json_t *o, const char *key, uint64_t min, uint64_t max)
{
	json_t *value = json_object_get(o, key);
	json_int_t n = json_integer_value(value);
	if (!json_is_integer(value) || n < 0 || (uint64_t)n < min || (uint64_t)n > max) {
		sc_source_wrong(s, key, value, "a whole number %llu … %llu",
			(unsigned long long)min, (unsigned long long)max);
		return min;
	}
	return (uint64_t)n;
}

static inline bool sc_source_flag(sc_source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_boolean(value))
		sc_source_wrong(s, key, value, "true or false");
	return json_is_true(value);
}

static inline json_t *sc_source_list(sc_source *s, json_t *o, const char *key, size_t max)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_array(value) || json_array_size(value) > max)
		sc_source_wrong(s, key, value, "a list of at most %zu", max);
	return value;
}

static inline json_t *sc_source_object(sc_source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_object(value))
		sc_source_wrong(s, key, value, "an object");
	return value;
}

/** Read the JSON file at `path` and what is in it by `read`, which gets a source without a path.
 * SC_EIO, SC_ENOMEM, SC_EPARSE, or what `read` leaves in the source; the error names the file. */
static inline sc_status sc_source_load(const char *path,
	void (*read)(sc_source *s, json_t *root, void *into), void *into, sc_err *err)
{
	sc_err unused;
	json_t *root = NULL;
	sc_text text = {0};
	err = err ? err : &unused;
	sc_status s = sc_json_read(path, &text, &root, err);
	if (!s) {
		sc_source source = {.json = sc_text_get(&text), .err = err};
		read(&source, root, into);
		s = source.status;
	}
	if (s)
		snprintf(err->file, sizeof err->file, "%s", path);
	json_decref(root);
	sc_text_release(&text);
	return s;
}

#endif
