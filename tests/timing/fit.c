#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "../support/fault.h"
#include "secost/timing.h"

enum { RATIOS = 6, N = 60 };
static const double ratios[RATIOS] = {2, 4, 8, 16, 32, 64};

struct data {
	double ns[RATIOS][N];
	sc_fit_point point[RATIOS];
};

/* t = a + b/r, 2 % noise, every tenth sample far too slow */
static void make(struct data *d, double a, double b, unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, seed);
	for (size_t r = 0; r < RATIOS; r++) {
		for (size_t i = 0; i < N; i++)
			d->ns[r][i] = (a + b / ratios[r]) * (1 + gsl_ran_gaussian(rng, 0.02)) *
				      (i % 10 ? 1 : 1 + gsl_ran_exponential(rng, 2));
		d->point[r] = (sc_fit_point){1 / ratios[r], sc_samples_of(d->ns[r], N)};
	}
	gsl_rng_free(rng);
}

Test(timing_fit, recovers_a_and_b_within_1_percent_in_spite_of_outliers)
{
	struct data d;
	double worst = 0;
	unsigned covered = 0;
	for (unsigned long seed = 1; seed <= 200; seed++) {
		sc_fit fit;
		make(&d, 20000, 400000, seed);
		cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
		worst = fmax(worst, fabs(fit.b / 400000 - 1));
		covered += fit.b_ci95.low <= 400000 && 400000 <= fit.b_ci95.high;
		cr_assert(fit.r2 > 0.99, "R² %g", fit.r2);
	}
	cr_log_info("worst error of b: %.2f %%; interval covers it in %.1f %%", 100 * worst,
		covered / 2.0);
	cr_assert(worst < 0.01, "%.2f %%", 100 * worst);
	cr_assert(covered >= 186);
}

Test(timing_fit, a_ratio_without_effect_is_free_and_one_with_it_is_not)
{
	struct data d;
	sc_fit fit;
	make(&d, 20000, 0, 4);
	cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
	cr_assert(eq(int, sc_fit_verdict(&fit, 1.0 / 16), SC_FREE));
	make(&d, 20000, 400000, 4);
	cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
	cr_assert(eq(int, sc_fit_verdict(&fit, 1.0 / 16), SC_MATTERS));
	cr_assert(epsilon_eq(dbl, sc_fit_share(&fit, 1.0 / 16), 25.0 / 45, 0.01));
	sc_interval share = sc_fit_share_ci95(&fit, 1.0 / 16);
	cr_assert(share.low < sc_fit_share(&fit, 1.0 / 16) &&
		  sc_fit_share(&fit, 1.0 / 16) < share.high);
	make(&d, 20000, 4000, 4);
	cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
	cr_assert(eq(int, sc_fit_verdict(&fit, 1.0 / 16), SC_FREE), "1.2 %% of t");
}

Test(timing_fit, too_few_ratios_are_refused)
{
	const double ns[] = {1, 2, 3};
	const sc_samples three = sc_samples_of(ns, 3);
	const sc_fit_point two[] = {{0.5, three}, {0.25, three}, {0.25, three}};
	const sc_fit_point bad[] = {{NAN, three}, {0.25, three}, {0.125, three}};
	sc_fit fit;
	sc_err err;
	cr_assert(eq(int, sc_fit_line(two, 3, &fit, &err), SC_EINVAL));
	cr_assert(eq(str, err.message, "a fit needs 3 different ratios, has 2"));
	cr_assert(eq(int, sc_fit_line(bad, 3, &fit, &err), SC_EINVAL));
}

Test(timing_fit, exact_data_do_not_break_it)
{
	const double two = 200, four = 150, eight = 125;
	const sc_fit_point exact[] = {{0.5, sc_samples_of(&two, 1)},
		{0.25, sc_samples_of(&four, 1)}, {0.125, sc_samples_of(&eight, 1)}};
	sc_fit fit;
	cr_assert(eq(int, sc_fit_line(exact, 3, &fit, NULL), SC_OK));
	cr_assert(epsilon_eq(dbl, fit.b, 200, 1e-6));
	cr_assert(epsilon_eq(dbl, fit.a, 100, 1e-6));
}

Test(timing_fit, every_allocation_may_fail)
{
	struct data d;
	make(&d, 100, 100, 1);
	for (unsigned n = 1;; n++) {
		sc_fit fit;
		fault_arm(n);
		sc_status got = sc_fit_line(d.point, RATIOS, &fit, NULL);
		int fired = fault_fired();
		fault_arm(0);
		if (!fired) {
			cr_assert(eq(int, got, SC_OK));
			break;
		}
		cr_assert(eq(int, got, SC_ENOMEM));
	}
}

/* --- three verdicts --- */

Test(timing_fit, a_verdict_is_free_matters_or_not_shown_by_the_printed_interval)
{
	static const struct {
		double low, high; /* of b, x = 1, t = 100: percent */
		sc_matter verdict;
	} wanted[] = {{-1, 1, SC_FREE}, {-50, -1, SC_FREE}, {0.5, 1.94, SC_FREE},
		{0.5, 1.96, SC_NOT_SHOWN}, {-71, 31, SC_NOT_SHOWN}, {2.04, 3, SC_NOT_SHOWN},
		{2.06, 3, SC_MATTERS}, {1, 60, SC_NOT_SHOWN}, {20, 60, SC_MATTERS}};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		double low = wanted[i].low, high = wanted[i].high, b = (low + high) / 2;
		sc_fit fit = {.a = 100 - b, .b = b, .b_ci95 = {low, high}};
		cr_assert(eq(int, sc_fit_verdict(&fit, 1), wanted[i].verdict), "%g … %g: %s", low,
			high, sc_matter_name(sc_fit_verdict(&fit, 1)));
	}
}

Test(timing_fit, an_interval_as_much_narrower_as_is_said_settles_it)
{
	for (int share = -30; share < 60; share += 7)
		for (double half = 1; half < 100; half *= 1.7) {
			sc_fit fit = {.a = 100 - share, .b = share};
			fit.b_ci95 = (sc_interval){share - half, share + half};
			double narrower = sc_fit_narrower(&fit, 1), less = half / (1.06 * narrower);
			if (sc_fit_verdict(&fit, 1) != SC_NOT_SHOWN)
				continue;
			cr_assert(narrower > 0.99);
			fit.b_ci95 = (sc_interval){share - less, share + less};
			cr_assert(sc_fit_verdict(&fit, 1) != SC_NOT_SHOWN, "%d ± %g: %g", share,
				half, narrower);
		}
}

enum { ROUNDS = 15, EACH = 5 };

/* placement differs from round to round, for each ratio on its own: that is in the interval */
Test(timing_fit, the_interval_of_b_from_rounds_covers_it_in_95_percent_of_draws)
{
	enum { DRAWS = 2000 };
	static double ns[RATIOS][ROUNDS * EACH];
	size_t end[ROUNDS];
	unsigned covered = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (unsigned d = 0; d < DRAWS; d++) {
		sc_fit_point point[RATIOS];
		sc_fit fit;
		for (size_t i = 0; i < RATIOS; i++) {
			for (size_t r = 0; r < ROUNDS; r++) {
				double place = 1 + gsl_ran_gaussian(rng, 0.04);
				end[r] = (r + 1) * EACH;
				for (size_t k = 0; k < EACH; k++)
					ns[i][r * EACH + k] = (20000 + 400000 / ratios[i]) * place *
							      (1 + gsl_ran_gaussian(rng, 0.02));
			}
			point[i] =
				(sc_fit_point){1 / ratios[i], {ns[i], ROUNDS * EACH, end, ROUNDS}};
		}
		cr_assert(eq(int, sc_fit_line(point, RATIOS, &fit, NULL), SC_OK));
		covered += fit.b_ci95.low <= 400000 && 400000 <= fit.b_ci95.high;
	}
	gsl_rng_free(rng);
	cr_log_info("b from rounds: %.2f %%", covered / 20.0);
	cr_assert(covered >= DRAWS * 93 / 100 && covered <= DRAWS * 97 / 100, "%u", covered);
}
