/* Layers without arithmetic. Flatten and dropout do nothing at inference; the others move data. */
#include "cost/op.h"

static void copy_terms(const sc_layer *l, sc_terms *t)
{
	sc_term_read(l, t);
	sc_term_write(l, t);
}

static void no_terms(const sc_layer *l, sc_terms *t)
{
	(void)l, (void)t;
}

static sc_status input_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)in, (void)n, (void)err;
	*out = l->out;
	return SC_OK;
}

/* a map that a stage is given is no image */
static void image_terms(const sc_layer *l, sc_terms *t)
{
	if (l->role == SC_ROLE_STEM)
		TERM(t, image, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
}

const sc_op sc_op_input = {
	.name = "input",
	.meaning = "a feature map that is given",
	.cls = SC_CLASS_move,
	.shape = input_shape,
	.terms = image_terms,
};

static sc_status shuffle_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (in->c % l->groups)
		return sc_fail(
			err, SC_EINVAL, "%u groups must divide the %u channels", l->groups, in->c);
	*out = *in;
	return SC_OK;
}

const sc_op sc_op_shuffle = {
	.name = "shuffle",
	.meaning = "channels dealt out across groups",
	.fields = "groups! name",
	.cls = SC_CLASS_move,
	.shape = shuffle_shape,
	.terms = copy_terms,
};

static sc_status pad_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (l->out.c < in->c)
		return sc_fail(
			err, SC_EINVAL, "zeros can't shrink %u channels to %u", in->c, l->out.c);
	out->c = l->out.c;
	return sc_shape_window(l, *in, out, err);
}

const sc_op sc_op_pad_channels = {
	.name = "pad_channels",
	.meaning = "every stride-th position, with channels of zeros added",
	.fields = "channels! stride name",
	.cls = SC_CLASS_move,
	.shape = pad_shape,
	.terms = copy_terms,
};

static sc_status flatten_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l, (void)n;
	uint64_t c = (uint64_t)in->c * in->h;
	if (c > SC_DIM_MAX || c * in->w > SC_DIM_MAX)
		return sc_fail(err, SC_ERANGE, "a vector of more than %d elements", SC_DIM_MAX);
	*out = (sc_shape){(uint32_t)(c * in->w), 1, 1};
	return SC_OK;
}

const sc_op sc_op_flatten = {
	.name = "flatten",
	.meaning = "the map as one vector",
	.fields = "name",
	.cls = SC_CLASS_move,
	.place = SC_PLACE_view,
	.shape = flatten_shape,
	.terms = no_terms,
};

const sc_op sc_op_dropout = {
	.name = "dropout",
	.meaning = "nothing at inference",
	.fields = "rate name",
	.cls = SC_CLASS_move,
	.place = SC_PLACE_view,
	.shape = sc_shape_same,
	.terms = no_terms,
};
