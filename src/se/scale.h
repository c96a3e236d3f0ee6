/** \file
 * y = x · s, with what the epilogue adds.
 *
 * Channel by channel, a sample is walked as one stream of vectors that are aligned in y, across the
 * borders of channels: 49 or 196 pixels are no whole number of vectors, and a store that straddles
 * a cache line costs two. The vector on a border gets the gates of both its channels. */
#ifndef SC_SE_SCALE_H
#define SC_SE_SCALE_H

#include "se/squeeze.h"

/* one sample's buffers, and how to write y */
typedef struct scaling {
	const void *x, *shortcut;
	void *y;
	const float *s;
	size_t pixel, pixel_end; /* when walked pixel by pixel */
	int half, stream;
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
	vf x = load_map(t->x, i, t->half), add = x;
	if (t->epilogue != SC_SE_SCALE)
		add = load_map(t->shortcut, i, t->half);
	vf y = scaled(t, x, add, s);
	if (t->half)
		v_store_half((uint16_t *)t->y + i, y);
	else if (t->stream)
		v_stream((float *)t->y + i, y);
	else
		v_store((float *)t->y + i, y);
}

/* 2 · VWIDTH halves; the gates are those at even and at odd places */
INLINE void put_pair(const scaling *t, size_t i, vf s_even, vf s_odd)
{
	vf even, odd, add_even = s_even, add_odd = s_odd;
	v_load_pair((const uint16_t *)t->x + i, &even, &odd);
	if (t->epilogue != SC_SE_SCALE)
		v_load_pair((const uint16_t *)t->shortcut + i, &add_even, &add_odd);
	even = scaled(t, even, add_even, s_even);
	odd = scaled(t, odd, add_odd, s_odd);
	if (t->stream)
		v_stream_pair((uint16_t *)t->y + i, even, odd);
	else
		v_store_pair((uint16_t *)t->y + i, even, odd);
}

INLINE void put_part(const scaling *t, size_t i, size_t n, vf s)
{
	vf x = load_map_part(t->x, i, n, t->half), add = x;
	if (t->epilogue != SC_SE_SCALE)
		add = load_map_part(t->shortcut, i, n, t->half);
	vf y = scaled(t, x, add, s);
	if (t->half)
		v_store_half_part((uint16_t *)t->y + i, y, n);
	else
		v_store_part((float *)t->y + i, y, n);
}

/* gates of the VWIDTH numbers from number i on, of channels that end before channel `to` */
INLINE vf gates_at(const float *s, size_t hw, size_t i, size_t to)
{
	size_t c = i / hw, known = hw - i % hw;
	vf v = v_set(s[c]);
	for (; known < VWIDTH && ++c < to; known += hw)
		v = v_first(known, v, v_set(s[c]));
	return v;
}

/* numbers until y + i is aligned to VWIDTH floats, or twice as many halves */
INLINE size_t until_aligned(const scaling *t, size_t i)
{
	size_t item = t->half ? 2 : 4, vector = VWIDTH * sizeof(float);
	return (vector - ((size_t)t->y + i * item) % vector) % vector / item;
}

/* numbers i … end, fewer than two vectors */
INLINE void put_few(const scaling *t, size_t hw, size_t i, size_t end, size_t to)
{
	if (i + VWIDTH <= end) {
		put(t, i, gates_at(t->s, hw, i, to));
		i += VWIDTH;
	}
	if (i < end)
		put_part(t, i, end - i, gates_at(t->s, hw, i, to));
}

/* one step of the stream, across a border of channels */
INLINE void put_across(const scaling *t, size_t hw, size_t i, size_t to)
{
	vf s = gates_at(t->s, hw, i, to);
	if (t->half) {
		vf even, odd;
		v_unzip(s, gates_at(t->s, hw, i + VWIDTH, to), &even, &odd);
		put_pair(t, i, even, odd);
	} else {
		put(t, i, s);
	}
}

INLINE void scale_channels(const scaling *t, size_t hw, size_t from, size_t to)
{
	const size_t step = t->half ? 2 * VWIDTH : VWIDTH;
	size_t i = from * hw, end = to * hw, head = until_aligned(t, i);
	if (head > end - i)
		head = end - i;
	put_few(t, hw, i, i + head, to);
	i += head;
	for (size_t c = i / hw; i + step <= end; c = i / hw) {
		size_t border = (c + 1) * hw;
		for (vf s = v_set(t->s[c]); i + step <= border; i += step)
			if (t->half)
				put_pair(t, i, s, s);
			else
				put(t, i, s);
		if (i < border && i + step <= end) {
			put_across(t, hw, i, to);
			i += step;
		}
	}
	put_few(t, hw, i, end, to);
}

/* For halves the gates of each two whole vectors were unzipped. */
INLINE void scale_pixels(const scaling *t, size_t c_all, size_t from, size_t to)
{
	const float *s = t->s;
	for (size_t pixel = t->pixel; pixel < t->pixel_end; pixel++) {
		size_t at = pixel * c_all, c = from;
		if (t->half)
			for (; c + 2 * VWIDTH <= to; c += 2 * VWIDTH)
				put_pair(t, at + c, v_load(s + c), v_load(s + c + VWIDTH));
		for (; c + VWIDTH <= to; c += VWIDTH)
			put(t, at + c, v_load(s + c));
		if (c < to)
			put_part(t, at + c, to - c, v_load(s + c));
	}
}

INLINE void scale_as(const sc_se_plan *p, scaling t, size_t from, size_t to, int half, int stream,
	sc_se_epilogue epilogue)
{
	t.half = half;
	t.stream = stream;
	t.epilogue = epilogue;
	if (p->by_pixel)
		scale_pixels(&t, p->config.c, from, to);
	else
		scale_channels(&t, p->hw, from, to);
}

INLINE void scale_out(const sc_se_plan *p, const scaling *t, size_t from, size_t to, int half,
	sc_se_epilogue epilogue)
{
	if (t->stream)
		scale_as(p, *t, from, to, half, 1, epilogue);
	else
		scale_as(p, *t, from, to, half, 0, epilogue);
}

INLINE void scale_of(const sc_se_plan *p, const scaling *t, size_t from, size_t to, int half)
{
	switch (p->config.epilogue) {
	case SC_SE_SCALE:
		scale_out(p, t, from, to, half, SC_SE_SCALE);
		break;
	case SC_SE_SCALE_ADD:
		scale_out(p, t, from, to, half, SC_SE_SCALE_ADD);
		break;
	case SC_SE_SCALE_ADD_RELU:
		scale_out(p, t, from, to, half, SC_SE_SCALE_ADD_RELU);
		break;
	}
}

/* channels from … to of one sample */
static void scale(const sc_se_plan *p, const scaling *t, size_t from, size_t to)
{
	if (p->config.map == SC_SE_BF16)
		scale_of(p, t, from, to, 1);
	else
		scale_of(p, t, from, to, 0);
}

#endif
