#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "secost/timing.h"

static sc_comparison compare(const double *a, const double *b, size_t n, size_t resamples)
{
	sc_comparison c;
	cr_assert(eq(int, sc_compare_samples(a, n, b, n, resamples, 3, &c, NULL), SC_OK));
	return c;
}

Test(timing_compare, equal_sources_differ_in_at_most_6_percent_of_draws)
{
	enum { DRAWS = 2000, N = 30 };
	double a[N], b[N];
	unsigned differs = 0, covers = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 11);
	for (unsigned d = 0; d < DRAWS; d++) {
		for (size_t i = 0; i < N; i++) {
			a[i] = gsl_ran_lognormal(rng, 3, 0.5);
			b[i] = gsl_ran_lognormal(rng, 3, 0.5);
		}
		sc_comparison c = compare(a, b, N, 300);
		differs += c.differs;
		covers += c.ci95.low <= 1 && 1 <= c.ci95.high;
	}
	gsl_rng_free(rng);
	cr_log_info("equal sources: %.2f %% differ, interval covers 1 in %.2f %%", differs / 20.0,
		covers / 20.0);
	cr_assert(differs <= DRAWS * 6 / 100, "%u of %d", differs, DRAWS);
	cr_assert(covers >= DRAWS * 93 / 100, "%u of %d", covers, DRAWS);
}

Test(timing_compare, says_which_is_faster_by_how_much)
{
	double a[40], b[40];
	char text[128];
	for (size_t i = 0; i < 40; i++) {
		b[i] = 100 + (double)(i % 5);
		a[i] = 0.95 * b[i];
	}
	sc_comparison c = compare(a, b, 40, SC_RESAMPLES);
	sc_comparison_say(&c, "r = 16", "r = 2", text, sizeof text);
	cr_assert(c.differs);
	cr_assert(eq(int, strncmp(text, "r = 16 is 5.0 % faster than r = 2 [", 35), 0), "%s", text);
	c = compare(b, a, 40, SC_RESAMPLES);
	sc_comparison_say(&c, "r = 2", "r = 16", text, sizeof text);
	cr_assert(eq(int, strncmp(text, "r = 2 is 5.3 % slower than r = 16 [", 35), 0), "%s", text);
	c = compare(a, a, 40, SC_RESAMPLES);
	sc_comparison_say(&c, "A", "B", text, sizeof text);
	cr_assert(eq(int, strncmp(text, "no difference shown between A and B", 35), 0), "%s", text);
}

Test(timing_compare, the_same_seed_gives_the_same_interval)
{
	const double a[] = {3, 1, 4, 1, 5, 9, 2, 6}, b[] = {2, 7, 1, 8, 2, 8, 1, 8};
	sc_comparison one = compare(a, b, 8, 500), two = compare(a, b, 8, 500);
	cr_assert(eq(dbl, one.ci95.low, two.ci95.low));
	cr_assert(eq(dbl, one.ci95.high, two.ci95.high));
}

Test(timing_compare, ties_and_too_few_samples_are_no_accident)
{
	const double same[] = {7, 7, 7, 7};
	sc_comparison c = compare(same, same, 4, 50);
	sc_err err;
	cr_assert(eq(dbl, c.p, 1));
	cr_assert(not(c.differs));
	cr_assert(eq(int, sc_compare_samples(same, 1, same, 4, 50, 1, &c, &err), SC_EINVAL));
	cr_assert(eq(int, sc_compare_samples(same, 4, same, 4, 0, 1, &c, &err), SC_EINVAL));
}
