/* A network's life: steps, buffers, a primitive or a plan for each step, passes, a check. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "network/program.h"

struct sc_network {
	program program;
	struct engine *engine;
};

const char *sc_network_se_name(size_t se)
{
	static const char *const names[] = {"without", "kernel", "fused", "onednn"};
	return se < SC_NETWORK__N ? names[se] : NULL;
}

const char *sc_network_se_words(size_t se)
{
	static const char *const words[] = {
		"without SE", "SE by the kernel", "SE fused", "SE by oneDNN"};
	return se < SC_NETWORK__N ? words[se] : NULL;
}

static sc_status make_plan(const program *p, step *s, sc_err *err)
{
	const sc_shape *map = &p->layers->item[s->from[0]].out;
	const sc_se_config config = {.n = p->options.batch,
		.c = map->c,
		.h = map->h,
		.w = map->w,
		.squeezed = s->fc1->out.c,
		.layout = SC_SE_NHWC,
		.pool = s->pool,
		.act = s->act,
		.gate = s->gate,
		.epilogue = s->epilogue,
		.threads = p->options.threads};
	const sc_se_weights weights = {s->weight[0], s->weight[1], s->weight[2], s->weight[3]};
	sc_se_plan *plan = NULL;
	sc_status status = sc_se_plan_new(&config, &weights, &plan, err);
	s->made = plan;
	return status;
}

static sc_status make(sc_network *n, sc_err *err)
{
	program *p = &n->program;
	sc_status s = program_fuse(p, err);
	if (!s)
		s = program_allocate(p, err);
	if (!s)
		s = engine_open(p->options.threads, &n->engine, err);
	for (size_t i = 0; i < p->steps && !s; i++)
		s = p->step[i].kind == STEP_block ? make_plan(p, &p->step[i], err)
						  : engine_make(n->engine, p, &p->step[i], err);
	return s;
}

sc_status sc_network_new(
	const sc_layers *layers, const sc_network_options *options, sc_network **out, sc_err *err)
{
	if (!options->batch || !options->threads)
		return sc_fail(err, SC_EINVAL, "a network needs at least one image and one thread");
	if (!layers->count || layers->item[0].input_count)
		return sc_fail(err, SC_EINVAL, "a network needs an input to run");
	sc_network *n = calloc(1, sizeof *n);
	if (!n)
		return sc_fail(err, SC_ENOMEM, "no memory for the network");
	n->program.layers = layers;
	n->program.options = *options;
	sc_status s = make(n, err);
	if (s)
		sc_network_free(n);
	else
		*out = n;
	return s;
}

void sc_network_free(sc_network *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->program.steps; i++) {
		step *s = &n->program.step[i];
		if (s->kind == STEP_block)
			sc_se_plan_free(s->made);
		else if (n->engine)
			engine_unmake(n->engine, s);
	}
	engine_close(n->engine);
	program_release(&n->program);
	free(n);
}

static sc_status run_step(sc_network *n, step *s, sc_err *err)
{
	const program *p = &n->program;
	if (s->kind != STEP_block)
		return engine_run(n->engine, s, err);
	const sc_se_io io = {.x = p->at[s->from[0]],
		.y = p->at[s->to],
		.shortcut = s->epilogue != SC_SE_SCALE ? p->at[s->from[1]] : NULL};
	return sc_se_run(s->made, &io, err);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

sc_status sc_network_run(sc_network *n, sc_err *err)
{
	double before = now();
	for (size_t i = 0; i < n->program.steps; i++) {
		step *s = &n->program.step[i];
		sc_status status = run_step(n, s, err);
		if (status)
			return status;
		double after = now();
		s->ns = after - before;
		before = after;
	}
	return SC_OK;
}

uint64_t sc_network_bytes(const sc_network *n)
{
	return n->program.bytes;
}

bool sc_network_step_at(const sc_network *n, size_t i, sc_network_step *out)
{
	if (i >= n->program.steps)
		return false;
	const step *s = &n->program.step[i];
	*out = (sc_network_step){s->layer, s->se, s->ns};
	return true;
}

/* --- the check --- */

static double worst_of(const float *got, const float *wanted, size_t n)
{
	double off = 0, largest = 0;
	for (size_t i = 0; i < n; i++) {
		double d = fabs((double)got[i] - wanted[i]);
		off = d > off || isnan(d) ? d : off;
		largest = fmax(largest, fabs(wanted[i]));
	}
	return largest > 0 ? off / largest : off;
}

static sc_status check_step(sc_network *n, step *s, double *off, sc_err *err)
{
	const program *p = &n->program;
	size_t size = program_elements(p, s->to), channels = p->layers->item[s->from[0]].out.c;
	float *wanted = malloc(size * sizeof *wanted);
	double *room = malloc((2 * channels + 1) * sizeof *room);
	sc_status status =
		wanted && room ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for the check");
	if (!status) {
		reference_run(p, s, wanted, room); /* before the step may write over what it read */
		status = run_step(n, s, err);
	}
	if (!status)
		*off = worst_of(p->at[s->to], wanted, size);
	free(wanted);
	free(room);
	return status;
}

sc_status sc_network_check(sc_network *n, double *worst, const sc_layer **where, sc_err *err)
{
	double most = -1;
	for (size_t i = 0; i < n->program.steps; i++) {
		step *s = &n->program.step[i];
		double off;
		sc_status status = check_step(n, s, &off, err);
		if (status)
			return status;
		if (off > most || isnan(off)) {
			most = off;
			if (where)
				*where = s->layer;
		}
	}
	*worst = most;
	return SC_OK;
}
