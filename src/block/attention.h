/** \file
 * SE and its relatives: each appends layers of role SC_ROLE_SE that gate the current map, or takes
 * the place of a block's spatial convolution. */
#ifndef SC_BLOCK_ATTENTION_H
#define SC_BLOCK_ATTENTION_H

#include "block/builder.h"

/** A row of attentions.def. */
typedef struct sc_attention {
	/** Gate the current map; NULL when it replaces the convolution instead. */
	sc_status (*attach)(sc_builder *b, sc_err *err);
	/** Append what stands for a block's spatial convolution, with its norm and activation. */
	sc_status (*replace)(sc_builder *b, const sc_conv *conv, sc_err *err);
} sc_attention;

#define ATTENTION(name, meaning) extern const sc_attention sc_attention_##name;
#include "secost/attentions.def"
#undef ATTENTION

/** Append a layer called "se" with the part `name`, reading the current one. */
sc_status sc_se_part(sc_builder *b, const char *name, sc_layer l, sc_err *err);
/** A fully connected layer; `base` is the width that a ratio divides where this is the first of
 * two, else 0. */
sc_status sc_se_dense(sc_builder *b, const char *name, uint32_t features, uint32_t base,
	bool shared, sc_err *err);
/** Every pool of the squeeze through fc1, the activation and fc2 to `gated` units, summed. */
sc_status sc_se_excite(sc_builder *b, uint32_t gated, sc_err *err);
/** The two layers alone, on the current vector. */
sc_status sc_se_layers(sc_builder *b, bool shared, uint32_t gated, sc_err *err);
/** Units that the ratio makes of `base`. */
uint32_t sc_se_units(const sc_builder *b, uint32_t base);
/** The gate function on the current layer, then the map times it. `op` is "scale" or another
 * product. */
sc_status sc_se_gate(sc_builder *b, const char *op, uint32_t map, sc_err *err);

/** Weigh `n` branches of `channels` each by the current vector, which has a part for each, and add
 * them up; `branch` is left with what was added. */
sc_status sc_se_select(sc_builder *b, uint32_t *branch, uint32_t n, uint32_t channels, sc_err *err);

#endif
