/* Shapes near a case. What is interpolated is not the time, which steps with every cache,
 * but how far it is from what the roofs allow and a call costs that does next to nothing, which
 * does not: its logarithm as a plane fitted near the case, over log C, log H·W and log r, near
 * cells counting most. How wrong that is, is told by leaving out each cell in turn: the interval of
 * a forecast is what 95 % of those errors stay within, whatever their distribution. */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/forecast.h"

enum { DIMENSIONS = 3, COEFFICIENTS = DIMENSIONS + 1, CELLS_MIN = 8 };

/* a place among the cells, in steps of a grid: twice the channels, four times the pixels or the
 * ratio is one step */
typedef struct place {
	double x[DIMENSIONS];
} place;

typedef struct known {
	place at;
	double log_t; /* of median ÷ basis */
	size_t cell;
} known;

typedef struct profile {
	known *item;
	size_t count;
	double fastest; /* median */
} profile;

static place place_of(const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	double pixels = (double)c->h * (double)c->w, ratio = (double)c->c / (double)c->squeezed;
	return (place){{log2((double)c->c), log2(pixels) / 2, log2(ratio) / 2}};
}

/* what the roofs allow; where they were not measured, a nanosecond for 50 bytes */
static double possible(const sc_bench *b, const sc_bench_case *k)
{
	sc_phase p[SC_PHASE__N];
	double roof = sc_case_roof(k, &b->roofs);
	if (roof > 0)
		return roof;
	return sc_case_phases(k, p, NULL) ? 0 : (double)(p[0].bytes + p[1].bytes + p[2].bytes) / 50;
}

bool sc_forecast_matches(const sc_bench_case *a, const sc_bench_case *b)
{
	const sc_se_config *x = &a->config, *y = &b->config;
	return x->n == y->n && x->threads == y->threads && x->layout == y->layout &&
	       x->map == y->map && x->weights == y->weights && x->pool == y->pool &&
	       x->epilogue == y->epilogue && a->in_place == b->in_place && a->cache == b->cache;
}

/* the cells that have the case's setting, all of one kernel row */
static bool collect(const sc_bench *b, const sc_bench_case *k, profile *out)
{
	const char *row = k->row[0] ? k->row : NULL;
	*out = (profile){.item = malloc((b->cells + 1) * sizeof *out->item), .fastest = INFINITY};
	for (size_t i = 0; i < b->cells && out->item; i++) {
		const sc_bench_cell *c = &b->cell[i];
		if (!c->summary.n || !sc_forecast_matches(&c->what, k))
			continue;
		row = row ? row : c->what.row;
		if (strcmp(row, c->what.row) != 0)
			continue;
		out->item[out->count++] = (known){.at = place_of(&c->what), .cell = i};
		out->fastest = fmin(out->fastest, c->summary.median);
	}
	for (size_t i = 0; i < out->count; i++) {
		const sc_bench_cell *c = &b->cell[out->item[i].cell];
		out->item[i].log_t =
			log(c->summary.median / (possible(b, &c->what) + out->fastest));
	}
	return out->item != NULL;
}

static double distance2(const place *a, const place *b)
{
	double sum = 0;
	for (int d = 0; d < DIMENSIONS; d++)
		sum += (a->x[d] - b->x[d]) * (a->x[d] - b->x[d]);
	return sum;
}

/* Plane through the neighbours, its value at `at`. Slopes are held back a little, so that there
 * always is one solution. */
static double interpolate(const profile *p, const place *at, size_t left_out)
{
	double m[COEFFICIENTS * COEFFICIENTS] = {0}, v[COEFFICIENTS] = {0}, weights = 0;
	for (size_t i = 0; i < p->count; i++) {
		double x[COEFFICIENTS] = {1}, near = distance2(&p->item[i].at, at) + 1e-3;
		double w = pow(near, -2.5);
		if (i == left_out)
			continue;
		for (int d = 0; d < DIMENSIONS; d++)
			x[d + 1] = p->item[i].at.x[d] - at->x[d];
		for (int r = 0; r < COEFFICIENTS; r++) {
			v[r] += w * x[r] * p->item[i].log_t;
			for (int c = 0; c < COEFFICIENTS; c++)
				m[r * COEFFICIENTS + c] += w * x[r] * x[c];
		}
		weights += w;
	}
	for (int d = 1; d < COEFFICIENTS; d++)
		m[d * COEFFICIENTS + d] += 0.005 * weights;
	gsl_matrix_view matrix = gsl_matrix_view_array(m, COEFFICIENTS, COEFFICIENTS);
	gsl_vector_view vector = gsl_vector_view_array(v, COEFFICIENTS);
	gsl_linalg_cholesky_decomp1(&matrix.matrix);
	gsl_linalg_cholesky_svx(&matrix.matrix, &vector.vector);
	return v[0];
}

/* --- errors --- */

/* |log(forecast ÷ measured)| of every cell, ascending, in `out` */
static void errors(const profile *p, double *out)
{
	for (size_t i = 0; i < p->count; i++)
		out[i] = fabs(interpolate(p, &p->item[i].at, i) - p->item[i].log_t);
	gsl_sort(out, 1, p->count);
}

/* the error that 95 % stay within, with one more to come */
static double reach(const double *sorted, size_t n)
{
	size_t k = (size_t)ceil(0.95 * (double)(n + 1));
	return sorted[(k < n ? k : n) - 1];
}

/* --- one forecast --- */

/* inside of the box of what was measured, and no more than about a step from some of it */
static bool is_inside(const profile *p, const place *at)
{
	double nearest = INFINITY;
	for (int d = 0; d < DIMENSIONS; d++) {
		double low = INFINITY, high = -INFINITY;
		for (size_t i = 0; i < p->count; i++) {
			low = fmin(low, p->item[i].at.x[d]);
			high = fmax(high, p->item[i].at.x[d]);
		}
		if (at->x[d] < low - 0.01 || at->x[d] > high + 0.01)
			return false;
	}
	for (size_t i = 0; i < p->count; i++)
		nearest = fmin(nearest, distance2(&p->item[i].at, at));
	return nearest <= 1.1;
}

static sc_status refuse(const sc_bench_case *k, sc_err *err)
{
	const sc_se_config *c = &k->config;
	return sc_fail(err, SC_EINVAL,
		"%zu×%zu×%zu at r = %.3g lies outside of what the profile has measured; "
		"--extrapolate forecasts it all the same",
		c->c, c->h, c->w, (double)c->c / (double)c->squeezed);
}

static sc_status too_few(const sc_bench_case *k, size_t n, sc_err *err)
{
	const sc_se_config *c = &k->config;
	return sc_fail(err, SC_EINVAL,
		"the profile has %zu cells of batch %zu, threads %u, %s, %s, %s, %s; a forecast "
		"needs %d",
		n, c->n, c->threads, sc_word_name(SC_WORD_layout, c->layout),
		sc_word_name(SC_WORD_dtype, c->map), sc_word_name(SC_WORD_squeeze, c->pool),
		sc_word_name(SC_WORD_cache, k->cache), CELLS_MIN);
}

static sc_status forecast(const sc_bench *b, const profile *p, const sc_bench_case *k,
	bool extrapolate, sc_forecast *out, sc_err *err)
{
	place at = place_of(k);
	bool inside = p->count >= CELLS_MIN && is_inside(p, &at);
	if (p->count < CELLS_MIN)
		return too_few(k, p->count, err);
	if (!inside && !extrapolate)
		return refuse(k, err);
	double *error = malloc(p->count * sizeof *error), base = possible(b, k) + p->fastest;
	if (!error)
		return sc_fail(err, SC_ENOMEM, "no memory for a forecast");
	errors(p, error);
	double log_t = interpolate(p, &at, p->count), wide = reach(error, p->count);
	free(error);
	*out = (sc_forecast){.ns = base * exp(log_t),
		.ci95 = {base * exp(log_t - wide), base * exp(log_t + wide)},
		.extrapolated = !inside};
	return SC_OK;
}

sc_status sc_forecast_plane(
	const sc_bench *b, const sc_bench_case *k, bool extrapolate, sc_forecast *out, sc_err *err)
{
	profile p;
	sc_status s = collect(b, k, &p) ? forecast(b, &p, k, extrapolate, out, err)
					: sc_fail(err, SC_ENOMEM, "no memory for a forecast");
	free(p.item);
	return s;
}

/* --- leave one out --- */

/* the cells of one setting: the first that is not done yet, and what goes with it; false without
 * memory */
static bool leave_out_setting(
	const sc_bench *b, size_t first, double *each, double *error, size_t *n)
{
	profile p;
	bool good = collect(b, &b->cell[first].what, &p);
	for (size_t i = 0; good && i < p.count && p.count > CELLS_MIN; i++) {
		const sc_bench_cell *c = &b->cell[p.item[i].cell];
		sc_forecast f;
		double off = interpolate(&p, &p.item[i].at, i) - p.item[i].log_t;
		if (!sc_forecast_line(b, &c->what, p.item[i].cell, false, &f, NULL))
			off = log(f.ns / c->summary.median);
		each[p.item[i].cell] = exp(off);
		error[(*n)++] = fabs(exp(off) - 1);
	}
	free(p.item);
	return good;
}

sc_status sc_bench_leave_one_out(
	const sc_bench *b, double *each, sc_forecast_error *out, sc_err *err)
{
	double *ratio = calloc(2 * b->cells + 1, sizeof *ratio), *error = ratio + b->cells;
	size_t n = 0;
	bool good = ratio != NULL;
	for (size_t i = 0; i < b->cells && good; i++)
		if (ratio[i] == 0 && b->cell[i].summary.n)
			good = leave_out_setting(b, i, ratio, error, &n);
	if (!good) {
		free(ratio);
		return sc_fail(err, SC_ENOMEM, "no memory for %zu forecasts", b->cells);
	}
	if (each)
		memcpy(each, ratio, b->cells * sizeof *each);
	if (n) {
		gsl_sort(error, 1, n);
		*out = (sc_forecast_error){n, gsl_stats_median_from_sorted_data(error, 1, n),
			reach(error, n), error[n - 1]};
	}
	free(ratio);
	return n ? SC_OK
		 : sc_fail(err, SC_EINVAL,
			   "no setting has more than %d cells: there is nothing to leave out",
			   CELLS_MIN);
}
