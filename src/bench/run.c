/* The bench of SE blocks, top to bottom: look at the machine, take buffers that all cases share,
 * make a plan for each case, measure the roofs, let the stopwatch run over all cases at once, look
 * at the machine again. */
#include "bench/run.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/machine.h"

/* what all cases share */
typedef struct stage_floor {
	sc_binding binding;
	sc_evictor evictor;
	unsigned char *x, *y, *shortcut;
	size_t map_bytes;
	sc_chain chain; /* empty when it is not wanted */
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

/* --- buffers --- */

static sc_status take_maps(const sc_bench_plan *plan, stage_floor *f, sc_err *err)
{
	size_t buffers = 2;
	for (size_t i = 0; i < plan->count; i++) {
		size_t bytes = sc_stand_bytes(&plan->item[i]);
		f->map_bytes = bytes > f->map_bytes ? bytes : f->map_bytes;
		if (plan->item[i].config.epilogue != SC_SE_SCALE)
			buffers = 3;
	}
	f->x = sc_pages(f->map_bytes);
	f->y = f->x ? sc_pages(f->map_bytes) : NULL;
	f->shortcut = f->y && buffers == 3 ? sc_pages(f->map_bytes) : NULL;
	if (!f->y || (buffers == 3 && !f->shortcut))
		return sc_fail(err, SC_ENOMEM,
			"no memory for the feature maps: %zu MiB are wanted, %zu buffers of the "
			"largest map",
			(buffers * f->map_bytes + (1 << 20) - 1) >> 20, buffers);
	sc_stand_fill(f->x, f->map_bytes, 1);
	if (f->shortcut)
		sc_stand_fill(f->shortcut, f->map_bytes, 2);
	return SC_OK;
}

static bool needs_eviction(const sc_bench_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->item[i].cache != SC_STATE_hot)
			return true;
	return false;
}

static void release_floor(stage_floor *f)
{
	free(f->x);
	free(f->y);
	free(f->shortcut);
	sc_evictor_release(&f->evictor);
	sc_chain_release(&f->chain);
	sc_binding_end(&f->binding);
}

/* --- plans --- */

static sc_status set_up(const sc_bench_case *k, stage_floor *f, stand *s, sc_err *err)
{
	*s = (stand){.what = k,
		.floor = f,
		.map_bytes = sc_stand_bytes(k),
		.cores = k->config.threads ? k->config.threads : 1};
	s->io = (sc_se_io){.x = f->x,
		.y = k->in_place ? f->x : f->y,
		.shortcut = k->config.epilogue != SC_SE_SCALE ? f->shortcut : NULL};
	sc_binding_first(&f->binding, s->cores); /* the plan's workers stay there */
	return sc_stand_plan(k, &s->plan, err);
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
	bool hot = s->what->cache == SC_STATE_hot;
	return (sc_subject){hot ? prepare_hot : prepare_cold, call, s, !hot};
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
	return plan->roof_seconds > 0 ? sc_roofs_measure(&b->machine, threads, n,
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

static sc_status time_all(
	const sc_bench_plan *plan, stage_floor *f, stand *s, sc_bench *b, sc_err *err)
{
	size_t n = plan->count + plan->chain;
	sc_subject *subjects = malloc(n * sizeof *subjects);
	sc_timing *timing = calloc(n, sizeof *timing);
	sc_status status = SC_OK;
	for (size_t i = 0; i < plan->count && subjects; i++)
		subjects[i] = subject(&s[i]);
	if (subjects && plan->chain)
		subjects[plan->count] = sc_chain_subject(&f->chain);
	if (subjects && timing)
		status = sc_time(&b->clock, subjects, n, &plan->timing, timing, err);
	else
		status = sc_fail(err, SC_ENOMEM, "no memory for %zu cases", plan->count);
	if (!status)
		keep(b, timing, plan->chain);
	free(subjects);
	free(timing);
	return status;
}

static sc_status run_cases(const sc_bench_plan *plan, sc_bench *b, sc_err *err)
{
	stage_floor f = {0};
	stand *s = calloc(plan->count, sizeof *s);
	sc_binding_begin(&f.binding);
	sc_status status = s ? take_maps(plan, &f, err)
			     : sc_fail(err, SC_ENOMEM, "no memory for %zu cases", plan->count);
	if (!status && needs_eviction(plan))
		status = sc_evictor_new(&b->machine, &f.evictor, err);
	b->settings.evicted_bytes = f.evictor.size;
	for (size_t i = 0; i < plan->count && !status; i++) {
		status = set_up(&b->cell[i].what, &f, &s[i], err);
		if (!status)
			snprintf(b->cell[i].what.row, sizeof b->cell[i].what.row, "%s",
				sc_se_plan_row(s[i].plan));
	}
	if (!status && plan->chain) {
		status = sc_chain_new(b, &f.binding, &f.chain, err);
		b->chain.blocks = f.chain.blocks;
	}
	if (!status)
		status = time_all(plan, &f, s, b, err);
	for (size_t i = 0; i < plan->count && s; i++)
		sc_se_plan_free(s[i].plan);
	free(s);
	release_floor(&f);
	return status;
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
	b->settings = (sc_bench_settings){.precision = plan->timing.precision,
		.max_seconds = plan->timing.max_seconds,
		.seed = plan->timing.seed};
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
	sc_machine_look(&b->machine);
	sc_machine_ticks(&ticks[0], &ticks[1]);
	b->clock = sc_clock_system();
	sc_status s = measure_roofs(plan, b, err);
	if (!s)
		s = run_cases(plan, b, err);
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
