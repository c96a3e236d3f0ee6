#include "cost/op.h"

static const sc_count_kind counted_as[] = {
#define FUNCTION(name, counted, kept, act, gate, meaning) [SC_FUNCTION_##name] = SC_COUNT_##counted,
#include "secost/functions.def"
#undef FUNCTION
};

static void terms(const sc_layer *l, sc_terms *t)
{
	const sc_factor element[] = {{"C", l->out.c}, {"H", l->out.h}, {"W", l->out.w}};
	sc_term_add(t, counted_as[l->function], element, l->out.h * l->out.w == 1 ? 1 : 3);
	sc_term_read(l, t);
	sc_term_write(l, t);
}

const sc_op sc_op_activation = {
	.name = "activation",
	.meaning = "an element-wise function: one operation an element",
	.fields = "function name",
	.cls = SC_CLASS_activation,
	.keep = SC_KEEP_function,
	.place = SC_PLACE_in_place,
	.shape = sc_shape_same,
	.terms = terms,
};
