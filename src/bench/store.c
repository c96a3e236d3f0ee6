/* A bench as JSON: what was measured and on what, and beside it what follows from that, for
 * programs that do not want to compute it. */
#include "base/json.h"
#include <math.h>

#include "bench/run.h"

static void text(sc_json *j, json_t *o, const char *key, const char *value)
{
	sc_json_set(j, o, key, sc_json_text(value));
}

static void whole(sc_json *j, json_t *o, const char *key, uint64_t value)
{
	sc_json_set(j, o, key, json_integer((json_int_t)value));
}

static void real(sc_json *j, json_t *o, const char *key, double value)
{
	sc_json_set(j, o, key, sc_json_real(value));
}

static void flag(sc_json *j, json_t *o, const char *key, bool value)
{
	sc_json_set(j, o, key, json_boolean(value));
}

static json_t *caches(sc_json *j, const sc_machine *m)
{
	json_t *all = json_array();
	for (size_t i = 0; i < m->caches; i++) {
		json_t *o = json_object();
		whole(j, o, "level", m->cache[i].level);
		whole(j, o, "bytes", m->cache[i].bytes);
		whole(j, o, "cores", m->cache[i].cores);
		sc_json_append(j, all, o);
	}
	return all;
}

static json_t *sweep(sc_json *j, const sc_sweep *w)
{
	json_t *o = json_object(), *steps = json_array(), *levels = json_array();
	for (size_t i = 0; i < w->steps; i++)
		sc_json_append(j, steps,
			json_pack("{s:I, s:f}", "bytes", (json_int_t)w->step[i].bytes, "load_ns",
				w->step[i].ns));
	for (size_t i = 0; i < w->levels; i++)
		sc_json_append(j, levels,
			json_pack("{s:o, s:f}", "bytes",
				w->level[i].bytes ? json_integer((json_int_t)w->level[i].bytes)
						  : json_null(),
				"load_ns", w->level[i].ns));
	sc_json_set(j, o, "steps", steps);
	sc_json_set(j, o, "levels", levels);
	return o;
}

static json_t *roofs(sc_json *j, const sc_roofs *r)
{
	json_t *o = json_object(), *bandwidth = json_array(), *peaks = json_array();
	text(j, o, "kernel", r->row);
	for (size_t i = 0; i < r->count; i++) {
		json_t *one = json_object();
		text(j, one, "traffic", sc_traffic_name(r->roof[i].traffic));
		whole(j, one, "threads", r->roof[i].threads);
		whole(j, one, "bytes", r->roof[i].bytes);
		real(j, one, "gbytes_per_second", r->roof[i].gbps);
		sc_json_append(j, bandwidth, one);
	}
	for (size_t i = 0; i < r->peaks; i++) {
		json_t *one = json_object();
		whole(j, one, "threads", r->peak[i].threads);
		real(j, one, "gflops_per_second", r->peak[i].gflops);
		sc_json_append(j, peaks, one);
	}
	sc_json_set(j, o, "bandwidth", bandwidth);
	sc_json_set(j, o, "peak", peaks);
	return o;
}

static void add_machine(sc_json *j, json_t *o, const sc_machine *m)
{
	char print[17];
	sc_machine_fingerprint(m, print);
	text(j, o, "fingerprint", print);
	text(j, o, "cpu", m->cpu);
	text(j, o, "features", m->features);
	whole(j, o, "cores", m->cores);
	whole(j, o, "threads", m->threads);
	whole(j, o, "machine_threads", m->machine_threads);
	flag(j, o, "smt", m->smt);
	flag(j, o, "can_bind", m->can_bind);
	flag(j, o, "caches_found", m->caches_found);
	sc_json_set(j, o, "caches", caches(j, m));
	text(j, o, "governor", m->governor);
	sc_json_set(j, o, "mhz", json_pack("[f, f]", m->mhz[0], m->mhz[1]));
	sc_json_set(j, o, "load", json_pack("[f, f]", m->load[0], m->load[1]));
	real(j, o, "steal", m->steal);
	text(j, o, "system", m->system);
	text(j, o, "compiler", m->compiler);
	text(j, o, "flags", m->flags);
	text(j, o, "version", m->library);
}

static json_t *context(sc_json *j, const sc_bench *b)
{
	json_t *o = json_object();
	const sc_bench_settings *s = &b->settings;
	text(j, o, "network", b->network);
	if (b->se_blocks)
		whole(j, o, "se_blocks", b->se_blocks);
	text(j, o, "date", s->date);
	text(j, o, "arguments", s->arguments);
	flag(j, o, "complete", b->complete);
	whole(j, o, "seed", s->seed);
	real(j, o, "precision", s->precision);
	real(j, o, "max_seconds", s->max_seconds);
	real(j, o, "total_seconds", s->total_seconds);
	whole(j, o, "evicted_bytes", s->evicted_bytes);
	real(j, o, "cold_part", s->cold_part);
	if (s->pass_bytes)
		whole(j, o, "pass_bytes", s->pass_bytes);
	add_machine(j, o, &b->machine);
	sc_json_set(j, o, "clock",
		json_pack("{s:f, s:f}", "resolution_ns", b->clock.resolution_ns, "overhead_ns",
			b->clock.overhead_ns));
	sc_json_set(j, o, "sweep", sweep(j, &b->sweep));
	sc_json_set(j, o, "roofs", roofs(j, &b->roofs));
	return o;
}

static void add_case(sc_json *j, json_t *o, const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	text(j, o, "stage", k->stage);
	whole(j, o, "blocks", k->blocks);
	whole(j, o, "channels", c->c);
	whole(j, o, "height", c->h);
	whole(j, o, "width", c->w);
	real(j, o, "ratio", k->ratio);
	flag(j, o, "in_use", k->in_use);
	whole(j, o, "width_squeezed", c->squeezed);
	whole(j, o, "batch", c->n);
	whole(j, o, "threads", c->threads ? c->threads : 1);
	text(j, o, "layout", sc_word_name(SC_WORD_layout, c->layout));
	text(j, o, "dtype", sc_word_name(SC_WORD_dtype, c->map));
	text(j, o, "weights_dtype", sc_word_name(SC_WORD_dtype, c->weights));
	text(j, o, "kernel", k->row);
	text(j, o, "cache", sc_word_name(SC_WORD_cache, k->cache));
	flag(j, o, "in_place", k->in_place);
	flag(j, o, "bias", k->bias);
	text(j, o, "squeeze", sc_word_name(SC_WORD_squeeze, c->pool));
	text(j, o, "activation", sc_word_name(SC_WORD_activation, c->act));
	text(j, o, "gate", sc_word_name(SC_WORD_gate, c->gate));
	text(j, o, "fused", sc_word_name(SC_WORD_fused, c->epilogue));
}

static json_t *number_or_null(bool known, double x)
{
	return known ? sc_json_real(x) : json_null();
}

static void add_derived(sc_json *j, json_t *o, const sc_bench_cell *c)
{
	json_t *phases = json_object();
	whole(j, o, "params", c->params);
	whole(j, o, "bytes", c->bytes);
	whole(j, o, "flops", c->flops);
	for (int i = 0; i < SC_PHASE__N; i++)
		sc_json_set(j, phases, sc_phase_name((size_t)i),
			json_pack("{s:I, s:I}", "bytes", (json_int_t)c->phase[i].bytes, "flops",
				(json_int_t)c->phase[i].flops));
	sc_json_set(j, o, "phases", phases);
	sc_json_set(j, o, "roof_ns", number_or_null(c->roof_ns > 0, c->roof_ns));
	sc_json_set(j, o, "efficiency", number_or_null(c->efficiency > 0, c->efficiency));
}

/* a list for each round */
static json_t *rounds(sc_json *j, const sc_timing *t)
{
	json_t *all = json_array();
	size_t k = 0;
	for (size_t i = 0; i < t->rounds; i++) {
		json_t *one = json_array();
		for (; k < t->end[i]; k++)
			sc_json_append(j, one, sc_json_real(t->ns[k]));
		sc_json_append(j, all, one);
	}
	return all;
}

static void add_timing(sc_json *j, json_t *o, const sc_timing *t)
{
	sc_json_set(j, o, "rounds_ns", rounds(j, t));
	whole(j, o, "loops", t->loops);
	real(j, o, "first_ns", t->first_ns);
	whole(j, o, "warm_up", t->warm_up);
	flag(j, o, "settled", t->settled);
	flag(j, o, "coarse", t->coarse);
	text(j, o, "stop", sc_stop_name(t->stop));
}

static void add_median(sc_json *j, json_t *o, const sc_summary *s)
{
	sc_json_set(j, o, "median_ns", number_or_null(s->n, s->median));
	sc_json_set(j, o, "low_ns", number_or_null(s->n, s->ci95.low));
	sc_json_set(j, o, "high_ns", number_or_null(s->n, s->ci95.high));
	bool next = s->next95.high > 0;
	sc_json_set(j, o, "next_low_ns", number_or_null(next, s->next95.low));
	sc_json_set(j, o, "next_high_ns", number_or_null(next, s->next95.high));
	sc_json_set(j, o, "within", number_or_null(s->n, s->within));
	sc_json_set(j, o, "between", number_or_null(next, s->between));
}

static json_t *result(sc_json *j, const sc_bench_cell *c)
{
	json_t *o = json_object();
	add_case(j, o, &c->what);
	add_timing(j, o, &c->timing);
	add_median(j, o, &c->summary);
	add_derived(j, o, c);
	return o;
}

static json_t *chain(sc_json *j, const sc_bench *b)
{
	json_t *o = json_object();
	whole(j, o, "blocks", b->chain.blocks);
	add_timing(j, o, &b->chain.timing);
	add_median(j, o, &b->chain.summary);
	return o;
}

struct json_t *sc_bench_json(const sc_bench *b)
{
	sc_json made = {0}, *j = &made;
	json_t *root = json_object(), *results = json_array();
	text(j, root, "schema", "secost.bench/2");
	sc_json_set(j, root, "context", context(j, b));
	for (size_t i = 0; i < b->cells; i++)
		sc_json_append(j, results, result(j, &b->cell[i]));
	sc_json_set(j, root, "results", results);
	sc_json_set(j, root, "level_reach", number_or_null(b->drift.rounds > 0, b->drift.reach));
	if (b->chain.blocks)
		sc_json_set(j, root, "chain", chain(j, b));
	return sc_json_done(j, root);
}
