/* XNNPACK's operators on a channels-last map, set up once and run in order on a pthreadpool. A
 * shared object of its own, so that no one else needs the library. */
#include <math.h>
#include <pthreadpool.h>
#include <stdio.h>
#include <stdlib.h>
#include <xnnpack.h>

#include "peers.h"

enum { POOL, FC1, FC2, GATE, SCALE, STEPS };

typedef struct xnnpack {
	xnn_operator_t step[STEPS];
	pthreadpool_t pool;
	float *z, *squeezed, *gates;
	enum xnn_status status;
} xnnpack;

static void keep(xnnpack *x, enum xnn_status status)
{
	if (!x->status)
		x->status = status;
}

static void create(xnnpack *x, const peer_data *d)
{
	size_t c = d->shape.c, s = d->shape.d;
	const float inf = INFINITY;
	keep(x, xnn_create_global_average_pooling_nwc_f32(c, c, c, -inf, inf, 0, &x->step[POOL]));
	keep(x, xnn_create_fully_connected_nc_f32(
			c, s, c, s, d->w1, d->b1, 0, inf, 0, &x->step[FC1]));
	keep(x, xnn_create_fully_connected_nc_f32(
			s, c, s, c, d->w2, d->b2, -inf, inf, 0, &x->step[FC2]));
	keep(x, xnn_create_sigmoid_nc_f32(c, c, c, 0, &x->step[GATE]));
	keep(x, xnn_create_multiply_nd_f32(-inf, inf, 0, &x->step[SCALE]));
}

static void set_up(xnnpack *x, const peer_data *d)
{
	size_t n = d->shape.n, c = d->shape.c, hw = d->shape.h * d->shape.w;
	const float *map = d->x[NHWC];
	const size_t whole[] = {n, hw, c}, one[] = {n, 1, c};
	if (x->status)
		return;
	keep(x, xnn_setup_global_average_pooling_nwc_f32(x->step[POOL], n, hw, map, x->z, x->pool));
	keep(x, xnn_setup_fully_connected_nc_f32(x->step[FC1], n, x->z, x->squeezed, x->pool));
	keep(x, xnn_setup_fully_connected_nc_f32(x->step[FC2], n, x->squeezed, x->gates, x->pool));
	keep(x, xnn_setup_sigmoid_nc_f32(x->step[GATE], n, x->gates, x->gates, x->pool));
	keep(x, xnn_setup_multiply_nd_f32(
			x->step[SCALE], 3, whole, 3, one, map, x->gates, d->y, x->pool));
}

static void run(void *state)
{
	xnnpack *x = state;
	for (int i = 0; i < STEPS; i++)
		xnn_run_operator(x->step[i], x->pool);
}

static void close_xnnpack(void *state)
{
	xnnpack *x = state;
	for (int i = 0; i < STEPS; i++)
		if (x->step[i])
			xnn_delete_operator(x->step[i]);
	if (x->pool)
		pthreadpool_destroy(x->pool);
	free(x->z);
	free(x);
}

static void *open_xnnpack(const peer_engine *engine, const peer_data *data, char why[256])
{
	const peer_shape *s = &data->shape;
	xnnpack *x = calloc(1, sizeof *x);
	(void)engine;
	keep(x, xnn_initialize(NULL));
	x->pool = s->threads > 1 ? pthreadpool_create(s->threads) : NULL;
	/* it may read some bytes past the end */
	x->z = calloc(s->n * (2 * s->c + s->d) + 3 * 64, sizeof(float));
	x->gates = x->z + s->n * s->c + 64;
	x->squeezed = x->gates + s->n * s->c + 64;
	if (!x->status)
		create(x, data);
	set_up(x, data);
	if (!x->status)
		return x;
	snprintf(why, 256, "XNNPACK's status %d", (int)x->status);
	close_xnnpack(x);
	return NULL;
}

__attribute__((visibility("default"))) extern const peer_adapter peer_adapter_xnnpack;
const peer_adapter peer_adapter_xnnpack = {
	NULL, open_xnnpack, run, NULL, NULL, close_xnnpack, NULL};
