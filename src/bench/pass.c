/* A pass without its arithmetic: of every layer that is not folded into another, weights and input
 * are read and the output is written. Weights lie one after the other, each read once, as a network
 * reads them; maps lie in three buffers that take turns, as a network uses its buffers again. */
#include "bench/pass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ELEMENT_MAX = 4, MAPS = 3 };

/* elements, of one image where they are of maps */
typedef struct sc_pass_step {
	size_t in, out, weights;
	size_t at;     /* element of the first weight */
	size_t square; /* of a layer of SE, its weights at r = 1; else 0 */
	const sc_layer *layer;
} sc_pass_step;

static size_t elements(sc_shape s)
{
	return (size_t)s.c * s.h * s.w;
}

/* norms and activations run with what they follow, views are not run */
static bool is_step(const sc_layer *l)
{
	return l->input_count && l->op->place != SC_PLACE_view && l->op->cls != SC_CLASS_norm &&
	       l->op->cls != SC_CLASS_activation;
}

static sc_status read_layer(const sc_layer *l, sc_pass_step *out, sc_err *err)
{
	sc_cost cost;
	uint64_t weights, largest = l->in.c > l->out.c ? l->in.c : l->out.c;
	sc_status s = sc_count_layer(l, &cost, err);
	if (!s)
		s = sc_cost_sum(&cost, SC_COUNT_weights, &weights, err);
	if (s)
		return s;
	*out = (sc_pass_step){.in = elements(l->in),
		.out = elements(l->out),
		.weights = weights,
		.square = l->role == SC_ROLE_SE && weights ? largest * largest : 0,
		.layer = l};
	return SC_OK;
}

static double item_bytes(const sc_bench_case *k)
{
	return (double)k->config.n * (double)sc_se_dtype_size(k->config.map);
}

size_t sc_pass_map(const sc_layers *layers, const sc_bench_case *item, size_t count)
{
	double largest = 0, each = 0;
	for (size_t i = 0; layers && i < layers->count; i++)
		largest = fmax(largest, (double)elements(layers->item[i].out));
	for (size_t i = 0; i < count; i++)
		each = fmax(each, item_bytes(&item[i]));
	return (size_t)fmin(largest * each, (double)(SIZE_MAX / 2));
}

double sc_pass_bytes(const sc_layers *layers, const sc_bench_case *item)
{
	double weights = 0;
	sc_pass_step s;
	for (size_t i = 0; layers && i < layers->count; i++)
		if (is_step(&layers->item[i]) && !read_layer(&layers->item[i], &s, NULL))
			weights += (double)s.weights;
	return weights * (double)sc_se_dtype_size(item->config.weights) +
	       MAPS * (double)sc_pass_map(layers, item, 1);
}

/* --- setting up --- */

static double inverse_ratio(const sc_bench_case *k)
{
	return (double)k->config.squeezed / (double)k->config.c;
}

/* weights of a step for a case: SE's go with its ratio */
static size_t weights_of(const sc_pass_step *s, const sc_bench_case *k)
{
	return s->square && !k->in_use ? (size_t)(inverse_ratio(k) * (double)s->square)
				       : s->weights;
}

/* room for the weights of each step in every case; the sum */
static size_t lay_out(sc_pass *p, const sc_bench_case *item, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; i < p->steps; i++) {
		size_t most = 0;
		for (size_t k = 0; k < count; k++)
			if (weights_of(&p->step[i], &item[k]) > most)
				most = weights_of(&p->step[i], &item[k]);
		p->step[i].at = at;
		at += most;
	}
	return at;
}

sc_status sc_pass_new(const sc_layers *layers, const sc_bench_case *item, size_t count,
	size_t map_bytes, sc_pass *out, sc_err *err)
{
	sc_status s = SC_OK;
	*out = (sc_pass){0};
	if (!layers)
		return SC_OK;
	out->step = calloc(layers->count + 1, sizeof *out->step);
	for (size_t i = 0; out->step && i < layers->count && !s; i++)
		if (is_step(&layers->item[i]))
			s = read_layer(&layers->item[i], &out->step[out->steps++], err);
	if (s)
		return s;
	size_t bytes = out->step ? ELEMENT_MAX * lay_out(out, item, count) : 0;
	out->weights = out->step ? sc_pages(bytes) : NULL;
	out->spare = out->step ? sc_pages(map_bytes) : NULL;
	if (!out->weights || !out->spare)
		return sc_fail(err, SC_ENOMEM,
			"no memory for what a pass touches: %zu MiB are wanted",
			(bytes + map_bytes) >> 20);
	memset(out->weights, 1, bytes); /* pages of zeros may all be one */
	memset(out->spare, 1, map_bytes);
	return SC_OK;
}

void sc_pass_release(sc_pass *p)
{
	free(p->step);
	free(p->weights);
	free(p->spare);
	*p = (sc_pass){0};
}

/* --- touching --- */

static bool is_se(const sc_pass *p, size_t i)
{
	return p->step[i % p->steps].layer->role == SC_ROLE_SE;
}

/* the first block of SE over maps of the case's shape, or the beginning of the network */
static size_t find_block(const sc_pass *p, const sc_bench_case *k)
{
	for (size_t i = 0; i < p->steps; i++) {
		const sc_layer *l = p->step[i].layer;
		if (is_se(p, i) && l->in.c == k->config.c && l->in.h == k->config.h &&
			l->in.w == k->config.w)
			return i;
	}
	return 0;
}

static size_t end_of_block(const sc_pass *p, size_t first)
{
	size_t i = first;
	while (i < p->steps && is_se(p, i))
		i++;
	return i;
}

void sc_pass_rest(const sc_pass *p, const sc_bench_case *k, const sc_maps *maps,
	sc_binding *binding, unsigned cores)
{
	enum { BRANCH = 3 }; /* layers from where a block's shortcut leaves to its SE */
	unsigned char *map[MAPS] = {maps->x.at, maps->y.at, p->spare};
	size_t begin = find_block(p, k), end = end_of_block(p, begin);
	size_t left = begin + p->steps - end, item = sc_se_dtype_size(k->config.map) * k->config.n,
	       weight = sc_se_dtype_size(k->config.weights);
	for (size_t i = end; left-- > 0; i++) {
		const sc_pass_step *s = &p->step[i % p->steps];
		if (left == BRANCH && k->config.epilogue != SC_SE_SCALE)
			sc_update(maps->shortcut.at, sc_stand_bytes(k), binding, cores);
		sc_touch(map[(left + 1) % MAPS], s->in * item, binding, cores);
		sc_touch(p->weights + s->at * weight, weights_of(s, k) * weight, binding, cores);
		sc_update(
			map[left % MAPS], left ? s->out * item : sc_stand_bytes(k), binding, cores);
	}
}
