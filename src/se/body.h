/** \file
 * A run, as one worker sees it; written once over the vector primitives and compiled for each row.
 *
 * Channels are cut into chunks, fixed by the shape. A worker pools its chunks of a block of samples
 * and puts them through its part of the first layer: a chunk of channels gives a partial sum of
 * every hidden value. That needs the others' channels nowhere, so one barrier is
 * enough where each scales its own channels; afterwards each adds up the partial sums in order of
 * chunks (the same bits for any number of workers), and computes the gates of its own channels and
 * scales them. The partial sums of the next block go to the other half of their space, for a slower
 * worker may still be reading. */
#ifndef SC_SE_BODY_H
#define SC_SE_BODY_H

#include <string.h>

#include "se/scale.h"

/* a worker, and the block it is in */
typedef struct worker {
	const sc_se_plan *p;
	const sc_se_io *io;
	sc_se_space at;
	float *space;
	unsigned rank, size; /* among those who share a block */
	size_t chunk, chunk_end;
	size_t sample, samples; /* the block */
	size_t turn;		/* parity of the block */
	int store;
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

static void take_pooled(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t c = p->config.c;
	for (size_t i = 0; i < w->samples * p->pooled; i++)
		memcpy(w->space + w->at.z + i * p->c_room + from,
			w->io->pooled + (w->sample * p->pooled + i) * c + from,
			(to - from) * sizeof(float));
}

static void pool(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	if (p->config.squeezed_given) {
		take_pooled(w, from, to);
		return;
	}
	for (size_t i = 0; i < w->samples; i++)
		squeeze(p, (const char *)w->io->x + map_offset(w, i), from, to,
			w->space + w->at.z + i * p->pooled * p->c_room);
}

/* partial sums of the hidden values: rows × d_room for each chunk */
static float *partial_of(const worker *w, size_t chunk)
{
	const sc_se_plan *p = w->p;
	size_t each = p->block * p->pooled * p->d_room;
	return w->space + w->at.partial + (w->turn * p->chunks + chunk) * each;
}

static void first_layer(const worker *w, size_t chunk)
{
	const sc_se_plan *p = w->p;
	size_t from = channel_of(w, chunk), to = channel_of(w, chunk + 1);
	int half = p->config.weights == SC_SE_BF16;
	dense_tile t = {.k = to - from,
		.a = w->space + w->at.z + from,
		.a_stride = p->c_room,
		.w = (const char *)p->w1 + from * p->d_room * (half ? 2 : 4),
		.out = partial_of(w, chunk),
		.out_stride = p->d_room};
	dense(t, w->samples * p->pooled, p->d_room, half, p->config.n * p->pooled == 1);
}

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

/* Few hidden values are joined by every worker for itself; many are shared out, for one more
 * meeting. */
static float *hidden(const worker *w)
{
	const sc_se_plan *p = w->p;
	size_t vectors = w->samples * p->d_room / VWIDTH;
	float *all = w->space + w->at.hidden;
	if (w->size == 1 || vectors * p->pooled * p->chunks < 4096) {
		float *own = all + w->rank * p->block * p->d_room;
		join_hidden(w, own, 0, vectors);
		return own;
	}
	join_hidden(w, all, vectors * w->rank / w->size, vectors * (w->rank + 1) / w->size);
	sc_thread_pool_barrier(p->thread_pool, w->rank);
	return all;
}

static void gates(const worker *w, float *s, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples; i++, s += p->c_room)
		for (size_t c = from; c < to; c += VWIDTH) {
			vf sum = v_add(v_load(s + c), v_load(p->b2 + c));
			v_store(s + c, v_plain(gate_of(p->config.gate, sum)));
		}
}

/* scale.h multiplies halves pair by pair */
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

static void second_layer(const worker *w, const float *h, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t d = p->config.squeezed, outputs = (to - from + VWIDTH - 1) / VWIDTH * VWIDTH;
	int half = p->config.weights == SC_SE_BF16;
	float *s = w->space + w->at.gate;
	dense_tile t = {.k = d,
		.a = h,
		.a_stride = p->d_room,
		.w = (const char *)p->w2 + from * d * (half ? 2 : 4),
		.out = s + from,
		.out_stride = p->c_room};
	dense(t, w->samples, outputs, half, p->config.n == 1);
	gates(w, s, from, to);
	if (p->config.map == SC_SE_BF16 && p->by_pixel)
		unzip_gates(w, s, from, to);
}

static void scale_block(const worker *w, size_t from, size_t to, size_t pixel, size_t pixel_end)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples; i++) {
		size_t at = map_offset(w, i);
		scaling t = {.x = (const char *)w->io->x + at,
			.y = (char *)w->io->y + at,
			.s = w->space + w->at.gate + i * p->c_room,
			.pixel = pixel,
			.pixel_end = pixel_end,
			.store = w->store};
		if (w->io->shortcut)
			t.shortcut = (const char *)w->io->shortcut + at;
		scale(p, &t, from, to);
	}
}

/* Each worker scales its own channels. Pixel by pixel those are pieces of every row, and cores that
 * write pieces of the same rows fetch each other's lines; there, after one more meeting, each
 * scales pixels of its own. */
static void share_scaling(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	if (w->size == 1 || !p->by_pixel || p->hw < 8 * (size_t)w->size) {
		scale_block(w, from, to, 0, p->hw);
		return;
	}
	sc_thread_pool_barrier(p->thread_pool, w->rank);
	scale_block(w, 0, p->config.c, p->hw * w->rank / w->size, p->hw * (w->rank + 1) / w->size);
}

static void run_block(const worker *w)
{
	size_t from = channel_of(w, w->chunk), to = channel_of(w, w->chunk_end);
	pool(w, from, to);
	for (size_t chunk = w->chunk; chunk < w->chunk_end; chunk++)
		first_layer(w, chunk);
	if (w->size > 1)
		sc_thread_pool_barrier(w->p->thread_pool, w->rank);
	second_layer(w, hidden(w), from, to);
	share_scaling(w, from, to);
}

/* what is streamed must be aligned: channel by channel scale.h sees to it, pixel by pixel c must */
static int store_of(const sc_se_plan *p, const sc_se_io *io)
{
	size_t vector = VWIDTH * sizeof(float);
	int whole = (size_t)io->y % vector == 0 && p->config.c * p->item % vector == 0;
	if (io->x == io->y)
		return STORE_NEAR;
	if (p->stream && (!p->by_pixel || whole))
		return STORE_PAST;
	size_t bytes = p->config.n * p->config.c * p->hw * p->item;
	return 2 * bytes / p->threads > p->l2 ? STORE_FETCHED : STORE_NEAR;
}

static void run(const sc_se_plan *p, const sc_se_io *io, unsigned rank)
{
	unsigned size = p->together ? p->threads : 1, team = p->together ? 0 : rank;
	size_t n = p->config.n, teams = p->threads / size;
	worker w = {.p = p,
		.io = io,
		.at = sc_se_space_of(p),
		.space = p->space + team * p->space_each,
		.rank = p->together ? rank : 0,
		.size = size,
		.store = store_of(p, io)};
	w.chunk = p->chunks * w.rank / size;
	w.chunk_end = p->chunks * (w.rank + 1) / size;
	size_t end = n * (team + 1) / teams;
	for (w.sample = n * team / teams; w.sample < end; w.sample += w.samples) {
		w.samples = end - w.sample < p->block ? end - w.sample : p->block;
		run_block(&w);
		w.turn ^= 1;
	}
	if (w.store == STORE_PAST)
		v_fence();
}

#endif
