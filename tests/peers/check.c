/* An engine's answer against the definition: secost's row "ref", which accumulates in double. */
#include <math.h>
#include <stdio.h>

#include "peers.h"
#include "secost/se.h"

bool peer_reference(peer_data *data, char why[256])
{
	const peer_shape *s = &data->shape;
	sc_err err = {0};
	sc_se_plan *plan = NULL;
	sc_se_config config = {.n = s->n,
		.c = s->c,
		.h = s->h,
		.w = s->w,
		.squeezed = s->d,
		.threads = 1,
		.row = "ref"};
	sc_se_weights weights = {data->w1, data->b1, data->w2, data->b2};
	sc_se_io io = {.x = data->x[NCHW], .y = data->want};
	bool good = !sc_se_plan_new(&config, &weights, &plan, &err) && !sc_se_run(plan, &io, &err);
	snprintf(why, 256, "%.255s", err.message);
	sc_se_plan_free(plan);
	return good;
}

/* Rounding errors of sums of h·w, c and d terms, each at most ε of a value near 1; the gate's slope
 * is at most 1/4. A bf16 map is rounded on the way in and on the way out. */
static double bound(const peer_data *data, enum peer_form form)
{
	const peer_shape *s = &data->shape;
	double terms = (double)(s->h * s->w + s->c + s->d + 8);
	return terms * 0x1p-23 / 4 + 0x1p-22 + (form == BF16 ? 0x1p-7 : 0);
}

static size_t index_of(const peer_shape *s, enum peer_layout layout, size_t i, size_t c, size_t j)
{
	return layout == NHWC ? (i * s->h * s->w + j) * s->c + c : (i * s->c + c) * s->h * s->w + j;
}

static float got_at(const peer_engine *engine, const peer_data *data, const float *y, size_t at)
{
	return engine->form == BF16 ? peer_from_bf16(data->y16[at]) : y[at];
}

static double wanted(const peer_engine *engine, const peer_data *data, size_t at)
{
	double y = (double)data->want[at];
	return engine->form == FUSED ? fmax(0, y + (double)data->shortcut[NCHW][at]) : y;
}

bool peer_agrees(const peer_engine *engine, const peer_data *data, const float *y, char why[256])
{
	const peer_shape *s = &data->shape;
	double most = bound(data, engine->form);
	for (size_t i = 0; i < s->n; i++)
		for (size_t c = 0; c < s->c; c++)
			for (size_t j = 0; j < s->h * s->w; j++) {
				size_t at = index_of(s, engine->layout, i, c, j);
				double want = wanted(engine, data, index_of(s, NCHW, i, c, j));
				double got = (double)got_at(engine, data, y, at);
				if (fabs(got - want) <= most)
					continue;
				snprintf(why, 256,
					"mismatch: y[%zu][%zu][%zu] is %.7g and must be %.7g "
					"within %.2g",
					i, c, j, got, want, most);
				return false;
			}
	return true;
}
