/** \file
 * What every reader carries along: where memory comes from and where errors go. */
#ifndef SC_MODEL_READER_H
#define SC_MODEL_READER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/choices.h"
#include "secost/base.h"

struct sc_field;
struct sc_table;

/** Bit i: field i of a table is in a list of words. */
typedef struct sc_mask {
	const char *list; /**< the list, as identity */
	uint64_t known, required;
} sc_mask;

/** Where values go and errors are told. Start with `arena`, `file` and `errs`, the rest 0. */
typedef struct sc_reader {
	sc_arena *arena;
	const char *file;
	sc_errs *errs;	       /**< may be NULL */
	sc_status status;      /**< of the first error told; "no memory" beats all others */
	const char *base_file; /**< what `file` extends; NULL for none */
	uint32_t base_from;    /**< lines before the base's in a place */
	bool in_base;	       /**< the base's text is being read */
	bool unplaced;	       /**< what is read is in no file: its places are not kept */
	size_t told;	       /**< errors so far */
	size_t bytes;	       /**< of memory taken */
	size_t offers;	       /**< see sc_did_you_mean */
	sc_mask mask[32];      /**< lists met so far */
	size_t masks;
	const void *dialect[32]; /**< bundles met so far, by row */
} sc_reader;

/** Tell an error at a place; always returns false, so that a failing path is one line. Errors are
 * kept in file order, those of one place once (an alias may be read many times). */
bool sc_reader_fail(sc_reader *r, sc_status status, sc_mark at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/** A place in the text being read. */
sc_mark sc_reader_mark(const sc_reader *r, uint32_t line, uint32_t column);
/** A line of a place as its file numbers it. */
uint32_t sc_reader_line(const sc_reader *r, uint32_t line);
/** So many errors that reading on is of no use to anybody. */
bool sc_reader_gave_up(const sc_reader *r);
/** Allocate zeroed memory, or tell that there is none or that the description takes too much. */
void *sc_reader_alloc(sc_reader *r, size_t n, size_t size);

/** Which fields of a table a list of words has, `!` after required ones. Worked out once a list. */
sc_mask sc_reader_mask(sc_reader *r, const struct sc_table *table, const char *list);

#endif
