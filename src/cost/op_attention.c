/* What SE's relatives need beside the ops of networks: convolutions and pools over channels, gates
 * for pixels and for single elements, softmax over branches. */
#include "cost/op.h"

static void elements(sc_terms *t, sc_count_kind kind, sc_shape s)
{
	const sc_factor factor[] = {{"C", s.c}, {"H", s.h}, {"W", s.w}};
	sc_term_add(t, kind, factor, 3);
}

static sc_status pixels_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l;
	if (n != 2 || in[1].c != 1 || in[1].h != in->h || in[1].w != in->w)
		return sc_fail(err, SC_EINVAL, "a gate needs one value for each of %u×%u pixels",
			in->h, in->w);
	*out = *in;
	return SC_OK;
}

static void pixels_terms(const sc_layer *l, sc_terms *t)
{
	elements(t, SC_COUNT_muls, l->out);
	sc_term_read(l, t);
	TERM(t, reads, {"H", l->out.h}, {"W", l->out.w});
	sc_term_write(l, t);
}

const sc_op sc_op_scale_pixels = {
	.name = "scale_pixels",
	.meaning = "product of each pixel with its gate",
	.cls = SC_CLASS_scale,
	.keep = SC_KEEP_inputs,
	.place = SC_PLACE_in_place,
	.shape = pixels_shape,
	.terms = pixels_terms,
};

static sc_status alike_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	for (size_t i = 1; i < n; i++)
		if (in[i].c != in->c || in[i].h != in->h || in[i].w != in->w)
			return sc_fail(err, SC_EINVAL,
				"a %u×%u×%u map and a %u×%u×%u one do not go together in '%s'",
				in->c, in->h, in->w, in[i].c, in[i].h, in[i].w, l->op->name);
	*out = *in;
	return SC_OK;
}

static void gate_map_terms(const sc_layer *l, sc_terms *t)
{
	elements(t, SC_COUNT_muls, l->out);
	sc_term_read(l, t);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_gate_map = {
	.name = "gate_map",
	.meaning = "product of each element with its gate",
	.cls = SC_CLASS_scale,
	.keep = SC_KEEP_inputs,
	.place = SC_PLACE_in_place,
	.shape = alike_shape,
	.terms = gate_map_terms,
};

static void maximum_terms(const sc_layer *l, sc_terms *t)
{
	elements(t, SC_COUNT_compares, l->out);
	sc_term_read(l, t);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_maximum = {
	.name = "maximum",
	.meaning = "the larger of two maps, element by element",
	.cls = SC_CLASS_add,
	.keep = SC_KEEP_inputs,
	.shape = alike_shape,
	.terms = maximum_terms,
};

static sc_status vector_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (in->h != 1 || in->w != 1)
		return sc_fail(err, SC_EINVAL, "'%s' reads a vector, not a %u×%u map", l->op->name,
			in->h, in->w);
	*out = *in;
	return SC_OK;
}

static void channel_conv_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor k = {"K", l->kernel[0]}, c = {"C", l->out.c};
	if (!l->shared)
		TERM(t, weights, k);
	TERM(t, macs, k, c);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_channel_conv = {
	.name = "channel_conv",
	.meaning = "a 1-D convolution along the channels of a vector",
	.cls = SC_CLASS_conv,
	.keep = SC_KEEP_input,
	.shape = vector_shape,
	.terms = channel_conv_terms,
};

static sc_status channel_pool_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l, (void)n, (void)err;
	*out = (sc_shape){2, in->h, in->w};
	return SC_OK;
}

static void channel_pool_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor others = {"(C−1)", l->in.c - 1}, h = {"H", l->in.h}, w = {"W", l->in.w};
	TERM(t, adds, others, h, w);
	TERM(t, compares, others, h, w);
	TERM(t, divs, h, w);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_channel_pool = {
	.name = "channel_pool",
	.meaning = "mean and largest value of each pixel over the channels",
	.cls = SC_CLASS_squeeze,
	.keep = SC_KEEP_input,
	.shape = channel_pool_shape,
	.terms = channel_pool_terms,
};

static sc_status upsample_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n, (void)err;
	*out = (sc_shape){in->c, l->out.h, l->out.w};
	return SC_OK;
}

static void move_terms(const sc_layer *l, sc_terms *t)
{
	sc_term_write(l, t);
	TERM(t, reads, {"C_out", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
}

const sc_op sc_op_upsample = {
	.name = "upsample",
	.meaning = "the nearest value, at another size",
	.cls = SC_CLASS_move,
	.shape = upsample_shape,
	.terms = move_terms,
};

/* over `groups` values each */
static void softmax_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor c = {"C", l->out.c}, h = {"H", l->out.h}, w = {"W", l->out.w};
	TERM(t, evaluations, c, h, w);
	TERM(t, adds, {"(n−1)", l->groups - 1}, {"C/n", l->out.c / l->groups}, h, w);
	TERM(t, divs, c, h, w);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_softmax = {
	.name = "softmax",
	.meaning = "weights of branches that add up to one",
	.cls = SC_CLASS_activation,
	.keep = SC_KEEP_output,
	.place = SC_PLACE_in_place,
	.shape = sc_shape_same,
	.terms = softmax_terms,
};

static sc_status take_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (l->out.c > in->c)
		return sc_fail(err, SC_EINVAL, "%u channels can't be taken of %u", l->out.c, in->c);
	*out = (sc_shape){l->out.c, in->h, in->w};
	return SC_OK;
}

static void take_terms(const sc_layer *l, sc_terms *t)
{
	(void)l, (void)t;
}

const sc_op sc_op_take = {
	.name = "take",
	.meaning = "some channels of a map, where they are",
	.fields = "channels! name",
	.cls = SC_CLASS_move,
	.place = SC_PLACE_view,
	.shape = take_shape,
	.terms = take_terms,
};
