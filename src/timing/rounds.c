/* Intervals that hold for the next run. Within one run, samples differ little; between two, the
 * pages that buffers got and what the machine did for seconds differ, too. Rounds have all of that
 * between them, so what is said stands on them: on one value of each, whatever its distribution.
 *
 * The interval of their median is that of the ranks, as for samples. A next run has as many rounds,
 * and all of both runs are alike, so their common order is any order: its median, the m-th smallest
 * of n, lies below the k-th smallest of ours when m or more of the first k + m - 1 of both are its
 * own, which is a hypergeometric sum. A bootstrap of rounds would approximate both, and covers 97
 * to 99 % where there are few. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "timing/stats.h"

/* chance that the m-th smallest of n others is below the k-th smallest of n */
static double below(unsigned m, unsigned k, unsigned n)
{
	return gsl_cdf_hypergeometric_Q(m - 1, n, n, k + m - 1);
}

/* chance that the median of n others is below the k-th smallest; half and half when n is even */
static double median_is_below(unsigned k, unsigned n)
{
	return 0.5 * (below((n + 1) / 2, k, n) + below(n / 2 + 1, k, n));
}

/* how far from the middle of n ranks the interval of a next run's median ends, in ranks */
static double next_half_width(unsigned n)
{
	const double outside = 0.025;
	unsigned k = 1;
	while (2 * k < n && median_is_below(k + 1, n) <= outside)
		k++;
	double here = median_is_below(k, n), next = median_is_below(k + 1, n);
	double part = here < outside ? (outside - here) / (next - here) : 0;
	return 0.5 * (n + 1) - (k + part);
}

void sc_rounds_ci95(const double *value, size_t n, double *sorted, sc_estimate *out)
{
	memcpy(sorted, value, n * sizeof *sorted);
	gsl_sort(sorted, 1, n);
	*out = (sc_estimate){.value = sc_sorted_median(sorted, n)};
	out->effective = fmax(2, sc_effective(value, n, out->value));
	out->ci95 = sc_median_ci95(sorted, n, out->effective);
}

sc_status sc_over_rounds(const double *value, size_t n, sc_estimate *out, sc_err *err)
{
	double sorted[SC_ROUNDS_MAX];
	if (n < SC_ROUNDS_MIN || n > SC_ROUNDS_MAX)
		return sc_fail(err, SC_EINVAL, "an interval from rounds needs %d … %d, has %zu",
			SC_ROUNDS_MIN, SC_ROUNDS_MAX, n);
	for (size_t i = 0; i < n; i++)
		if (!isfinite(value[i]))
			return sc_fail(err, SC_EINVAL, "the value of round %zu is not finite", i);
	sc_rounds_ci95(value, n, sorted, out);
	unsigned independent = (unsigned)out->effective;
	double half = next_half_width(independent) * (double)n / independent;
	out->next95 = sc_ranks_around(sorted, n, half);
	return SC_OK;
}

bool sc_has_rounds(const sc_samples *s)
{
	return s->end && s->rounds >= SC_ROUNDS_MIN;
}

sc_samples sc_samples_of(const double *ns, size_t n)
{
	return (sc_samples){.ns = ns, .n = n, .rounds = 1};
}

size_t sc_round(const sc_samples *s, size_t round, const double **ns)
{
	size_t begin = round ? s->end[round - 1] : 0, end = s->end ? s->end[round] : s->n;
	*ns = s->ns + begin;
	return end - begin;
}

void sc_round_medians_into(const sc_samples *s, double *out, double *work)
{
	for (size_t i = 0; i < s->rounds; i++) {
		const double *ns;
		size_t n = sc_round(s, i, &ns);
		memcpy(work, ns, n * sizeof *work);
		gsl_sort(work, 1, n);
		out[i] = sc_sorted_median(work, n);
	}
}

sc_status sc_round_medians(const sc_samples *s, double *out, sc_err *err)
{
	double *work = malloc((s->n + 1) * sizeof *work);
	if (!work)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu samples", s->n);
	sc_round_medians_into(s, out, work);
	free(work);
	return SC_OK;
}

/* relative scatter of samples about their round's median, and of rounds beyond what that explains
 */
void sc_scatter(const sc_samples *s, const double *medians, sc_summary *out, double *work)
{
	size_t k = 0;
	for (size_t i = 0; i < s->rounds; i++) {
		const double *ns;
		size_t n = sc_round(s, i, &ns);
		for (size_t j = 0; j < n; j++)
			work[k++] = fabs(ns[j] / medians[i] - 1);
	}
	gsl_sort(work, 1, k);
	out->within = 1.4826 * sc_sorted_median(work, k);
	for (size_t i = 0; i < s->rounds; i++)
		work[i] = fabs(medians[i] / out->median - 1);
	gsl_sort(work, 1, s->rounds);
	double all = 1.4826 * sc_sorted_median(work, s->rounds);
	double explained = GSL_MAX_DBL(1, (double)s->n / (double)s->rounds);
	out->between = sqrt(fmax(0, all * all - M_PI_2 * out->within * out->within / explained));
}
