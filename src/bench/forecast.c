/* A time that was not measured: by the line of its own shape where that was measured at other
 * ratios, else by shapes near it. A batch or a number of threads between two that were measured is
 * taken from both, as if t were a line in the batch and in 1/threads between them. */
#include <math.h>

#include "bench/forecast.h"

/* one measured number of images or threads on either side; equal when it was measured */
typedef struct sides {
	size_t below, above; /* 0 for none */
} sides;

static size_t axis_of(const sc_bench_case *k, bool batch)
{
	return batch ? k->config.n : k->config.threads ? k->config.threads : 1;
}

static sc_bench_case with(const sc_bench_case *k, bool batch, size_t value)
{
	sc_bench_case other = *k;
	if (batch)
		other.config.n = value;
	else
		other.config.threads = (unsigned)value;
	return other;
}

/* Cells that differ from `k` in nothing but shape and this axis; for the batch, threads count, for
 * threads the batch does not: it is looked for after them. */
static sides find(const sc_bench *b, const sc_bench_case *k, bool batch)
{
	sides s = {0, 0};
	size_t wanted = axis_of(k, batch);
	for (size_t i = 0; i < b->cells; i++) {
		size_t has = axis_of(&b->cell[i].what, batch);
		sc_bench_case same = with(k, batch, has);
		if (!batch)
			same.config.n = b->cell[i].what.config.n;
		if (!b->cell[i].summary.n || !sc_forecast_matches(&same, &b->cell[i].what))
			continue;
		if (has <= wanted && has > s.below)
			s.below = has;
		if (has >= wanted && (!s.above || has < s.above))
			s.above = has;
	}
	return s;
}

/* a case that was measured, by whatever kernel it does not name another than */
static bool as_measured(const sc_bench *b, const sc_bench_case *k, sc_forecast *out)
{
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *c = &b->cell[i];
		sc_bench_case same = c->what;
		if (!k->row[0])
			same.row[0] = '\0';
		if (!c->summary.n || !sc_case_same_block(&same, k))
			continue;
		*out = (sc_forecast){.ns = c->summary.median, .ci95 = c->summary.ci95};
		return true;
	}
	return false;
}

static sc_status at(
	const sc_bench *b, const sc_bench_case *k, bool extrapolate, sc_forecast *out, sc_err *err)
{
	sc_err outside = {0};
	if (as_measured(b, k, out))
		return SC_OK;
	sc_status line = sc_forecast_line(b, k, b->cells, false, out, &outside);
	if (!line)
		return SC_OK;
	sc_status s = sc_forecast_plane(b, k, extrapolate, out, err);
	if (!s || line != SC_ERANGE)
		return s;
	if (extrapolate && !sc_forecast_line(b, k, b->cells, true, out, NULL))
		return SC_OK;
	return sc_fail(err, SC_EINVAL, "%s", outside.message);
}

/* between two forecasts: the wider of both intervals, in relation to the time */
static sc_forecast between(const sc_forecast *p, const sc_forecast *q, double part)
{
	double ns = (1 - part) * p->ns + part * q->ns;
	double low = fmin(p->ci95.low / p->ns, q->ci95.low / q->ns),
	       high = fmax(p->ci95.high / p->ns, q->ci95.high / q->ns);
	return (sc_forecast){.ns = ns,
		.ci95 = {ns * low, ns * high},
		.extrapolated = p->extrapolated || q->extrapolated,
		.interpolated = true};
}

static double place(bool batch, size_t value)
{
	return batch ? (double)value : 1 / (double)value;
}

static sc_status along(const sc_bench *b, const sc_bench_case *k, bool batch, bool extrapolate,
	sc_forecast *out, sc_err *err)
{
	sides s = find(b, k, batch);
	size_t wanted = axis_of(k, batch);
	sc_forecast p, q;
	if (s.below == wanted || (!s.below && !s.above))
		return batch ? at(b, k, extrapolate, out, err)
			     : along(b, k, true, extrapolate, out, err);
	if (!s.below || !s.above)
		return sc_fail(err, SC_EINVAL,
			"%s %zu lies outside of what the profile has measured: %s is %zu",
			batch ? "batch" : "threads", wanted,
			s.below ? "its largest" : "its smallest", s.below ? s.below : s.above);
	sc_bench_case low = with(k, batch, s.below), high = with(k, batch, s.above);
	sc_status bad = batch ? at(b, &low, extrapolate, &p, err)
			      : along(b, &low, true, extrapolate, &p, err);
	if (!bad)
		bad = batch ? at(b, &high, extrapolate, &q, err)
			    : along(b, &high, true, extrapolate, &q, err);
	if (!bad)
		*out = between(&p, &q,
			(place(batch, wanted) - place(batch, s.below)) /
				(place(batch, s.above) - place(batch, s.below)));
	return bad;
}

sc_status sc_bench_forecast(
	const sc_bench *b, const sc_bench_case *k, bool extrapolate, sc_forecast *out, sc_err *err)
{
	sc_phase unused[SC_PHASE__N];
	sc_status s = sc_case_phases(k, unused, err);
	return s ? s : along(b, k, false, extrapolate, out, err);
}
