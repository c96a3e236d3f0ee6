#include "cost/op.h"

#include <string.h>

static const sc_op *const table[] = {
#define OP(name) &sc_op_##name,
#include "secost/ops.def"
#undef OP
};

const sc_op *sc_op_at(size_t i)
{
	return i < sizeof table / sizeof *table ? table[i] : NULL;
}

const sc_op *sc_op_named(const char *name)
{
	for (size_t i = 0; sc_op_at(i); i++)
		if (!strcmp(table[i]->name, name))
			return table[i];
	return NULL;
}

void sc_term_add(sc_terms *t, sc_count_kind kind, const sc_factor *factor, unsigned n)
{
	sc_term *term = &t->item[t->count++];
	term->kind = kind;
	term->count = n;
	memcpy(term->factor, factor, n * sizeof *factor);
}

void sc_term_read(const sc_layer *l, sc_terms *t)
{
	TERM(t, reads, {"C_in", l->in.c}, {"H_in", l->in.h}, {"W_in", l->in.w});
}

void sc_term_write(const sc_layer *l, sc_terms *t)
{
	TERM(t, writes, {"C_out", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
}

sc_status sc_shape_same(const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l, (void)n, (void)err;
	*out = *in;
	return SC_OK;
}

/* One side. In ceil mode the last window must still start on the map or its leading padding. */
static uint32_t windows(
	uint32_t side, uint32_t kernel, uint32_t stride, uint32_t padding, bool ceil)
{
	uint64_t padded = (uint64_t)side + 2 * (uint64_t)padding;
	if (padded < kernel)
		return 0;
	uint64_t span = padded - kernel;
	uint64_t n = span / stride + 1 + (ceil && span % stride);
	if (ceil && (n - 1) * stride >= (uint64_t)side + padding)
		n--;
	return n > SC_DIM_MAX ? 0 : (uint32_t)n;
}

sc_status sc_shape_window(const sc_layer *l, sc_shape in, sc_shape *out, sc_err *err)
{
	uint32_t d = l->dilation ? l->dilation : 1;
	const uint32_t span[] = {d * (l->kernel[0] - 1) + 1, d * (l->kernel[1] - 1) + 1};
	out->h = windows(in.h, span[0], l->stride[0], l->padding[0], l->ceil);
	out->w = windows(in.w, span[1], l->stride[1], l->padding[1], l->ceil);
	if (!out->h || !out->w)
		return sc_fail(err, SC_EINVAL,
			"a %u×%u window with padding %u×%u does not fit the %u×%u map", span[0],
			span[1], l->padding[0], l->padding[1], in.h, in.w);
	return SC_OK;
}
