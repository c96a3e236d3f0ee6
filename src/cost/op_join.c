/* Layers with several inputs, and the gate that multiplies a map. */
#include "cost/op.h"

static sc_status add_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l;
	for (size_t i = 1; i < n; i++)
		if (in[i].c != in->c || in[i].h != in->h || in[i].w != in->w)
			return sc_fail(err, SC_EINVAL, "can't add a %u×%u×%u map to a %u×%u×%u one",
				in[i].c, in[i].h, in[i].w, in->c, in->h, in->w);
	*out = *in;
	return SC_OK;
}

static void add_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor c = {"C", l->out.c}, h = {"H", l->out.h}, w = {"W", l->out.w};
	TERM(t, adds, {"(inputs−1)", l->input_count - 1u}, c, h, w);
	TERM(t, reads, {"inputs", l->input_count}, c, h, w);
	sc_term_write(l, t);
}

const sc_op sc_op_add = {
	.name = "add",
	.meaning = "element-wise sum",
	.fields = "branches! activation name",
	.named = "activation name",
	.inputs_min = 2,
	.cls = SC_CLASS_add,
	.place = SC_PLACE_in_place,
	.shape = add_shape,
	.terms = add_terms,
};

static sc_status concat_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l;
	uint64_t c = 0;
	for (size_t i = 0; i < n; i++) {
		if (in[i].h != in->h || in[i].w != in->w)
			return sc_fail(err, SC_EINVAL,
				"can't concatenate a %u×%u map with a %u×%u one", in[i].h, in[i].w,
				in->h, in->w);
		c += in[i].c;
	}
	if (c > SC_DIM_MAX)
		return sc_fail(err, SC_ERANGE, "more than %d channels", SC_DIM_MAX);
	*out = (sc_shape){(uint32_t)c, in->h, in->w};
	return SC_OK;
}

static void copy_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, reads, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	sc_term_write(l, t);
}

const sc_op sc_op_concat = {
	.name = "concat",
	.meaning = "channels of several maps, one after the other",
	.fields = "branches! name",
	.named = "name",
	.inputs_min = 2,
	.cls = SC_CLASS_move,
	.shape = concat_shape,
	.terms = copy_terms,
};

static void multiply_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, muls, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_multiply = {
	.name = "multiply",
	.meaning = "product with a constant, as a scaled residual has it",
	.fields = "name",
	.cls = SC_CLASS_scale,
	.place = SC_PLACE_in_place,
	.shape = sc_shape_same,
	.terms = multiply_terms,
};

static sc_status scale_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l;
	if (n != 2 || in[1].c != in->c || in[1].h != 1 || in[1].w != 1)
		return sc_fail(err, SC_EINVAL, "a gate needs one value for each of the %u channels",
			in->c);
	*out = *in;
	return SC_OK;
}

static void scale_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, muls, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	sc_term_read(l, t);
	TERM(t, reads, {"C", l->out.c});
	sc_term_write(l, t);
}

const sc_op sc_op_scale = {
	.name = "scale",
	.meaning = "product of each channel with its gate",
	.named = "name",
	.inputs_min = 2,
	.inputs_max = 2,
	.cls = SC_CLASS_scale,
	.keep = SC_KEEP_inputs,
	.place = SC_PLACE_in_place,
	.shape = scale_shape,
	.terms = scale_terms,
};
