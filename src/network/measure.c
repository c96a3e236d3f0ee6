/* Networks against each other. What changes between runs, above all where buffers lie, changes
 * between rounds: in each, every network is made anew and all take turns in random order. So an
 * interval over rounds holds for the next run, and differences are taken within a round, where the
 * machine was the same for both. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "network/program.h"

enum { ROUNDS = 8, WARM_UPS = 1 };

typedef struct session {
	const sc_network_timing *timing;
	const sc_network_subject *subject;
	sc_network_result *result;
	sc_network **network; /* of this round */
	double **step_ns;     /* of each subject: passes of this round × steps */
	size_t *passes;	      /* of this round */
	size_t *order;
	gsl_rng *rng;
	double began;
} session;

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the times of the networks");
}

static bool add_number(double **list, size_t n, double value)
{
	bool full = !(n & (n - 1)); /* room doubles at powers of two */
	double *more = full ? realloc(*list, (n ? 2 * n : 1) * sizeof **list) : *list;
	if (!more)
		return false;
	more[n] = value;
	*list = more;
	return true;
}

/* --- one pass --- */

static size_t steps_of(const sc_network *network)
{
	sc_network_step unused;
	size_t n = 0;
	while (sc_network_step_at(network, n, &unused))
		n++;
	return n;
}

static bool note_steps(session *s, size_t k)
{
	size_t n = steps_of(s->network[k]), at = s->passes[k] * n;
	double *more = realloc(s->step_ns[k], (at + n + 1) * sizeof *more);
	sc_network_step one;
	if (!more)
		return false;
	s->step_ns[k] = more;
	for (size_t i = 0; sc_network_step_at(s->network[k], i, &one); i++)
		more[at + i] = one.ns;
	return true;
}

/* The second of two: what it finds in the caches a pass of the same network has left there, as
 * where a network runs again and again; all networks here together are larger than each. */
static sc_status pass(session *s, size_t k, sc_err *err)
{
	sc_network_times *t = &s->result->of[k];
	sc_status status = sc_network_run(s->network[k], err);
	double before = seconds();
	if (!status)
		status = sc_network_run(s->network[k], err);
	double ns = (seconds() - before) * 1e9;
	if (status)
		return status;
	if (!add_number(&t->ns, t->passes, ns) || !note_steps(s, k))
		return no_memory(err);
	t->passes++;
	s->passes[k]++;
	return SC_OK;
}

static bool is_stopped(session *s)
{
	const sc_network_timing *t = s->timing;
	double done = (seconds() - s->began) / t->seconds;
	s->result->interrupted =
		s->result->interrupted || (t->stop && t->stop(t->context, done < 1 ? done : 1));
	return s->result->interrupted;
}

/* --- one round --- */

static sc_status make_all(session *s, size_t round, sc_err *err)
{
	sc_network_result *r = s->result;
	sc_status status = SC_OK;
	for (size_t k = 0; k < r->count && !status; k++) {
		const sc_network_subject *subject = &s->subject[k];
		const sc_network_options options = {
			r->batch, r->threads, subject->se, s->timing->seed + round};
		status = sc_network_new(subject->layers, &options, &s->network[k], err);
		for (int i = 0; i < WARM_UPS && !status; i++)
			status = sc_network_run(s->network[k], err);
		if (!status && sc_network_bytes(s->network[k]) > r->bytes)
			r->bytes = sc_network_bytes(s->network[k]);
	}
	return status;
}

static void free_all(session *s)
{
	for (size_t k = 0; k < s->result->count; k++) {
		sc_network_free(s->network[k]);
		s->network[k] = NULL;
	}
}

/* turns of all, until the round's time is up */
static sc_status take_turns(session *s, double until, sc_err *err)
{
	size_t n = s->result->count;
	sc_status status = SC_OK;
	do {
		gsl_ran_shuffle(s->rng, s->order, n, sizeof *s->order);
		for (size_t i = 0; i < n && !status; i++)
			status = pass(s, s->order[i], err);
	} while (!status && seconds() < until && !is_stopped(s));
	return status;
}

/* of values that lie `stride` apart */
static double median_of(const double *value, size_t stride, size_t n, double *room)
{
	for (size_t i = 0; i < n; i++)
		room[i] = value[i * stride];
	gsl_sort(room, 1, n);
	return gsl_stats_median_from_sorted_data(room, 1, n);
}

/* SE's steps by part and all others, each step its median of this round */
static void add_steps(session *s, size_t k, size_t round, double *room)
{
	sc_network_result *r = s->result;
	size_t n = steps_of(s->network[k]);
	sc_network_step one;
	for (size_t i = 0; sc_network_step_at(s->network[k], i, &one); i++) {
		double ns = median_of(s->step_ns[k] + i, n, s->passes[k], room);
		double *part = &r->of[k].se_ns[round * r->parts + one.layer->stage];
		*(one.se ? part : &r->of[k].rest_ns[round]) += ns;
	}
}

static sc_status close_round(session *s, size_t round, sc_err *err)
{
	sc_network_result *r = s->result;
	for (size_t k = 0; k < r->count; k++) {
		sc_network_times *t = &r->of[k];
		size_t n = s->passes[k], first = t->passes - n;
		double *room = malloc(n * sizeof *room);
		if (!room)
			return no_memory(err);
		t->end[round] = t->passes;
		t->round_ns[round] = median_of(t->ns + first, 1, n, room);
		add_steps(s, k, round, room);
		s->passes[k] = 0;
		free(room);
	}
	r->rounds = round + 1;
	return SC_OK;
}

static sc_status run_rounds(session *s, sc_err *err)
{
	sc_status status = SC_OK;
	for (size_t round = 0; round < ROUNDS && !status && !is_stopped(s); round++) {
		double until = s->began + s->timing->seconds * (double)(round + 1) / ROUNDS;
		status = make_all(s, round, err);
		if (!status)
			status = take_turns(s, until, err);
		if (!status)
			status = close_round(s, round, err);
		free_all(s);
	}
	s->result->seconds = seconds() - s->began;
	return status;
}

/* --- the whole --- */

static bool prepare(session *s, const sc_network_subject *subject, size_t n)
{
	sc_network_result *r = s->result;
	r->of = calloc(n, sizeof *r->of);
	r->part = calloc(r->parts, sizeof *r->part);
	s->network = calloc(n, sizeof(sc_network *));
	s->step_ns = calloc(n, sizeof(double *));
	s->passes = calloc(n, sizeof *s->passes);
	s->order = calloc(n, sizeof *s->order);
	s->rng = gsl_rng_alloc(gsl_rng_taus);
	bool good = r->of && r->part && s->network && s->step_ns && s->passes && s->order && s->rng;
	for (size_t k = 0; k < n && good; k++) {
		sc_network_times *t = &r->of[k];
		r->count = k + 1;
		snprintf(t->setup, sizeof t->setup, "%s", subject[k].name);
		t->se = subject[k].se;
		t->described = subject[k].layers == subject[0].layers;
		t->end = calloc(ROUNDS, sizeof *t->end);
		t->round_ns = calloc(ROUNDS, sizeof *t->round_ns);
		t->se_ns = calloc(ROUNDS * r->parts, sizeof *t->se_ns);
		t->rest_ns = calloc(ROUNDS, sizeof *t->rest_ns);
		s->order[k] = k;
		good = t->end && t->round_ns && t->se_ns && t->rest_ns;
	}
	if (s->rng)
		gsl_rng_set(s->rng, s->timing->seed);
	return good;
}

static void release_session(session *s, size_t n)
{
	for (size_t k = 0; s->step_ns && k < n; k++)
		free(s->step_ns[k]);
	free(s->step_ns);
	free(s->network);
	free(s->passes);
	free(s->order);
	if (s->rng)
		gsl_rng_free(s->rng);
}

sc_status sc_network_time(const sc_network_subject *subject, size_t n,
	const sc_network_timing *timing, sc_network_result *out, sc_err *err)
{
	if (!n || !(timing->seconds > 0))
		return sc_fail(err, SC_EINVAL, "nothing to time, or no time for it");
	time_t now = time(NULL);
	struct tm utc;
	sc_network_result result = {.version = SC_VERSION,
		.batch = timing->batch,
		.threads = timing->threads,
		.parts = subject[0].layers->stages + 2};
	session s = {.timing = timing, .subject = subject, .result = &result, .began = seconds()};
	gmtime_r(&now, &utc);
	strftime(result.date, sizeof result.date, "%Y-%m-%dT%H:%M:%SZ", &utc);
	sc_status status = prepare(&s, subject, n) ? run_rounds(&s, err) : no_memory(err);
	release_session(&s, n);
	if (!status)
		status = result_find_drift(&result, err);
	if (status)
		sc_network_result_release(&result);
	else
		*out = result;
	return status;
}
