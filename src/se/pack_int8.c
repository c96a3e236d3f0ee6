/* Weights of int8 in the order in which dense.h reads them: `group` of an output's together, for
 * that many terms are multiplied at once. What the zero of the terms adds to a sum, and the offset
 * of a row's terms, is taken off the bias. */
#include "se/plan.h"

#include <math.h>

/* a layer's weights w[outputs][terms], of which each output has its scale */
typedef struct layer {
	const float *w;
	size_t outputs, terms;
	double *scale;
} layer;

static int whole_weight(const layer *l, size_t output, size_t term)
{
	return sc_se_whole((double)l->w[output * l->terms + term] / l->scale[output], 0);
}

static void find_scales(const layer *l)
{
	for (size_t o = 0; o < l->outputs; o++) {
		double most = 0;
		for (size_t i = 0; i < l->terms; i++)
			most = fmax(most, fabs((double)l->w[o * l->terms + i]));
		l->scale[o] = most > 0 ? most / 127 : 1;
	}
}

static int8_t weight_or_none(const layer *l, size_t output, size_t term, size_t end)
{
	return (int8_t)(output < l->outputs && term < end ? whole_weight(l, output, term) : 0);
}

/* outputs from … to of the terms begin … end, as panels */
static int8_t *push_panels(int8_t *to, const sc_se_row *row, const layer *l, size_t from,
	size_t outputs, size_t begin, size_t end)
{
	size_t room = (outputs + row->width - 1) / row->width * row->width;
	for (size_t o = from; o < from + room;) {
		size_t width = from + room - o >= row->panel ? row->panel : row->width;
		for (size_t k = begin; k < end; k += row->group)
			for (size_t i = o; i < o + width; i++)
				for (size_t j = k; j < k + row->group; j++)
					*to++ = weight_or_none(l, i, j, end);
		o += width;
	}
	return to;
}

/* the bias in units of the sums, less what the terms' zero adds to them */
static void push_biases(
	int32_t *to, const layer *l, const float *bias, int times, double scale, int zero)
{
	for (size_t o = 0; o < l->outputs; o++) {
		const double most = 0x1p30;
		double b = bias ? rint(times * (double)bias[o] / (l->scale[o] * scale)) : 0;
		uint32_t sum = (uint32_t)(int32_t)fmax(-most, fmin(most, b));
		for (size_t i = 0; i < l->terms; i++)
			sum -= (uint32_t)(zero * whole_weight(l, o, i));
		to[o] = (int32_t)sum;
	}
}

/* what sums are multiplied by */
static void push_times(const layer *l, double from, double to)
{
	for (size_t o = 0; o < l->outputs; o++)
		l->scale[o] = from * l->scale[o] / to;
}

static void pack_first(const sc_se_plan *p, const layer *l, int8_t *to)
{
	for (size_t from = 0; from < l->terms; from += p->chunk) {
		size_t end = l->terms - from < p->chunk ? l->terms : from + p->chunk;
		to = push_panels(to, p->row, l, 0, l->outputs, from, end);
	}
}

static void pack_second(const sc_se_plan *p, const layer *l, int8_t *to)
{
	for (size_t from = 0; from < l->outputs; from += p->chunk) {
		size_t n = l->outputs - from < p->chunk ? l->outputs - from : p->chunk;
		to = push_panels(to, p->row, l, from, n, 0, l->terms);
	}
}

void sc_se_pack_int8(sc_se_plan *p, const sc_se_weights *weights, char *memory)
{
	size_t c = p->config.c, d = p->config.squeezed;
	size_t c_terms = (c + p->row->group - 1) / p->row->group * p->row->group;
	const sc_se_quant *q = &p->fixed.quant;
	int8_t *w1 = sc_se_cut(&memory, c_terms * p->d_room);
	int8_t *w2 = sc_se_cut(&memory, p->c_room * p->d_terms);
	int32_t *b1 = sc_se_cut(&memory, p->d_room * sizeof *b1);
	int32_t *b2 = sc_se_cut(&memory, p->c_room * sizeof *b2);
	const layer first = {weights->w1, d, c, sc_se_cut(&memory, p->d_room * sizeof(double))};
	const layer second = {weights->w2, c, d, sc_se_cut(&memory, p->c_room * sizeof(double))};
	find_scales(&first);
	find_scales(&second);
	pack_first(p, &first, w1);
	pack_second(p, &second, w2);
	push_biases(b1, &first, weights->b1, 1, (double)q->pooled.scale,
		q->pooled.zero + p->row->offset);
	push_biases(b2, &second, weights->b2, (int)p->pooled, (double)q->hidden.scale,
		q->hidden.zero + p->row->offset);
	push_times(&first, (double)q->pooled.scale, (double)q->inner.scale);
	push_times(&second, (double)q->hidden.scale, (double)q->outer.scale);
	p->w1 = w1;
	p->w2 = w2;
	p->b1 = (float *)(void *)b1;
	p->b2 = (float *)(void *)b2;
	p->fixed.times1 = first.scale;
	p->fixed.times2 = second.scale;
	p->space = (float *)(void *)memory;
}
