/** \file
 * Parts of the document of a bench. */
#ifndef SC_REPORT_BENCH_H
#define SC_REPORT_BENCH_H

#include "secost/bench.h"
#include "secost/report.h"

/** Which axes have more than one value: the others go into the heading. */
typedef struct sc_varying {
	bool batch, threads, layout, dtype, kernel, operators;
} sc_varying;
sc_varying sc_bench_varying(const sc_bench *b);

/** "avg, relu, sigmoid, biases" */
void sc_bench_operators(const sc_bench_case *k, char *out, size_t size);
/** "hot, batch 8": the cache state and what varies. */
void sc_bench_setting(const sc_bench_case *k, const sc_varying *v, char *out, size_t size);

/** Totals by setting and ratio; NULL when there are none. */
sc_grid *sc_bench_totals_grid(const sc_bench *b, const sc_varying *v);
/** What SE adds to a forward pass and what would make it less, as a heading. */
void sc_bench_say_total(sc_document *doc, const sc_bench *b, sc_line_kind as);
/** The latency of every cell as a table. */
sc_grid *sc_bench_cells_grid(const sc_bench *b, const sc_varying *v);
/** The line under a chart of what was measured. */
void sc_bench_grid_conditions(sc_grid *g, const sc_bench *b);
/** For programs: every sample of the cells in use. */
sc_grid *sc_bench_samples_grid(const sc_bench *b, const sc_varying *v);
/** For programs: what a load takes at every footprint, when that was measured. */
void sc_bench_add_loads_grid(sc_document *doc, const sc_bench *b);
/** What forecasts from a grid are worth, and each of them beside its measurement (for programs);
 * NULL when there is nothing to leave out; a lack of memory is the cause of a grid that failed. */
sc_grid *sc_bench_forecast_errors_grid(const sc_bench *b);
sc_grid *sc_bench_forecasts_grid(const sc_bench *b);
/** The table of fits; NULL when there are none. */
sc_grid *sc_bench_fits_grid(const sc_bench *b, const sc_varying *v);
/** A verdict for each fit as an answer, and remarks. */
void sc_bench_say_fits(sc_document *doc, const sc_bench *b, const sc_varying *v);
sc_grid *sc_bench_phases_grid(const sc_bench *b);
/** NULL without a sweep. */
sc_grid *sc_bench_levels_grid(const sc_bench *b);
sc_grid *sc_bench_roofs_grid(const sc_bench *b);
/** Totals, verdicts, then all cells, levels and roofs. */
void sc_bench_add_grids(sc_document *doc, const sc_bench *b, const sc_varying *v);
/** The machine and how it was measured, as headings. */
void sc_bench_say_machine(sc_document *doc, const sc_bench *b, const sc_varying *v);
/** What forecasts from a grid are worth, as an answer. */
void sc_bench_say_forecast(sc_document *doc, const sc_bench *b);

#endif
