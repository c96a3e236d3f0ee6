/* What all SE blocks of a network take, at the ratios in use and at each ratio. Every round adds up
 * to a total of its own, so that what slowed all cells of a round counts once, as it would for a
 * network. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "secost/bench.h"

/* is `c` part of total `t`? `without` is a stage to leave out, or NULL */
static bool is_part(const sc_bench_total *t, const sc_bench_cell *c, const char *without)
{
	return c->summary.n && sc_case_same_setting(&t->first->what, &c->what) &&
	       (t->in_use ? c->what.in_use : c->what.ratio == t->ratio) &&
	       (!without || strcmp(without, c->what.stage) != 0);
}

static size_t blocks_of(const sc_bench *b, const sc_bench_total *t)
{
	size_t blocks = 0;
	for (size_t i = 0; i < b->cells; i++)
		blocks += is_part(t, &b->cell[i], NULL) ? b->cell[i].what.blocks : 0;
	return blocks;
}

/* rounds that all of its cells have */
static size_t rounds_of(const sc_bench *b, const sc_bench_total *t, const char *without)
{
	size_t rounds = SC_ROUNDS_MAX;
	for (size_t i = 0; i < b->cells; i++)
		if (is_part(t, &b->cell[i], without) && b->cell[i].summary.rounds < rounds)
			rounds = b->cell[i].summary.rounds;
	return rounds;
}

static sc_status add_rounds(const sc_bench *b, const sc_bench_total *t, const char *without,
	double sign, size_t rounds, double *sum, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < b->cells && !s; i++) {
		const sc_bench_cell *c = &b->cell[i];
		double medians[SC_ROUNDS_MAX];
		const sc_samples samples = sc_timing_samples(&c->timing);
		if (!is_part(t, c, without))
			continue;
		s = sc_round_medians(&samples, medians, err);
		for (size_t k = 0; k < rounds && !s; k++)
			sum[k] += sign * c->what.blocks * medians[k];
	}
	return s;
}

/* without rounds: medians and ends of intervals add up, as if all cells erred alike */
static sc_estimate add_up(const sc_bench *b, const sc_bench_total *t, const char *without)
{
	sc_estimate e = {0};
	for (size_t i = 0; i < b->cells; i++) {
		const sc_summary *s = &b->cell[i].summary;
		if (!is_part(t, &b->cell[i], without))
			continue;
		e.value += b->cell[i].what.blocks * s->median;
		e.ci95.low += b->cell[i].what.blocks * s->ci95.low;
		e.ci95.high += b->cell[i].what.blocks * s->ci95.high;
	}
	return e;
}

sc_status sc_bench_total_without(const sc_bench *b, const sc_bench_total *t, const char *stage,
	sc_estimate *out, sc_err *err)
{
	double sum[SC_ROUNDS_MAX] = {0};
	size_t rounds = rounds_of(b, t, stage);
	if (rounds < SC_ROUNDS_MIN) {
		*out = add_up(b, t, stage);
		return SC_OK;
	}
	sc_status s = add_rounds(b, t, stage, 1, rounds, sum, err);
	return s ? s : sc_over_drifting_rounds(sum, rounds, &b->drift, out, err);
}

sc_status sc_bench_total_saved(const sc_bench *b, const sc_bench_total *from,
	const sc_bench_total *to, sc_estimate *out, sc_err *err)
{
	double sum[SC_ROUNDS_MAX] = {0};
	size_t rounds = rounds_of(b, from, NULL), other = rounds_of(b, to, NULL);
	rounds = other < rounds ? other : rounds;
	if (rounds < SC_ROUNDS_MIN) {
		sc_estimate x = add_up(b, from, NULL), y = add_up(b, to, NULL);
		*out = (sc_estimate){.value = x.value - y.value,
			.ci95 = {x.ci95.low - y.ci95.high, x.ci95.high - y.ci95.low}};
		return SC_OK;
	}
	sc_status s = add_rounds(b, from, NULL, 1, rounds, sum, err);
	if (!s)
		s = add_rounds(b, to, NULL, -1, rounds, sum, err);
	return s ? s : sc_over_drifting_rounds(sum, rounds, &b->drift, out, err);
}

/* the stage that takes most of it */
static void find_heaviest(const sc_bench *b, sc_bench_total *t)
{
	double all = add_up(b, t, NULL).value;
	for (size_t i = 0; i < b->cells; i++) {
		const char *stage = b->cell[i].what.stage;
		if (!is_part(t, &b->cell[i], NULL))
			continue;
		double share = 1 - add_up(b, t, stage).value / all;
		if (share > t->heaviest_share) {
			t->heaviest = stage;
			t->heaviest_share = share;
		}
	}
}

static bool is_known(const sc_bench_total *t, size_t n, const sc_bench_total *one)
{
	for (size_t i = 0; i < n; i++)
		if (t[i].in_use == one->in_use && (one->in_use || t[i].ratio == one->ratio) &&
			sc_case_same_setting(&t[i].first->what, &one->first->what))
			return true;
	return false;
}

/* do all stages have one ratio in use? then it is this */
static double common_ratio(const sc_bench *b, const sc_bench_total *t)
{
	double ratio = 0;
	for (size_t i = 0; i < b->cells; i++)
		if (is_part(t, &b->cell[i], NULL)) {
			if (ratio > 0 && ratio != b->cell[i].what.ratio)
				return 0;
			ratio = b->cell[i].what.ratio;
		}
	return ratio;
}

static int by_setting_and_ratio(const void *a, const void *b)
{
	const sc_bench_total *x = a, *y = b;
	if (x->setting != y->setting)
		return x->setting < y->setting ? -1 : 1;
	if (x->in_use != y->in_use)
		return x->in_use ? -1 : 1;
	return (x->ratio > y->ratio) - (x->ratio < y->ratio);
}

/* the first cell of the same setting, as its number */
static size_t setting_of(const sc_bench *b, const sc_bench_cell *c)
{
	size_t i = 0;
	while (!sc_case_same_setting(&b->cell[i].what, &c->what))
		i++;
	return i;
}

static sc_status add_total(
	const sc_bench *b, sc_bench_total one, sc_bench_total *all, size_t *n, sc_err *err)
{
	if (is_known(all, *n, &one))
		return SC_OK;
	sc_bench_total use = one;
	use.in_use = true;
	one.blocks = blocks_of(b, &one);
	if (one.blocks < blocks_of(b, &use)) /* a ratio that a stage was not measured at */
		return SC_OK;
	if (!one.in_use && common_ratio(b, &use) == one.ratio) /* told already */
		return SC_OK;
	if (one.in_use)
		one.ratio = common_ratio(b, &one);
	find_heaviest(b, &one);
	sc_status s = sc_bench_total_without(b, &one, NULL, &one.total, err);
	if (!s)
		all[(*n)++] = one;
	return s;
}

sc_status sc_bench_totals(const sc_bench *b, sc_bench_total **out, size_t *n, sc_err *err)
{
	sc_bench_total *all = calloc(2 * b->cells + 1, sizeof *all);
	sc_status s = SC_OK;
	size_t count = 0;
	if (!all)
		return sc_fail(err, SC_ENOMEM, "no memory for the totals of %zu cells", b->cells);
	for (size_t i = 0; i < b->cells && b->network[0] && !s; i++) {
		const sc_bench_cell *c = &b->cell[i];
		sc_bench_total one = {.first = c, .setting = setting_of(b, c)};
		if (!c->summary.n)
			continue;
		one.in_use = true;
		if (c->what.in_use)
			s = add_total(b, one, all, &count, err);
		one.in_use = false;
		one.ratio = c->what.ratio;
		if (!s)
			s = add_total(b, one, all, &count, err);
	}
	qsort(all, count, sizeof *all, by_setting_and_ratio);
	if (s)
		free(all);
	else {
		*out = all;
		*n = count;
	}
	return s;
}
