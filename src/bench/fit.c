/* t = a + b·x. Every sample is a point, divided by the median at its x so that a slow ratio counts
 * no more than a quick one; bisquare weights let outliers count for little without dropping any.
 * Neighbouring samples that resemble each other count for fewer. Where t is no line (weights that
 * leave a cache), the interval does not say so: R² and the largest misfit do. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/stats.h"

enum { ITERATIONS_MAX = 5000, XS_MIN = 3 };

typedef struct workspace {
	size_t n;	/* samples */
	double *median; /* of each point */
	gsl_matrix *x, *cov;
	gsl_vector *y, *c;
	gsl_multifit_robust_workspace *robust;
} workspace;

static void release(workspace *w)
{
	free(w->median);
	if (w->x)
		gsl_matrix_free(w->x);
	if (w->cov)
		gsl_matrix_free(w->cov);
	if (w->y)
		gsl_vector_free(w->y);
	if (w->c)
		gsl_vector_free(w->c);
	if (w->robust)
		gsl_multifit_robust_free(w->robust);
}

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
	w->median = malloc(points * sizeof *w->median);
	w->x = w->median ? gsl_matrix_alloc(w->n, 2) : NULL;
	w->cov = w->x ? gsl_matrix_alloc(2, 2) : NULL;
	w->y = w->cov ? gsl_vector_alloc(w->n) : NULL;
	w->c = w->y ? gsl_vector_alloc(2) : NULL;
	w->robust = w->c ? gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, w->n, 2) : NULL;
	return w->robust != NULL;
}

static void fill(workspace *w, const sc_fit_point *point, size_t n)
{
	size_t row = 0;
	for (size_t i = 0; i < n; i++) {
		/* the vector is not filled yet: its memory serves to sort in */
		memcpy(w->y->data + row, point[i].ns, point[i].n * sizeof(double));
		gsl_sort(w->y->data + row, 1, point[i].n);
		double m = w->median[i] = sc_sorted_median(w->y->data + row, point[i].n);
		for (size_t k = 0; k < point[i].n; k++, row++) {
			gsl_matrix_set(w->x, row, 0, 1 / m);
			gsl_matrix_set(w->x, row, 1, point[i].x / m);
			gsl_vector_set(w->y, row, point[i].ns[k] / m);
		}
	}
}

/* relative misfit of the medians: its sum of squares, and that without a line */
static void misfit(const sc_fit *fit, const workspace *w, const sc_fit_point *point, size_t n,
	double *left, double *all)
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

static void judge(const workspace *w, const sc_fit_point *point, size_t n, sc_fit *fit)
{
	double left, all;
	misfit(fit, w, point, n, &left, &all);
	double wide = gsl_cdf_tdist_Pinv(0.975, (double)w->n - 2) * sqrt(inflation(w, point, n));
	fit->a_likely = around(fit->a, wide * sqrt(gsl_matrix_get(w->cov, 0, 0)));
	fit->b_likely = around(fit->b, wide * sqrt(gsl_matrix_get(w->cov, 1, 1)));
	fit->r2 = all > 0 ? GSL_MAX_DBL(0, 1 - left / all) : 0;
	for (size_t i = 0; i < n; i++) {
		double miss = w->median[i] / (fit->a + fit->b * point[i].x) - 1;
		if (fabs(miss) > fabs(fit->misfit)) {
			fit->misfit = miss;
			fit->misfit_x = point[i].x;
		}
	}
}

sc_status sc_fit_line(const sc_fit_point *point, size_t n, sc_fit *out, sc_err *err)
{
	workspace w = {0};
	sc_status s = check(point, n, &w.n, err);
	if (s)
		return s;
	if (!allocate(&w, n)) {
		release(&w);
		return sc_fail(err, SC_ENOMEM, "no memory for a fit of %zu samples", w.n);
	}
	fill(&w, point, n);
	/* it converges in a few steps; running out of them would end the program */
	gsl_multifit_robust_maxiter(ITERATIONS_MAX, w.robust);
	gsl_multifit_robust(w.x, w.y, w.c, w.cov, w.robust);
	sc_fit fit = {.a = gsl_vector_get(w.c, 0),
		.b = gsl_vector_get(w.c, 1),
		.points = n,
		.samples = w.n};
	judge(&w, point, n, &fit);
	release(&w);
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
	return share(fit, fit->b_likely.high, x);
}

bool sc_fit_is_free(const sc_fit *fit, double x)
{
	bool covers = fit->b_likely.low <= 0 && fit->b_likely.high >= 0;
	return covers || fabs(sc_fit_share(fit, x)) < 0.02;
}
