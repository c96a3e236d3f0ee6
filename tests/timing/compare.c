#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "secost/timing.h"

static sc_comparison compare(const double *a, const double *b, size_t n, size_t resamples)
{
	sc_comparison c;
	const sc_samples x = sc_samples_of(a, n), y = sc_samples_of(b, n);
	cr_assert(eq(int, sc_compare_samples(&x, &y, true, resamples, 3, &c, NULL), SC_OK));
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
	cr_assert(not(c.differs));
	const sc_samples one = sc_samples_of(same, 1), four = sc_samples_of(same, 4);
	cr_assert(eq(int, sc_compare_samples(&one, &four, true, 50, 1, &c, &err), SC_EINVAL));
	cr_assert(eq(int, sc_compare_samples(&four, &four, true, 0, 1, &c, &err), SC_EINVAL));
}

/* what is said is what the printed interval says, whatever its ends are rounded to */
Test(timing_compare, words_and_printed_interval_never_contradict_each_other)
{
	for (int low = -40; low <= 40; low++)
		for (int high = low; high <= 40; high++) {
			double a[] = {100, 100, 100}, l, h;
			char text[128];
			sc_comparison c = compare(a, a, 3, 50);
			c.ratio = 1 + (low + high) / 1e5;
			c.ci95 = (sc_interval){1 + low / 5e4, 1 + high / 5e4};
			sc_comparison_judge(&c);
			sc_comparison_say(&c, "A", "B", text, sizeof text);
			cr_assert(eq(int, sscanf(strchr(text, '['), "[%lf, %lf]", &l, &h), 2), "%s",
				text);
			bool without_zero = l > 0 || h < 0;
			cr_assert(eq(int, c.differs, without_zero), "%s", text);
		}
}

enum { ROUNDS = 12, EACH = 4 };

/* what the machine does meanwhile is in both, round by round */
Test(timing_compare, in_pairs_of_one_run_a_small_difference_is_found_that_rounds_hide)
{
	double a[ROUNDS * EACH], b[ROUNDS * EACH];
	size_t end[ROUNDS];
	sc_comparison c;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t r = 0; r < ROUNDS; r++) {
		double machine = 100 * (1 + 0.1 * gsl_rng_uniform(rng));
		for (size_t i = 0; i < EACH; i++) {
			a[r * EACH + i] = 1.02 * machine * (1 + gsl_ran_gaussian(rng, 0.001));
			b[r * EACH + i] = machine * (1 + gsl_ran_gaussian(rng, 0.001));
		}
		end[r] = (r + 1) * EACH;
	}
	gsl_rng_free(rng);
	const sc_samples x = {a, ROUNDS * EACH, end, ROUNDS}, y = {b, ROUNDS * EACH, end, ROUNDS};
	cr_assert(eq(int, sc_compare_samples(&x, &y, true, 1, 1, &c, NULL), SC_OK));
	cr_assert(c.differs && c.ci95.low > 1.015 && c.ci95.high < 1.025);
	cr_assert(eq(int, sc_compare_samples(&x, &y, false, 1, 1, &c, NULL), SC_OK));
	cr_assert(not(c.differs), "two runs could differ as much");
}
