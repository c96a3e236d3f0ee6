/* Normalisation as inference runs it: one multiplication and one addition an element, after passes
 * over the map where mean and variance are not stored: a sum, a difference and a sum of squares.
 * What is left of a stored one once it is folded into the convolution before it is counted beside,
 * for rules that fold. */
#include "cost/op.h"

static const struct {
	uint64_t affine, statistics, passes;
} kind[] = {
#define NORM(name, affine, statistics, passes, meaning) {affine, statistics, passes},
#include "secost/norms.def"
#undef NORM
};

/* left of two parameters a channel */
static const uint64_t folded[] = {[SC_FOLD_not] = 2, [SC_FOLD_bias] = 1, [SC_FOLD_nothing] = 0};

sc_norm_kind sc_norm_chosen(sc_norm_choice choice, sc_norm_kind by_default)
{
	return choice ? (sc_norm_kind)(choice - 1) : by_default;
}

static sc_norm_kind kind_of(const sc_layer *l)
{
	return l->norm ? (sc_norm_kind)l->norm : SC_NORM_batch;
}

bool sc_norm_is_stored(const sc_layer *l)
{
	return !kind[kind_of(l)].passes;
}

static void params(const sc_layer *l, sc_terms *t)
{
	const sc_factor affine = {"2", kind[kind_of(l)].affine}, c = {"C", l->out.c};
	const sc_factor statistics = {"2", kind[kind_of(l)].statistics};
	const sc_factor left = {"left", folded[l->fold]};
	if (affine.value)
		TERM(t, norm_affine, affine, c);
	if (statistics.value)
		TERM(t, norm_statistics, statistics, c);
	if (sc_norm_is_stored(l))
		TERM(t, folded_params, left, c);
	else
		TERM(t, folded_params, affine, c);
}

static void terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor c = {"C", l->out.c}, h = {"H", l->out.h}, w = {"W", l->out.w};
	const sc_factor left = {"left", l->fold == SC_FOLD_not ? 2 : 0},
			passes = {"passes", kind[kind_of(l)].passes};
	if (!l->shared)
		params(l, t);
	if (left.value)
		TERM(t, folded_ops, left, c, h, w);
	TERM(t, muls, c, h, w);
	TERM(t, adds, c, h, w);
	if (passes.value) {
		TERM(t, adds, passes, c, h, w);
		TERM(t, muls, c, h, w);
	}
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_norm = {
	.name = "norm",
	.meaning = "normalisation, over the batch unless told otherwise",
	.fields = "kind name",
	.cls = SC_CLASS_norm,
	.keep = SC_KEEP_input,
	.place = SC_PLACE_in_place,
	.shape = sc_shape_same,
	.terms = terms,
};
