#include "cost/op.h"

static sc_status conv_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (in->c % l->groups || l->out.c % l->groups)
		return sc_fail(err, SC_EINVAL,
			"%u groups must divide the %u input and %u output channels", l->groups,
			in->c, l->out.c);
	out->c = l->out.c;
	return sc_shape_window(l, *in, out, err);
}

static void conv_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor kh = {"K_h", l->kernel[0]}, kw = {"K_w", l->kernel[1]};
	const sc_factor in = {l->groups > 1 ? "(C_in/g)" : "C_in", l->in.c / l->groups};
	const sc_factor out = {"C_out", l->out.c}, h = {"H", l->out.h}, w = {"W", l->out.w};
	if (!l->shared) {
		TERM(t, weights, kh, kw, in, out);
		if (l->bias)
			TERM(t, biases, out);
	}
	TERM(t, macs, kh, kw, in, out, h, w);
	if (l->bias)
		TERM(t, bias_adds, out, h, w);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_conv = {
	.name = "conv",
	.meaning = "convolution, with its norm and activation unless told otherwise",
	.fields = "channels! kernel stride padding dilation groups bias norm activation name",
	.cls = SC_CLASS_conv,
	.keep = SC_KEEP_input,
	.shape = conv_shape,
	.terms = conv_terms,
};

static sc_status linear_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	if (in->h != 1 || in->w != 1)
		return sc_fail(err, SC_EINVAL,
			"a linear layer reads a vector, not a %u×%u map; put 'flatten' or "
			"'global_avg_pool' before it",
			in->h, in->w);
	*out = (sc_shape){l->out.c, 1, 1};
	return SC_OK;
}

static void linear_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor in = {"C_in", l->in.c}, out = {"C_out", l->out.c};
	if (!l->shared) {
		TERM(t, weights, in, out);
		if (l->bias)
			TERM(t, biases, out);
	}
	TERM(t, macs, in, out);
	if (l->bias)
		TERM(t, bias_adds, out);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_linear = {
	.name = "linear",
	.meaning = "fully connected layer, with a bias unless told otherwise",
	.fields = "features! bias activation name",
	.cls = SC_CLASS_linear,
	.keep = SC_KEEP_input,
	.shape = linear_shape,
	.terms = linear_terms,
};
