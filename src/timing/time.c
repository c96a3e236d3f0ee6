/* The stopwatch. Every subject is calibrated and warmed up alone; then rounds, each on ground that
 * was set up anew, spread evenly over the time there is; in each of them passes: one sample of each
 * subject, in an order shuffled anew, so that a slow minute of the machine is spread over all of
 * them and no subject always follows the same neighbour. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "timing/stats.h"

enum { OUTLAST = 100, WINDOW = 5, WINDOWS_MAX = 12, LOOPS_MAX = 1 << 24, CHECK_EVERY = 5 };
/* samples of a subject in a round: thrown away first, and kept at least */
enum { THROWN = 2, KEPT_MIN = 3 };

/* one subject on its way */
typedef struct runner {
	const sc_subject *subject;
	sc_timing *out;
	double spent_ns; /* in samples and in what prepares them */
	double width;	 /* of the interval, by the last check */
	size_t in_round; /* samples */
	bool precise;
} runner;

typedef struct watch {
	const sc_clock *clock;
	const sc_timing_options *options;
	runner *runner;
	size_t n;
	double *work;
	size_t *order;
	gsl_rng rng; /* by hand: gsl_rng_alloc ends the program when it fails */
	double begin, budget_ns;
	double renew_ns, throw_ns; /* of the last round's beginning */
	size_t round, rounds;
	bool stopped;
} watch;

const char *sc_stop_name(size_t stop)
{
	static const char *const names[] = {"none", "precision", "time", "samples", "interrupted"};
	return stop < SC_STOP__N ? names[stop] : NULL;
}

sc_timing_options sc_timing_default(void)
{
	return (sc_timing_options){.precision = 0.02,
		.max_seconds = 2,
		.min_samples = 20,
		.max_samples = 1000,
		.rounds = 1,
		.seed = 1};
}

void sc_timing_release(sc_timing *t)
{
	free(t->ns);
	free(t->end);
	*t = (sc_timing){0};
}

sc_samples sc_timing_samples(const sc_timing *t)
{
	return (sc_samples){t->ns, t->n, t->end, t->rounds};
}

static double now(const watch *w)
{
	return w->clock->now(w->clock->state);
}

static bool is_stopped(watch *w)
{
	w->stopped = w->stopped || (w->options->stop && w->options->stop(w->options->user));
	return w->stopped;
}

/* a time of at least a picosecond, and no finer: what is kept is what is written */
static double rounded(double ns)
{
	return fmax(1e-3, round(1e3 * ns) / 1e3);
}

/* Nanoseconds of one call, the mean of `loops`. */
static double sample(watch *w, runner *r, size_t loops)
{
	const sc_subject *s = r->subject;
	double begin = now(w);
	if (s->prepare)
		s->prepare(s->state);
	double t0 = now(w);
	for (size_t i = 0; i < loops; i++)
		s->call(s->state);
	double t1 = now(w);
	r->spent_ns += t1 - begin;
	return rounded((t1 - t0) / (double)loops);
}

static double shortest(const watch *w)
{
	return OUTLAST * fmax(w->clock->resolution_ns, w->clock->overhead_ns);
}

static void calibrate(watch *w, runner *r)
{
	size_t loops = 1;
	double ns = sample(w, r, 1), least = shortest(w);
	while (!r->subject->single && ns * (double)loops < least && loops < LOOPS_MAX) {
		double wanted = ceil(1.3 * least / ns);
		loops = (size_t)fmin(fmax(wanted, 2.0 * (double)loops), 16.0 * (double)loops);
		ns = sample(w, r, loops);
	}
	r->out->loops = loops;
	r->out->coarse = ns * (double)loops < least;
}

static double window(watch *w, runner *r)
{
	double ns[WINDOW];
	for (int i = 0; i < WINDOW; i++)
		ns[i] = sample(w, r, r->out->loops);
	r->out->warm_up += WINDOW;
	gsl_sort(ns, 1, WINDOW);
	return ns[WINDOW / 2];
}

/* until two windows in a row agree */
static void warm_up(watch *w, runner *r)
{
	double last = window(w, r), enough = fmax(0.03, 1.5 * w->options->precision);
	double deadline = 0.25 * w->budget_ns / (double)w->n;
	for (int i = 1; i < WINDOWS_MAX && !r->out->settled && !is_stopped(w); i++) {
		double next = window(w, r);
		r->out->settled = fabs(next / last - 1) < enough;
		last = next;
		if (r->spent_ns > deadline)
			break;
	}
	r->spent_ns = 0;
}

/* --- how far --- */

static double elapsed(const watch *w)
{
	return now(w) - w->begin;
}

static void tell(const watch *w)
{
	sc_progress p = {.round = w->round, .rounds = w->rounds, .subjects = w->n};
	if (!w->options->progress)
		return;
	for (size_t i = 0; i < w->n; i++)
		p.precise += w->runner[i].precise;
	p.seconds_left = fmax(0, 1e-9 * (w->budget_ns - elapsed(w)));
	w->options->progress(w->options->user, &p);
}

static void check_precision(watch *w, runner *r)
{
	const sc_timing *t = r->out;
	if (t->n < w->options->min_samples || (w->rounds > 1 && t->rounds < SC_ROUNDS_MIN))
		return;
	sc_samples s = sc_timing_samples(t);
	r->width = sc_median_width(&s, w->work);
	r->precise = r->width < w->options->precision;
}

static bool all_are_precise(const watch *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (!w->runner[i].precise)
			return false;
	return true;
}

/* --- a round --- */

/* what a round must have of a subject, and what it may have */
static size_t least(const watch *w)
{
	size_t each = (w->options->min_samples + w->rounds - 1) / w->rounds;
	return w->rounds == 1 ? 2 : each < KEPT_MIN ? KEPT_MIN : each;
}

static size_t most(const watch *w)
{
	size_t each = w->options->max_samples / w->rounds;
	return each > least(w) ? each : least(w);
}

/* the subjects that want another sample, as indices in `order` */
static size_t wanting(watch *w, double deadline)
{
	size_t n = 0;
	bool late = elapsed(w) >= deadline;
	for (size_t i = 0; i < w->n; i++) {
		const runner *r = &w->runner[i];
		bool needs = r->in_round < least(w), may = !late && !r->precise;
		if (r->in_round < most(w) && r->out->n < w->options->max_samples && (needs || may))
			w->order[n++] = i;
	}
	return n;
}

static void take(watch *w, runner *r)
{
	sc_timing *t = r->out;
	t->ns[t->n] = sample(w, r, t->loops);
	t->n++;
	if (!r->in_round++)
		t->rounds++;
	t->end[t->rounds - 1] = t->n;
	if (w->rounds == 1 && t->n % CHECK_EVERY == 0)
		check_precision(w, r);
}

/* out of time for good: not even the least is taken */
static bool is_over(const watch *w)
{
	return w->options->total_seconds > 0 && elapsed(w) >= w->budget_ns;
}

static void passes(watch *w)
{
	double deadline = w->budget_ns * (double)(w->round + 1) / (double)w->rounds;
	for (size_t n; (n = wanting(w, deadline)) && !w->stopped && !is_over(w);) {
		gsl_ran_shuffle(&w->rng, w->order, n, sizeof *w->order);
		for (size_t i = 0; i < n && !is_stopped(w) && !is_over(w); i++)
			take(w, &w->runner[w->order[i]]);
	}
}

static void throw_away(watch *w)
{
	for (int i = 0; i < THROWN; i++)
		for (size_t k = 0; k < w->n && !is_stopped(w) && !is_over(w); k++) {
			sample(w, &w->runner[k], w->runner[k].out->loops);
			w->runner[k].out->warm_up++;
		}
}

static sc_status begin_round(watch *w, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < w->n; i++)
		w->runner[i].in_round = 0;
	if (!w->round)
		return SC_OK;
	double begin = now(w);
	if (w->options->renew)
		s = w->options->renew(w->options->ground, w->round, err);
	w->renew_ns = now(w) - begin;
	if (!s)
		throw_away(w);
	w->throw_ns = now(w) - begin - w->renew_ns;
	return s;
}

/* As many rounds as leave half of the time to what is more than their beginning and the least. What
 * a beginning takes is seen in the second. */
static void plan_rounds(watch *w)
{
	double round_ns = w->renew_ns + w->throw_ns * (THROWN + KEPT_MIN) / THROWN;
	double fit = floor((w->budget_ns - elapsed(w)) / (2 * round_ns)) + 1;
	size_t fewest = SC_ROUNDS_MIN < w->rounds ? SC_ROUNDS_MIN : w->rounds;
	w->rounds = (size_t)fmin(fmax(fit, (double)fewest), (double)w->rounds);
}

static sc_status all_rounds(watch *w, sc_err *err)
{
	sc_status s = SC_OK;
	bool done = false;
	for (w->round = 0; w->round < w->rounds && !done && !s; w->round++) {
		s = begin_round(w, err);
		if (w->round == 1)
			plan_rounds(w);
		if (!s)
			passes(w);
		for (size_t i = 0; i < w->n && !s; i++)
			check_precision(w, &w->runner[i]);
		done = w->stopped || is_over(w) || all_are_precise(w);
		tell(w);
	}
	return s;
}

static void name_stops(watch *w)
{
	for (size_t i = 0; i < w->n; i++) {
		runner *r = &w->runner[i];
		bool full = r->out->n >= w->options->max_samples ||
			    (r->in_round >= most(w) && !is_over(w));
		r->out->stop = r->precise   ? SC_STOP_precision
			       : !r->out->n ? (w->stopped ? SC_STOP_interrupted : SC_STOP_none)
			       : w->stopped ? SC_STOP_interrupted
			       : full	    ? SC_STOP_samples
					    : SC_STOP_time;
	}
}

static sc_status run(watch *w, sc_err *err)
{
	w->begin = now(w);
	for (size_t i = 0; i < w->n && !is_stopped(w); i++) {
		runner *r = &w->runner[i];
		double t0 = now(w);
		r->subject->call(r->subject->state);
		r->out->first_ns = rounded(now(w) - t0);
		calibrate(w, r);
		warm_up(w, r);
		tell(w);
	}
	if (!(w->options->total_seconds > 0)) /* warming up is not charged to max_seconds */
		w->begin = now(w);
	sc_status s = w->stopped ? SC_OK : all_rounds(w, err);
	name_stops(w);
	return s;
}

static bool allocate(watch *w, const sc_subject *subject, sc_timing *out)
{
	size_t kept = w->options->max_samples;
	w->work = malloc(2 * (kept + SC_ROUNDS_MAX) * sizeof *w->work);
	w->order = malloc(w->n * sizeof *w->order);
	w->runner = calloc(w->n, sizeof *w->runner);
	w->rng = (gsl_rng){gsl_rng_mt19937, malloc(gsl_rng_mt19937->size)};
	bool good = w->work && w->order && w->runner && w->rng.state;
	for (size_t i = 0; i < w->n && good; i++) {
		w->runner[i] = (runner){.subject = &subject[i], .out = &out[i]};
		out[i].ns = malloc(kept * sizeof *out[i].ns);
		out[i].end = malloc(w->options->rounds * sizeof *out[i].end);
		good = out[i].ns && out[i].end;
	}
	return good;
}

static void release(watch *w)
{
	free(w->rng.state);
	free(w->runner);
	free(w->order);
	free(w->work);
}

static sc_status check(const sc_timing_options *o, size_t n, sc_err *err)
{
	if (!n)
		return sc_fail(err, SC_EINVAL, "nothing to time");
	if (!(o->precision > 0) || !(o->max_seconds > 0))
		return sc_fail(err, SC_EINVAL, "precision and time must be above 0");
	if (o->min_samples < 2 || o->max_samples < o->min_samples)
		return sc_fail(err, SC_EINVAL,
			"at least 2 samples must be taken, and no more than are kept");
	if (!o->rounds || o->rounds > SC_ROUNDS_MAX)
		return sc_fail(
			err, SC_EINVAL, "rounds are %zu, must be 1 … %d", o->rounds, SC_ROUNDS_MAX);
	return SC_OK;
}

sc_status sc_time(const sc_clock *clock, const sc_subject *subject, size_t n,
	const sc_timing_options *options, sc_timing *out, sc_err *err)
{
	watch w = {.clock = clock, .options = options, .n = n, .rounds = options->rounds};
	sc_status s = check(options, n, err);
	if (s)
		return s;
	if (w.rounds > options->max_samples / KEPT_MIN)
		w.rounds = options->max_samples / KEPT_MIN ? options->max_samples / KEPT_MIN : 1;
	w.budget_ns = 1e9 * (options->total_seconds > 0 ? options->total_seconds
							: (double)n * options->max_seconds);
	if (allocate(&w, subject, out)) {
		gsl_rng_set(&w.rng, options->seed);
		s = run(&w, err);
	} else {
		s = sc_fail(err, SC_ENOMEM, "no memory for %zu samples of each of %zu cases",
			options->max_samples, n);
	}
	for (size_t i = 0; i < n && s; i++)
		sc_timing_release(&out[i]);
	release(&w);
	return s;
}
