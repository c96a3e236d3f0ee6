/* Reading a bench back. What is wrong is told with its path in the JSON and its place in the file;
 * derived numbers in it are not read, they are computed again. */
#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "bench/locate.h"
#include "bench/run.h"

enum { FILE_BYTES_MAX = 512 << 20, RESULTS_MAX = 1 << 20, NUMBER_MAX = 1 << 30 };

/* Members are asked for by name; the first failure is kept, after which nothing else matters. */
typedef struct source {
	const char *json;
	sc_err *err;
	sc_status status;
	char path[96]; /* of the object that is being read, with a dot at its end */
} source;

static void fail(source *s, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void fail(source *s, const char *key, const char *fmt, ...)
{
	char path[160], text[256];
	va_list args;
	if (s->status)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	snprintf(path, sizeof path, "%s%s", s->path, key);
	if (!*key && *path)
		path[strlen(path) - 1] = '\0';
	s->status = sc_fail(s->err, SC_ESCHEMA, "'%s' %s", *path ? path : "(file)", text);
	sc_json_locate(s->json, path, s->err);
}

static void read_text(source *s, json_t *o, const char *key, char *out, size_t size)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_string(value))
		fail(s, key, "must be a text");
	else
		snprintf(out, size, "%s", json_string_value(value));
}

static double read_number(source *s, json_t *o, const char *key, double min, double max)
{
	json_t *value = json_object_get(o, key);
	double x = json_number_value(value);
	if (!json_is_number(value) || !(x >= min && x <= max)) {
		fail(s, key, "must be a number %g … %g", min, max);
		return min;
	}
	return x;
}

static uint64_t read_whole(source *s, json_t *o, const char *key, uint64_t min, uint64_t max)
{
	json_t *value = json_object_get(o, key);
	json_int_t n = json_integer_value(value);
	if (!json_is_integer(value) || n < 0 || (uint64_t)n < min || (uint64_t)n > max) {
		fail(s, key, "must be a whole number %llu … %llu", (unsigned long long)min,
			(unsigned long long)max);
		return min;
	}
	return (uint64_t)n;
}

static bool read_flag(source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_boolean(value))
		fail(s, key, "must be true or false");
	return json_is_true(value);
}

static json_t *read_list(source *s, json_t *o, const char *key, size_t max)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_array(value) || json_array_size(value) > max)
		fail(s, key, "must be a list of at most %zu", max);
	return value;
}

static json_t *read_object(source *s, json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);
	if (!json_is_object(value))
		fail(s, key, "must be an object");
	return value;
}

static unsigned read_word(source *s, json_t *o, const char *key, sc_word word)
{
	char text[40] = "", what[64];
	unsigned value = 0;
	sc_err err;
	read_text(s, o, key, text, sizeof text);
	snprintf(what, sizeof what, "it");
	if (!s->status && sc_word_value(word, what, text, &value, &err))
		fail(s, key, "is wrong: %s", err.message);
	return value;
}

static void read_pair(source *s, json_t *o, const char *key, double out[2])
{
	json_t *list = read_list(s, o, key, 2);
	for (size_t i = 0; i < 2; i++)
		out[i] = json_number_value(json_array_get(list, i));
}

/* --- context --- */

static void read_caches(source *s, json_t *context, sc_machine *m)
{
	json_t *list = read_list(s, context, "caches", SC_CACHES_MAX);
	for (size_t i = 0; i < json_array_size(list) && !s->status; i++) {
		json_t *o = json_array_get(list, i);
		snprintf(s->path, sizeof s->path, "context.caches[%zu].", i);
		m->cache[i].level = (unsigned)read_whole(s, o, "level", 1, 8);
		m->cache[i].bytes = read_whole(s, o, "bytes", 1, INT64_MAX);
		m->cache[i].cores = (unsigned)read_whole(s, o, "cores", 1, NUMBER_MAX);
		m->caches++;
	}
	snprintf(s->path, sizeof s->path, "context.");
}

static void read_machine(source *s, json_t *o, sc_machine *m)
{
	read_text(s, o, "cpu", m->cpu, sizeof m->cpu);
	read_text(s, o, "features", m->features, sizeof m->features);
	read_text(s, o, "governor", m->governor, sizeof m->governor);
	read_text(s, o, "system", m->system, sizeof m->system);
	read_text(s, o, "compiler", m->compiler, sizeof m->compiler);
	read_text(s, o, "flags", m->flags, sizeof m->flags);
	read_text(s, o, "version", m->library, sizeof m->library);
	m->cores = (unsigned)read_whole(s, o, "cores", 1, NUMBER_MAX);
	m->threads = (unsigned)read_whole(s, o, "threads", 1, NUMBER_MAX);
	m->machine_threads = (unsigned)read_whole(s, o, "machine_threads", 0, NUMBER_MAX);
	m->smt = read_flag(s, o, "smt");
	m->can_bind = read_flag(s, o, "can_bind");
	m->caches_found = read_flag(s, o, "caches_found");
	m->steal = read_number(s, o, "steal", 0, 1);
	read_pair(s, o, "mhz", m->mhz);
	read_pair(s, o, "load", m->load);
	read_caches(s, o, m);
}

static void read_roof(source *s, json_t *o, sc_roof *r)
{
	char traffic[16] = "";
	size_t kind = 0;
	read_text(s, o, "traffic", traffic, sizeof traffic);
	while (sc_traffic_name(kind) && strcmp(sc_traffic_name(kind), traffic))
		kind++;
	if (!sc_traffic_name(kind))
		fail(s, "traffic", "is '%.16s', must be one of: read, copy, update", traffic);
	r->traffic = (sc_traffic)kind;
	r->threads = (unsigned)read_whole(s, o, "threads", 1, NUMBER_MAX);
	r->bytes = read_whole(s, o, "bytes", 1, INT64_MAX);
	r->gbps = read_number(s, o, "gbytes_per_second", 1e-9, 1e9);
}

static void read_roofs(source *s, json_t *context, sc_roofs *r)
{
	json_t *o = read_object(s, context, "roofs");
	snprintf(s->path, sizeof s->path, "context.roofs.");
	read_text(s, o, "kernel", r->row, sizeof r->row);
	json_t *list = read_list(s, o, "bandwidth", SC_ROOFS_MAX),
	       *peaks = read_list(s, o, "peak", SC_THREADS_MAX);
	for (size_t i = 0; i < json_array_size(list) && !s->status; i++) {
		snprintf(s->path, sizeof s->path, "context.roofs.bandwidth[%zu].", i);
		read_roof(s, json_array_get(list, i), &r->roof[r->count++]);
	}
	for (size_t i = 0; i < json_array_size(peaks) && !s->status; i++) {
		json_t *one = json_array_get(peaks, i);
		snprintf(s->path, sizeof s->path, "context.roofs.peak[%zu].", i);
		r->peak[i].threads = (unsigned)read_whole(s, one, "threads", 1, NUMBER_MAX);
		r->peak[i].gflops = read_number(s, one, "gflops_per_second", 1e-9, 1e9);
		r->peaks++;
	}
}

/* version 1 had none */
static void read_sweep(source *s, json_t *context, sc_sweep *w)
{
	if (s->status || !json_object_get(context, "sweep"))
		return;
	json_t *o = read_object(s, context, "sweep");
	snprintf(s->path, sizeof s->path, "context.sweep.");
	json_t *steps = read_list(s, o, "steps", SC_SWEEP_MAX);
	for (size_t i = 0; i < json_array_size(steps) && !s->status; i++) {
		json_t *one = json_array_get(steps, i);
		snprintf(s->path, sizeof s->path, "context.sweep.steps[%zu].", i);
		w->step[i].bytes = read_whole(s, one, "bytes", 1, INT64_MAX);
		w->step[i].ns = read_number(s, one, "load_ns", 1e-3, 1e9);
		if (i && w->step[i].bytes <= w->step[i - 1].bytes)
			fail(s, "bytes", "must be more than in the step before");
		w->steps++;
	}
	w->levels = s->status ? 0 : sc_levels_find(w->step, w->steps, w->level);
	snprintf(s->path, sizeof s->path, "context.");
}

static void read_context(source *s, json_t *root, sc_bench *b)
{
	json_t *o = read_object(s, root, "context");
	sc_bench_settings *set = &b->settings;
	snprintf(s->path, sizeof s->path, "context.");
	read_text(s, o, "network", b->network, sizeof b->network);
	read_text(s, o, "date", set->date, sizeof set->date);
	read_text(s, o, "arguments", set->arguments, sizeof set->arguments);
	b->complete = read_flag(s, o, "complete");
	set->seed = read_whole(s, o, "seed", 0, INT64_MAX);
	set->precision = read_number(s, o, "precision", 1e-9, 1e9);
	set->max_seconds = read_number(s, o, "max_seconds", 1e-9, 1e9);
	set->evicted_bytes = read_whole(s, o, "evicted_bytes", 0, INT64_MAX);
	if (json_object_get(o, "total_seconds"))
		set->total_seconds = read_number(s, o, "total_seconds", 0, 1e9);
	if (json_object_get(o, "cold_part"))
		set->cold_part = read_number(s, o, "cold_part", 0, 1);
	read_machine(s, o, &b->machine);
	json_t *clock = read_object(s, o, "clock");
	snprintf(s->path, sizeof s->path, "context.clock.");
	b->clock.resolution_ns = read_number(s, clock, "resolution_ns", 0, 1e9);
	b->clock.overhead_ns = read_number(s, clock, "overhead_ns", 0, 1e9);
	snprintf(s->path, sizeof s->path, "context.");
	read_sweep(s, o, &b->sweep);
	read_roofs(s, o, &b->roofs);
}

/* --- results --- */

static void read_case(source *s, json_t *o, sc_bench_case *k)
{
	sc_se_config *c = &k->config;
	read_text(s, o, "stage", k->stage, sizeof k->stage);
	read_text(s, o, "kernel", k->row, sizeof k->row);
	k->blocks = (uint32_t)read_whole(s, o, "blocks", 1, NUMBER_MAX);
	k->ratio = read_number(s, o, "ratio", 1e-9, 1e9);
	k->in_use = read_flag(s, o, "in_use");
	k->in_place = read_flag(s, o, "in_place");
	k->bias = read_flag(s, o, "bias");
	c->c = read_whole(s, o, "channels", 1, 1 << 20);
	c->h = read_whole(s, o, "height", 1, 1 << 20);
	c->w = read_whole(s, o, "width", 1, 1 << 20);
	c->squeezed = read_whole(s, o, "width_squeezed", 1, 1 << 20);
	c->n = read_whole(s, o, "batch", 1, 1 << 20);
	c->threads = (unsigned)read_whole(s, o, "threads", 1, NUMBER_MAX);
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
static void read_round(source *s, json_t *list, const char *key, sc_timing *t)
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
			fail(s, path, "must be a time of 0.001 … 1e+15 nanoseconds");
		t->ns[t->n++] = x;
	}
	t->end[t->rounds++] = t->n;
	if (!n && t->rounds)
		t->rounds--;
}

/* version 1 had one list of samples, which is one round */
static void read_samples(source *s, json_t *o, sc_timing *t)
{
	char key[48];
	bool flat = !json_object_get(o, "rounds_ns");
	json_t *all = flat ? read_list(s, o, "samples_ns", RESULTS_MAX)
			   : read_list(s, o, "rounds_ns", SC_ROUNDS_MAX);
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
			fail(s, key, "must be a list of at most %d", RESULTS_MAX);
		else
			read_round(s, list, key, t);
	}
}

static void read_timing(source *s, json_t *o, sc_timing *t)
{
	char stop[16] = "";
	unsigned k = 0;
	read_samples(s, o, t);
	t->loops = read_whole(s, o, "loops", 0, INT64_MAX);
	t->first_ns = read_number(s, o, "first_ns", 0, 1e18);
	t->warm_up = read_whole(s, o, "warm_up", 0, INT64_MAX);
	t->settled = read_flag(s, o, "settled");
	t->coarse = read_flag(s, o, "coarse");
	read_text(s, o, "stop", stop, sizeof stop);
	while (sc_stop_name(k) && strcmp(sc_stop_name(k), stop))
		k++;
	if (!sc_stop_name(k))
		fail(s, "stop", "is '%.16s', which is no reason to stop", stop);
	t->stop = (sc_stop)k;
}

static void read_results(source *s, json_t *root, sc_bench *b)
{
	s->path[0] = '\0';
	json_t *list = read_list(s, root, "results", RESULTS_MAX);
	size_t n = json_array_size(list);
	if (!s->status && !n)
		fail(s, "results", "is empty: there is nothing to show");
	b->cell = s->status ? NULL : calloc(n, sizeof *b->cell);
	if (!b->cell && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu results", n);
	for (size_t i = 0; i < n && !s->status; i++) {
		json_t *o = json_array_get(list, i);
		snprintf(s->path, sizeof s->path, "results[%zu].", i);
		if (!json_is_object(o))
			fail(s, "", "must be an object");
		b->cells++;
		read_case(s, o, &b->cell[i].what);
		read_timing(s, o, &b->cell[i].timing);
	}
}

static void read_chain(source *s, json_t *root, sc_bench *b)
{
	s->path[0] = '\0';
	if (s->status || !json_object_get(root, "chain"))
		return;
	json_t *o = read_object(s, root, "chain");
	snprintf(s->path, sizeof s->path, "chain.");
	b->chain.blocks = read_whole(s, o, "blocks", 1, NUMBER_MAX);
	read_timing(s, o, &b->chain.timing);
}

static void check_schema(source *s, json_t *root)
{
	const char *schema = json_string_value(json_object_get(root, "schema"));
	if (!schema)
		fail(s, "schema", "is missing: this is no result of 'secost bench'");
	else if (strcmp(schema, "secost.bench/2") != 0 && strcmp(schema, "secost.bench/1") != 0)
		fail(s, "schema", "is '%.40s', must be 'secost.bench/2', or /1 of before", schema);
}

static sc_status read_root(json_t *root, const char *json, sc_bench **out, sc_err *err)
{
	source s = {.json = json, .err = err};
	sc_bench *b = calloc(1, sizeof *b);
	if (!b)
		return sc_fail(err, SC_ENOMEM, "no memory for the bench");
	check_schema(&s, root);
	read_context(&s, root, b);
	read_results(&s, root, b);
	read_chain(&s, root, b);
	if (!s.status)
		s.status = sc_bench_derive(b, err);
	if (s.status)
		sc_bench_free(b);
	else
		*out = b;
	return s.status;
}

sc_status sc_bench_load(const char *path, sc_bench **out, sc_err *err)
{
	sc_err unused;
	json_error_t error;
	sc_text text = {0};
	err = err ? err : &unused;
	sc_status s = sc_file_read(path, FILE_BYTES_MAX, &text, err);
	if (s) {
		sc_text_release(&text);
		return s;
	}
	json_t *root = json_loadb(sc_text_get(&text), text.length, 0, &error);
	if (!text.length) {
		s = sc_fail(err, SC_EPARSE, "the file is empty");
	} else if (!root) {
		s = sc_fail(err, SC_EPARSE, "not JSON, or cut off: %s", error.text);
		err->line = error.line;
		err->column = error.column;
	} else {
		s = read_root(root, sc_text_get(&text), out, err);
	}
	if (s)
		snprintf(err->file, sizeof err->file, "%s", path);
	json_decref(root);
	sc_text_release(&text);
	return s;
}
