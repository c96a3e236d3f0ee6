/* The stopwatch. Every subject is calibrated and warmed up alone; then rounds: one sample of each
 * subject that is not done, in an order shuffled anew, so that a slow minute of the machine is
 * spread over all of them and no subject always follows the same neighbour. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "timing/stats.h"

enum { OUTLAST = 100, WINDOW = 5, WINDOWS_MAX = 12, LOOPS_MAX = 1 << 24, CHECK_EVERY = 5 };

/* one subject on its way */
typedef struct runner {
	const sc_subject *subject;
	sc_timing *out;
	double spent_ns; /* in samples and in what prepares them */
	double width;	 /* of the interval, by the last check */
} runner;

typedef struct watch {
	const sc_clock *clock;
	const sc_timing_options *options;
	runner *runner;
	size_t n;
	double *work;
	size_t *order;
	gsl_rng rng; /* by hand: gsl_rng_alloc ends the program when it fails */
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
		.seed = 1};
}

void sc_timing_release(sc_timing *t)
{
	free(t->ns);
	*t = (sc_timing){0};
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
	double deadline = 0.25e9 * w->options->max_seconds;
	for (int i = 1; i < WINDOWS_MAX && !r->out->settled && !is_stopped(w); i++) {
		double next = window(w, r);
		r->out->settled = fabs(next / last - 1) < enough;
		last = next;
		if (r->spent_ns > deadline)
			break;
	}
	r->spent_ns = 0;
}

static sc_stop judge(watch *w, runner *r)
{
	const sc_timing_options *o = w->options;
	size_t n = r->out->n;
	if (n >= o->min_samples && n % CHECK_EVERY == 0) {
		r->width = sc_median_width(r->out->ns, n, w->work);
		if (r->width < o->precision)
			return SC_STOP_precision;
	}
	if (n >= o->max_samples)
		return SC_STOP_samples;
	return r->spent_ns >= 1e9 * o->max_seconds && n >= 2 ? SC_STOP_time : SC_STOP_none;
}

/* a subject needs about (width ÷ precision)² times the samples it has, or the time that is left */
static double seconds_left(const watch *w)
{
	double sum = 0;
	for (size_t i = 0; i < w->n; i++) {
		const runner *r = &w->runner[i];
		double most = 1e9 * w->options->max_seconds - r->spent_ns, need = most;
		double ratio = r->width / w->options->precision;
		if (r->out->stop != SC_STOP_none)
			continue;
		if (r->width > 0)
			need = r->spent_ns * (ratio * ratio - 1);
		sum += fmax(0, fmin(need, most));
	}
	return 1e-9 * sum;
}

static void tell(const watch *w)
{
	size_t done = 0;
	for (size_t i = 0; i < w->n; i++)
		done += w->runner[i].out->stop != SC_STOP_none;
	if (w->options->progress)
		w->options->progress(w->options->user, done, w->n, seconds_left(w));
}

static size_t active(watch *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		if (w->runner[i].out->stop == SC_STOP_none)
			w->order[n++] = i;
	return n;
}

static void rounds(watch *w)
{
	for (size_t n; (n = active(w)) && !w->stopped; tell(w)) {
		gsl_ran_shuffle(&w->rng, w->order, n, sizeof *w->order);
		for (size_t i = 0; i < n && !is_stopped(w); i++) {
			runner *r = &w->runner[w->order[i]];
			r->out->ns[r->out->n] = sample(w, r, r->out->loops);
			r->out->n++;
			r->out->stop = judge(w, r);
		}
	}
	for (size_t i = 0; i < w->n; i++)
		if (w->runner[i].out->stop == SC_STOP_none && w->stopped)
			w->runner[i].out->stop = SC_STOP_interrupted;
}

static void run(watch *w)
{
	for (size_t i = 0; i < w->n && !is_stopped(w); i++) {
		runner *r = &w->runner[i];
		double t0 = now(w);
		r->subject->call(r->subject->state);
		r->out->first_ns = rounded(now(w) - t0);
		calibrate(w, r);
		warm_up(w, r);
		tell(w);
	}
	rounds(w);
}

static bool allocate(watch *w, const sc_subject *subject, sc_timing *out)
{
	size_t most = w->options->max_samples;
	w->runner = calloc(w->n, sizeof *w->runner);
	w->order = malloc(w->n * sizeof *w->order);
	w->work = malloc(most * sizeof *w->work);
	bool good = w->runner && w->order && w->work;
	w->rng = (gsl_rng){gsl_rng_mt19937, good ? malloc(gsl_rng_mt19937->size) : NULL};
	good = w->rng.state != NULL;
	for (size_t i = 0; i < w->n && good; i++) {
		w->runner[i] = (runner){.subject = &subject[i], .out = &out[i]};
		out[i].ns = malloc(most * sizeof *out[i].ns);
		good = out[i].ns != NULL;
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
	return SC_OK;
}

sc_status sc_time(const sc_clock *clock, const sc_subject *subject, size_t n,
	const sc_timing_options *options, sc_timing *out, sc_err *err)
{
	watch w = {.clock = clock, .options = options, .n = n};
	sc_status s = check(options, n, err);
	if (s)
		return s;
	if (allocate(&w, subject, out)) {
		gsl_rng_set(&w.rng, options->seed);
		run(&w);
	} else {
		s = sc_fail(err, SC_ENOMEM, "no memory for %zu samples of each of %zu cases",
			options->max_samples, n);
		for (size_t i = 0; i < n; i++)
			sc_timing_release(&out[i]);
	}
	release(&w);
	return s;
}
