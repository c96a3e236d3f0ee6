/* Weights in the order in which dense.h reads them, rounded to the type the plan keeps. */
#include "se/plan.h"

/* where the next number goes */
typedef struct packer {
	sc_se_dtype type;
	float *f;
	uint16_t *h;
} packer;

static void push(packer *to, float value)
{
	switch (to->type) {
	case SC_SE_F32:
		*to->f++ = value;
		break;
	case SC_SE_BF16:
		*to->h++ = sc_bf16_of(value);
		break;
	case SC_SE_F16:
		*to->h++ = sc_f16_of(value);
		break;
	case SC_SE_INT8: /* pack_int8.c */
		break;
	}
}

/* outputs × k numbers, w[o · stride + k], as panels; outputs beyond the last are 0 */
static void push_panels(packer *to, const sc_se_row *row, const float *w, size_t stride,
	size_t outputs, size_t k_all)
{
	size_t room = (outputs + row->width - 1) / row->width * row->width;
	for (size_t o = 0; o < room;) {
		size_t width = room - o >= row->panel ? row->panel : row->width;
		for (size_t k = 0; k < k_all; k++)
			for (size_t i = o; i < o + width; i++)
				push(to, i < outputs ? w[i * stride + k] : 0);
		o += width;
	}
}

void *sc_se_cut(char **memory, size_t bytes)
{
	char *part = *memory;
	*memory += (bytes + SC_SE_ALIGN - 1) / SC_SE_ALIGN * SC_SE_ALIGN;
	return part;
}

static void copy_bias(float *to, const float *bias, size_t n, float times)
{
	for (size_t i = 0; bias && i < n; i++)
		to[i] = times * bias[i];
}

static packer packer_at(const sc_se_plan *p, void *memory)
{
	return (packer){.type = p->config.weights, .f = memory, .h = memory};
}

static void pack_first(const sc_se_plan *p, const float *w1, void *memory)
{
	packer to = packer_at(p, memory);
	size_t c = p->config.c;
	for (size_t from = 0; from < c; from += p->chunk) {
		size_t k = c - from < p->chunk ? c - from : p->chunk;
		push_panels(&to, p->row, w1 + from, c, p->config.squeezed, k);
	}
}

static void pack_second(const sc_se_plan *p, const float *w2, void *memory)
{
	packer to = packer_at(p, memory);
	size_t c = p->config.c, d = p->config.squeezed;
	for (size_t from = 0; from < c; from += p->chunk) {
		size_t outputs = c - from < p->chunk ? c - from : p->chunk;
		push_panels(&to, p->row, w2 + from * d, d, outputs, d);
	}
}

void sc_se_pack(sc_se_plan *p, const sc_se_weights *weights, char *memory)
{
	size_t c = p->config.c, d = p->config.squeezed;
	if (p->config.weights == SC_SE_INT8) {
		sc_se_pack_int8(p, weights, memory);
		return;
	}
	size_t number = sc_se_size_of(p->config.weights);
	void *w1 = sc_se_cut(&memory, c * p->d_room * number);
	void *w2 = sc_se_cut(&memory, p->c_room * d * number);
	float *b1 = sc_se_cut(&memory, p->d_room * sizeof(float));
	float *b2 = sc_se_cut(&memory, p->c_room * sizeof(float));
	pack_first(p, weights->w1, w1);
	pack_second(p, weights->w2, w2);
	copy_bias(b1, weights->b1, d, 1);
	copy_bias(b2, weights->b2, c, (float)p->pooled);
	p->w1 = w1;
	p->w2 = w2;
	p->b1 = b1;
	p->b2 = b2;
	p->space = (float *)(void *)memory;
}
