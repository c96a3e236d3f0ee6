/* Networks against each other. What changes between runs, above all where buffers lie, changes
 * between rounds: in each, every network is made anew and all take turns in random order. So an
 * interval over rounds holds for the next run, and differences are taken within a round, where the
 * machine was the same for both. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "network/program.h"

enum { ROUNDS = 8, WARM_UPS = 1 };

typedef struct session {
	const sc_network_timing *timing;
	sc_network_result *result;
	sc_network **network; /* of this round */
	double **part_ns;     /* of each subject: passes of this round × parts */
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

static bool note_parts(session *s, size_t k)
{
	size_t parts = s->result->parts, at = s->passes[k] * parts;
	double *sum = realloc(s->part_ns[k], (at + parts) * sizeof *sum);
	sc_network_step one;
	if (!sum)
		return false;
	s->part_ns[k] = sum;
	memset(sum + at, 0, parts * sizeof *sum);
	for (size_t i = 0; sc_network_step_at(s->network[k], i, &one); i++)
		if (one.se)
			sum[at + one.layer->stage] += one.ns;
	return true;
}

static sc_status pass(session *s, size_t k, sc_err *err)
{
	sc_network_times *t = &s->result->of[k];
	double before = seconds();
	sc_status status = sc_network_run(s->network[k], err);
	double ns = (seconds() - before) * 1e9;
	if (status)
		return status;
	if (!add_number(&t->ns, t->passes, ns) || !note_parts(s, k))
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
		const sc_network_subject *subject = &r->of[k].subject;
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
		for (size_t p = 0; p < r->parts; p++)
			t->se_ns[round * r->parts + p] =
				median_of(s->part_ns[k] + p, r->parts, n, room);
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
		free_all(s);
		if (!status)
			status = close_round(s, round, err);
	}
	s->result->seconds = seconds() - s->began;
	return status;
}

/* --- the whole --- */

static sc_status find_drift(sc_network_result *r, sc_err *err)
{
	if (r->rounds < SC_ROUNDS_MIN)
		return SC_OK;
	double *value = malloc(r->count * r->rounds * sizeof *value);
	if (!value)
		return no_memory(err);
	for (size_t k = 0; k < r->count; k++)
		memcpy(value + k * r->rounds, r->of[k].round_ns, r->rounds * sizeof *value);
	sc_status s = sc_drift_find(value, r->count, r->rounds, &r->drift, err);
	free(value);
	return s;
}

static bool prepare(session *s, const sc_network_subject *subject, size_t n)
{
	sc_network_result *r = s->result;
	r->of = calloc(n, sizeof *r->of);
	s->network = calloc(n, sizeof(sc_network *));
	s->part_ns = calloc(n, sizeof(double *));
	s->passes = calloc(n, sizeof *s->passes);
	s->order = calloc(n, sizeof *s->order);
	s->rng = gsl_rng_alloc(gsl_rng_taus);
	bool good = r->of && s->network && s->part_ns && s->passes && s->order && s->rng;
	for (size_t k = 0; k < n && good; k++) {
		sc_network_times *t = &r->of[k];
		r->count = k + 1;
		t->subject = subject[k];
		t->end = calloc(ROUNDS, sizeof *t->end);
		t->round_ns = calloc(ROUNDS, sizeof *t->round_ns);
		t->se_ns = calloc(ROUNDS * r->parts, sizeof *t->se_ns);
		s->order[k] = k;
		good = t->end && t->round_ns && t->se_ns;
	}
	if (s->rng)
		gsl_rng_set(s->rng, s->timing->seed);
	return good;
}

static void release_session(session *s, size_t n)
{
	for (size_t k = 0; s->part_ns && k < n; k++)
		free(s->part_ns[k]);
	free(s->part_ns);
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
	sc_network_result result = {.batch = timing->batch,
		.threads = timing->threads,
		.parts = subject[0].layers->stages + 2};
	session s = {.timing = timing, .result = &result, .began = seconds()};
	sc_status status = prepare(&s, subject, n) ? run_rounds(&s, err) : no_memory(err);
	release_session(&s, n);
	if (!status)
		status = find_drift(&result, err);
	if (status)
		sc_network_result_release(&result);
	else
		*out = result;
	return status;
}

void sc_network_result_release(sc_network_result *r)
{
	for (size_t k = 0; k < r->count; k++) {
		free(r->of[k].ns);
		free(r->of[k].end);
		free(r->of[k].round_ns);
		free(r->of[k].se_ns);
	}
	free(r->of);
	*r = (sc_network_result){0};
}

sc_status sc_network_difference(const sc_network_result *r, size_t a, size_t b, bool relative,
	sc_estimate *out, sc_err *err)
{
	double value[ROUNDS];
	for (size_t i = 0; i < r->rounds; i++) {
		double base = r->of[b].round_ns[i];
		value[i] = (r->of[a].round_ns[i] - base) / (relative ? base : 1);
	}
	return sc_over_drifting_rounds(value, r->rounds, relative ? NULL : &r->drift, out, err);
}

sc_status sc_network_pass(const sc_network_result *r, size_t a, sc_estimate *out, sc_err *err)
{
	return sc_over_drifting_rounds(r->of[a].round_ns, r->rounds, &r->drift, out, err);
}

sc_status sc_network_se_part(
	const sc_network_result *r, size_t a, size_t part, sc_estimate *out, sc_err *err)
{
	double value[ROUNDS];
	for (size_t i = 0; i < r->rounds; i++)
		value[i] = r->of[a].se_ns[i * r->parts + part];
	return sc_over_drifting_rounds(value, r->rounds, &r->drift, out, err);
}
