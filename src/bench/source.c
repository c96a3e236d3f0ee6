#include "bench/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "bench/locate.h"

void sc_source_fail(sc_source *s, const char *key, const char *fmt, ...)
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

void sc_source_wrong(sc_source *s, const char *key, const json_t *value, const char *fmt, ...)
{
	char is[80], must[160];
	va_list args;
	va_start(args, fmt);
	vsnprintf(must, sizeof must, fmt, args);
	va_end(args);
	sc_source_fail(s, key, "is %s, must be %s", sc_json_describe(value, is, sizeof is), must);
}

void sc_source_text(sc_source *s, json_t *o, const char *key, char *out, size_t size)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_string(value))
		sc_source_wrong(s, key, value, "a text");
	else
		snprintf(out, size, "%s", json_string_value(value));
}

double sc_source_number(sc_source *s, json_t *o, const char *key, double min, double max)
{
	json_t *value = json_object_get(o, key);
	double x = json_number_value(value);
	if (!json_is_number(value) || !(x >= min && x <= max)) {
		sc_source_wrong(s, key, value, "a number %g … %g", min, max);
		return min;
	}
	return x;
}

uint64_t sc_source_whole(sc_source *s, json_t *o, const char *key, uint64_t min, uint64_t max)
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

bool sc_source_flag(sc_source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_boolean(value))
		sc_source_wrong(s, key, value, "true or false");
	return json_is_true(value);
}

json_t *sc_source_list(sc_source *s, json_t *o, const char *key, size_t max)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_array(value) || json_array_size(value) > max)
		sc_source_wrong(s, key, value, "a list of at most %zu", max);
	return value;
}

json_t *sc_source_object(sc_source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_object(value))
		sc_source_wrong(s, key, value, "an object");
	return value;
}

unsigned sc_source_word(sc_source *s, json_t *o, const char *key, sc_word word)
{
	char text[40] = "", what[64];
	unsigned value = 0;
	sc_err err;
	sc_source_text(s, o, key, text, sizeof text);
	snprintf(what, sizeof what, "it");
	if (!s->status && sc_word_value(word, what, text, &value, &err))
		sc_source_fail(s, key, "is wrong: %s", err.message);
	return value;
}
