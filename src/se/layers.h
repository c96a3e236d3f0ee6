/** \file
 * What steps are made of: a worker's view of a block of samples, its share of the squeeze, of both
 * layers and of the scale. */
#ifndef SC_SE_LAYERS_H
#define SC_SE_LAYERS_H

#include <string.h>

#include "se/int8.h"

/* a worker, and the block it is in */
typedef struct worker {
	const sc_se_plan *p;
	const sc_se_io *io;
	float *space;
	unsigned rank;
	int first;		/* it begins this step */
	size_t sample, samples; /* the block */
	sc_se_store store;
} worker;

static int is_int8(const sc_se_plan *p)
{
	return p->config.map == SC_SE_INT8;
}

static void squeeze(const sc_se_plan *p, portion o)
{
	if (is_int8(p))
		squeeze_int8(p, o);
	else
		squeeze_floats(p, o);
}

static void scale(const sc_se_plan *p, const scaling *t)
{
	if (is_int8(p))
		scale_int8(p, t);
	else
		scale_floats(p, t);
}

static size_t channel_of(const worker *w, size_t chunk)
{
	size_t c = chunk * w->p->chunk;
	return c < w->p->config.c ? c : w->p->config.c;
}

static size_t map_offset(const worker *w, size_t sample)
{
	return (w->sample + sample) * w->p->config.c * w->p->hw * w->p->item;
}

static const char *sample_of(const worker *w, size_t sample)
{
	return (const char *)w->io->x + map_offset(w, sample);
}

/* --- squeeze and the first layer --- */

static void take_pooled(const worker *w, float *z, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t c = p->config.c;
	for (size_t i = 0; i < w->samples * p->pooled; i++)
		memcpy(z + i * p->c_room + from,
			w->io->pooled + (w->sample * p->pooled + i) * c + from,
			(to - from) * sizeof(float));
}

/* is the pooled row of a block a maximum? */
static int is_maximum(const sc_se_plan *p, size_t row)
{
	return p->config.pool == SC_SE_MAX || row % p->pooled == 1;
}

/* the values that a layer multiplies at a time: n of floats, groups of terms */
static size_t groups_of(const sc_se_plan *p, size_t n)
{
	return is_int8(p) ? (n + GROUP - 1) / GROUP : n;
}

static void pool(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	float *z = w->space + w->p->at.z;
	if (p->config.squeezed_given) {
		take_pooled(w, z, from, to);
		return;
	}
	for (size_t i = 0; i < w->samples; i++)
		squeeze(p, (portion){.x = sample_of(w, i),
				   .from = from,
				   .to = to,
				   .end = p->hw,
				   .z = z + i * p->pooled * p->c_room});
}

/* partial sums of the hidden values: rows × d_room for each chunk, or for each worker its own */
static float *partial_of(const worker *w, size_t chunk)
{
	const sc_se_plan *p = w->p;
	size_t each = p->block * p->pooled * p->d_room;
	return w->space + w->p->at.partial + (p->stretches ? w->rank : chunk) * each;
}

/* Of int8, z becomes the terms of the layer. */
static void first_layer(const worker *w, float *z, size_t chunk)
{
	const sc_se_plan *p = w->p;
	size_t from = channel_of(w, chunk), to = channel_of(w, chunk + 1);
	size_t rows = w->samples * p->pooled;
	sc_se_dtype type = p->config.weights;
	for (size_t i = 0; i < rows && is_int8(p); i++)
		make_terms(p, z + i * p->c_room + from, to - from, is_maximum(p, i));
	dense_tile t = {.k = groups_of(p, to - from),
		.a = z + from,
		.a_stride = p->c_room,
		.w = (const char *)p->w1 + from * p->d_room * sc_se_size_of(type),
		.out = partial_of(w, chunk),
		.out_stride = p->d_room};
	dense(t, rows, p->d_room, type, p->config.n * p->pooled == 1);
}

/* --- the hidden values --- */

/* one vector of sums of one pooled row, chunks in order */
INLINE vf sums_of(const worker *w, size_t at, sc_se_dtype type)
{
	const sc_se_plan *p = w->p;
	size_t each = p->block * p->pooled * p->d_room;
	const float *partial = partial_of(w, 0) + at;
	vf sum = v_load(partial);
	for (size_t chunk = 1; chunk < p->chunks; chunk++)
		sum = plus(sum, v_load(partial + chunk * each), type);
	return sum;
}

static vf hidden_of(const worker *w, size_t at, size_t bias)
{
	vf sum = v_add(sums_of(w, at, SC_SE_F32), v_load(w->p->b1 + bias));
	return activate(w->p->config.act, sum);
}

static void join_hidden_int8(const worker *w, float *hidden, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	int h[VWIDTH], second[VWIDTH];
	for (size_t v = from; v < to; v++) {
		size_t sample = v * VWIDTH / p->d_room, j = v * VWIDTH % p->d_room;
		size_t at = sample * p->pooled * p->d_room + j;
		hidden_of_sums(p, sums_of(w, at, SC_SE_INT8), j, h);
		if (p->pooled == 2) {
			hidden_of_sums(p, sums_of(w, at + p->d_room, SC_SE_INT8), j, second);
			for (int i = 0; i < VWIDTH; i++)
				h[i] = hidden_of_two(p, h[i], second[i]);
		}
		put_terms(hidden + sample * p->d_room, j, h);
	}
}

static void join_hidden_floats(const worker *w, float *hidden, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t v = from; v < to; v++) {
		size_t sample = v * VWIDTH / p->d_room, j = v * VWIDTH % p->d_room;
		vf h = hidden_of(w, sample * p->pooled * p->d_room + j, j);
		if (p->pooled == 2)
			h = v_add(h, hidden_of(w, (sample * 2 + 1) * p->d_room + j, j));
		v_store(hidden + v * VWIDTH, h);
	}
}

/* from … to: of the block's samples × d_room, in vectors */
static void join_hidden(const worker *w, float *hidden, size_t from, size_t to)
{
	if (is_int8(w->p))
		join_hidden_int8(w, hidden, from, to);
	else
		join_hidden_floats(w, hidden, from, to);
}

static size_t hidden_vectors(const worker *w)
{
	return w->samples * w->p->d_room / VWIDTH;
}

static float *hidden_of_all(const worker *w)
{
	return w->space + w->p->at.hidden;
}

static void join_units(const worker *w, size_t from, size_t to)
{
	size_t vectors = hidden_vectors(w), units = w->p->units;
	join_hidden(w, hidden_of_all(w), vectors * from / units, vectors * to / units);
}

/* joined in a step of its own, or by this worker for itself */
static const float *hidden(const worker *w)
{
	if (w->p->joins_apart)
		return hidden_of_all(w);
	float *own = hidden_of_all(w) + w->rank * w->p->block * w->p->d_room;
	if (w->first)
		join_hidden(w, own, 0, hidden_vectors(w));
	return own;
}

/* --- the second layer and the gates --- */

static void gates(const worker *w, float *s, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples && is_int8(p); i++)
		gates_int8(p, s + i * p->gate_room, from, to);
	for (size_t i = 0; i < w->samples && !is_int8(p); i++, s += p->gate_room)
		for (size_t c = from; c < to; c += VWIDTH) {
			vf sum = v_add(v_load(s + c), v_load(p->b2 + c));
			v_store(s + c, v_plain(gate_of(p->config.gate, sum)));
		}
}

/* scale.h multiplies bf16 pair by pair */
static void unzip_gates(const worker *w, float *s, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples; i++, s += p->gate_room)
		for (size_t c = from; c + 2 * VWIDTH <= to; c += 2 * VWIDTH) {
			vf even, odd;
			v_unzip(v_load(s + c), v_load(s + c + VWIDTH), &even, &odd);
			v_store(s + c, even);
			v_store(s + c + VWIDTH, odd);
		}
}

static void second_layer(const worker *w, const float *h, float *s, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t d = p->d_terms, outputs = (to - from + VWIDTH - 1) / VWIDTH * VWIDTH;
	sc_se_dtype type = p->config.weights;
	dense_tile t = {.k = groups_of(p, d),
		.a = h,
		.a_stride = p->d_room,
		.w = (const char *)p->w2 + from * d * sc_se_size_of(type),
		.out = s + from,
		.out_stride = p->gate_room};
	dense(t, w->samples, outputs, type, p->config.n == 1);
	gates(w, s, from, to);
	if (p->config.map == SC_SE_BF16 && p->by_pixel)
		unzip_gates(w, s, from, to);
}

/* --- scale --- */

/* a sample's buffers with the gates of the block in s */
static scaling scaling_of(const worker *w, const float *s, size_t sample)
{
	size_t at = map_offset(w, sample);
	return (scaling){.x = (const char *)w->io->x + at,
		.y = (char *)w->io->y + at,
		.shortcut = w->io->shortcut ? (const char *)w->io->shortcut + at : NULL,
		.s = s + sample * w->p->gate_room,
		.store = w->store};
}

#endif
