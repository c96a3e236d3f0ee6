/* t = a + b·x. With rounds, each of them tells a line of its own, through its medians, and what is
 * said is said of these lines. Without, every sample is a point, weighted by 1/median² at its x so
 * that a slow ratio counts no more than a quick one. Least squares again and again, with Tukey's
 * bisquare weights of the residuals before, let outliers count for little without dropping any
 * (GSL's own robust fit does the same, but ends the program when it runs out of memory or steps).
 * Neighbouring samples that resemble each other count for fewer. Where t is no line (weights that
 * leave a cache), the interval does not say so: R² and the largest lack of fit do. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "timing/stats.h"

enum { ITERATIONS_MAX = 100, XS_MIN = 3 };

static const double tuning = 4.685; /* 95 % of least squares' efficiency on normal errors */

typedef struct workspace {
	size_t n;	/* samples */
	double *median; /* of each point */
	/* of each sample: x, t, 1/median², weight, residual over median, room to sort in */
	double *x, *t, *base, *weight, *rest, *work;
} workspace;

static sc_status check(const sc_fit_point *point, size_t n, size_t *samples, sc_err *err)
{
	size_t different = 0;
	sc_status s = SC_OK;
	for (size_t i = 0; i < n && !s; i++) {
		bool known = false;
		for (size_t k = 0; k < i; k++)
			known = known || point[k].x == point[i].x;
		different += !known;
		*samples += point[i].samples.n;
		if (!isfinite(point[i].x))
			s = sc_fail(err, SC_EINVAL, "x of point %zu is not a finite number", i);
		else
			s = sc_samples_check(&point[i].samples, err);
	}
	if (!s && different < XS_MIN)
		s = sc_fail(err, SC_EINVAL, "a fit needs %d different ratios, has %zu", XS_MIN,
			different);
	return s;
}

static bool allocate(workspace *w, size_t points)
{
	w->median = malloc((points + 6 * w->n) * sizeof *w->median);
	if (!w->median)
		return false;
	w->x = w->median + points;
	w->t = w->x + w->n;
	w->base = w->t + w->n;
	w->weight = w->base + w->n;
	w->rest = w->weight + w->n;
	w->work = w->rest + w->n;
	return true;
}

static void fill(workspace *w, const sc_fit_point *point, size_t n)
{
	size_t row = 0;
	for (size_t i = 0; i < n; i++) {
		memcpy(w->work, point[i].samples.ns, point[i].samples.n * sizeof *w->work);
		gsl_sort(w->work, 1, point[i].samples.n);
		double m = w->median[i] = sc_sorted_median(w->work, point[i].samples.n);
		for (size_t k = 0; k < point[i].samples.n; k++, row++) {
			w->x[row] = point[i].x;
			w->t[row] = point[i].samples.ns[k];
			w->base[row] = w->weight[row] = 1 / (m * m);
		}
	}
}

/* --- the fit --- */

static double bisquare(double u)
{
	return fabs(u) < 1 ? gsl_pow_2(1 - u * u) : 0;
}

/* Residuals over medians; returns what a standard deviation of them would be without outliers. */
static double residuals(workspace *w, const sc_fit *fit)
{
	for (size_t i = 0; i < w->n; i++)
		w->rest[i] = (w->t[i] - fit->a - fit->b * w->x[i]) * sqrt(w->base[i]);
	memcpy(w->work, w->rest, w->n * sizeof *w->work);
	for (size_t i = 0; i < w->n; i++)
		w->work[i] = fabs(w->work[i]);
	gsl_sort(w->work, 1, w->n);
	return fmax(1.4826 * sc_sorted_median(w->work, w->n), 1e-9);
}

static void iterate(workspace *w, sc_fit *fit)
{
	double c00, c01, c11, chi, last;
	gsl_fit_wlinear(
		w->x, 1, w->weight, 1, w->t, 1, w->n, &fit->a, &fit->b, &c00, &c01, &c11, &chi);
	for (int i = 0; i < ITERATIONS_MAX; i++) {
		double scale = tuning * residuals(w, fit);
		for (size_t k = 0; k < w->n; k++)
			w->weight[k] = w->base[k] * bisquare(w->rest[k] / scale);
		last = fit->b;
		gsl_fit_wlinear(w->x, 1, w->weight, 1, w->t, 1, w->n, &fit->a, &fit->b, &c00, &c01,
			&c11, &chi);
		if (fabs(fit->b - last) <= 1e-9 * fabs(fit->b))
			break;
	}
}

/* variance of a residual as the estimate feels it: E ψ² ÷ (E ψ′)², ψ(u) = u·(1 − u²)² */
static double variance(workspace *w, const sc_fit *fit)
{
	double scale = tuning * residuals(w, fit), psi = 0, slope = 0;
	for (size_t i = 0; i < w->n; i++) {
		double u = w->rest[i] / scale;
		psi += gsl_pow_2(u * bisquare(u));
		slope += fabs(u) < 1 ? (1 - u * u) * (1 - 5 * u * u) : 0;
	}
	double n = (double)w->n;
	return slope > 0 ? gsl_pow_2(scale) * (psi / (n - 2)) / gsl_pow_2(slope / n) : INFINITY;
}

/* relative lack of fit of the medians: its sum of squares, and that without a line */
static void residual_sums(const sc_fit *fit, const workspace *w, const sc_fit_point *point,
	size_t n, double *left, double *all)
{
	double weights = 0, mean = 0;
	*left = *all = 0;
	for (size_t i = 0; i < n; i++) {
		weights += 1 / (w->median[i] * w->median[i]);
		mean += 1 / w->median[i];
	}
	mean /= weights;
	for (size_t i = 0; i < n; i++) {
		*left += gsl_pow_2((fit->a + fit->b * point[i].x) / w->median[i] - 1);
		*all += gsl_pow_2(1 - mean / w->median[i]);
	}
}

/* how many samples there are for each one that is independent */
static double inflation(const workspace *w, const sc_fit_point *point, size_t n)
{
	double effective = 0;
	for (size_t i = 0; i < n; i++)
		effective += sc_effective(point[i].samples.ns, point[i].samples.n, w->median[i]);
	return (double)w->n / effective;
}

static sc_interval around(double value, double half)
{
	return (sc_interval){value - half, value + half};
}

static void judge(workspace *w, const sc_fit_point *point, size_t n, sc_fit *fit)
{
	double c00, c01, c11, chi, unused[2];
	gsl_fit_wlinear(
		w->x, 1, w->base, 1, w->t, 1, w->n, &unused[0], &unused[1], &c00, &c01, &c11, &chi);
	double wide = gsl_cdf_tdist_Pinv(0.975, (double)w->n - 2) *
		      sqrt(inflation(w, point, n) * variance(w, fit));
	fit->a_ci95 = around(fit->a, wide * sqrt(c00));
	fit->b_ci95 = around(fit->b, wide * sqrt(c11));
}

/* --- lines of rounds --- */

/* the rounds that all points have; 0 when one has too few */
static size_t common_rounds(const sc_fit_point *point, size_t n)
{
	size_t rounds = SC_ROUNDS_MAX;
	for (size_t i = 0; i < n; i++) {
		if (!sc_has_rounds(&point[i].samples))
			return 0;
		rounds = GSL_MIN(rounds, point[i].samples.rounds);
	}
	return rounds;
}

/* the line through the medians of one round; `median` has every point's rounds in a row */
static void line_of_round(const workspace *w, const sc_fit_point *point, size_t n,
	const double *median, size_t round, double *a, double *b)
{
	double c00, c01, c11, chi;
	size_t row = 0;
	for (size_t i = 0; i < n; i++) {
		w->x[i] = point[i].x;
		w->t[i] = median[row + round];
		w->weight[i] = 1 / gsl_pow_2(w->median[i]);
		row += point[i].samples.rounds;
	}
	gsl_fit_wlinear(w->x, 1, w->weight, 1, w->t, 1, n, a, b, &c00, &c01, &c11, &chi);
}

static sc_status fit_rounds(
	workspace *w, const sc_fit_point *point, size_t n, size_t rounds, sc_fit *fit, sc_err *err)
{
	double *median = w->rest, a[SC_ROUNDS_MAX], b[SC_ROUNDS_MAX];
	sc_estimate of_a, of_b;
	size_t row = 0;
	for (size_t i = 0; i < n; i++) {
		sc_round_medians_into(&point[i].samples, median + row, w->work);
		memcpy(w->work, median + row, rounds * sizeof *w->work);
		gsl_sort(w->work, 1, rounds);
		w->median[i] = sc_sorted_median(w->work, rounds);
		row += point[i].samples.rounds;
	}
	for (size_t k = 0; k < rounds; k++)
		line_of_round(w, point, n, median, k, &a[k], &b[k]);
	sc_status s = sc_over_rounds(a, rounds, &of_a, err);
	if (!s)
		s = sc_over_rounds(b, rounds, &of_b, err);
	if (!s) {
		fit->a = of_a.value;
		fit->b = of_b.value;
		fit->a_ci95 = of_a.ci95;
		fit->b_ci95 = of_b.ci95;
	}
	return s;
}

/* --- what it says --- */

static void describe(const workspace *w, const sc_fit_point *point, size_t n, sc_fit *fit)
{
	double left, all;
	residual_sums(fit, w, point, n, &left, &all);
	fit->r2 = all > 0 ? GSL_MAX_DBL(0, 1 - left / all) : 0;
	for (size_t i = 0; i < n; i++) {
		double miss = w->median[i] / (fit->a + fit->b * point[i].x) - 1;
		if (fabs(miss) > fabs(fit->lack_of_fit)) {
			fit->lack_of_fit = miss;
			fit->lack_of_fit_x = point[i].x;
		}
	}
}

sc_status sc_fit_line(const sc_fit_point *point, size_t n, sc_fit *out, sc_err *err)
{
	workspace w = {0};
	sc_status s = check(point, n, &w.n, err);
	if (s)
		return s;
	if (!allocate(&w, n))
		return sc_fail(err, SC_ENOMEM, "no memory for a fit of %zu samples", w.n);
	sc_fit fit = {.points = n, .samples = w.n, .rounds = common_rounds(point, n)};
	if (fit.rounds) {
		s = fit_rounds(&w, point, n, fit.rounds, &fit, err);
	} else {
		fill(&w, point, n);
		iterate(&w, &fit);
		judge(&w, point, n, &fit);
	}
	describe(&w, point, n, &fit);
	free(w.median);
	if (!s)
		*out = fit;
	return s;
}

/* --- verdicts --- */

static const double threshold = 0.02;

double sc_fit_share(const sc_fit *fit, double x)
{
	double t = fit->a + fit->b * x;
	return t > 0 ? fit->b * x / t : 0;
}

sc_interval sc_fit_share_ci95(const sc_fit *fit, double x)
{
	double t = fit->a + fit->b * x;
	return t > 0 ? (sc_interval){fit->b_ci95.low * x / t, fit->b_ci95.high * x / t}
		     : (sc_interval){0, 0};
}

/* as it is printed, to a tenth of a percent */
static double shown(double share)
{
	return round(1000 * share) / 1000;
}

sc_matter sc_fit_verdict(const sc_fit *fit, double x)
{
	sc_interval i = sc_fit_share_ci95(fit, x);
	return shown(i.high) < threshold  ? SC_FREE
	       : shown(i.low) > threshold ? SC_MATTERS
					  : SC_NOT_SHOWN;
}

double sc_fit_narrower(const sc_fit *fit, double x)
{
	double share = sc_fit_share(fit, x), off = fmax(1e-3, fabs(share - threshold));
	sc_interval i = sc_fit_share_ci95(fit, x);
	return fmax(1, (share < threshold ? i.high - share : share - i.low) / off);
}

const char *sc_matter_name(size_t matter)
{
	static const char *const names[] = {"free", "matters", "not shown"};
	return matter < SC_MATTER__N ? names[matter] : NULL;
}
