/** \file
 * The CSV as rows, and what is asked of it. */
#ifndef PEERS_TABLE_H
#define PEERS_TABLE_H

#include <stdio.h>

#include "bench.h"

/** A line of the CSV: an engine in a cell. */
typedef struct row {
	size_t c, h, d, n, count;
	unsigned ratio, threads;
	bool cold;
	char engine[64], peer[64], note[256];
	double q1, us, q3, over, floor;
} row;

typedef struct table {
	row *row;
	size_t rows;
	char about[32][2][512]; /**< key and value of the lines that begin with # */
	size_t abouts;
} table;

/** A shape at a batch, threads, hot or cold. */
typedef struct cell {
	size_t shape, n;
	unsigned threads;
	bool cold;
} cell;

enum { COMPARED = 5 };
/** secost, then the engines that it is compared with. */
extern const char *const table_peer[COMPARED];

/** Read `csv`; false with a message on stderr. */
bool table_read(table *t, const char *csv);
void table_free(table *t);
/** Value of a # line, "" when there is none. */
const char *table_about(const table *t, const char *key);
/** The peer's fastest line in a cell; NULL when it has none that was timed. */
const row *table_best(const table *t, const cell *at, const char *peer);
/** The first line of a peer in a cell, timed or not; NULL when there is none. */
const row *table_any(const table *t, const cell *at, const char *peer);
/** "256×56×56 r 16" */
const char *table_shape(char out[64], size_t shape);

/** Goals, met or short by how much. */
void table_goals(const table *t, FILE *out);
/** Script and data of the chart. */
bool table_chart(const table *t, const char *folder);
/** Name of the machine a table was measured on, for a folder: "amd-epyc-avx2-2-cores-512-kib-l2".
 */
void table_fingerprint(const table *t, char out[128]);
/** The goals with a column for each of so many tables, and what each was measured with. */
void table_compare(const table *t, size_t count, FILE *out);
/** In how many cells secost is ahead of every engine that was timed, of how many. */
size_t table_ahead(const table *t, size_t *cells);

#endif
