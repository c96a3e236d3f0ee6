/* Made-up machines with one, two and three caches, and a sweep of this one. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>

#include "secost/bench.h"

enum { DRAWS = 200 };

struct machine {
	const char *name;
	size_t caches;
	double kib[3], ns[4]; /* memory last */
	bool any;	      /* keeps any part of a footprint, not the newest */
};

static const struct machine machines[] = {
	{"no cache below 128 MiB", 0, {0}, {60}, false},
	{"one cache", 1, {64}, {1, 70}, false},
	{"two caches", 2, {32, 1024}, {1.2, 4, 90}, false},
	{"two caches, any part", 2, {48, 2048}, {1.2, 4, 90}, true},
	{"three caches", 3, {32, 512, 16384}, {1.2, 2.4, 5.2, 33}, false},
	{"three caches, any part", 3, {48, 1280, 30720}, {1.3, 4, 22, 110}, true},
};

/* time of a load: of what a level holds, and of the rest */
static double time_of(const struct machine *m, double kib)
{
	double ns = m->ns[m->caches];
	for (size_t i = m->caches; i-- > 0;) {
		double part = m->any ? fmin(1, m->kib[i] / kib) : kib <= m->kib[i] ? 1 : 0;
		ns = part * m->ns[i] + (1 - part) * ns;
	}
	return ns;
}

static size_t sweep(gsl_rng *rng, const struct machine *m, double noise, sc_sweep_step *step)
{
	size_t n = 0;
	for (double kib = 8; kib <= 1 << 17; kib *= cbrt(2), n++) {
		double ns = time_of(m, kib) * (1 + fabs(gsl_ran_gaussian(rng, noise)));
		ns *= gsl_rng_uniform(rng) < 0.03 ? 1.6 : 1; /* somebody else ran */
		step[n] = (sc_sweep_step){(size_t)(1024 * kib), ns};
	}
	return n;
}

Test(bench_levels, caches_are_found_with_their_sizes_in_spite_of_noise)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t k = 0; k < sizeof machines / sizeof *machines; k++) {
		const struct machine *m = &machines[k];
		unsigned right = 0;
		for (int d = 0; d < DRAWS; d++) {
			sc_sweep_step step[SC_SWEEP_MAX];
			sc_level level[SC_LEVELS_MAX];
			size_t n = sc_levels_find(step, sweep(rng, m, 0.03, step), level);
			bool good = n == m->caches + 1 && !level[n - 1].bytes;
			for (size_t i = 0; i < n && good; i++) {
				double size = (double)level[i].bytes / 1024 / m->kib[i < 3 ? i : 2];
				good = fabs(level[i].ns / m->ns[i] - 1) < (m->any ? 0.5 : 0.2) &&
				       (i == m->caches || (size > 0.6 && size < 1.4));
			}
			right += good;
		}
		cr_log_info("%s: right in %u of %d", m->name, right, DRAWS);
		cr_expect(
			right >= DRAWS * 95 / 100, "%s: right in %u of %d", m->name, right, DRAWS);
	}
	gsl_rng_free(rng);
}

Test(bench_levels, a_memory_that_never_gets_flat_is_a_level_all_the_same)
{
	sc_sweep_step step[40];
	sc_level level[SC_LEVELS_MAX];
	for (size_t i = 0; i < 40; i++)
		step[i] = (sc_sweep_step){8192u << i / 3, i < 24 ? 1 : pow(1.25, (double)i - 23)};
	size_t n = sc_levels_find(step, 40, level);
	cr_assert(eq(sz, n, 2));
	cr_assert(eq(sz, level[1].bytes, 0));
	cr_assert(level[1].ns > 20);
}

Test(bench_levels, a_sweep_of_this_machine_takes_less_than_a_second_and_ascends)
{
	sc_machine machine;
	sc_sweep s;
	sc_err err = {0};
	sc_machine_look(&machine);
	cr_assert(eq(int, sc_sweep_measure(&machine, 1, &s, &err), SC_OK), "%s", err.message);
	cr_assert(s.steps > 36 && s.levels >= 1);
	for (size_t i = 1; i < s.steps; i++)
		cr_assert(s.step[i].bytes > s.step[i - 1].bytes && s.step[i].ns > 0);
	for (size_t i = 1; i < s.levels; i++)
		cr_assert(s.level[i].ns > s.level[i - 1].ns);
	cr_assert(eq(sz, s.level[s.levels - 1].bytes, 0));
}
