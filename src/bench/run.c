/* The bench of SE blocks, top to bottom: look at the machine, take buffers that all cases share,
 * make a plan for each case, measure the roofs, let the stopwatch run over all cases at once, look
 * at the machine again. */
#include "bench/run.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/machine.h"
#include "bench/pass.h"

/* what all cases share; set up anew for every round */
typedef struct stage_floor {
	sc_bench *bench;
	double begin; /* of the run */
	bool chained;
	sc_binding binding;
	sc_evictor evictor;
	sc_pass pass; /* empty for a grid */
	sc_maps maps;
	struct stand *stand;
	size_t *order;	/* in which plans are made */
	void **filler;	/* between the plans' memory */
	sc_chain chain; /* empty when it is not wanted */
	gsl_rng rng;	/* by hand: gsl_rng_alloc ends the program when it fails */
} stage_floor;

/* a case that is ready to run */
typedef struct stand {
	const sc_bench_case *what;
	stage_floor *floor;
	sc_se_plan *plan;
	sc_se_io io;
	size_t map_bytes;
	unsigned cores;
} stand;

/* --- setting up, and again for every round --- */

static bool has(const sc_bench_plan *plan, sc_cache_state state)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->item[i].cache == state)
			return true;
	return false;
}

static bool needs_eviction(const sc_bench_plan *plan)
{
	return has(plan, SC_STATE_cold) || (!plan->pass && has(plan, SC_STATE_cold_weights));
}

/* the network that cold weights are a part of; NULL when there is none, or nobody asks */
static const sc_layers *pass_of(const sc_bench_plan *plan)
{
	return has(plan, SC_STATE_cold_weights) ? plan->pass : NULL;
}

static sc_maps maps_of(const sc_bench_plan *plan)
{
	sc_maps m = sc_maps_for(plan->item, plan->count);
	size_t pass = sc_pass_map(pass_of(plan), plan->item, plan->count);
	m.bytes = pass > m.bytes ? pass : m.bytes;
	return m;
}

static void clear(stage_floor *f)
{
	for (size_t i = 0; i < f->bench->cells && f->stand; i++) {
		sc_se_plan_free(f->stand[i].plan);
		f->stand[i].plan = NULL;
		free(f->filler[i]);
		f->filler[i] = NULL;
	}
	sc_chain_release(&f->chain);
	sc_maps_release(&f->maps);
}

static sc_status set_up(sc_bench_case *k, stage_floor *f, stand *s, sc_err *err)
{
	*s = (stand){.what = k,
		.floor = f,
		.map_bytes = sc_stand_bytes(k),
		.cores = k->config.threads ? k->config.threads : 1};
	s->io = (sc_se_io){.x = f->maps.x.at,
		.y = k->in_place ? f->maps.x.at : f->maps.y.at,
		.shortcut = k->config.epilogue != SC_SE_SCALE ? f->maps.shortcut.at : NULL};
	sc_binding_first(&f->binding, s->cores); /* the plan's workers stay there */
	sc_status status = sc_stand_plan(k, &s->plan, err);
	if (!status)
		snprintf(k->row, sizeof k->row, "%s", sc_se_plan_row(s->plan));
	return status;
}

/* Plans in another order each time, with something between them: their memory lies elsewhere. */
static sc_status set_all_up(stage_floor *f, sc_err *err)
{
	enum { FILLER_MAX = 64 << 10 };
	sc_bench *b = f->bench;
	sc_status s = sc_maps_new(&f->maps, &f->rng, err);
	gsl_ran_shuffle(&f->rng, f->order, b->cells, sizeof *f->order);
	for (size_t i = 0; i < b->cells && !s; i++) {
		size_t k = f->order[i];
		f->filler[k] = malloc(gsl_rng_uniform_int(&f->rng, FILLER_MAX));
		s = set_up(&b->cell[k].what, f, &f->stand[k], err);
	}
	if (!s && f->chained)
		s = sc_chain_new(b, &f->binding, &f->rng, &f->chain, err);
	b->chain.blocks = f->chain.blocks;
	return s;
}

static sc_status renew(void *ground, size_t round, sc_err *err)
{
	(void)round;
	clear(ground);
	return set_all_up(ground, err);
}

static sc_status open_floor(const sc_bench_plan *plan, sc_bench *b, stage_floor *f, sc_err *err)
{
	*f = (stage_floor){.bench = b,
		.chained = plan->chain,
		.maps = maps_of(plan),
		.stand = calloc(b->cells, sizeof *f->stand),
		.order = malloc(b->cells * sizeof *f->order),
		.filler = calloc(b->cells, sizeof *f->filler),
		.rng = {gsl_rng_mt19937, malloc(gsl_rng_mt19937->size)}};
	sc_binding_begin(&f->binding);
	if (!f->stand || !f->order || !f->filler || !f->rng.state)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu cases", b->cells);
	gsl_rng_set(&f->rng, plan->timing.seed);
	for (size_t i = 0; i < b->cells; i++)
		f->order[i] = i;
	sc_status s = SC_OK;
	if (needs_eviction(plan))
		s = sc_evictor_new(
			&b->sweep, sc_bench_last_cache(b), &f->binding, &f->evictor, err);
	b->settings.evicted_bytes = f->evictor.size;
	b->settings.cold_part = f->evictor.cold_part;
	if (!s)
		s = sc_pass_new(
			pass_of(plan), plan->item, plan->count, f->maps.bytes, &f->pass, err);
	return s ? s : set_all_up(f, err);
}

static void close_floor(stage_floor *f)
{
	if (f->stand && f->filler)
		clear(f);
	free(f->stand);
	free(f->order);
	free(f->filler);
	free(f->rng.state);
	sc_evictor_release(&f->evictor);
	sc_pass_release(&f->pass);
	sc_binding_end(&f->binding);
}

/* --- what the stopwatch calls --- */

static void call(void *state)
{
	stand *s = state;
	sc_se_run(s->plan, &s->io, NULL);
}

static void prepare_hot(void *state)
{
	stand *s = state;
	sc_binding_core(&s->floor->binding, 0);
	call(state);
	call(state);
}

/* its last use, and all that a pass touches after that */
static void prepare_in_pass(void *state)
{
	stand *s = state;
	stage_floor *f = s->floor;
	sc_binding_core(&f->binding, 0);
	call(state);
	sc_pass_rest(&f->pass, s->what, &f->maps, &f->binding, s->cores);
	sc_binding_core(&f->binding, 0);
}

static void prepare_cold(void *state)
{
	stand *s = state;
	stage_floor *f = s->floor;
	sc_evict(&f->evictor, &f->binding, s->cores);
	if (s->what->cache == SC_STATE_cold_weights) {
		sc_touch(s->io.y, s->map_bytes, &f->binding, s->cores);
		if (s->io.shortcut)
			sc_touch(s->io.shortcut, s->map_bytes, &f->binding, s->cores);
		sc_touch(s->io.x, s->map_bytes, &f->binding, s->cores);
	}
	sc_binding_core(&f->binding, 0);
}

static sc_subject subject(stand *s)
{
	bool hot = s->what->cache == SC_STATE_hot,
	     in_pass = s->what->cache == SC_STATE_cold_weights && s->floor->pass.steps;
	return (sc_subject){hot	      ? prepare_hot
			    : in_pass ? prepare_in_pass
				      : prepare_cold,
		call, s, !hot};
}

/* --- the run --- */

static sc_status measure_roofs(const sc_bench_plan *plan, sc_bench *b, sc_err *err)
{
	unsigned threads[SC_THREADS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < plan->count; i++) {
		unsigned t = plan->item[i].config.threads ? plan->item[i].config.threads : 1;
		size_t k = 0;
		while (k < n && threads[k] != t)
			k++;
		if (k == n && n < SC_THREADS_MAX)
			threads[n++] = t;
	}
	return plan->roof_seconds > 0 ? sc_roofs_measure(sc_bench_last_cache(b), threads, n,
						plan->roof_seconds, &b->roofs, err)
				      : SC_OK;
}

static void keep(sc_bench *b, const sc_timing *timing, bool chain)
{
	for (size_t i = 0; i < b->cells; i++)
		b->cell[i].timing = timing[i];
	if (chain)
		b->chain.timing = timing[b->cells];
}

static sc_status time_all(const sc_bench_plan *plan, stage_floor *f, sc_bench *b, sc_err *err)
{
	size_t n = plan->count + plan->chain;
	sc_subject *subjects = malloc(n * sizeof *subjects);
	sc_timing *timing = calloc(n, sizeof *timing);
	sc_timing_options options = plan->timing;
	sc_status status = SC_OK;
	if (options.total_seconds > 0) /* what is left of it */
		options.total_seconds = fmax(0.1 * plan->timing.total_seconds,
			options.total_seconds - 1e-9 * (b->clock.now(b->clock.state) - f->begin));
	options.renew = renew;
	options.ground = f;
	for (size_t i = 0; i < plan->count && subjects; i++)
		subjects[i] = subject(&f->stand[i]);
	if (subjects && plan->chain)
		subjects[plan->count] = sc_chain_subject(&f->chain);
	if (subjects && timing)
		status = sc_time(&b->clock, subjects, n, &options, timing, err);
	else
		status = sc_fail(err, SC_ENOMEM, "no memory for %zu cases", plan->count);
	if (!status && timing)
		keep(b, timing, plan->chain);
	free(subjects);
	free(timing);
	return status;
}

static sc_status run_cases(const sc_bench_plan *plan, sc_bench *b, double begin, sc_err *err)
{
	stage_floor f;
	sc_status s = open_floor(plan, b, &f, err);
	f.begin = begin;
	if (!s)
		s = time_all(plan, &f, b, err);
	close_floor(&f);
	return s;
}

static sc_bench *begin(const sc_bench_plan *plan)
{
	sc_bench *b = calloc(1, sizeof *b);
	time_t now = time(NULL);
	struct tm utc;
	if (!b || !(b->cell = calloc(plan->count, sizeof *b->cell))) {
		free(b);
		return NULL;
	}
	b->cells = plan->count;
	for (size_t i = 0; i < plan->count; i++) {
		b->cell[i].what = plan->item[i];
		b->cell[i].what.config.row = b->cell[i].what.row[0] ? b->cell[i].what.row : NULL;
	}
	snprintf(b->network, sizeof b->network, "%s", plan->network);
	b->se_blocks = plan->se_blocks;
	b->settings = (sc_bench_settings){.precision = plan->timing.precision,
		.max_seconds = plan->timing.max_seconds,
		.total_seconds = plan->timing.total_seconds,
		.seed = plan->timing.seed,
		.pass_bytes = (size_t)sc_pass_bytes(pass_of(plan), plan->item)};
	snprintf(b->settings.arguments, sizeof b->settings.arguments, "%s", plan->arguments);
	gmtime_r(&now, &utc);
	strftime(b->settings.date, sizeof b->settings.date, "%Y-%m-%dT%H:%M:%SZ", &utc);
	return b;
}

static void look_again(sc_bench *b, const double ticks[2])
{
	double stolen, all;
	sc_machine_ticks(&stolen, &all);
	b->machine.mhz[1] = sc_machine_mhz();
	b->machine.load[1] = sc_machine_load();
	b->machine.steal = all > ticks[1] ? (stolen - ticks[0]) / (all - ticks[1]) : 0;
}

/* what is refused is refused before anything is measured */
static sc_status check_memory(const sc_bench_plan *plan, const sc_bench *b, sc_err *err)
{
	sc_maps m = maps_of(plan);
	double wanted = (double)m.bytes * (double)m.count, mib = 1 << 20,
	       has = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; i < plan->count; i++)
		wanted += sc_stand_weights(&plan->item[i]);
	wanted += plan->chain ? sc_chain_bytes(b) : 0;
	wanted += sc_pass_bytes(pass_of(plan), plan->item);
	if (has > 0 && wanted > has)
		return sc_fail(err, SC_ENOMEM,
			"no memory for maps and weights: %.0f MiB are wanted, this machine has "
			"%.0f",
			ceil(wanted / mib), has / mib);
	return SC_OK;
}

sc_status sc_bench_run(const sc_bench_plan *plan, sc_bench **out, sc_err *err)
{
	double ticks[2];
	sc_phase unused[SC_PHASE__N];
	if (!plan->count)
		return sc_fail(err, SC_EINVAL, "no case to measure");
	for (size_t i = 0; i < plan->count; i++) { /* sizes that fit, before anything is done */
		sc_status bad = sc_case_phases(&plan->item[i], unused, err);
		if (bad)
			return bad;
	}
	sc_bench *b = begin(plan);
	if (!b)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu cases", plan->count);
	sc_status s = check_memory(plan, b, err);
	if (s) {
		sc_bench_free(b);
		return s;
	}
	b->clock = sc_clock_system();
	double begin = b->clock.now(b->clock.state);
	sc_machine_look(&b->machine);
	sc_machine_ticks(&ticks[0], &ticks[1]);
	if (plan->roof_seconds > 0 || needs_eviction(plan))
		s = sc_sweep_measure(&b->machine, plan->timing.seed, &b->sweep, err);
	if (!s)
		s = measure_roofs(plan, b, err);
	if (!s)
		s = run_cases(plan, b, begin, err);
	look_again(b, ticks);
	b->complete = true;
	for (size_t i = 0; i < b->cells && !s; i++)
		b->complete = b->complete && b->cell[i].timing.stop != SC_STOP_none &&
			      b->cell[i].timing.stop != SC_STOP_interrupted;
	if (!s)
		s = sc_bench_derive(b, err);
	if (s)
		sc_bench_free(b);
	else
		*out = b;
	return s;
}

void sc_bench_free(sc_bench *b)
{
	for (size_t i = 0; b && i < b->cells; i++)
		sc_timing_release(&b->cell[i].timing);
	if (b) {
		sc_timing_release(&b->chain.timing);
		free(b->cell);
	}
	free(b);
}
