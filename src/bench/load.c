/* Reading a bench back. What is wrong is told with its path in the JSON and its place in the file;
 * derived numbers in it are not read, they are computed again. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "bench/run.h"

enum { RESULTS_MAX = 1 << 20, NUMBER_MAX = 1 << 30 };

/* a member that is a word of the kernel's */
static unsigned read_word(sc_source *s, json_t *o, const char *key, sc_word word)
{
	char text[40] = "", what[64];
	unsigned value = 0;
	sc_err err;
	sc_source_text(s, o, key, text, sizeof text);
	snprintf(what, sizeof what, "it");
	if (!s->status && sc_word_value(word, what, text, &value, &err))
		sc_source_fail(s, key, "is wrong: %s", err.message);
	return value;
}

static void read_pair(sc_source *s, json_t *o, const char *key, double out[2])
{
	json_t *list = sc_source_list(s, o, key, 2);
	for (size_t i = 0; i < 2; i++)
		out[i] = json_number_value(json_array_get(list, i));
}

/* --- context --- */

static void read_caches(sc_source *s, json_t *context, sc_machine *m)
{
	json_t *list = sc_source_list(s, context, "caches", SC_CACHES_MAX);
	for (size_t i = 0; i < json_array_size(list) && !s->status; i++) {
		json_t *o = json_array_get(list, i);
		snprintf(s->path, sizeof s->path, "context.caches[%zu].", i);
		m->cache[i].level = (unsigned)sc_source_whole(s, o, "level", 1, 8);
		m->cache[i].bytes = sc_source_whole(s, o, "bytes", 1, INT64_MAX);
		m->cache[i].cores = (unsigned)sc_source_whole(s, o, "cores", 1, NUMBER_MAX);
		m->caches++;
	}
	snprintf(s->path, sizeof s->path, "context.");
}

static void read_machine(sc_source *s, json_t *o, sc_machine *m)
{
	sc_source_text(s, o, "cpu", m->cpu, sizeof m->cpu);
	sc_source_text(s, o, "features", m->features, sizeof m->features);
	sc_source_text(s, o, "governor", m->governor, sizeof m->governor);
	sc_source_text(s, o, "system", m->system, sizeof m->system);
	sc_source_text(s, o, "compiler", m->compiler, sizeof m->compiler);
	sc_source_text(s, o, "flags", m->flags, sizeof m->flags);
	sc_source_text(s, o, "version", m->library, sizeof m->library);
	m->cores = (unsigned)sc_source_whole(s, o, "cores", 1, NUMBER_MAX);
	m->threads = (unsigned)sc_source_whole(s, o, "threads", 1, NUMBER_MAX);
	m->machine_threads = (unsigned)sc_source_whole(s, o, "machine_threads", 0, NUMBER_MAX);
	m->smt = sc_source_flag(s, o, "smt");
	m->can_bind = sc_source_flag(s, o, "can_bind");
	m->caches_found = sc_source_flag(s, o, "caches_found");
	m->steal = sc_source_number(s, o, "steal", 0, 1);
	read_pair(s, o, "mhz", m->mhz);
	read_pair(s, o, "load", m->load);
	read_caches(s, o, m);
}

static void read_roof(sc_source *s, json_t *o, sc_roof *r)
{
	char traffic[16] = "";
	size_t kind = 0;
	sc_source_text(s, o, "traffic", traffic, sizeof traffic);
	while (sc_traffic_name(kind) && strcmp(sc_traffic_name(kind), traffic))
		kind++;
	if (!sc_traffic_name(kind))
		sc_source_fail(
			s, "traffic", "is '%.16s', must be one of: read, copy, update", traffic);
	r->traffic = (sc_traffic)kind;
	r->threads = (unsigned)sc_source_whole(s, o, "threads", 1, NUMBER_MAX);
	r->bytes = sc_source_whole(s, o, "bytes", 1, INT64_MAX);
	r->gbps = sc_source_number(s, o, "gbytes_per_second", 1e-9, 1e9);
}

static void read_roofs(sc_source *s, json_t *context, sc_roofs *r)
{
	json_t *o = sc_source_object(s, context, "roofs");
	snprintf(s->path, sizeof s->path, "context.roofs.");
	sc_source_text(s, o, "kernel", r->row, sizeof r->row);
	json_t *list = sc_source_list(s, o, "bandwidth", SC_ROOFS_MAX),
	       *peaks = sc_source_list(s, o, "peak", SC_THREADS_MAX);
	for (size_t i = 0; i < json_array_size(list) && !s->status; i++) {
		snprintf(s->path, sizeof s->path, "context.roofs.bandwidth[%zu].", i);
		read_roof(s, json_array_get(list, i), &r->roof[r->count++]);
	}
	for (size_t i = 0; i < json_array_size(peaks) && !s->status; i++) {
		json_t *one = json_array_get(peaks, i);
		snprintf(s->path, sizeof s->path, "context.roofs.peak[%zu].", i);
		r->peak[i].threads = (unsigned)sc_source_whole(s, one, "threads", 1, NUMBER_MAX);
		r->peak[i].gflops = sc_source_number(s, one, "gflops_per_second", 1e-9, 1e9);
		r->peaks++;
	}
}

/* version 1 had none */
static void read_sweep(sc_source *s, json_t *context, sc_sweep *w)
{
	if (s->status || !json_object_get(context, "sweep"))
		return;
	json_t *o = sc_source_object(s, context, "sweep");
	snprintf(s->path, sizeof s->path, "context.sweep.");
	json_t *steps = sc_source_list(s, o, "steps", SC_SWEEP_MAX);
	for (size_t i = 0; i < json_array_size(steps) && !s->status; i++) {
		json_t *one = json_array_get(steps, i);
		snprintf(s->path, sizeof s->path, "context.sweep.steps[%zu].", i);
		w->step[i].bytes = sc_source_whole(s, one, "bytes", 1, INT64_MAX);
		w->step[i].ns = sc_source_number(s, one, "load_ns", 1e-3, 1e9);
		if (i && w->step[i].bytes <= w->step[i - 1].bytes)
			sc_source_fail(s, "bytes", "must be more than in the step before");
		w->steps++;
	}
	w->levels = s->status ? 0 : sc_levels_find(w->step, w->steps, w->level);
	snprintf(s->path, sizeof s->path, "context.");
}

static void read_context(sc_source *s, json_t *root, sc_bench *b)
{
	json_t *o = sc_source_object(s, root, "context");
	sc_bench_settings *set = &b->settings;
	snprintf(s->path, sizeof s->path, "context.");
	sc_source_text(s, o, "network", b->network, sizeof b->network);
	if (json_object_get(o, "se_blocks"))
		b->se_blocks = sc_source_whole(s, o, "se_blocks", 1, NUMBER_MAX);
	sc_source_text(s, o, "date", set->date, sizeof set->date);
	sc_source_text(s, o, "arguments", set->arguments, sizeof set->arguments);
	b->complete = sc_source_flag(s, o, "complete");
	set->seed = sc_source_whole(s, o, "seed", 0, INT64_MAX);
	set->precision = sc_source_number(s, o, "precision", 1e-9, 1e9);
	set->max_seconds = sc_source_number(s, o, "max_seconds", 1e-9, 1e9);
	set->evicted_bytes = sc_source_whole(s, o, "evicted_bytes", 0, INT64_MAX);
	if (json_object_get(o, "total_seconds"))
		set->total_seconds = sc_source_number(s, o, "total_seconds", 0, 1e9);
	if (json_object_get(o, "cold_part"))
		set->cold_part = sc_source_number(s, o, "cold_part", 0, 1);
	if (json_object_get(o, "pass_bytes"))
		set->pass_bytes = sc_source_whole(s, o, "pass_bytes", 1, INT64_MAX);
	read_machine(s, o, &b->machine);
	json_t *clock = sc_source_object(s, o, "clock");
	snprintf(s->path, sizeof s->path, "context.clock.");
	b->clock.resolution_ns = sc_source_number(s, clock, "resolution_ns", 0, 1e9);
	b->clock.overhead_ns = sc_source_number(s, clock, "overhead_ns", 0, 1e9);
	snprintf(s->path, sizeof s->path, "context.");
	read_sweep(s, o, &b->sweep);
	read_roofs(s, o, &b->roofs);
}

/* --- results --- */

static void read_case(sc_source *s, json_t *o, sc_bench_case *k)
{
	sc_se_config *c = &k->config;
	sc_source_text(s, o, "stage", k->stage, sizeof k->stage);
	sc_source_text(s, o, "kernel", k->row, sizeof k->row);
	k->blocks = (uint32_t)sc_source_whole(s, o, "blocks", 1, NUMBER_MAX);
	k->ratio = sc_source_number(s, o, "ratio", 1e-9, 1e9);
	k->in_use = sc_source_flag(s, o, "in_use");
	k->in_place = sc_source_flag(s, o, "in_place");
	k->bias = sc_source_flag(s, o, "bias");
	c->c = sc_source_whole(s, o, "channels", 1, 1 << 20);
	c->h = sc_source_whole(s, o, "height", 1, 1 << 20);
	c->w = sc_source_whole(s, o, "width", 1, 1 << 20);
	c->squeezed = sc_source_whole(s, o, "width_squeezed", 1, 1 << 20);
	c->n = sc_source_whole(s, o, "batch", 1, 1 << 20);
	c->threads = (unsigned)sc_source_whole(s, o, "threads", 1, NUMBER_MAX);
	c->layout = (sc_se_layout)read_word(s, o, "layout", SC_WORD_layout);
	c->map = (sc_se_dtype)read_word(s, o, "dtype", SC_WORD_dtype);
	c->weights = (sc_se_dtype)read_word(s, o, "weights_dtype", SC_WORD_dtype);
	c->pool = (sc_se_pool)read_word(s, o, "squeeze", SC_WORD_squeeze);
	c->act = (sc_se_act)read_word(s, o, "activation", SC_WORD_activation);
	c->gate = (sc_se_gate)read_word(s, o, "gate", SC_WORD_gate);
	c->epilogue = (sc_se_epilogue)read_word(s, o, "fused", SC_WORD_fused);
	k->cache = (sc_cache_state)read_word(s, o, "cache", SC_WORD_cache);
}

/* one round's samples, after those that there are */
static void read_round(sc_source *s, json_t *list, const char *key, sc_timing *t)
{
	char path[96];
	size_t n = json_array_size(list);
	double *ns = realloc(t->ns, (t->n + n + 1) * sizeof *ns);
	if (!ns && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu samples", n);
	t->ns = ns ? ns : t->ns;
	for (size_t i = 0; i < n && !s->status; i++) {
		json_t *value = json_array_get(list, i);
		double x = json_number_value(value);
		snprintf(path, sizeof path, "%s[%zu]", key, i);
		if (!json_is_number(value) || !(x >= 1e-3 && x <= 1e15))
			sc_source_wrong(s, path, value, "a time of 0.001 … 1e+15 nanoseconds");
		t->ns[t->n++] = x;
	}
	t->end[t->rounds++] = t->n;
	if (!n && t->rounds)
		t->rounds--;
}

/* version 1 had one list of samples, which is one round */
static void read_samples(sc_source *s, json_t *o, sc_timing *t)
{
	char key[48];
	bool flat = !json_object_get(o, "rounds_ns");
	json_t *all = flat ? sc_source_list(s, o, "samples_ns", RESULTS_MAX)
			   : sc_source_list(s, o, "rounds_ns", SC_ROUNDS_MAX);
	size_t n = flat ? 1 : json_array_size(all);
	t->end = malloc((n + 1) * sizeof *t->end);
	if (!t->end && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu rounds", n);
	for (size_t i = 0; i < n && !s->status; i++) {
		json_t *list = flat ? all : json_array_get(all, i);
		if (flat)
			snprintf(key, sizeof key, "samples_ns");
		else
			snprintf(key, sizeof key, "rounds_ns[%zu]", i);
		if (!json_is_array(list) || json_array_size(list) > RESULTS_MAX)
			sc_source_wrong(s, key, list, "a list of at most %d", RESULTS_MAX);
		else
			read_round(s, list, key, t);
	}
}

static void read_timing(sc_source *s, json_t *o, sc_timing *t)
{
	char stop[16] = "";
	unsigned k = 0;
	read_samples(s, o, t);
	t->loops = sc_source_whole(s, o, "loops", 0, INT64_MAX);
	t->first_ns = sc_source_number(s, o, "first_ns", 0, 1e18);
	t->warm_up = sc_source_whole(s, o, "warm_up", 0, INT64_MAX);
	t->settled = sc_source_flag(s, o, "settled");
	t->coarse = sc_source_flag(s, o, "coarse");
	sc_source_text(s, o, "stop", stop, sizeof stop);
	while (sc_stop_name(k) && strcmp(sc_stop_name(k), stop))
		k++;
	if (!sc_stop_name(k))
		sc_source_fail(s, "stop", "is '%.16s', which is no reason to stop", stop);
	t->stop = (sc_stop)k;
}

static void read_results(sc_source *s, json_t *root, sc_bench *b)
{
	s->path[0] = '\0';
	json_t *list = sc_source_list(s, root, "results", RESULTS_MAX);
	size_t n = json_array_size(list);
	if (!s->status && !n)
		sc_source_fail(s, "results", "is empty: there is nothing to show");
	b->cell = s->status ? NULL : calloc(n, sizeof *b->cell);
	if (!b->cell && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu results", n);
	for (size_t i = 0; i < n && !s->status; i++) {
		json_t *o = json_array_get(list, i);
		snprintf(s->path, sizeof s->path, "results[%zu].", i);
		if (!json_is_object(o))
			sc_source_wrong(s, "", o, "an object");
		b->cells++;
		read_case(s, o, &b->cell[i].what);
		read_timing(s, o, &b->cell[i].timing);
	}
}

static void read_chain(sc_source *s, json_t *root, sc_bench *b)
{
	s->path[0] = '\0';
	if (s->status || !json_object_get(root, "chain"))
		return;
	json_t *o = sc_source_object(s, root, "chain");
	snprintf(s->path, sizeof s->path, "chain.");
	b->chain.blocks = sc_source_whole(s, o, "blocks", 1, NUMBER_MAX);
	read_timing(s, o, &b->chain.timing);
}

static bool check_schema(sc_source *s, json_t *root)
{
	const json_t *schema = json_object_get(root, "schema");
	const char *is = json_string_value(schema);
	if (!json_is_object(root))
		sc_source_wrong(s, "", root, "a result of 'secost bench'");
	else if (!schema)
		sc_source_fail(s, "schema", "is missing: this is no result of 'secost bench'");
	else if (!is || (strcmp(is, "secost.bench/2") != 0 && strcmp(is, "secost.bench/1") != 0))
		sc_source_wrong(s, "schema", schema, "\"secost.bench/2\", or /1 of before");
	return is && !strcmp(is, "secost.bench/1");
}

static void read_root(sc_source *s, json_t *root, void *into)
{
	sc_bench *b = into;
	b->without_rounds = check_schema(s, root);
	read_context(s, root, b);
	read_results(s, root, b);
	read_chain(s, root, b);
	if (!s->status)
		s->status = sc_bench_derive(b, s->err);
}

sc_status sc_bench_load(const char *path, sc_bench **out, sc_err *err)
{
	sc_bench *b = calloc(1, sizeof *b);
	if (!b)
		return sc_fail(err, SC_ENOMEM, "no memory for the bench");
	sc_status s = sc_source_load(path, read_root, b, err);
	if (s)
		sc_bench_free(b);
	else
		*out = b;
	return s;
}
