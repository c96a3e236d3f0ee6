/** \file
 * What steps are made of: a worker's view of a block of samples, its share of the squeeze, of both
 * layers and of the scale. */
#ifndef SC_SE_LAYERS_H
#define SC_SE_LAYERS_H

#include <string.h>

#include "se/scale.h"

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

static void first_layer(const worker *w, const float *z, size_t chunk)
{
	const sc_se_plan *p = w->p;
	size_t from = channel_of(w, chunk), to = channel_of(w, chunk + 1);
	sc_se_dtype type = p->config.weights;
	dense_tile t = {.k = to - from,
		.a = z + from,
		.a_stride = p->c_room,
		.w = (const char *)p->w1 + from * p->d_room * sc_se_size_of(type),
		.out = partial_of(w, chunk),
		.out_stride = p->d_room};
	dense(t, w->samples * p->pooled, p->d_room, type, p->config.n * p->pooled == 1);
}

/* --- the hidden values --- */

/* one vector of hidden values of one pooled row: bias, chunks in order, activation */
static vf hidden_of(const worker *w, size_t at, size_t bias)
{
	const sc_se_plan *p = w->p;
	size_t each = p->block * p->pooled * p->d_room;
	const float *partial = partial_of(w, 0) + at;
	vf sum = v_load(partial);
	for (size_t chunk = 1; chunk < p->chunks; chunk++)
		sum = v_add(sum, v_load(partial + chunk * each));
	return activate(p->config.act, v_add(sum, v_load(p->b1 + bias)));
}

/* from … to: of the block's samples × d_room, in vectors */
static void join_hidden(const worker *w, float *hidden, size_t from, size_t to)
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
	for (size_t i = 0; i < w->samples; i++, s += p->c_room)
		for (size_t c = from; c < to; c += VWIDTH) {
			vf sum = v_add(v_load(s + c), v_load(p->b2 + c));
			v_store(s + c, v_plain(gate_of(p->config.gate, sum)));
		}
}

/* scale.h multiplies bf16 pair by pair */
static void unzip_gates(const worker *w, float *s, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples; i++, s += p->c_room)
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
	size_t d = p->config.squeezed, outputs = (to - from + VWIDTH - 1) / VWIDTH * VWIDTH;
	sc_se_dtype type = p->config.weights;
	dense_tile t = {.k = d,
		.a = h,
		.a_stride = p->d_room,
		.w = (const char *)p->w2 + from * d * sc_se_size_of(type),
		.out = s + from,
		.out_stride = p->c_room};
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
		.s = s + sample * w->p->c_room,
		.store = w->store};
}

#endif
