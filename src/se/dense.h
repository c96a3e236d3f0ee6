/** \file
 * The dense layers, as a small matrix product: rows are samples, columns are outputs.
 *
 * Weights lie in panels of up to VPANEL vectors of outputs, each panel k by k, so that they are
 * read once from front to back. A tile of up to VROWS samples keeps its sums in registers while a
 * panel passes. An output's sum runs over k in order, whatever the tile it is in: samples may be
 * grouped at will. A single sample has too few sums to hide the latency of an FMA, so a plan for
 * one sample deals k out to `ways` sums and adds those at the end.
 *
 * Of int8 a value is GROUP terms, a vector holds whole numbers, and k counts groups. */
#ifndef SC_SE_DENSE_H
#define SC_SE_DENSE_H

#include "se/numbers.h"

/* a[rows][k] times a panel w[k][vectors · VWIDTH] is out[rows][vectors · VWIDTH] */
typedef struct dense_tile {
	size_t k;
	const float *a;
	size_t a_stride;
	const void *w;
	float *out;
	size_t out_stride;
	int resume;	/* add to what is in `out` */
	size_t to_next; /* bytes from a weight to the one to fetch into the cache meanwhile */
} dense_tile;

/* a + x · w */
INLINE vf plus_product(vf a, vf x, vf w, sc_se_dtype type)
{
	return type == SC_SE_INT8 ? q_dot(a, x, w) : v_fma(x, w, a);
}

INLINE vf plus(vf a, vf b, sc_se_dtype type)
{
	return type == SC_SE_INT8 ? q_add(a, b) : v_add(a, b);
}

/* bytes of what a value is multiplied by, for one output */
INLINE size_t weight_size(sc_se_dtype type)
{
	return type == SC_SE_INT8 ? (size_t)GROUP : sc_se_size_of(type);
}

INLINE float *out_at(const dense_tile *t, int row, int vector)
{
	return t->out + (size_t)row * t->out_stride + vector * VWIDTH;
}

INLINE void tile(const dense_tile *t, int rows, int vectors, sc_se_dtype type)
{
	vf sum[VROWS][VPANEL];
	const float *a = t->a;
	for (int i = 0; i < rows; i++)
		for (int v = 0; v < vectors; v++)
			sum[i][v] = t->resume ? v_load(out_at(t, i, v)) : v_set(0);
	for (size_t k = 0; k < t->k; k++) {
		vf w[VPANEL];
		size_t at = k * (size_t)vectors * VWIDTH;
		__builtin_prefetch((const char *)t->w + at * weight_size(type) + t->to_next, 0, 2);
		for (int v = 0; v < vectors; v++)
			w[v] = load_numbers(t->w, at + (size_t)v * VWIDTH, type);
		for (int i = 0; i < rows; i++) {
			vf x = v_set(a[(size_t)i * t->a_stride + k]);
			for (int v = 0; v < vectors; v++)
				sum[i][v] = plus_product(sum[i][v], x, w[v], type);
		}
	}
	for (int i = 0; i < rows; i++)
		for (int v = 0; v < vectors; v++)
			v_store(out_at(t, i, v), sum[i][v]);
}

enum { WAYS = 8 };

INLINE void tile_alone(const dense_tile *t, int ways, int vectors, sc_se_dtype type)
{
	vf sum[WAYS][VPANEL];
	for (int i = 0; i < ways; i++)
		for (int v = 0; v < vectors; v++)
			sum[i][v] = v_set(0);
	size_t k = 0, step = (size_t)ways, width = (size_t)vectors * VWIDTH;
	for (; k + step <= t->k; k += step)
		for (int i = 0; i < ways; i++)
			for (int v = 0; v < vectors; v++)
				sum[i][v] = plus_product(sum[i][v], v_set(t->a[k + (size_t)i]),
					load_numbers(t->w,
						(k + (size_t)i) * width + (size_t)v * VWIDTH, type),
					type);
	for (; k < t->k; k++)
		for (int v = 0; v < vectors; v++)
			sum[0][v] = plus_product(sum[0][v], v_set(t->a[k]),
				load_numbers(t->w, k * width + (size_t)v * VWIDTH, type), type);
	for (int gap = ways / 2; gap; gap /= 2)
		for (int i = 0; i < gap; i++)
			for (int v = 0; v < vectors; v++)
				sum[i][v] = plus(sum[i][v], sum[i + gap][v], type);
	for (int v = 0; v < vectors; v++)
		v_store(t->out + v * VWIDTH, sum[0][v]);
}

/* The counts are constants in each case, so that the sums live in registers. */
INLINE void tile_of(const dense_tile *t, size_t rows, int vectors, sc_se_dtype type)
{
	switch (rows) {
	case 1:
		tile(t, 1, vectors, type);
		break;
	case 2:
		tile(t, 2, vectors, type);
		break;
	case 3:
		tile(t, 3, vectors, type);
		break;
	case 4:
		tile(t, 4, vectors, type);
		break;
	case 5:
		tile(t, 5, vectors, type);
		break;
	default:
		tile(t, VROWS, vectors, type);
	}
}

/* `rows` in tiles as equal as they can be */
INLINE void tiles(dense_tile t, size_t rows, int vectors, sc_se_dtype type)
{
	size_t count = (rows + VROWS - 1) / VROWS;
	for (size_t i = 0; i < count; i++) {
		size_t n = rows * (i + 1) / count - rows * i / count;
		tile_of(&t, n, vectors, type);
		t.a += n * t.a_stride;
		t.out += n * t.out_stride;
	}
}

enum { BLOCK = 256 };

/* A panel that several tiles read is cut so that a part of it stays in the first cache; the sums go
 * on in the same order. */
INLINE void panel(dense_tile t, size_t rows, int vectors, sc_se_dtype type)
{
	size_t k_all = t.k, width = (size_t)vectors * VWIDTH * weight_size(type);
	size_t block = rows > VROWS ? BLOCK : k_all;
	t.to_next = block * width;
	for (size_t k = 0; k < k_all; k += block) {
		t.k = k_all - k < block ? k_all - k : block;
		t.resume = k > 0;
		tiles(t, rows, vectors, type);
		t.a += t.k;
		t.w = (const char *)t.w + t.k * width;
	}
}

static void panel_of_many(const dense_tile *t, size_t rows, sc_se_dtype type)
{
	AS_TYPE(type, panel, *t, rows, VPANEL);
}

static void panel_of_one(const dense_tile *t, size_t rows, sc_se_dtype type)
{
	AS_TYPE(type, panel, *t, rows, 1);
}

static void panel_alone(const dense_tile *t, int vectors, sc_se_dtype type)
{
	if (vectors == 1)
		AS_TYPE(type, tile_alone, t, WAYS, 1);
	else
		AS_TYPE(type, tile_alone, t, WAYS / VPANEL, VPANEL);
}

/* `outputs` columns (a multiple of VWIDTH): whole panels, then what is left a vector at a time.
 * `t` is the first panel's tile; `alone` says that the plan is for one row. */
static void dense(dense_tile t, size_t rows, size_t outputs, sc_se_dtype type, int alone)
{
	while (outputs) {
		int vectors = outputs >= VPANEL * VWIDTH ? VPANEL : 1;
		size_t width = (size_t)vectors * VWIDTH, bytes = t.k * width * weight_size(type);
		if (alone)
			panel_alone(&t, vectors, type);
		else if (vectors == VPANEL)
			panel_of_many(&t, rows, type);
		else
			panel_of_one(&t, rows, type);
		t.w = (const char *)t.w + bytes;
		t.out += width;
		outputs -= width;
	}
}

#endif
