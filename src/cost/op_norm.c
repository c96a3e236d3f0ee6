/* Normalisation as inference runs it, not folded into the convolution before it: one multiplication
 * and one addition an element. */
#include "cost/op.h"

static void terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor two = {"2", 2}, c = {"C", l->out.c}, h = {"H", l->out.h},
			w = {"W", l->out.w};
	if (!l->shared) {
		TERM(t, norm_affine, two, c);
		TERM(t, norm_statistics, two, c);
	}
	TERM(t, muls, c, h, w);
	TERM(t, adds, c, h, w);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_norm = {
	.name = "norm",
	.meaning = "batch normalisation",
	.fields = "name",
	.cls = SC_CLASS_norm,
	.shape = sc_shape_same,
	.terms = terms,
};
