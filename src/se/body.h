/** \file
 * A run, as one worker sees it; written once over the vector primitives and compiled for each row.
 *
 * A run goes block of samples by block, and in each step by step; a step is cut into units, fixed
 * by the shape, that any worker may take. What a worker needs of the step before and finds in no
 * unit of its own it computes for itself, when it takes its first unit of a step: that is cheaper
 * than one more step that all must wait for.
 *
 * Units are chunks of channels: a chunk gives a partial sum of every hidden value, so that the
 * squeeze and the first layer are one step; the sums are added in order of chunks (the same bits
 * for any number of workers). Where channels are few and weights light, units are stretches of the
 * map instead (stretch.h). */
#ifndef SC_SE_BODY_H
#define SC_SE_BODY_H

#include "se/stretch.h"

static void squeeze_chunks(const worker *w, size_t from, size_t to)
{
	pool(w, channel_of(w, from), channel_of(w, to));
	for (size_t chunk = from; chunk < to; chunk++)
		first_layer(w, w->space + w->p->at.z, chunk);
}

static void gate_chunks(const worker *w, size_t from, size_t to)
{
	const float *h = hidden(w);
	for (size_t chunk = from; chunk < to; chunk++)
		second_layer(w, h, w->space + w->p->at.gate, channel_of(w, chunk),
			channel_of(w, chunk + 1));
}

/* Each scales the channels whose gates it has computed. */
static void scale_chunks(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	gate_chunks(w, from, to);
	for (size_t i = 0; i < w->samples; i++) {
		scaling t = scaling_of(w, w->space + w->p->at.gate, i);
		t.from = channel_of(w, from) * p->hw;
		t.to = channel_of(w, to) * p->hw;
		scale(p, &t);
	}
}

/* Pixel by pixel, chunks of channels are pieces of every row, and cores that write pieces of the
 * same rows fetch each other's lines: there each scales pixels, in a step of its own. */
static void scale_pixel_units(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	for (size_t i = 0; i < w->samples; i++) {
		scaling t = scaling_of(w, w->space + w->p->at.gate, i);
		t.from = p->hw * from / p->units;
		t.to = p->hw * to / p->units;
		scale(p, &t);
	}
}

/* --- the steps --- */

static void do_step(const worker *w, sc_se_step step, size_t from, size_t to)
{
	switch (step) {
	case SC_STEP_SQUEEZE_CHUNKS:
		squeeze_chunks(w, from, to);
		break;
	case SC_STEP_JOIN:
		join_units(w, from, to);
		break;
	case SC_STEP_GATE_CHUNKS:
		gate_chunks(w, from, to);
		break;
	case SC_STEP_SCALE_CHUNKS:
		scale_chunks(w, from, to);
		break;
	case SC_STEP_SCALE_PIXELS:
		scale_pixel_units(w, from, to);
		break;
	case SC_STEP_SQUEEZE_STRETCHES:
		squeeze_stretches(w, from, to);
		break;
	case SC_STEP_SCALE_STRETCHES:
		scale_stretches(w, from, to);
		break;
	}
}

/* what is streamed must be aligned: channel by channel scale.h sees to it, pixel by pixel c must */
static sc_se_store store_of(const sc_se_plan *p, const sc_se_io *io)
{
	size_t vector = VWIDTH * sizeof(float);
	int even = p->config.map == SC_SE_INT8 ||
		   ((size_t)io->y % vector == 0 && p->config.c * p->item % vector == 0);
	if (io->x == io->y)
		return STORE_NEAR;
	if (p->store == STORE_PAST && p->by_pixel && !even)
		return STORE_FETCHED;
	return p->store;
}

/* samples from … to, all steps, as blocks of about the same size */
static void run_samples(worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t n = to - from, blocks = (n + p->block - 1) / p->block;
	w->first = 1;
	for (size_t block = 0; block < blocks; block++) {
		w->sample = from + n * block / blocks;
		w->samples = from + n * (block + 1) / blocks - w->sample;
		for (size_t i = 0; i < p->steps; i++)
			do_step(w, p->step[i], 0, p->units);
	}
}

/* units from … to of one step of one block */
static void run_units(worker *w, unsigned phase, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	size_t block = phase / p->steps;
	w->sample = p->config.n * block / p->blocks;
	w->samples = p->config.n * (block + 1) / p->blocks - w->sample;
	do_step(w, p->step[phase % p->steps], from, to);
}

static void run(const sc_se_plan *p, const sc_se_io *io, const sc_share *share)
{
	worker w = {.p = p,
		.io = io,
		.space = p->space + (p->together ? 0 : share->rank * p->space_each),
		.rank = p->together ? share->rank : 0,
		.first = share->first,
		.store = store_of(p, io)};
	if (p->together)
		run_units(&w, share->phase, share->from, share->to);
	else
		run_samples(&w, share->from, share->to);
	if (w.store == STORE_PAST)
		v_fence();
}

#endif
