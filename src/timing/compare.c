/* A against B. Whether they differ is asked of the ranks (Mann–Whitney), by how much of the ratio
 * of medians, whose interval is a bootstrap: the same samples drawn again with replacement. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing/stats.h"

/* sum of the ranks of the first `na` of n values, equal ones sharing theirs; `ties` gets Σ(t³ − t)
 */
static double rank_sum(const double *all, const size_t *order, size_t na, size_t n, double *ties)
{
	double sum = 0;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && all[order[end]] == all[order[i]];)
			end++;
		double t = (double)(end - i), rank = 0.5 * (double)(i + 1 + end);
		*ties += t * t * t - t;
		for (size_t k = i; k < end; k++)
			sum += order[k] < na ? rank : 0;
	}
	return sum;
}

static double mann_whitney(const double *all, const size_t *order, size_t na, size_t nb)
{
	double a = (double)na, b = (double)nb, n = a + b, ties = 0;
	double u = rank_sum(all, order, na, na + nb, &ties) - a * (a + 1) / 2;
	double variance = a * b / 12 * (n + 1 - ties / (n * (n - 1)));
	if (variance <= 0)
		return 1;
	double z = (fabs(u - a * b / 2) - 0.5) / sqrt(variance);
	return z <= 0 ? 1 : 2 * gsl_cdf_ugaussian_Q(z);
}

static double median_of_draw(gsl_rng *rng, const double *from, size_t n, double *work)
{
	gsl_ran_sample(rng, work, n, (void *)(uintptr_t)from, n, sizeof *work);
	gsl_sort(work, 1, n);
	return sc_sorted_median(work, n);
}

static sc_interval bootstrap(gsl_rng *rng, const double *a, size_t na, const double *b, size_t nb,
	double *ratio, size_t resamples, double *work)
{
	for (size_t i = 0; i < resamples; i++) {
		double above = median_of_draw(rng, a, na, work);
		ratio[i] = above / median_of_draw(rng, b, nb, work);
	}
	gsl_sort(ratio, 1, resamples);
	return (sc_interval){gsl_stats_quantile_from_sorted_data(ratio, 1, resamples, 0.025),
		gsl_stats_quantile_from_sorted_data(ratio, 1, resamples, 0.975)};
}

static double median(const double *from, size_t n, double *work)
{
	memcpy(work, from, n * sizeof *work);
	gsl_sort(work, 1, n);
	return sc_sorted_median(work, n);
}

static sc_status check(
	const double *a, size_t na, const double *b, size_t nb, size_t resamples, sc_err *err)
{
	if (na < 2 || nb < 2 || !resamples)
		return sc_fail(err, SC_EINVAL,
			"a comparison needs 2 samples of each and a resample, has %zu, %zu and %zu",
			na, nb, resamples);
	sc_status s = sc_samples_check(a, na, err);
	return s ? s : sc_samples_check(b, nb, err);
}

sc_status sc_compare_samples(const double *a, size_t na, const double *b, size_t nb,
	size_t resamples, unsigned long seed, sc_comparison *out, sc_err *err)
{
	sc_status s = check(a, na, b, nb, resamples, err);
	if (s)
		return s;
	size_t n = na + nb;
	double *all = malloc((2 * n + resamples) * sizeof *all);
	size_t *order = malloc(n * sizeof *order);
	gsl_rng rng = {gsl_rng_mt19937, all && order ? malloc(gsl_rng_mt19937->size) : NULL};
	if (!rng.state) { /* by hand: gsl_rng_alloc ends the program when it fails */
		free(all);
		free(order);
		return sc_fail(err, SC_ENOMEM, "no memory for %zu samples", n);
	}
	double *work = all + n, *ratio = work + n;
	gsl_rng_set(&rng, seed);
	memcpy(all, a, na * sizeof *all);
	memcpy(all + na, b, nb * sizeof *all);
	gsl_sort_index(order, all, 1, n);
	sc_comparison c = {.ratio = median(a, na, work) / median(b, nb, work),
		.p = mann_whitney(all, order, na, nb),
		.ci95 = bootstrap(&rng, a, na, b, nb, ratio, resamples, work)};
	c.differs = c.p < 0.05 && (c.ci95.low > 1 || c.ci95.high < 1);
	free(rng.state);
	free(order);
	free(all);
	*out = c;
	return SC_OK;
}

void sc_comparison_say(
	const sc_comparison *c, const char *a, const char *b, char *text, size_t size)
{
	bool slower = c->ratio > 1;
	double sign = slower ? 100 : -100, low = sign * (c->ci95.low - 1),
	       high = sign * (c->ci95.high - 1);
	if (!c->differs)
		snprintf(text, size, "no difference shown between %s and %s [%+.1f, %+.1f] %%", a,
			b, 100 * (c->ci95.low - 1), 100 * (c->ci95.high - 1));
	else
		snprintf(text, size, "%s is %.1f %% %s than %s [%.1f, %.1f]", a,
			sign * (c->ratio - 1), slower ? "slower" : "faster", b, slower ? low : high,
			slower ? high : low);
}
