/* Forecasts of a made-up machine whose times follow a formula. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "secost/bench.h"

enum { C_MAX = 5, HW_MAX = 4, R_MAX = 3, CELLS = C_MAX * HW_MAX * R_MAX };

/* nanoseconds: what moves, a little of every power, and a call */
static double truth(const sc_bench_case *k)
{
	sc_phase p[SC_PHASE__N];
	cr_assert(eq(int, sc_case_phases(k, p, NULL), SC_OK));
	return 300 + (double)(p[0].bytes + p[2].bytes) / 40 + (double)p[1].bytes / 15;
}

static sc_bench_case shape(unsigned c, unsigned side, unsigned ratio)
{
	sc_bench_case k = {.stage = "s",
		.blocks = 1,
		.ratio = ratio,
		.bias = true,
		.config = {
			.n = 1, .c = c, .h = side, .w = side, .squeezed = c / ratio, .threads = 1}};
	return k;
}

static sc_bench *make(void)
{
	sc_bench *b = calloc(1, sizeof *b);
	b->cell = calloc(CELLS, sizeof *b->cell);
	for (unsigned i = 0; i < C_MAX; i++)
		for (unsigned k = 0; k < HW_MAX; k++)
			for (unsigned r = 0; r < R_MAX; r++) {
				sc_bench_cell *c = &b->cell[b->cells++];
				c->what = shape(64u << i, 7u << k, 2u << 2 * r);
				c->timing.ns = malloc(3 * sizeof(double));
				c->timing.n = 3;
				for (int s = 0; s < 3; s++)
					c->timing.ns[s] = truth(&c->what) * (1 + 0.01 * (s - 1));
				const sc_samples three = sc_samples_of(c->timing.ns, 3);
				cr_assert(eq(int, sc_summarise(&three, &c->summary, NULL), SC_OK));
			}
	return b;
}

Test(bench_forecast, between_what_was_measured_it_is_near_the_truth)
{
	sc_bench *b = make();
	const sc_bench_case between[] = {shape(96, 14, 4), shape(480, 28, 16), shape(1024, 10, 8)};
	for (int i = 0; i < 3; i++) {
		sc_forecast f;
		cr_assert(eq(int, sc_bench_forecast(b, &between[i], false, &f, NULL), SC_OK));
		cr_assert(fabs(f.ns / truth(&between[i]) - 1) < 0.1, "%g of %g", f.ns,
			truth(&between[i]));
		cr_assert(f.ci95.low < f.ns && f.ns < f.ci95.high);
		cr_assert(not(f.extrapolated));
	}
	sc_bench_free(b);
}

Test(bench_forecast, what_was_measured_is_forecast_as_measured)
{
	sc_bench *b = make();
	sc_forecast f;
	cr_assert(eq(int, sc_bench_forecast(b, &b->cell[17].what, false, &f, NULL), SC_OK));
	cr_assert(fabs(f.ns / b->cell[17].summary.median - 1) < 1e-3);
	b->cells = 1; /* too few to forecast anything else */
	cr_assert(eq(int, sc_bench_forecast(b, &b->cell[0].what, false, &f, NULL), SC_OK));
	cr_assert(eq(dbl, f.ns, b->cell[0].summary.median));
	b->cells = CELLS;
	sc_bench_free(b);
}

Test(bench_forecast, beyond_it_is_refused_unless_asked_for)
{
	sc_bench *b = make();
	sc_forecast f;
	sc_err err;
	const sc_bench_case outside = shape(4096, 7, 8);
	sc_bench_case other = shape(256, 14, 8);
	cr_assert(eq(int, sc_bench_forecast(b, &outside, false, &f, &err), SC_EINVAL));
	cr_assert(eq(str, err.message,
		"4096×7×7 at r = 8 lies outside of what the profile has measured; --extrapolate "
		"forecasts it all the same"));
	cr_assert(eq(int, sc_bench_forecast(b, &outside, true, &f, &err), SC_OK));
	cr_assert(f.extrapolated);
	other.config.n = 8;
	cr_assert(eq(int, sc_bench_forecast(b, &other, true, &f, &err), SC_EINVAL));
	cr_assert(eq(str, err.message,
		"batch 8 lies outside of what the profile has measured: its largest is 1"));
	sc_bench_free(b);
}

Test(bench_forecast, the_leave_one_out_error_is_that_of_forecasts_from_the_others)
{
	sc_bench *b = make();
	double each[CELLS], worst = 0;
	sc_forecast_error e;
	sc_bench_cell kept[CELLS];
	cr_assert(eq(int, sc_bench_leave_one_out(b, each, &e, NULL), SC_OK));
	cr_assert(eq(sz, e.n, CELLS));
	memcpy(kept, b->cell, sizeof kept);
	for (size_t i = 0; i < CELLS; i++) {
		sc_forecast f;
		memcpy(b->cell, kept, i * sizeof *kept);
		memcpy(b->cell + i, kept + i + 1, (CELLS - 1 - i) * sizeof *kept);
		b->cells = CELLS - 1;
		cr_assert(eq(int, sc_bench_forecast(b, &kept[i].what, true, &f, NULL), SC_OK));
		if (i != 2) /* the fastest: without it, the basis is another */
			cr_assert(fabs(f.ns / kept[i].summary.median - each[i]) < 1e-9);
		worst = fmax(worst, fabs(each[i] - 1));
	}
	cr_assert(fabs(worst - e.worst) < 1e-9);
	cr_assert(e.median < e.most && e.most <= e.worst);
	b->cells = CELLS;
	memcpy(b->cell, kept, sizeof kept);
	sc_bench_free(b);
}

/* from the samples in a file, what the command prints of it */
Test(bench_forecast, the_command_prints_the_error_that_the_file_has)
{
	const char *args[] = {"bench", "--replay", "tests/data/bench/grid.json", "-q", NULL};
	command_result r = command_run(args, NULL);
	char said[256];
	sc_bench *b = NULL;
	double off[64];
	cr_assert(eq(int, sc_bench_load("tests/data/bench/grid.json", &b, NULL), SC_OK));
	const size_t n = b->cells;
	sc_bench_cell *all = b->cell, *others = malloc(n * sizeof *others);
	size_t fastest = 0;
	for (size_t i = 0; i < n; i++)
		fastest = all[i].summary.median < all[fastest].summary.median ? i : fastest;
	b->cell = others;
	b->cells = n - 1;
	for (size_t i = 0; i < n; i++) {
		sc_forecast f;
		memcpy(others, all, i * sizeof *all);
		memcpy(others + i, all + i + 1, (n - 1 - i) * sizeof *all);
		cr_assert(eq(int, sc_bench_forecast(b, &all[i].what, true, &f, NULL), SC_OK));
		off[i] = i == fastest ? 0 : fabs(f.ns / all[i].summary.median - 1);
	}
	b->cell = all;
	b->cells = n;
	gsl_sort(off, 1, n);
	snprintf(said, sizeof said, "the worst %.1f %% off", 100 * off[n - 1]);
	cr_assert(strstr(r.out, said) != NULL, "'%s' is not in: %s", said, r.out);
	free(others);
	sc_bench_free(b);
	command_release(&r);
}

/* --- a ratio, a batch or threads between those that were measured --- */

static void add_cell(sc_bench *b, sc_bench_case k, double ns)
{
	sc_bench_cell *c = &b->cell[b->cells++];
	c->what = k;
	c->summary = (sc_summary){.n = 20, .median = ns, .ci95 = {0.99 * ns, 1.01 * ns}};
}

static sc_bench_case setting(unsigned ratio, size_t batch, unsigned threads)
{
	sc_bench_case k = shape(2048, 7, ratio);
	k.config.n = batch;
	k.config.threads = threads;
	return k;
}

/* t = (a + b/r) · batch, a quarter of it on each of four threads beside 1 µs */
static double line(unsigned ratio, double batch, double threads)
{
	return 1000 + batch * (2e4 + 6.4e5 / ratio) / threads;
}

static sc_bench *make_lines(void)
{
	static const unsigned ratio[] = {2, 8, 32}, batch[] = {1, 8}, threads[] = {1, 4};
	sc_bench *b = calloc(1, sizeof *b);
	b->cell = calloc(12, sizeof *b->cell);
	for (int i = 0; i < 12; i++) {
		unsigned r = ratio[i % 3], n = batch[i / 3 % 2], t = threads[i / 6];
		add_cell(b, setting(r, n, t), line(r, n, t));
	}
	return b;
}

Test(bench_forecast, a_ratio_a_batch_and_threads_between_measured_ones_are_on_their_lines)
{
	static const struct {
		unsigned ratio, batch, threads;
		bool interpolated;
	} wanted[] = {{4, 1, 1, false}, {16, 8, 4, false}, {8, 1, 1, false}, {8, 3, 1, true},
		{16, 1, 2, true}, {4, 5, 3, true}};
	sc_bench *b = make_lines();
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		unsigned r = wanted[i].ratio, n = wanted[i].batch, t = wanted[i].threads;
		sc_bench_case k = setting(r, n, t);
		sc_forecast f;
		sc_err err = {0};
		cr_assert(eq(int, sc_bench_forecast(b, &k, false, &f, &err), SC_OK), "%s",
			err.message);
		cr_assert(fabs(f.ns / line(r, n, t) - 1) < 1e-6, "r %u batch %u threads %u: %g", r,
			n, t, f.ns);
		cr_assert(f.ci95.low < 0.995 * f.ns && f.ci95.high > 1.005 * f.ns);
		cr_assert(eq(int, f.interpolated, wanted[i].interpolated));
	}
	sc_bench_free(b);
}

Test(bench_forecast, where_t_is_no_line_a_ratio_between_has_a_wider_interval)
{
	sc_bench *b = make_lines();
	sc_bench_case k = setting(16, 1, 1);
	sc_forecast straight, bent;
	cr_assert(eq(int, sc_bench_forecast(b, &k, false, &straight, NULL), SC_OK));
	b->cell[1].summary.median *= 1.5; /* r = 8 of batch 1 on one thread */
	cr_assert(eq(int, sc_bench_forecast(b, &k, false, &bent, NULL), SC_OK));
	cr_assert(bent.ci95.high - bent.ci95.low > 3 * (straight.ci95.high - straight.ci95.low));
	sc_bench_free(b);
}

Test(bench_forecast, a_batch_or_threads_outside_of_the_profile_are_refused_with_its_limit)
{
	sc_bench *b = make_lines();
	const sc_bench_case k[] = {setting(8, 16, 1), setting(8, 1, 8), setting(64, 1, 1)};
	static const char *const says[] = {
		"batch 16 lies outside of what the profile has measured: its largest is 8",
		"threads 8 lies outside of what the profile has measured: its largest is 4",
		"r = 64 lies outside of the ratios that the profile has measured of 2048×7×7, 2 … "
		"32"};
	for (int i = 0; i < 3; i++) {
		sc_forecast f;
		sc_err err = {0};
		cr_assert(eq(int, sc_bench_forecast(b, &k[i], false, &f, &err), SC_EINVAL));
		cr_assert(strstr(err.message, says[i]) != NULL, "%s", err.message);
	}
	sc_bench_free(b);
}
