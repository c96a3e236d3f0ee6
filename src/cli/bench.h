/** \file
 * From a network and options to the cases of a bench. */
#ifndef SC_CLI_BENCH_H
#define SC_CLI_BENCH_H

#include "cli/cli.h"

enum { AXIS_MAX = 16, CASES_MAX = 16384 };

/** Values of one axis. */
typedef struct axis {
	unsigned value[AXIS_MAX];
	size_t count;
} axis;

/** All axes. An empty one means "what the network has". */
typedef struct axes {
	axis ratios, batch, threads, layout, dtype, squeeze, gate, fused, cache;
	char row[AXIS_MAX][16]; /**< kernel rows, "" for the best */
	size_t rows;
	bool in_place;
} axes;

/** A growing list of cases; free `item`. */
typedef struct cases {
	sc_bench_case *item;
	size_t count, room;
} cases;

/** Read the options; false when told an error. */
bool axes_read(const sc_options *o, axes *out);
/** Add `base` in every setting of the axes but the ratio. False when out of memory. */
bool cases_add(cases *list, const axes *a, const sc_bench_case *base);
/** The kernel's names for a block's operators; 0 or the exit code after telling. */
int case_operators(const sc_se_block *se, sc_bench_case *k);
/** Forecast every row of a sheet, then the total, into `out[0..rows]`, from a bench; `from` gets a
 * sentence on it. 0 or the exit code after telling. */
int forecast_sheet(const sc_options *o, const sc_bench *b, const sc_sheet *sheet, sc_latency *out,
	char from[512]);
/** The setting of a profile that forecasts are made in, in words. */
void forecast_setting(
	const sc_options *o, const sc_bench *b, uint32_t batch, char *out, size_t size);
/** The whole network, run and timed; the exit code. */
int run_network(const sc_options *o);
/** The same from a saved result. */
int replay_network(const sc_options *o);
/** Forecast one block's SE, nanoseconds; 0 or the exit code after telling. */
int forecast_block(const sc_options *o, const sc_bench *b, const sc_sheet *sheet, size_t stage,
	uint32_t block, double *ns);
/** All cases of a network; 0 or the exit code after telling. */
int cases_of_network(const axes *a, const sc_model *model, cases *out);
/** A grid over channels, pixels and ratios. */
int cases_of_grid(const axes *a, cases *out);
/** Keep the cases whose name matches the option --filter; false when told an error. */
bool cases_filter(const sc_options *o, cases *list);
/** The same for what was measured before. */
bool bench_filter(const sc_options *o, sc_bench *b);
/** "conv5_x r=16 hot n1 t1 nchw fp32 sigmoid …" */
void case_name(const sc_bench_case *k, char *out, size_t size);

#endif
