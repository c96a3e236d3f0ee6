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
		d->point[r] = (sc_fit_point){1 / ratios[r], d->ns[r], N};
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
	cr_assert(sc_fit_is_free(&fit, 1.0 / 2));
	make(&d, 20000, 400000, 4);
	cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
	cr_assert(not(sc_fit_is_free(&fit, 1.0 / 16)));
	cr_assert(epsilon_eq(dbl, sc_fit_share(&fit, 1.0 / 16), 25.0 / 45, 0.01));
	cr_assert(sc_fit_share_at_most(&fit, 1.0 / 16) > sc_fit_share(&fit, 1.0 / 16));
	make(&d, 20000, 4000, 4);
	cr_assert(eq(int, sc_fit_line(d.point, RATIOS, &fit, NULL), SC_OK));
	cr_assert(sc_fit_is_free(&fit, 1.0 / 16), "1.2 %% of t");
}

Test(timing_fit, too_few_ratios_are_refused)
{
	const double ns[] = {1, 2, 3};
	const sc_fit_point two[] = {{0.5, ns, 3}, {0.25, ns, 3}, {0.25, ns, 3}};
	const sc_fit_point bad[] = {{NAN, ns, 3}, {0.25, ns, 3}, {0.125, ns, 3}};
	sc_fit fit;
	sc_err err;
	cr_assert(eq(int, sc_fit_line(two, 3, &fit, &err), SC_EINVAL));
	cr_assert(eq(str, err.message, "a fit needs 3 different ratios, has 2"));
	cr_assert(eq(int, sc_fit_line(bad, 3, &fit, &err), SC_EINVAL));
}

Test(timing_fit, exact_data_do_not_break_it)
{
	const double two = 200, four = 150, eight = 125;
	const sc_fit_point exact[] = {{0.5, &two, 1}, {0.25, &four, 1}, {0.125, &eight, 1}};
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
