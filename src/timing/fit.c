/* t = a + b·x. Every sample is a point, weighted by 1/median² at its x so that a slow ratio counts
 * no more than a quick one. Least squares again and again, with Tukey's bisquare weights of the
 * residuals before, let outliers count for little without dropping any (GSL's own robust fit does
 * the same, but ends the program when it runs out of memory or steps).
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
		*samples += point[i].n;
		if (!isfinite(point[i].x))
			s = sc_fail(err, SC_EINVAL, "x of point %zu is not a finite number", i);
		else
			s = sc_samples_check(point[i].ns, point[i].n, err);
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
		memcpy(w->work, point[i].ns, point[i].n * sizeof *w->work);
		gsl_sort(w->work, 1, point[i].n);
		double m = w->median[i] = sc_sorted_median(w->work, point[i].n);
		for (size_t k = 0; k < point[i].n; k++, row++) {
			w->x[row] = point[i].x;
			w->t[row] = point[i].ns[k];
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
		effective += sc_effective(point[i].ns, point[i].n, w->median[i]);
	return (double)w->n / effective;
}

static sc_interval around(double value, double half)
{
	return (sc_interval){value - half, value + half};
}

static void judge(workspace *w, const sc_fit_point *point, size_t n, sc_fit *fit)
{
	double left, all, c00, c01, c11, chi, unused[2];
	residual_sums(fit, w, point, n, &left, &all);
	gsl_fit_wlinear(
		w->x, 1, w->base, 1, w->t, 1, w->n, &unused[0], &unused[1], &c00, &c01, &c11, &chi);
	double wide = gsl_cdf_tdist_Pinv(0.975, (double)w->n - 2) *
		      sqrt(inflation(w, point, n) * variance(w, fit));
	fit->a_ci95 = around(fit->a, wide * sqrt(c00));
	fit->b_ci95 = around(fit->b, wide * sqrt(c11));
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
	sc_fit fit = {.points = n, .samples = w.n};
	fill(&w, point, n);
	iterate(&w, &fit);
	judge(&w, point, n, &fit);
	free(w.median);
	*out = fit;
	return SC_OK;
}

static double share(const sc_fit *fit, double b, double x)
{
	double t = fit->a + fit->b * x;
	return t > 0 ? b * x / t : 0;
}

double sc_fit_share(const sc_fit *fit, double x)
{
	return share(fit, fit->b, x);
}

double sc_fit_share_at_most(const sc_fit *fit, double x)
{
	return share(fit, fit->b_ci95.high, x);
}

bool sc_fit_is_free(const sc_fit *fit, double x)
{
	bool covers = fit->b_ci95.low <= 0 && fit->b_ci95.high >= 0;
	return covers || fabs(sc_fit_share(fit, x)) < 0.02;
}
