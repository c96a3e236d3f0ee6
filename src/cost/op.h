/** \file
 * What the op files share: their rows, and the words in which terms are written. */
#ifndef SC_COST_OP_H
#define SC_COST_OP_H

#include "secost/cost.h"

#define OP(name) extern const sc_op sc_op_##name;
#include "secost/ops.def"
#undef OP

/** Append a product of `n` factors. */
void sc_term_add(sc_terms *t, sc_count_kind kind, const sc_factor *factor, unsigned n);
/** sc_term_add with the factors written out. */
#define TERM(terms, kind, ...) \
	sc_term_add(terms, SC_COUNT_##kind, (const sc_factor[]){__VA_ARGS__}, \
		(unsigned)(sizeof((const sc_factor[]){__VA_ARGS__}) / sizeof(sc_factor)))

/** reads = C·H·W of the first input. */
void sc_term_read(const sc_layer *l, sc_terms *t);
/** writes = C·H·W of the output. */
void sc_term_write(const sc_layer *l, sc_terms *t);

/** A shape function for ops with one input that keep its shape. */
sc_status sc_shape_same(
	const sc_layer *l, const sc_shape *in, size_t n, sc_shape *out, sc_err *err);
/** Are mean and variance of a norm stored, so that it can be folded? */
bool sc_norm_is_stored(const sc_layer *l);
/** Output height and width of a sliding window; SC_EINVAL when it does not fit. */
sc_status sc_shape_window(const sc_layer *l, sc_shape in, sc_shape *out, sc_err *err);

#endif
