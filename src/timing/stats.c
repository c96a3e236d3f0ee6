/* What samples of one thing say. Without rounds, the interval of the median needs no shape of the
 * distribution: the k-th smallest and k-th largest of n enclose the true median with a probability
 * that is a binomial sum. It does need independent samples; neighbours in time that resemble each
 * other are worth fewer, and the interval is taken for that smaller number. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "timing/stats.h"

static const double confidence = 0.95;

/* a picosecond … 11 days: what no call takes is no measurement */
static const double shortest = 1e-3, longest = 1e15;

sc_status sc_samples_check(const sc_samples *samples, sc_err *err)
{
	if (!samples->n)
		return sc_fail(err, SC_EINVAL, "no samples to summarise");
	for (size_t i = 0; i < samples->n; i++)
		if (!(samples->ns[i] >= shortest && samples->ns[i] <= longest))
			return sc_fail(err, SC_EINVAL,
				"sample %zu is %g, must be a time of %g … %g nanoseconds", i,
				samples->ns[i], shortest, longest);
	return SC_OK;
}

double sc_sorted_median(const double *sorted, size_t n)
{
	return gsl_stats_median_from_sorted_data(sorted, 1, n);
}

/* chance that the true median is between the k-th smallest and the k-th largest of n */
static double coverage(unsigned k, unsigned n)
{
	return 1 - 2 * gsl_cdf_binomial_P(k - 1, 0.5, n);
}

/* How far from the middle of n ranks the interval ends, in ranks; Hettmansperger and Sheather,
 * "Confidence intervals based on interpolated order statistics", 1986. */
static double half_width(unsigned n)
{
	double start = floor(0.5 * n - sqrt((double)n) - 2); /* a little before the normal's */
	unsigned k = start > 1 ? (unsigned)start : 1;
	while (2 * (k + 1) <= n && coverage(k + 1, n) >= confidence)
		k++;
	double here = coverage(k, n), part = 0;
	if (here > confidence && 2 * (k + 1) <= n) {
		double i = (here - confidence) / (here - coverage(k + 1, n));
		part = (n - k) * i / (k + (n - 2.0 * k) * i);
	}
	return 0.5 * (n + 1) - (k + part);
}

static double at_rank(const double *sorted, size_t n, double rank)
{
	rank = GSL_MAX_DBL(1, GSL_MIN_DBL((double)n, rank));
	size_t below = (size_t)rank;
	if (below >= n)
		return sorted[n - 1];
	return sorted[below - 1] + (rank - (double)below) * (sorted[below] - sorted[below - 1]);
}

sc_interval sc_ranks_around(const double *sorted, size_t n, double half)
{
	double middle = 0.5 * ((double)n + 1);
	return (sc_interval){at_rank(sorted, n, middle - half), at_rank(sorted, n, middle + half)};
}

sc_interval sc_median_ci95(const double *sorted, size_t n, double effective)
{
	enum { RANKS_MAX = 100000 };
	unsigned m = (unsigned)GSL_MIN_DBL(GSL_MAX_DBL(1, floor(effective)), RANKS_MAX);
	return sc_ranks_around(sorted, n, half_width(m) * (double)n / m);
}

/* correlation of "is above the median" with itself `lag` samples later */
static double correlation(const double *ns, size_t n, double median, size_t lag)
{
	double sum = 0;
	for (size_t i = 0; i + lag < n; i++)
		sum += (ns[i] > median) == (ns[i + lag] > median) ? 1 : -1;
	return sum / (double)(n - lag);
}

/* n over the sum of the correlations, as far as they stand out of chance */
double sc_effective(const double *ns, size_t n, double median)
{
	double chance = 1.96 / sqrt((double)n), sum = 1;
	for (size_t lag = 1; lag < n / 4; lag++) {
		double r = correlation(ns, n, median, lag);
		if (r < chance)
			break;
		sum += 2 * r;
	}
	return (double)n / sum;
}

static size_t outliers(const double *sorted, size_t n, double p25, double p75)
{
	double reach = 1.5 * (p75 - p25);
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += sorted[i] < p25 - reach || sorted[i] > p75 + reach;
	return count;
}

/* --- drift --- */

static double median_of(const double *ns, size_t n, double *work)
{
	memcpy(work, ns, n * sizeof *work);
	gsl_sort(work, 1, n);
	return sc_sorted_median(work, n);
}

/* a trend: ranks follow time (Spearman, 1 %), and the halves differ by more than 2 % */
static void find_drift(const double *ns, size_t n, double *work, sc_summary *s)
{
	enum { SAMPLES_MIN = 10 };
	if (n < SAMPLES_MIN)
		return;
	size_t half = n / 2;
	double early = median_of(ns, half, work), late = median_of(ns + n - half, half, work);
	s->drift = late / early - 1;
	for (size_t i = 0; i < n; i++)
		work[i] = (double)i;
	double r = gsl_stats_spearman(work, 1, ns, 1, n, work + n);
	s->drifts = fabs(r) * sqrt((double)n - 1) > 2.576 && fabs(s->drift) > 0.02;
}

/* --- two modes --- */

typedef struct cut {
	size_t below;	 /* samples of the lower cluster */
	double distance; /* Ashman's D: √2·|μ1 − μ2| / √(σ1² + σ2²) */
	double gap;	 /* μ2 ÷ μ1 − 1 */
} cut;

/* sum and sum of squares of the first samples, less the median */
typedef struct moments {
	double sum, squares;
} moments;

static cut cut_at(moments low, moments all, size_t k, size_t n, double median)
{
	double a = (double)k, b = (double)(n - k), m1 = low.sum / a, m2 = (all.sum - low.sum) / b;
	double v1 = low.squares / a - m1 * m1, v2 = (all.squares - low.squares) / b - m2 * m2;
	double least = 1e-12 * median * median; /* a clock's steps can make both 0 */
	return (cut){k, M_SQRT2 * (m2 - m1) / sqrt(GSL_MAX_DBL(v1 + v2, least)),
		(median + m2) / (median + m1) - 1};
}

static moments with(moments m, double x)
{
	return (moments){m.sum + x, m.squares + x * x};
}

/* Two clusters, neither a handful, with an empty valley between them. Of unimodal samples, cut
 * wherever it looks best, D rarely exceeds 5.5. */
static void find_modes(const double *sorted, size_t n, sc_summary *s)
{
	enum { SAMPLES_MIN = 20 };
	moments all = {0, 0}, low = {0, 0};
	cut best = {0};
	size_t least = GSL_MAX(3, n / 8);
	for (size_t i = 0; i < n; i++)
		all = with(all, sorted[i] - s->median);
	for (size_t k = 1; n >= SAMPLES_MIN && k + least <= n; k++) {
		low = with(low, sorted[k - 1] - s->median);
		cut c = cut_at(low, all, k, n, s->median);
		if (k >= least && c.distance > best.distance)
			best = c;
	}
	s->bimodal = best.distance > 5.5 && best.gap > 0.05;
	if (!s->bimodal)
		return;
	s->mode[0] = sc_sorted_median(sorted, best.below);
	s->mode[1] = sc_sorted_median(sorted + best.below, n - best.below);
}

double sc_median_width(const sc_samples *samples, double *work)
{
	size_t n = samples->n;
	if (sc_has_rounds(samples)) {
		sc_estimate e;
		double medians[SC_ROUNDS_MAX];
		sc_round_medians_into(samples, medians, work);
		sc_rounds_ci95(medians, samples->rounds, work, &e);
		return (e.ci95.high - e.ci95.low) / e.value;
	}
	memcpy(work, samples->ns, n * sizeof *work);
	gsl_sort(work, 1, n);
	double median = sc_sorted_median(work, n);
	sc_interval i = sc_median_ci95(work, n, sc_effective(samples->ns, n, median));
	return (i.high - i.low) / median;
}

/* all samples alike, the rounds' medians within the interval */
static void from_samples(
	const sc_samples *samples, const double *sorted, const double *medians, sc_summary *s)
{
	s->effective = sc_effective(samples->ns, s->n, s->median);
	s->ci95 = sc_median_ci95(sorted, s->n, s->effective);
	for (size_t i = 0; i < samples->rounds; i++) {
		s->ci95.low = fmin(s->ci95.low, medians[i]);
		s->ci95.high = fmax(s->ci95.high, medians[i]);
	}
}

static sc_status from_rounds(const double *medians, sc_summary *s, sc_err *err)
{
	sc_estimate e;
	sc_status status = sc_over_rounds(medians, s->rounds, &e, err);
	if (status)
		return status;
	s->median = e.value;
	s->ci95 = e.ci95;
	s->next95 = e.next95;
	s->effective = e.effective;
	return SC_OK;
}

/* `work`: room for 4·n */
static sc_status summarise(
	const sc_samples *samples, double *work, double *medians, sc_summary *s, sc_err *err)
{
	size_t n = samples->n;
	double *sorted = work + 3 * n;
	memcpy(sorted, samples->ns, n * sizeof *sorted);
	gsl_sort(sorted, 1, n);
	*s = (sc_summary){
		.n = n,
		.rounds = samples->rounds,
		.min = sorted[0],
		.p25 = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.25),
		.median = sc_sorted_median(sorted, n),
		.p75 = gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.75),
		.max = sorted[n - 1],
		.mad = gsl_stats_mad(sorted, 1, n, work),
	};
	sc_status status = SC_OK;
	s->outliers = outliers(sorted, n, s->p25, s->p75);
	sc_round_medians_into(samples, medians, work);
	if (sc_has_rounds(samples))
		status = from_rounds(medians, s, err);
	else
		from_samples(samples, sorted, medians, s);
	sc_scatter(samples, medians, s, work);
	find_drift(samples->ns, n, work, s);
	find_modes(sorted, n, s);
	return status;
}

sc_status sc_summarise(const sc_samples *samples, sc_summary *out, sc_err *err)
{
	sc_summary s;
	sc_status status = sc_samples_check(samples, err);
	if (status)
		return status;
	double *work = malloc((4 * samples->n + samples->rounds) * sizeof *work);
	if (!work)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu samples", samples->n);
	status = summarise(samples, work, work + 4 * samples->n, &s, err);
	free(work);
	if (!status)
		*out = s;
	return status;
}
