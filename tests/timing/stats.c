#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>

#include "../support/fault.h"
#include "secost/timing.h"

enum { DRAWS = 2000 };

/* a source of samples whose median is known */
struct source {
	const char *name;
	double median;
	double (*draw)(gsl_rng *rng);
};

static double lognormal(gsl_rng *rng)
{
	return gsl_ran_lognormal(rng, 3, 0.5);
}

static double exponential(gsl_rng *rng)
{
	return 100 + gsl_ran_exponential(rng, 20);
}

/* three of four in the lower mode, which is flat: the median is two thirds up */
static double bimodal(gsl_rng *rng)
{
	return gsl_rng_uniform(rng) < 0.75 ? gsl_ran_flat(rng, 100, 103)
					   : gsl_ran_flat(rng, 140, 150);
}

static const struct source sources[] = {
	{"lognormal", 20.085536923187668, lognormal},
	{"exponential", 113.86294361119891, exponential},
	{"bimodal", 102, bimodal},
};
enum { SOURCES = sizeof sources / sizeof *sources };

static void fill(gsl_rng *rng, const struct source *from, double *ns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ns[i] = from->draw(rng);
}

static sc_summary summary(const double *ns, size_t n)
{
	sc_summary s;
	const sc_samples samples = sc_samples_of(ns, n);
	cr_assert(eq(int, sc_summarise(&samples, &s, NULL), SC_OK));
	return s;
}

Test(timing_stats, median_quartiles_and_spread)
{
	const double ns[] = {5, 1, 3, 2, 4};
	sc_summary s = summary(ns, 5);
	cr_assert(ieee_ulp_eq(dbl, s.median, 3, 4));
	cr_assert(ieee_ulp_eq(dbl, s.p25, 2, 4));
	cr_assert(ieee_ulp_eq(dbl, s.p75, 4, 4));
	cr_assert(epsilon_eq(dbl, s.mad, 1.4826, 1e-3));
	cr_assert(ieee_ulp_eq(dbl, s.ci95.low, 1, 4));
	cr_assert(ieee_ulp_eq(dbl, s.ci95.high, 5, 4));
}

Test(timing_stats, samples_stay_in_order_of_time)
{
	double ns[] = {5, 1, 3};
	summary(ns, 3);
	cr_assert(eq(dbl, ns[0], 5));
}

Test(timing_stats, outliers_are_counted_and_kept)
{
	const double ns[] = {10, 11, 10, 11, 10, 11, 10, 11, 500};
	sc_summary s = summary(ns, 9);
	cr_assert(eq(sz, s.outliers, 1));
	cr_assert(eq(sz, s.n, 9));
	cr_assert(eq(dbl, s.max, 500));
}

Test(timing_stats, what_is_no_time_is_refused_with_its_place)
{
	sc_err e = {0};
	sc_summary s;
	const double bad[][2] = {{1, NAN}, {1, 0}, {1, 5e-324}, {1, INFINITY}, {1, -3}};
	const sc_samples none = sc_samples_of(NULL, 0);
	cr_assert(eq(int, sc_summarise(&none, &s, &e), SC_EINVAL));
	cr_assert(eq(str, e.message, "no samples to summarise"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const sc_samples two = sc_samples_of(bad[i], 2);
		cr_assert(eq(int, sc_summarise(&two, &s, &e), SC_EINVAL));
		cr_assert(strstr(e.message, "must be a time of 0.001 … 1e+15 nanoseconds") != NULL);
		cr_assert(eq(int, strncmp(e.message, "sample 1 is ", 12), 0));
	}
}

Test(timing_stats, the_interval_covers_the_true_median_in_95_percent_of_draws)
{
	static const size_t sizes[] = {8, 20, 31, 50, 100};
	for (size_t k = 0; k < SOURCES; k++)
		for (size_t z = 0; z < 5; z++) {
			double ns[100];
			unsigned covered = 0;
			gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
			gsl_rng_set(rng, 17 + z);
			for (unsigned i = 0; i < DRAWS; i++) {
				fill(rng, &sources[k], ns, sizes[z]);
				sc_summary s = summary(ns, sizes[z]);
				covered += s.ci95.low <= sources[k].median &&
					   sources[k].median <= s.ci95.high;
			}
			gsl_rng_free(rng);
			double part = 100.0 * covered / DRAWS;
			cr_log_info("%s, n = %zu: %.2f %%", sources[k].name, sizes[z], part);
			cr_assert(part >= 93 && part <= 97, "%s, n = %zu: %.2f %%", sources[k].name,
				sizes[z], part);
		}
}

Test(timing_stats, neighbours_that_resemble_each_other_widen_the_interval)
{
	double ns[200], noise = 0;
	unsigned covered = 0, naive = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 5);
	for (unsigned d = 0; d < 500; d++) {
		noise = gsl_ran_gaussian(rng, 1 / sqrt(1 - 0.64));
		for (size_t i = 0; i < 200; i++) {
			noise = 0.8 * noise + gsl_ran_gaussian(rng, 1);
			ns[i] = 100 + noise;
		}
		sc_summary s = summary(ns, 200);
		double sorted[200];
		memcpy(sorted, ns, sizeof ns);
		gsl_sort(sorted, 1, 200);
		covered += s.ci95.low <= 100 && 100 <= s.ci95.high;
		naive += sorted[85] <= 100 && 100 <= sorted[114];
	}
	gsl_rng_free(rng);
	cr_log_info(
		"correlated 0.8: %.1f %%, as if independent %.1f %%", covered / 5.0, naive / 5.0);
	cr_assert(naive < 60 * 5, "as if independent: %u of 500", naive);
	cr_assert(covered >= 88 * 5, "%u of 500", covered);
}

Test(timing_stats, skewed_samples_are_not_bimodal_and_bimodal_ones_are_found)
{
	double ns[60];
	unsigned found[SOURCES] = {0};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t k = 0; k < SOURCES; k++)
		for (unsigned i = 0; i < DRAWS; i++) {
			fill(rng, &sources[k], ns, 60);
			found[k] += summary(ns, 60).bimodal;
		}
	gsl_rng_free(rng);
	cr_log_info("bimodal: %u, %u, %u of %d", found[0], found[1], found[2], DRAWS);
	cr_assert(le(uint, found[0], DRAWS / 100));
	cr_assert(le(uint, found[1], DRAWS / 100));
	cr_assert(found[2] >= DRAWS * 98 / 100);
}

Test(timing_stats, drift_is_found_and_noise_is_not_drift)
{
	double ns[60];
	unsigned still = 0, moving = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (unsigned d = 0; d < DRAWS; d++) {
		for (size_t i = 0; i < 60; i++)
			ns[i] = 100 + gsl_ran_exponential(rng, 5);
		still += summary(ns, 60).drifts;
		for (size_t i = 0; i < 60; i++)
			ns[i] *= 1 + 0.1 * (double)i / 60;
		moving += summary(ns, 60).drifts;
	}
	gsl_rng_free(rng);
	cr_assert(still <= DRAWS * 2 / 100, "%u", still);
	cr_assert(moving >= DRAWS * 95 / 100, "%u", moving);
}

Test(timing_stats, every_allocation_may_fail)
{
	for (unsigned n = 1;; n++) {
		const double ns[] = {1, 2, 3};
		sc_summary s;
		fault_arm(n);
		const sc_samples samples = sc_samples_of(ns, 3);
		sc_status got = sc_summarise(&samples, &s, NULL);
		int fired = fault_fired();
		fault_arm(0);
		if (!fired) {
			cr_assert(eq(int, got, SC_OK));
			break;
		}
		cr_assert(eq(int, got, SC_ENOMEM));
	}
}
