/* Everything that follows from cases, samples and roofs: the same code after a run and after
 * reading a file. */
#include <stdlib.h>
#include <string.h>

#include "bench/operators.h"
#include "bench/run.h"
#include "secost/cost.h"

static sc_status derive_cell(const sc_bench *b, sc_bench_cell *cell, sc_err *err)
{
	sc_status s = sc_case_phases(&cell->what, cell->phase, err);
	if (s)
		return s;
	cell->bytes = cell->flops = 0;
	for (int i = 0; i < SC_PHASE__N; i++) {
		cell->bytes += cell->phase[i].bytes;
		cell->flops += cell->phase[i].flops;
	}
	cell->params = sc_case_params(&cell->what);
	cell->roof_ns = sc_case_roof(&cell->what, &b->roofs);
	cell->summary = (sc_summary){0};
	const sc_samples samples = sc_timing_samples(&cell->timing);
	if (samples.n)
		s = sc_summarise(&samples, &cell->summary, err);
	cell->efficiency = cell->timing.n ? cell->roof_ns / cell->summary.median : 0;
	return s;
}

static double time_of(const sc_bench_cell *c)
{
	return c->summary.median * c->what.blocks;
}

/* Is `c` part of the network that `of` is measured in? The same setting; the same ratio, or, for a
 * ratio in use, whatever is in use elsewhere. */
static bool together(const sc_bench_cell *of, const sc_bench_cell *c)
{
	return sc_case_same_setting(&of->what, &c->what) &&
	       (of->what.in_use ? c->what.in_use : c->what.ratio == of->what.ratio);
}

static void derive_share(sc_bench *b, sc_bench_cell *cell)
{
	double all = 0;
	for (size_t i = 0; i < b->cells; i++)
		if (together(cell, &b->cell[i]))
			all += time_of(&b->cell[i]);
	cell->share = all > 0 ? time_of(cell) / all : 0;
}

/* --- what all cells share --- */

/* rounds that all cells with enough of them have, and how many those are */
static size_t shared_rounds(const sc_bench *b, size_t *cells)
{
	size_t rounds = SC_ROUNDS_MAX;
	*cells = 0;
	for (size_t i = 0; i < b->cells; i++) {
		const sc_summary *s = &b->cell[i].summary;
		if (s->rounds < SC_ROUNDS_MIN)
			continue;
		rounds = s->rounds < rounds ? s->rounds : rounds;
		++*cells;
	}
	return *cells ? rounds : 0;
}

static sc_status widen(const sc_timing *t, const sc_drift *drift, sc_summary *summary, sc_err *err)
{
	double medians[SC_ROUNDS_MAX];
	sc_estimate e;
	const sc_samples samples = sc_timing_samples(t);
	if (summary->rounds < SC_ROUNDS_MIN)
		return SC_OK;
	sc_status s = sc_round_medians(&samples, medians, err);
	if (!s)
		s = sc_over_drifting_rounds(medians, samples.rounds, drift, &e, err);
	if (s)
		return s;
	summary->ci95 = e.ci95;
	summary->next95 = e.next95;
	summary->effective = e.effective;
	return SC_OK;
}

/* `value`: room for the rounds of all cells */
static sc_status find_drift(sc_bench *b, double *value, size_t cells, size_t rounds, sc_err *err)
{
	double medians[SC_ROUNDS_MAX];
	size_t n = 0;
	sc_status s = SC_OK;
	for (size_t i = 0; i < b->cells && !s; i++) {
		const sc_samples samples = sc_timing_samples(&b->cell[i].timing);
		if (b->cell[i].summary.rounds < SC_ROUNDS_MIN)
			continue;
		s = sc_round_medians(&samples, medians, err);
		memcpy(value + n++ * rounds, medians, rounds * sizeof *value);
	}
	return s ? s : sc_drift_find(value, cells, rounds, &b->drift, err);
}

static sc_status derive_drift(sc_bench *b, sc_err *err)
{
	size_t cells, rounds = shared_rounds(b, &cells);
	if (!cells)
		return SC_OK;
	double *value = malloc(cells * rounds * sizeof *value);
	sc_status s = value ? find_drift(b, value, cells, rounds, err)
			    : sc_fail(err, SC_ENOMEM, "no memory for %zu rounds", rounds);
	free(value);
	for (size_t i = 0; i < b->cells && !s; i++)
		s = widen(&b->cell[i].timing, &b->drift, &b->cell[i].summary, err);
	return s;
}

/* --- all of it --- */

sc_status sc_bench_derive(sc_bench *b, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < b->cells && !s; i++)
		s = derive_cell(b, &b->cell[i], err);
	if (!s)
		s = derive_drift(b, err);
	for (size_t i = 0; i < b->cells && !s && b->network[0]; i++)
		derive_share(b, &b->cell[i]);
	const sc_samples chain = sc_timing_samples(&b->chain.timing);
	if (!s && chain.n)
		s = sc_summarise(&chain, &b->chain.summary, err);
	if (!s && chain.n)
		s = widen(&b->chain.timing, &b->drift, &b->chain.summary, err);
	return s;
}

/* --- fits --- */

static bool fits_with(const sc_bench_cell *a, const sc_bench_cell *b)
{
	const sc_se_config *x = &a->what.config, *y = &b->what.config;
	return !strcmp(a->what.stage, b->what.stage) && x->c == y->c && x->h == y->h &&
	       x->w == y->w && sc_case_same_setting(&a->what, &b->what);
}

static bool is_first(const sc_bench *b, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (fits_with(&b->cell[k], &b->cell[i]))
			return false;
	return true;
}

static double inverse_ratio(const sc_bench_cell *c)
{
	return (double)c->what.config.squeezed / (double)c->what.config.c;
}

/* false when there are too few ratios for a fit */
static bool fit_stage(const sc_bench *b, size_t first, sc_fit_point *point, sc_stage_fit *out)
{
	const sc_bench_cell *c = &b->cell[first];
	size_t n = 0;
	*out = (sc_stage_fit){.first = c, .x = inverse_ratio(c), .ratio = c->what.ratio};
	for (size_t i = first; i < b->cells; i++) {
		const sc_bench_cell *k = &b->cell[i];
		if (!fits_with(c, k) || !k->timing.n)
			continue;
		point[n++] = (sc_fit_point){inverse_ratio(k), sc_timing_samples(&k->timing)};
		if (k->what.in_use) {
			out->x = inverse_ratio(k);
			out->ratio = k->what.ratio;
		}
	}
	if (sc_fit_line(point, n, &out->fit, NULL))
		return false;
	out->verdict = sc_fit_verdict(&out->fit, out->x);
	out->crossover =
		sc_gate_crossover((sc_shape){(uint32_t)c->what.config.c, (uint32_t)c->what.config.h,
					  (uint32_t)c->what.config.w},
			sc_pool_passes(c->what.config.pool));
	return true;
}

sc_status sc_bench_fits(const sc_bench *b, sc_stage_fit **out, size_t *n, sc_err *err)
{
	sc_stage_fit *fit = calloc(b->cells + 1, sizeof *fit);
	sc_fit_point *point = calloc(b->cells + 1, sizeof *point);
	size_t count = 0;
	for (size_t i = 0; i < b->cells && fit && point; i++)
		if (b->cell[i].timing.n && is_first(b, i))
			count += fit_stage(b, i, point, &fit[count]);
	free(point);
	if (!fit || !point) {
		free(fit);
		return sc_fail(err, SC_ENOMEM, "no memory for the fits of %zu cases", b->cells);
	}
	*out = fit;
	*n = count;
	return SC_OK;
}
