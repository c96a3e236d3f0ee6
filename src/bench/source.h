/** \file
 * Members of a JSON object, read one by one. */
#ifndef SC_BENCH_SOURCE_H
#define SC_BENCH_SOURCE_H

#include <jansson.h>

#include "secost/bench.h"

/** Members are asked for by name; the first failure is kept, after which nothing else matters. */
typedef struct sc_source {
	const char *json;
	sc_err *err;
	sc_status status;
	char path[96]; /**< of the object that is being read, with a dot at its end */
} sc_source;

/** Tell what is wrong with the member `key`, with its place in the file; the first failure stays.
 */
void sc_source_fail(sc_source *s, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/** The member of each kind; what is none, is out of its range or too long is a failure. */
/* "'KEY' is VALUE, must be …" */
void sc_source_wrong(sc_source *s, const char *key, const json_t *value, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void sc_source_text(sc_source *s, json_t *o, const char *key, char *out, size_t size);
double sc_source_number(sc_source *s, json_t *o, const char *key, double min, double max);
uint64_t sc_source_whole(sc_source *s, json_t *o, const char *key, uint64_t min, uint64_t max);
bool sc_source_flag(sc_source *s, json_t *o, const char *key);
json_t *sc_source_list(sc_source *s, json_t *o, const char *key, size_t max);
json_t *sc_source_object(sc_source *s, json_t *o, const char *key);
unsigned sc_source_word(sc_source *s, json_t *o, const char *key, sc_word word);

#endif
