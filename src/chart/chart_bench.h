/** \file
 * What the charts of measurements share. */
#ifndef SC_CHART_CHART_BENCH_H
#define SC_CHART_CHART_BENCH_H

#include "chart/chart.h"
#include "secost/bench.h"

enum { SC_CHART_STAGES = 64 };

/** Names of the stages of a bench, in order: how many, at most SC_CHART_STAGES. Borrowed. */
size_t sc_chart_bench_stages(const sc_bench *b, const char *name[SC_CHART_STAGES]);
/** The cache states that it has, in order of temperature. */
size_t sc_chart_bench_states(const sc_bench *b, sc_cache_state state[SC_STATE__N]);
/** Is `cell` of this stage (NULL for any) and cache state, otherwise in the setting of the bench's
 * first cell, and was it measured? */
bool sc_chart_bench_is(
	const sc_bench *b, const sc_bench_cell *cell, const char *stage, sc_cache_state state);
/** "SE-ResNet-50 · AMD EPYC (3f2a…) · batch 1 · …" */
void sc_chart_bench_under(const sc_bench *b, sc_text *out);

/** Are there measurements of a network at the ratios that it uses? For sc_chart.applies. */
bool sc_chart_measures_use(const sc_study *study);

#endif
