/* This library's forward pass as an engine; the option is a kernel row, none being the best one. */
#include <stdio.h>
#include <stdlib.h>

#include "peers.h"
#include "secost/se.h"

typedef struct secost {
	sc_se_plan *plan;
	sc_se_io io;
	sc_se_config config;
	const peer_engine *engine;
	const peer_data *data;
} secost;

static void run(void *state)
{
	secost *s = state;
	sc_se_run(s->plan, &s->io, NULL);
}

static void close_secost(void *state)
{
	secost *s = state;
	sc_se_plan_free(s->plan);
	free(s);
}

static sc_se_io buffers(const peer_engine *engine, const peer_data *data)
{
	enum peer_layout l = engine->layout;
	switch (engine->form) {
	case INPLACE:
		return (sc_se_io){.x = data->y, .y = data->y};
	case FUSED:
		return (sc_se_io){.x = data->x[l], .y = data->y, .shortcut = data->shortcut[l]};
	case BF16:
		return (sc_se_io){.x = data->x16[l], .y = data->y16};
	default:
		return (sc_se_io){.x = data->x[l], .y = data->y};
	}
}

static void *open_secost(const peer_engine *engine, const peer_data *data, char why[256])
{
	const peer_shape *s = &data->shape;
	sc_err err = {0};
	sc_se_config config = {.n = s->n,
		.c = s->c,
		.h = s->h,
		.w = s->w,
		.squeezed = s->d,
		.layout = engine->layout == NHWC ? SC_SE_NHWC : SC_SE_NCHW,
		.epilogue = engine->form == FUSED ? SC_SE_SCALE_ADD_RELU : SC_SE_SCALE,
		.map = engine->form == BF16 ? SC_SE_BF16 : SC_SE_F32,
		.threads = s->threads,
		.row = *engine->option ? engine->option : NULL};
	sc_se_weights weights = {data->w1, data->b1, data->w2, data->b2};
	secost *state = calloc(1, sizeof *state);
	*state = (secost){
		.io = buffers(engine, data), .config = config, .engine = engine, .data = data};
	if (!sc_se_plan_new(&config, &weights, &state->plan, &err) &&
		!sc_se_run(state->plan, &state->io, &err))
		return state;
	snprintf(why, 256, "%.255s", err.message);
	close_secost(state);
	return NULL;
}

/* Gates of exactly 1: sigmoid(40). */
static bool settle(void *state)
{
	secost *s = state;
	const peer_data *d = s->data;
	if (s->engine->form != INPLACE)
		return true;
	float *open = malloc(d->shape.c * sizeof *open);
	for (size_t i = 0; i < d->shape.c; i++)
		open[i] = 40;
	sc_se_weights weights = {d->w1, d->b1, d->w2, open};
	sc_se_plan_free(s->plan);
	s->plan = NULL;
	bool good = !sc_se_plan_new(&s->config, &weights, &s->plan, NULL);
	free(open);
	return good;
}

static const char *version(void)
{
	static char text[64];
	size_t i = 0;
	while (sc_se_row_name(i) && !sc_se_row_can_run(i))
		i++;
	snprintf(text, sizeof text, SC_VERSION ", row %s", sc_se_row_name(i));
	return text;
}

extern const peer_adapter peer_adapter_secost;
const peer_adapter peer_adapter_secost = {
	version, open_secost, run, NULL, NULL, close_secost, settle};
