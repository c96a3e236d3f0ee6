/* Normalisation as inference runs it: one multiplication and one addition an element. What is left
 * of it once it is folded into the convolution before it is counted beside, for rules that fold. */
#include "cost/op.h"

/* left of two parameters a channel and two operations an element */
static const uint64_t folded[] = {[SC_FOLD_not] = 2, [SC_FOLD_bias] = 1, [SC_FOLD_nothing] = 0};

static void terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor two = {"2", 2}, c = {"C", l->out.c}, h = {"H", l->out.h},
			w = {"W", l->out.w};
	const sc_factor left = {"left", folded[l->fold]};
	if (!l->shared) {
		TERM(t, norm_affine, two, c);
		TERM(t, norm_statistics, two, c);
		TERM(t, folded_params, left, c);
	}
	TERM(t, folded_ops, left, c, h, w);
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
	.keep = SC_KEEP_input,
	.place = SC_PLACE_in_place,
	.shape = sc_shape_same,
	.terms = terms,
};
