/** \file
 * Few channels and light weights: units are stretches of a sample. Pixel by pixel they are pixels.
 * Channel by channel they are for the squeeze some channels, or a fraction of their pixels, and for
 * the scale a part of the sample as it lies in memory, whole cache lines, across channels. A
 * channel's pieces of several stretches are added in order. Every worker computes all gates for
 * itself. */
#ifndef SC_SE_STRETCH_H
#define SC_SE_STRETCH_H

#include "se/layers.h"

/* where stretch `unit` of `all` pixels or numbers begins, on a multiple of `cut` */
static size_t stretch_at(const sc_se_plan *p, size_t unit)
{
	size_t cut = sc_se_cut_of(p), all = p->by_pixel ? p->hw : p->config.c * p->hw,
	       even = all * unit / p->units;
	return p->by_pixel || unit == p->units ? even : even / cut * cut;
}

static size_t fraction_at(const sc_se_plan *p, size_t fraction)
{
	size_t cut = sc_se_cut_of(p), even = p->hw * fraction / p->pieces;
	return fraction == p->pieces ? p->hw : even / cut * cut;
}

static float *piece_of(const worker *w, size_t sample, size_t piece)
{
	const sc_se_plan *p = w->p;
	return w->space + w->p->at.z + (sample * p->pieces + piece) * p->pooled * p->c_room;
}

static size_t group_at(const sc_se_plan *p, size_t group)
{
	size_t c = group * p->group;
	return c < p->config.c ? c : p->config.c;
}

static void squeeze_unit(const worker *w, size_t sample, size_t unit)
{
	const sc_se_plan *p = w->p;
	size_t group = unit / p->pieces, piece = p->by_pixel ? unit : unit % p->pieces;
	portion o = {.x = sample_of(w, sample), .to = p->config.c, .z = piece_of(w, sample, piece)};
	if (p->by_pixel) {
		o.begin = stretch_at(p, unit);
		o.end = stretch_at(p, unit + 1);
	} else {
		o.from = group_at(p, group);
		o.to = group_at(p, group + 1);
		o.begin = fraction_at(p, piece);
		o.end = fraction_at(p, piece + 1);
	}
	squeeze(p, o);
}

static void squeeze_stretches(const worker *w, size_t from, size_t to)
{
	const sc_se_plan *p = w->p;
	if (p->config.squeezed_given)
		return;
	if (p->pieces == 1) {
		pool(w, group_at(p, from), group_at(p, to));
		return;
	}
	for (size_t i = 0; i < w->samples; i++)
		for (size_t unit = from; unit < to; unit++)
			squeeze_unit(w, i, unit);
}

/* the pieces of all channels' sums or maxima, in order */
static void join_pieces(const sc_se_plan *p, float *z, const float *piece, int is_max)
{
	size_t apart = p->pooled * p->c_room;
	if (is_int8(p)) {
		join_pieces_int8(z, piece, p->pieces, apart, p->config.c, is_max);
		return;
	}
	for (size_t c = 0; c < p->config.c; c += VWIDTH) {
		vf all = v_load(piece + c);
		for (size_t i = 1; i < p->pieces; i++) {
			vf v = v_load(piece + i * apart + c);
			all = is_max ? v_max(all, v) : v_add(all, v);
		}
		v_store(z + c, all);
	}
}

/* this worker's own pooled values of the block */
static float *pooled_of_stretches(const worker *w)
{
	const sc_se_plan *p = w->p;
	float *z = w->space + w->p->at.own_z + w->rank * p->block * p->pooled * p->c_room;
	if (p->config.squeezed_given) {
		take_pooled(w, z, 0, p->config.c);
		return z;
	}
	if (p->pieces == 1 && !is_int8(p))
		return piece_of(w, 0, 0);
	for (size_t i = 0; i < w->samples; i++)
		for (size_t k = 0; k < p->pooled; k++)
			join_pieces(p, z + (i * p->pooled + k) * p->c_room,
				piece_of(w, i, 0) + k * p->c_room, is_maximum(p, k));
	return z;
}

/* and its own gates */
static const float *gates_of_stretches(const worker *w)
{
	const sc_se_plan *p = w->p;
	float *s = w->space + w->p->at.gate + w->rank * p->block * p->gate_room;
	if (!w->first)
		return s;
	first_layer(w, pooled_of_stretches(w), 0);
	second_layer(w, hidden(w), s, 0, p->config.c);
	return s;
}

static void scale_stretches(const worker *w, size_t from, size_t to)
{
	const float *s = gates_of_stretches(w);
	for (size_t i = 0; i < w->samples; i++) {
		scaling t = scaling_of(w, s, i);
		t.from = stretch_at(w->p, from);
		t.to = stretch_at(w->p, to);
		scale(w->p, &t);
	}
}

#endif
