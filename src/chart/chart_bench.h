/** \file
 * What the charts of measurements share: the table "latency", and of its rows those in the setting
 * of the first. */
#ifndef SC_CHART_CHART_BENCH_H
#define SC_CHART_CHART_BENCH_H

#include "chart/chart.h"

/** A look at the table of latency. Release it when done. */
typedef struct sc_measured {
	const sc_grid *grid;
	sc_words stage, cache; /**< stages in order, cache states by temperature */
	sc_words setting;      /**< ", batch 8", without the cache state it begins with */
	const char *shown;     /**< the setting that is shown: the first */
} sc_measured;

/** Look at the document; `grid` is NULL when it has no such table. */
sc_measured sc_measured_look(const sc_document *doc);
void sc_measured_release(sc_measured *m);
/** Was the row measured, and is it of this stage and cache state (NULL for any)? */
bool sc_measured_is(const sc_measured *m, size_t row, const char *stage, const char *cache);
/** The same of any table with the columns "stage" and "setting". */
bool sc_measured_is_in(
	const sc_measured *m, const sc_grid *g, size_t row, const char *stage, const char *cache);
/** "batch 8, 2 threads, the first of 4 settings": what is shown, where there are others; appended.
 */
void sc_measured_say(const sc_measured *m, sc_text *out);
/** Letters of the longest name of a stage, at most `max`. */
size_t sc_measured_letters(const sc_measured *m, size_t max);
/** Is it of a ratio that the network uses? */
bool sc_measured_in_use(const sc_measured *m, size_t row);
/** A number of a row. */
double sc_measured_at(const sc_measured *m, size_t row, const char *key);

/** Are there measurements of a network at the ratios that it uses? For sc_chart.applies. */
bool sc_chart_measures_use(const sc_document *doc);

#endif
