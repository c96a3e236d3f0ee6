/* A bench as JSON: what was measured and on what, and beside it what follows from that, for
 * programs that do not want to compute it. */
#include <jansson.h>
#include <math.h>

#include "bench/run.h"

/* jansson takes NULL values as a failure, which the last call tells */
static void text(json_t *o, const char *key, const char *value)
{
	json_object_set_new(o, key, json_string(value));
}

static void whole(json_t *o, const char *key, uint64_t value)
{
	json_object_set_new(o, key, json_integer((json_int_t)value));
}

static void real(json_t *o, const char *key, double value)
{
	json_object_set_new(o, key, json_real(value));
}

static void flag(json_t *o, const char *key, bool value)
{
	json_object_set_new(o, key, json_boolean(value));
}

static json_t *caches(const sc_machine *m)
{
	json_t *all = json_array();
	for (size_t i = 0; i < m->caches; i++) {
		json_t *o = json_object();
		whole(o, "level", m->cache[i].level);
		whole(o, "bytes", m->cache[i].bytes);
		whole(o, "cores", m->cache[i].cores);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *sweep(const sc_sweep *w)
{
	json_t *o = json_object(), *steps = json_array(), *levels = json_array();
	for (size_t i = 0; i < w->steps; i++)
		json_array_append_new(
			steps, json_pack("{s:I, s:f}", "bytes", (json_int_t)w->step[i].bytes,
				       "load_ns", w->step[i].ns));
	for (size_t i = 0; i < w->levels; i++)
		json_array_append_new(levels,
			json_pack("{s:o, s:f}", "bytes",
				w->level[i].bytes ? json_integer((json_int_t)w->level[i].bytes)
						  : json_null(),
				"load_ns", w->level[i].ns));
	json_object_set_new(o, "steps", steps);
	json_object_set_new(o, "levels", levels);
	return o;
}

static json_t *roofs(const sc_roofs *r)
{
	json_t *o = json_object(), *bandwidth = json_array(), *peaks = json_array();
	text(o, "kernel", r->row);
	for (size_t i = 0; i < r->count; i++) {
		json_t *one = json_object();
		text(one, "traffic", sc_traffic_name(r->roof[i].traffic));
		whole(one, "threads", r->roof[i].threads);
		whole(one, "bytes", r->roof[i].bytes);
		real(one, "gbytes_per_second", r->roof[i].gbps);
		json_array_append_new(bandwidth, one);
	}
	for (size_t i = 0; i < r->peaks; i++) {
		json_t *one = json_object();
		whole(one, "threads", r->peak[i].threads);
		real(one, "gflops_per_second", r->peak[i].gflops);
		json_array_append_new(peaks, one);
	}
	json_object_set_new(o, "bandwidth", bandwidth);
	json_object_set_new(o, "peak", peaks);
	return o;
}

static void add_machine(json_t *o, const sc_machine *m)
{
	char print[17];
	sc_machine_fingerprint(m, print);
	text(o, "fingerprint", print);
	text(o, "cpu", m->cpu);
	text(o, "features", m->features);
	whole(o, "cores", m->cores);
	whole(o, "threads", m->threads);
	whole(o, "machine_threads", m->machine_threads);
	flag(o, "smt", m->smt);
	flag(o, "can_bind", m->can_bind);
	flag(o, "caches_found", m->caches_found);
	json_object_set_new(o, "caches", caches(m));
	text(o, "governor", m->governor);
	json_object_set_new(o, "mhz", json_pack("[f, f]", m->mhz[0], m->mhz[1]));
	json_object_set_new(o, "load", json_pack("[f, f]", m->load[0], m->load[1]));
	real(o, "steal", m->steal);
	text(o, "system", m->system);
	text(o, "compiler", m->compiler);
	text(o, "flags", m->flags);
	text(o, "version", m->library);
}

static json_t *context(const sc_bench *b)
{
	json_t *o = json_object();
	const sc_bench_settings *s = &b->settings;
	text(o, "network", b->network);
	text(o, "date", s->date);
	text(o, "arguments", s->arguments);
	flag(o, "complete", b->complete);
	whole(o, "seed", s->seed);
	real(o, "precision", s->precision);
	real(o, "max_seconds", s->max_seconds);
	real(o, "total_seconds", s->total_seconds);
	whole(o, "evicted_bytes", s->evicted_bytes);
	real(o, "cold_part", s->cold_part);
	add_machine(o, &b->machine);
	json_object_set_new(o, "clock",
		json_pack("{s:f, s:f}", "resolution_ns", b->clock.resolution_ns, "overhead_ns",
			b->clock.overhead_ns));
	json_object_set_new(o, "sweep", sweep(&b->sweep));
	json_object_set_new(o, "roofs", roofs(&b->roofs));
	return o;
}

static void add_case(json_t *o, const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	text(o, "stage", k->stage);
	whole(o, "blocks", k->blocks);
	whole(o, "channels", c->c);
	whole(o, "height", c->h);
	whole(o, "width", c->w);
	real(o, "ratio", k->ratio);
	flag(o, "in_use", k->in_use);
	whole(o, "width_squeezed", c->squeezed);
	whole(o, "batch", c->n);
	whole(o, "threads", c->threads ? c->threads : 1);
	text(o, "layout", sc_word_name(SC_WORD_layout, c->layout));
	text(o, "dtype", sc_word_name(SC_WORD_dtype, c->map));
	text(o, "weights_dtype", sc_word_name(SC_WORD_dtype, c->weights));
	text(o, "kernel", k->row);
	text(o, "cache", sc_word_name(SC_WORD_cache, k->cache));
	flag(o, "in_place", k->in_place);
	flag(o, "bias", k->bias);
	text(o, "squeeze", sc_word_name(SC_WORD_squeeze, c->pool));
	text(o, "activation", sc_word_name(SC_WORD_activation, c->act));
	text(o, "gate", sc_word_name(SC_WORD_gate, c->gate));
	text(o, "fused", sc_word_name(SC_WORD_fused, c->epilogue));
}

static json_t *number_or_null(bool known, double x)
{
	return known ? json_real(x) : json_null();
}

static void add_derived(json_t *o, const sc_bench_cell *c)
{
	json_t *phases = json_object();
	whole(o, "params", c->params);
	whole(o, "bytes", c->bytes);
	whole(o, "flops", c->flops);
	for (int i = 0; i < SC_PHASE__N; i++)
		json_object_set_new(phases, sc_phase_name((size_t)i),
			json_pack("{s:I, s:I}", "bytes", (json_int_t)c->phase[i].bytes, "flops",
				(json_int_t)c->phase[i].flops));
	json_object_set_new(o, "phases", phases);
	json_object_set_new(o, "roof_ns", number_or_null(c->roof_ns > 0, c->roof_ns));
	json_object_set_new(o, "efficiency", number_or_null(c->efficiency > 0, c->efficiency));
}

/* a list for each round */
static json_t *rounds(const sc_timing *t)
{
	json_t *all = json_array();
	size_t k = 0;
	for (size_t i = 0; i < t->rounds; i++) {
		json_t *one = json_array();
		for (; k < t->end[i]; k++)
			json_array_append_new(one, json_real(t->ns[k]));
		json_array_append_new(all, one);
	}
	return all;
}

static void add_timing(json_t *o, const sc_timing *t)
{
	json_object_set_new(o, "rounds_ns", rounds(t));
	whole(o, "loops", t->loops);
	real(o, "first_ns", t->first_ns);
	whole(o, "warm_up", t->warm_up);
	flag(o, "settled", t->settled);
	flag(o, "coarse", t->coarse);
	text(o, "stop", sc_stop_name(t->stop));
}

static void add_median(json_t *o, const sc_summary *s)
{
	json_object_set_new(o, "median_ns", number_or_null(s->n, s->median));
	json_object_set_new(o, "low_ns", number_or_null(s->n, s->ci95.low));
	json_object_set_new(o, "high_ns", number_or_null(s->n, s->ci95.high));
	bool next = s->next95.high > 0;
	json_object_set_new(o, "next_low_ns", number_or_null(next, s->next95.low));
	json_object_set_new(o, "next_high_ns", number_or_null(next, s->next95.high));
	json_object_set_new(o, "within", number_or_null(s->n, s->within));
	json_object_set_new(o, "between", number_or_null(next, s->between));
}

static json_t *result(const sc_bench_cell *c)
{
	json_t *o = json_object();
	add_case(o, &c->what);
	add_timing(o, &c->timing);
	add_median(o, &c->summary);
	add_derived(o, c);
	return o;
}

static json_t *chain(const sc_bench *b)
{
	json_t *o = json_object();
	whole(o, "blocks", b->chain.blocks);
	add_timing(o, &b->chain.timing);
	add_median(o, &b->chain.summary);
	return o;
}

struct json_t *sc_bench_json(const sc_bench *b)
{
	json_t *root = json_object(), *results = json_array();
	size_t members = 3;
	text(root, "schema", "secost.bench/2");
	json_object_set_new(root, "context", context(b));
	for (size_t i = 0; i < b->cells; i++)
		json_array_append_new(results, result(&b->cell[i]));
	json_object_set_new(root, "results", results);
	if (b->chain.blocks) {
		json_object_set_new(root, "chain", chain(b));
		members++;
	}
	if (json_array_size(results) == b->cells && json_object_size(root) == members)
		return root;
	json_decref(root);
	return NULL;
}
