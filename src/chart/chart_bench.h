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
	const char *setting;   /**< of the first row, without the cache state it begins with */
} sc_measured;

/** Look at the document; `grid` is NULL when it has no such table. */
sc_measured sc_measured_look(const sc_document *doc);
void sc_measured_release(sc_measured *m);
/** Was the row measured, and is it of this stage and cache state (NULL for any)? */
bool sc_measured_is(const sc_measured *m, size_t row, const char *stage, const char *cache);
/** The same of any table with the columns "stage" and "setting". */
bool sc_measured_is_in(
	const sc_measured *m, const sc_grid *g, size_t row, const char *stage, const char *cache);
/** Is it of a ratio that the network uses? */
bool sc_measured_in_use(const sc_measured *m, size_t row);
/** A number of a row. */
double sc_measured_at(const sc_measured *m, size_t row, const char *key);

/** Are there measurements of a network at the ratios that it uses? For sc_chart.applies. */
bool sc_chart_measures_use(const sc_document *doc);

#endif
