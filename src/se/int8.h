/** \file
 * The steps of maps of int8, as secost/se.h defines them. Sums of the squeeze and of the layers are
 * whole numbers of 32 bits in the workspace's floats; what a layer multiplies (terms) and the gates
 * take less room and lie in the same place. Whole numbers can be added in any order. */
#ifndef SC_SE_INT8_H
#define SC_SE_INT8_H

#include "se/scale.h"

/* what the workspace holds, whose declared type is float */
typedef int32_t __attribute__((may_alias)) whole;
typedef int16_t __attribute__((may_alias)) gate16;
typedef vterm __attribute__((may_alias)) term;

/* --- squeeze --- */

/* n numbers' sum and largest */
INLINE void pool_channel_int8(const int8_t *x, size_t n, sc_se_pool pool, whole *sum, whole *most)
{
	vsum all[2] = {b_no_sum(), b_no_sum()};
	vb top[2] = {b_set(-128), b_set(-128)};
	size_t i = 0;
	for (; i + 2 * VBYTES <= n; i += 2 * VBYTES)
#pragma GCC unroll 2
		for (size_t k = 0; k < 2; k++) {
			vb v = b_load(x + i + k * VBYTES);
			all[k] = b_sum(all[k], v);
			top[k] = b_max(top[k], v);
		}
	for (; i < n; i += VBYTES) {
		vb v = n - i >= VBYTES ? b_load(x + i)
		       : n >= VBYTES   ? b_last(n - i, b_load(x + n - VBYTES))
				       : b_load_part(x + i, n - i);
		all[0] = b_sum(all[0], v);
		top[0] = b_max(top[0], v);
	}
	if (pool != SC_SE_MAX)
		*sum = (int32_t)(b_total(all[0]) + b_total(all[1]) - 128 * (uint32_t)n);
	if (pool != SC_SE_AVG)
		*most = b_top(b_max(top[0], top[1]));
}

INLINE void pool_channels_int8(const sc_se_plan *p, const portion *o, sc_se_pool pool)
{
	const int8_t *x = o->x;
	whole *sum = (whole *)o->z, *most = (whole *)o->most;
	for (size_t c = o->from; c < o->to; c++)
		pool_channel_int8(
			x + c * p->hw + o->begin, o->end - o->begin, pool, sum + c, most + c);
}

/* HWIDTH channels' n ≤ PIXELS pixels, `gap` numbers from one to the next */
INLINE void pool_some_int8(
	const int8_t *x, size_t gap, int n, sc_se_pool pool, whole *sum, whole *most)
{
	vh all = h_load(x), top = all;
	for (int i = 1; i < n; i++) {
		vh v = h_load(x + (size_t)i * gap);
		all = h_add(all, v);
		top = h_max(top, v);
	}
	if (pool != SC_SE_MAX)
		h_add_to((int32_t *)sum, all);
	if (pool != SC_SE_AVG)
		h_max_to((int32_t *)most, top);
}

/* the same of one channel */
INLINE void pool_lone_int8(
	const int8_t *x, size_t gap, int n, sc_se_pool pool, whole *sum, whole *most)
{
	for (int i = 0; i < n; i++) {
		int v = x[(size_t)i * gap];
		if (pool != SC_SE_MAX)
			*sum += v;
		if (pool != SC_SE_AVG)
			*most = v > *most ? v : *most;
	}
}

INLINE void pool_pixels_int8(
	const sc_se_plan *p, const portion *o, size_t pixel, size_t gap, int n, sc_se_pool pool)
{
	const int8_t *x = (const int8_t *)o->x + pixel * p->config.c;
	whole *sum = (whole *)o->z, *most = (whole *)o->most;
	size_t c = o->from;
	gap *= p->config.c;
	for (; c + HWIDTH <= o->to; c += HWIDTH)
		pool_some_int8(x + c, gap, n, pool, sum + c, most + c);
	for (; c < o->to; c++)
		pool_lone_int8(x + c, gap, n, pool, sum + c, most + c);
}

INLINE void begin_pools(const portion *o, sc_se_pool pool)
{
	for (size_t c = o->from; c < o->to && pool != SC_SE_MAX; c++)
		((whole *)o->z)[c] = 0;
	for (size_t c = o->from; c < o->to && pool != SC_SE_AVG; c++)
		((whole *)o->most)[c] = -128;
}

INLINE void pool_rows_int8(const sc_se_plan *p, const portion *o, sc_se_pool pool)
{
	size_t gap = (o->end - o->begin) / PIXELS;
	begin_pools(o, pool);
	for (size_t i = o->begin; i < o->begin + gap; i++)
		pool_pixels_int8(p, o, i, gap, PIXELS, pool);
	for (size_t i = o->begin + gap * PIXELS; i < o->end; i++)
		pool_pixels_int8(p, o, i, 0, 1, pool);
}

INLINE void squeeze_int8_of(const sc_se_plan *p, const portion *o, sc_se_pool pool)
{
	if (p->by_pixel)
		pool_rows_int8(p, o, pool);
	else
		pool_channels_int8(p, o, pool);
}

/* o.z: pooled × c_room sums and maxima */
static void squeeze_int8(const sc_se_plan *p, portion o)
{
	o.most = p->config.pool == SC_SE_MAX ? o.z : o.z + p->c_room;
	switch (p->config.pool) {
	case SC_SE_AVG:
		squeeze_int8_of(p, &o, SC_SE_AVG);
		break;
	case SC_SE_MAX:
		squeeze_int8_of(p, &o, SC_SE_MAX);
		break;
	case SC_SE_AVG_MAX:
		squeeze_int8_of(p, &o, SC_SE_AVG_MAX);
		break;
	}
}

/* the pieces of n channels' sums or maxima, `apart` numbers from each other */
static void join_pieces_int8(
	float *z, const float *piece, size_t pieces, size_t apart, size_t n, int is_max)
{
	const whole *from = (const whole *)piece;
	whole *to = (whole *)z;
	for (size_t c = 0; c < n; c++) {
		int32_t all = from[c];
		for (size_t i = 1; i < pieces; i++) {
			int32_t v = from[i * apart + c];
			all = !is_max ? all + v : v > all ? v : all;
		}
		to[c] = all;
	}
}

/* --- the layers --- */

enum { AT_A_TIME = 32 };

/* Turn n channels' sums or maxima into the terms of the first layer, where they are. */
static void make_terms(const sc_se_plan *p, float *z, size_t n, int is_max)
{
	const sc_se_fixed *f = &p->fixed;
	const double times = is_max ? f->most : f->mean;
	const int zero = f->quant.pooled.zero;
	const int32_t less = f->quant.x.zero * (is_max ? 1 : (int32_t)p->hw);
	const whole *from = (const whole *)z;
	term *to = (term *)z;
	for (size_t c = 0; c < n; c += AT_A_TIME) {
		size_t m = n - c < AT_A_TIME ? n - c : AT_A_TIME;
		int q[AT_A_TIME];
		for (size_t i = 0; i < m; i++)
			q[i] = sc_se_whole((double)(from[c + i] - less) * times, zero);
		for (size_t i = 0; i < m; i++)
			to[c + i] = (term)(q[i] + OFFSET);
	}
	for (; n % GROUP; n++)
		to[n] = 0;
}

/* the hidden values j … j + VWIDTH - 1 that follow from their sums */
INLINE void hidden_of_sums(const sc_se_plan *p, vf sums, size_t j, int *h)
{
	const sc_se_fixed *f = &p->fixed;
	float sum[VWIDTH];
	v_store(sum, q_add(sums, v_load(p->b1 + j)));
	for (int i = 0; i < VWIDTH; i++)
		h[i] = sc_se_whole((double)((const whole *)sum)[i] * f->times1[j + (size_t)i],
			f->quant.inner.zero);
	for (int i = 0; i < VWIDTH; i++)
		h[i] = f->act[h[i] + 128];
}

static int hidden_of_two(const sc_se_plan *p, int a, int b)
{
	int sum = a + b - p->fixed.quant.hidden.zero;
	return sum < -128 ? -128 : sum > 127 ? 127 : sum;
}

static void put_terms(float *hidden, size_t j, const int *h)
{
	for (size_t i = 0; i < VWIDTH; i++)
		((term *)hidden)[j + i] = (term)(h[i] + OFFSET);
}

/* a sample's gates, where its sums end */
static gate16 *gates_at_end(const sc_se_plan *p, float *s)
{
	return (gate16 *)(s + p->c_room);
}

/* Turn channel sums into gates. Pixel by pixel, the first ones are repeated behind the last. */
static void gates_int8(const sc_se_plan *p, float *s, size_t from, size_t to)
{
	const sc_se_fixed *f = &p->fixed;
	const whole *sum = (const whole *)s, *bias = (const whole *)p->b2;
	gate16 *gate = gates_at_end(p, s);
	const size_t c_all = p->config.c;
	for (size_t c = from; c < to; c += AT_A_TIME) {
		size_t m = to - c < AT_A_TIME ? to - c : AT_A_TIME;
		int q[AT_A_TIME];
		for (size_t i = 0; i < m; i++) {
			uint32_t u = (uint32_t)sum[c + i] + (uint32_t)bias[c + i];
			q[i] = sc_se_whole(
				(double)(int32_t)u * f->times2[c + i], f->quant.outer.zero);
		}
		for (size_t i = 0; i < m; i++)
			gate[c + i] = f->gate[q[i] + 128];
	}
	for (size_t c = from; c < to && c < VBYTES; c++)
		for (size_t at = c_all + c; at < c_all + VBYTES; at += c_all)
			gate[at] = gate[c];
}

/* --- scale --- */

/* what all numbers of a map are worked with */
typedef struct tint {
	vh x_zero, shortcut_zero, y_zero, times;
	vb least;
	int up, bits;
} tint;

static tint tint_of(const sc_se_plan *p)
{
	const sc_se_fixed *f = &p->fixed;
	int up = p->config.epilogue == SC_SE_SCALE ? 15 - f->bits : 0;
	return (tint){.x_zero = h_set(f->quant.x.zero * (1 << up)),
		.shortcut_zero = h_set(f->quant.shortcut.zero),
		.y_zero = h_set(f->quant.y.zero),
		.times = h_set(f->shortcut),
		.least = b_set(f->quant.y.zero),
		.up = up,
		.bits = f->bits};
}

INLINE vb scaled_int8(const tint *f, vb x, vb add, vh g_low, vh g_high, sc_se_epilogue epilogue)
{
	vh low, high, add_low, add_high;
	b_widen(x, f->up, &low, &high);
	low = h_sub(low, f->x_zero);
	high = h_sub(high, f->x_zero);
	if (epilogue == SC_SE_SCALE) {
		low = h_times(low, g_low);
		high = h_times(high, g_high);
	} else {
		b_widen(add, 0, &add_low, &add_high);
		add_low = h_sub(add_low, f->shortcut_zero);
		add_high = h_sub(add_high, f->shortcut_zero);
		low = h_mix(low, g_low, add_low, f->times, f->bits);
		high = h_mix(high, g_high, add_high, f->times, f->bits);
	}
	vb y = b_narrow(h_add(low, f->y_zero), h_add(high, f->y_zero));
	return epilogue == SC_SE_SCALE_ADD_RELU ? b_max(y, f->least) : y;
}

/* where gates come from: one channel's, or place `at` of all, one after the other */
typedef struct gate_source {
	const gate16 *gate;
	size_t at, c;
	int is_one;
	vh one;
} gate_source;

INLINE void gates_from(const gate_source *s, size_t at, vh *low, vh *high)
{
	if (s->is_one)
		*low = *high = s->one;
	else
		h_load_two((const int16_t *)(s->gate + at), low, high);
}

INLINE void put_int8(const scaling *t, const tint *f, vb x, vb add, const gate_source *s, size_t at,
	size_t i, sc_se_store store)
{
	vh low, high;
	gates_from(s, at, &low, &high);
	vb y = scaled_int8(f, x, add, low, high, t->epilogue);
	if (store == STORE_PAST)
		b_stream((int8_t *)t->y + i, y);
	else
		b_store((int8_t *)t->y + i, y);
}

INLINE vb added_at(const scaling *t, size_t i, vb otherwise)
{
	return t->epilogue == SC_SE_SCALE ? otherwise : b_load((const int8_t *)t->shortcut + i);
}

/* n < VBYTES numbers */
INLINE void put_part_int8(const scaling *t, const tint *f, const gate_source *s, size_t i, size_t n)
{
	vh low, high;
	vb x = b_load_part((const int8_t *)t->x + i, n), add = x;
	if (t->epilogue != SC_SE_SCALE)
		add = b_load_part((const int8_t *)t->shortcut + i, n);
	gates_from(s, s->at, &low, &high);
	b_store_part((int8_t *)t->y + i, scaled_int8(f, x, add, low, high, t->epilogue), n);
}

/* Numbers i … i + n - 1. The last vector may share some with the one before: it is read before that
 * is written, which in place would change it. What goes past the caches begins with one that may
 * share some with the next. */
INLINE void put_run(const scaling *t, const tint *f, gate_source s, size_t i, size_t n)
{
	const int8_t *x = t->x;
	const size_t end = i + n, last = end - VBYTES, step = s.is_one ? 0 : VBYTES % s.c;
	if (n < VBYTES) {
		put_part_int8(t, f, &s, i, n);
		return;
	}
	const vb last_x = b_load(x + last), last_add = added_at(t, last, last_x);
	const size_t last_at = s.is_one ? 0 : (s.at + n - VBYTES) % s.c;
	if (t->store == STORE_PAST) {
		vb v = b_load(x + i);
		put_int8(t, f, v, added_at(t, i, v), &s, s.at, i, STORE_NEAR);
		size_t head = (VBYTES - (size_t)((char *)t->y + i) % VBYTES) % VBYTES;
		i += head;
		s.at = s.is_one ? 0 : (s.at + head) % s.c;
	}
	for (; i + VBYTES <= end; i += VBYTES) {
		vb v = b_load(x + i);
		put_int8(t, f, v, added_at(t, i, v), &s, s.at, i, t->store);
		s.at += step;
		if (!s.is_one && s.at >= s.c)
			s.at -= s.c;
	}
	if (i < end)
		put_int8(t, f, last_x, last_add, &s, last_at, last, STORE_NEAR);
}

/* numbers from … to, channel by channel */
INLINE void scale_channels_int8(const scaling *t, const tint *f, const gate16 *gate, size_t hw)
{
	for (size_t i = t->from, c = i / hw; i < t->to; c++) {
		size_t end = (c + 1) * hw < t->to ? (c + 1) * hw : t->to;
		put_run(t, f, (gate_source){.is_one = 1, .one = h_set(gate[c])}, i, end - i);
		i = end;
	}
}

INLINE void scale_int8_as(
	const sc_se_plan *p, scaling t, sc_se_store store, sc_se_epilogue epilogue)
{
	const tint f = tint_of(p);
	const gate16 *gate = (const gate16 *)(t.s + p->c_room);
	size_t c = p->config.c;
	t.store = store;
	t.epilogue = epilogue;
	if (!p->by_pixel)
		scale_channels_int8(&t, &f, gate, p->hw);
	else if (t.from < t.to)
		put_run(&t, &f, (gate_source){.gate = gate, .c = c}, t.from * c,
			(t.to - t.from) * c);
}

INLINE void scale_int8_of(const sc_se_plan *p, const scaling *t, sc_se_epilogue epilogue)
{
	if (t->store == STORE_PAST && t->shortcut != t->y)
		scale_int8_as(p, *t, STORE_PAST, epilogue);
	else
		scale_int8_as(p, *t, STORE_NEAR, epilogue);
}

/* t->from … t->to of one sample */
static void scale_int8(const sc_se_plan *p, const scaling *t)
{
	switch (p->config.epilogue) {
	case SC_SE_SCALE:
		scale_int8_of(p, t, SC_SE_SCALE);
		break;
	case SC_SE_SCALE_ADD:
		scale_int8_of(p, t, SC_SE_SCALE_ADD);
		break;
	case SC_SE_SCALE_ADD_RELU:
		scale_int8_of(p, t, SC_SE_SCALE_ADD_RELU);
		break;
	}
}

#endif
