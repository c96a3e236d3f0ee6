/** \file
 * y = x · s, with what the epilogue adds.
 *
 * Channel by channel, a sample is walked as one stream of vectors that are aligned in y, across the
 * borders of channels: 49 or 196 pixels are no whole number of vectors, and a store that straddles
 * a cache line costs two. The vector on a border gets the gates of both its channels. */
#ifndef SC_SE_SCALE_H
#define SC_SE_SCALE_H

#include "se/squeeze.h"

/* How y is written: where it is near; where it is not, its lines fetched AHEAD floats before they
 * are written, for a store that waits holds up those behind it; past the caches. */
enum { AHEAD = 256 };

/* one sample's buffers, and how to write y */
typedef struct scaling {
	const void *x, *shortcut;
	void *y;
	const float *s;
	size_t from, to; /* pixels when walked pixel by pixel, else numbers */
	sc_se_dtype type;
	sc_se_store store;
	sc_se_epilogue epilogue;
} scaling;

INLINE vf scaled(const scaling *t, vf x, vf shortcut, vf s)
{
	if (t->epilogue == SC_SE_SCALE)
		return v_mul(x, s);
	vf y = v_fma(x, s, shortcut);
	return t->epilogue == SC_SE_SCALE_ADD ? y : v_at_least(y, v_set(0));
}

INLINE void put(const scaling *t, size_t i, vf s)
{
	vf x = load_numbers(t->x, i, t->type), add = x;
	if (t->epilogue != SC_SE_SCALE)
		add = load_numbers(t->shortcut, i, t->type);
	vf y = scaled(t, x, add, s);
	if (t->store == STORE_PAST)
		stream_numbers(t->y, i, y, t->type);
	else
		store_numbers(t->y, i, y, t->type);
	if (t->type == SC_SE_F32 && t->store == STORE_FETCHED)
		__builtin_prefetch((const float *)t->y + i + AHEAD, 1);
}

/* 2 · VWIDTH of bf16; the gates are those at even and at odd places */
INLINE void put_pair(const scaling *t, size_t i, vf s_even, vf s_odd)
{
	vf even, odd, add_even = s_even, add_odd = s_odd;
	v_load_pair((const uint16_t *)t->x + i, &even, &odd);
	if (t->epilogue != SC_SE_SCALE)
		v_load_pair((const uint16_t *)t->shortcut + i, &add_even, &add_odd);
	even = scaled(t, even, add_even, s_even);
	odd = scaled(t, odd, add_odd, s_odd);
	if (t->store == STORE_PAST)
		v_stream_pair((uint16_t *)t->y + i, even, odd);
	else
		v_store_pair((uint16_t *)t->y + i, even, odd);
}

INLINE void put_part(const scaling *t, size_t i, size_t n, vf s)
{
	vf x = load_some(t->x, i, n, t->type), add = x;
	if (t->epilogue != SC_SE_SCALE)
		add = load_some(t->shortcut, i, n, t->type);
	vf y = scaled(t, x, add, s);
	store_some(t->y, i, y, n, t->type);
}

/* where a stream is: in channel `at`, which ends at number `border`; those who scale end at `to` */
typedef struct place {
	size_t at, border, to, hw;
} place;

INLINE place place_of(size_t hw, size_t i, size_t to)
{
	size_t c = i / hw;
	return (place){c, (c + 1) * hw, to, hw};
}

/* gates of the VWIDTH numbers from number i on */
INLINE vf gates_at(const float *s, place c, size_t i)
{
	vf v = v_set(s[c.at]);
	for (size_t known = c.border - i; known < VWIDTH && ++c.at < c.to; known += c.hw)
		v = v_first(known, v, v_set(s[c.at]));
	return v;
}

/* gates of 2 · VWIDTH numbers, at even and at odd places */
INLINE void gates_of_pair(const float *s, place c, size_t i, vf *even, vf *odd)
{
	*even = *odd = v_set(s[c.at]);
	for (size_t known = c.border - i; known < 2 * VWIDTH && ++c.at < c.to; known += c.hw) {
		vf next = v_set(s[c.at]);
		*even = v_first((known + 1) / 2, *even, next);
		*odd = v_first(known / 2, *odd, next);
	}
}

/* numbers that are written at a time */
INLINE size_t step_of(sc_se_dtype type)
{
	return type == SC_SE_BF16 ? 2 * VWIDTH : VWIDTH;
}

/* numbers until y + i is aligned to a step */
INLINE size_t until_aligned(const scaling *t, size_t i)
{
	size_t item = sc_se_size_of(t->type), vector = step_of(t->type) * item;
	return (vector - ((size_t)t->y + i * item) % vector) % vector / item;
}

/* numbers i … end, fewer than two vectors */
INLINE void put_few(const scaling *t, size_t hw, size_t i, size_t end, size_t to)
{
	if (i + VWIDTH <= end) {
		put(t, i, gates_at(t->s, place_of(hw, i, to), i));
		i += VWIDTH;
	}
	if (i < end)
		put_part(t, i, end - i, gates_at(t->s, place_of(hw, i, to), i));
}

/* one step of the stream, across a border of channels */
INLINE void put_across(const scaling *t, place c, size_t i)
{
	if (t->type == SC_SE_BF16) {
		vf even, odd;
		gates_of_pair(t->s, c, i, &even, &odd);
		put_pair(t, i, even, odd);
	} else {
		put(t, i, gates_at(t->s, c, i));
	}
}

/* one step within a channel */
INLINE void put_step(const scaling *t, size_t i, vf s)
{
	if (t->type == SC_SE_BF16)
		put_pair(t, i, s, s);
	else
		put(t, i, s);
}

/* whole steps from number i on; returns where they end */
INLINE size_t put_stream(const scaling *t, size_t hw, size_t i, size_t end, size_t to)
{
	const size_t step = step_of(t->type);
	place c = place_of(hw, i, to);
	while (i + step <= end) {
		const vf s = v_set(t->s[c.at]);
		const size_t stop = c.border < end ? c.border : end;
		for (; i + 4 * step <= stop; i += 4 * step)
#pragma GCC unroll 4
			for (size_t k = 0; k < 4; k++)
				put_step(t, i + k * step, s);
		for (; i + step <= stop; i += step)
			put_step(t, i, s);
		if (i < c.border && i + step <= end) {
			put_across(t, c, i);
			i += step;
		}
		for (; c.border <= i; c.border += hw)
			c.at++;
	}
	return i;
}

INLINE void scale_channels(const scaling *t, size_t hw)
{
	size_t i = t->from, end = t->to, to = (end + hw - 1) / hw, head = until_aligned(t, i);
	if (head > end - i)
		head = end - i;
	put_few(t, hw, i, i + head, to);
	i = put_stream(t, hw, i + head, end, to);
	put_few(t, hw, i, end, to);
}

/* For bf16 the gates of each two whole vectors were unzipped. */
INLINE void scale_pixels(const scaling *t, size_t c_all)
{
	const float *s = t->s;
	for (size_t pixel = t->from; pixel < t->to; pixel++) {
		size_t at = pixel * c_all, c = 0;
		if (t->type == SC_SE_BF16)
			for (; c + 2 * VWIDTH <= c_all; c += 2 * VWIDTH)
				put_pair(t, at + c, v_load(s + c), v_load(s + c + VWIDTH));
		for (; c + VWIDTH <= c_all; c += VWIDTH)
			put(t, at + c, v_load(s + c));
		if (c < c_all)
			put_part(t, at + c, c_all - c, v_load(s + c));
	}
}

INLINE void scale_as(const sc_se_plan *p, scaling t, sc_se_dtype type, sc_se_store store,
	sc_se_epilogue epilogue)
{
	t.type = type;
	t.store = store;
	t.epilogue = epilogue;
	if (p->by_pixel)
		scale_pixels(&t, p->config.c);
	else
		scale_channels(&t, p->hw);
}

INLINE void scale_out(
	const sc_se_plan *p, const scaling *t, sc_se_dtype type, sc_se_epilogue epilogue)
{
	if (t->store == STORE_PAST)
		scale_as(p, *t, type, STORE_PAST, epilogue);
	else if (t->store == STORE_FETCHED && type == SC_SE_F32)
		scale_as(p, *t, type, STORE_FETCHED, epilogue);
	else
		scale_as(p, *t, type, STORE_NEAR, epilogue);
}

INLINE void scale_of(const sc_se_plan *p, const scaling *t, sc_se_dtype type)
{
	switch (p->config.epilogue) {
	case SC_SE_SCALE:
		scale_out(p, t, type, SC_SE_SCALE);
		break;
	case SC_SE_SCALE_ADD:
		scale_out(p, t, type, SC_SE_SCALE_ADD);
		break;
	case SC_SE_SCALE_ADD_RELU:
		scale_out(p, t, type, SC_SE_SCALE_ADD_RELU);
		break;
	}
}

/* t->from … t->to of one sample */
static void scale_floats(const sc_se_plan *p, const scaling *t)
{
	AS_FLOATS(p->config.map, scale_of, p, t);
}

#endif
