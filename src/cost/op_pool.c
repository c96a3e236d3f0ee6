/* Pooling. A window counts as full also where it hangs over the edge, as every counter does. */
#include "cost/op.h"

static sc_status window_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)n;
	out->c = in->c;
	return sc_shape_window(l, *in, out, err);
}

static void max_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor others = {"(K_h·K_w−1)", (uint64_t)l->kernel[0] * l->kernel[1] - 1};
	TERM(t, compares, others, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_max_pool = {
	.name = "max_pool",
	.meaning = "largest value of a window",
	.fields = "kernel! stride padding ceil name",
	.cls = SC_CLASS_pool,
	.keep = SC_KEEP_input,
	.shape = window_shape,
	.terms = max_terms,
};

/* a filter that is given, not learned: what is counted as a convolution has no weights */
static void blur_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, macs, {"K_h", l->kernel[0]}, {"K_w", l->kernel[1]}, {"C", l->out.c},
		{"H", l->out.h}, {"W", l->out.w});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_blur_pool = {
	.name = "blur_pool",
	.meaning = "each channel by a given low-pass filter, at every stride-th position (Zhang, "
		   "2019)",
	.fields = "kernel! stride padding name",
	.cls = SC_CLASS_conv,
	.shape = window_shape,
	.terms = blur_terms,
};

static void avg_terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor others = {"(K_h·K_w−1)", (uint64_t)l->kernel[0] * l->kernel[1] - 1};
	TERM(t, adds, others, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	TERM(t, divs, {"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_avg_pool = {
	.name = "avg_pool",
	.meaning = "mean of a window",
	.fields = "kernel! stride padding ceil name",
	.cls = SC_CLASS_pool,
	.shape = window_shape,
	.terms = avg_terms,
};

static sc_status global_shape(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err)
{
	(void)l, (void)n, (void)err;
	*out = (sc_shape){in->c, 1, 1};
	return SC_OK;
}

/* the field writes C·H·W for the sum; the first value needs no addition, the mean one division */
static void global_avg_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, adds, {"C", l->in.c}, {"(H·W−1)", (uint64_t)l->in.h * l->in.w - 1});
	TERM(t, divs, {"C", l->in.c});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_global_avg_pool = {
	.name = "global_avg_pool",
	.meaning = "mean of each channel",
	.fields = "name",
	.cls = SC_CLASS_global_pool,
	.shape = global_shape,
	.terms = global_avg_terms,
};

static void global_max_terms(const sc_layer *l, sc_terms *t)
{
	TERM(t, compares, {"C", l->in.c}, {"(H·W−1)", (uint64_t)l->in.h * l->in.w - 1});
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_global_max_pool = {
	.name = "global_max_pool",
	.meaning = "largest value of each channel",
	.fields = "name",
	.cls = SC_CLASS_global_pool,
	.keep = SC_KEEP_input,
	.shape = global_shape,
	.terms = global_max_terms,
};
