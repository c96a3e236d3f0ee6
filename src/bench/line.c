/* A ratio that was not measured, of a shape that was: t = a + b/r through the medians, corrected by
 * how far the two nearest ratios lie from it, so that a ratio that was measured is forecast as
 * measured. The interval is that of the two nearest, and reaches at least to the line: where t is
 * no line (weights that leave a cache), that is what may be missed between two ratios. */
#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/forecast.h"

enum { RATIOS_MIN = 3, RATIOS_MAX = 64 };

/* the medians of one shape, by ascending 1/r */
typedef struct shape_line {
	const sc_bench_cell *cell[RATIOS_MAX];
	double x[RATIOS_MAX];
	size_t n;
	double a, b;
} shape_line;

static double inverse_ratio(const sc_bench_case *k)
{
	return (double)k->config.squeezed / (double)k->config.c;
}

static bool same_block(const sc_bench_case *a, const sc_bench_case *b)
{
	const sc_se_config *x = &a->config, *y = &b->config;
	return x->c == y->c && x->h == y->h && x->w == y->w && x->act == y->act &&
	       x->gate == y->gate && a->bias == b->bias && sc_forecast_matches(a, b);
}

static int by_inverse_ratio(const void *a, const void *b)
{
	double x = inverse_ratio(&(*(const sc_bench_cell *const *)a)->what),
	       y = inverse_ratio(&(*(const sc_bench_cell *const *)b)->what);
	return (x > y) - (x < y);
}

/* every ratio once, all of one kernel row */
static void collect(const sc_bench *b, const sc_bench_case *k, size_t left_out, shape_line *l)
{
	const char *row = k->row[0] ? k->row : NULL;
	size_t all = 0;
	for (size_t i = 0; i < b->cells && all < RATIOS_MAX; i++) {
		const sc_bench_cell *c = &b->cell[i];
		if (i == left_out || !c->summary.n || !same_block(&c->what, k))
			continue;
		row = row ? row : c->what.row;
		if (!strcmp(row, c->what.row))
			l->cell[all++] = c;
	}
	qsort(l->cell, all, sizeof *l->cell, by_inverse_ratio);
	for (size_t i = 0; i < all; i++)
		if (!l->n || inverse_ratio(&l->cell[i]->what) > l->x[l->n - 1]) {
			l->cell[l->n] = l->cell[i];
			l->x[l->n++] = inverse_ratio(&l->cell[i]->what);
		}
}

static void fit(shape_line *l)
{
	double t[RATIOS_MAX], w[RATIOS_MAX], c00, c01, c11, chi;
	for (size_t i = 0; i < l->n; i++) {
		t[i] = l->cell[i]->summary.median;
		w[i] = 1 / (t[i] * t[i]);
	}
	gsl_fit_wlinear(l->x, 1, w, 1, t, 1, l->n, &l->a, &l->b, &c00, &c01, &c11, &chi);
}

static double mix(double from, double to, double part)
{
	return (1 - part) * from + part * to;
}

/* between ratios i and i + 1, or beyond the last of them */
static void read_off(const shape_line *l, size_t i, double x, sc_forecast *out)
{
	const sc_summary *p = &l->cell[i]->summary, *q = &l->cell[i + 1]->summary;
	double part = (x - l->x[i]) / (l->x[i + 1] - l->x[i]), line = l->a + l->b * x;
	part = fmax(0, fmin(1, part));
	double at = mix(l->x[i], l->x[i + 1], part);
	double off = mix(p->median, q->median, part) - (l->a + l->b * at);
	double below = mix(p->median - p->ci95.low, q->median - q->ci95.low, part),
	       above = mix(p->ci95.high - p->median, q->ci95.high - q->median, part);
	double shift = part > 0 && part < 1 ? fabs(off) : 0; /* what a line would have said */
	out->ns = line + off;
	out->ci95 = (sc_interval){out->ns - fmax(below, shift), out->ns + fmax(above, shift)};
}

sc_status sc_forecast_line(const sc_bench *b, const sc_bench_case *k, size_t left_out,
	bool extrapolate, sc_forecast *out, sc_err *err)
{
	shape_line l = {.n = 0};
	double x = inverse_ratio(k);
	size_t i = 0;
	collect(b, k, left_out, &l);
	if (l.n < RATIOS_MIN)
		return sc_fail(err, SC_EINVAL,
			"%zu ratios of this shape were measured, a line "
			"needs %d",
			l.n, RATIOS_MIN);
	bool inside = x >= l.x[0] * 0.999 && x <= l.x[l.n - 1] * 1.001;
	if (!inside && !extrapolate)
		return sc_fail(err, SC_ERANGE,
			"r = %.3g lies outside of the ratios that the profile has measured of "
			"%zu×%zu×%zu, %.3g … %.3g; --extrapolate forecasts it all the same",
			1 / x, k->config.c, k->config.h, k->config.w, 1 / l.x[l.n - 1], 1 / l.x[0]);
	fit(&l);
	while (i + 2 < l.n && l.x[i + 1] < x)
		i++;
	*out = (sc_forecast){.extrapolated = !inside};
	read_off(&l, i, x, out);
	if (out->ci95.low > 0)
		return SC_OK;
	return sc_fail(err, SC_EINVAL, "the ratios measured of this shape scatter too much");
}
