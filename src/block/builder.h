/** \file
 * How blocks append layers: one call a layer, errors carried by the return value. */
#ifndef SC_BLOCK_BUILDER_H
#define SC_BLOCK_BUILDER_H

#include "secost/block.h"

#define BLOCK(name) extern const sc_block_kind sc_block_##name;
#include "block/blocks.def"
#undef BLOCK

/** Shape of the map that comes next. */
sc_shape sc_build_shape(const sc_builder *b);

/** Append a layer that reads `inputs[0..n)`, in the builder's place and role; it becomes current.
 */
sc_status sc_build_layer(
	sc_builder *b, sc_layer layer, const uint32_t *inputs, size_t n, sc_err *err);
/** The same, reading the current layer. */
sc_status sc_build_next(sc_builder *b, sc_layer layer, sc_err *err);

/** A convolution with what follows it. 0 for stride or groups means 1. */
typedef struct sc_conv {
	const char *name;
	uint32_t channels, kernel, stride, groups;
	bool no_norm;
	sc_function function; /**< SC_FUNCTION_none for no activation */
	bool bias;
	uint32_t dilation; /**< 0 is 1 */
	sc_norm_kind norm; /**< none is batch, unless `no_norm` */
} sc_conv;
/** The convolution with the norm, bias and activation that the block was told; an activation only
 * where it has one. */
sc_conv sc_block_conv(const sc_block_spec *spec, sc_conv conv);
/** What follows a block's convolutions: `by_default` unless it was told. */
sc_function sc_block_function(const sc_block_spec *spec, sc_function by_default);
/** An average pool over `kernel`², as a part of the block's shortcut or path. */
sc_status sc_build_avg_pool(sc_builder *b, const char *name, uint32_t kernel, uint32_t stride,
	uint32_t padding, sc_err *err);
sc_status sc_build_conv(sc_builder *b, const sc_conv *conv, sc_err *err);

/** A block's spatial convolution, or the attention that takes its place. */
sc_status sc_build_spatial(sc_builder *b, const sc_conv *conv, sc_err *err);

/** A layer as written, called `name` unless that is NULL, that reads `n` inputs. */
sc_status sc_build_spec(sc_builder *b, const sc_layer_spec *spec, const char *name,
	const uint32_t *inputs, size_t n, sc_err *err);
/** The layers of a run, one after the other. */
sc_status sc_build_graph(sc_builder *b, const sc_graph_run *run, sc_err *err);

/** Branches over the current layer, put together by the layer `join` where they are several. */
sc_status sc_build_joined(
	sc_builder *b, const sc_layer *join, const sc_layer_list *branch, size_t n, sc_err *err);

/** The activation alone, as a part of `name`. */
sc_status sc_build_function(sc_builder *b, const char *name, sc_function function, sc_err *err);
/** A norm and a ReLU before a convolution, as pre-activation has it. */
sc_status sc_build_preact(sc_builder *b, const char *name, sc_err *err);

/** A norm alone, as a part of `name`. */
sc_status sc_build_norm(sc_builder *b, const char *name, sc_err *err);

/** Attach SE here if the block's SE asks for this placement. */
sc_status sc_build_se(sc_builder *b, sc_placement here, sc_err *err);

/** Concatenate the outputs of `n` layers. */
sc_status sc_build_concat(
	sc_builder *b, const char *name, const uint32_t *end, uint32_t n, sc_err *err);
/** The map that the block gives, added to the `input` that entered it where the shape stays and
 * `residual` is asked for; with SE on either side of that as its placement says. */
sc_status sc_build_residual(sc_builder *b, const sc_block_spec *spec, uint32_t input, sc_err *err);

/** SE, what `chain` builds, the 1×1 convolution "join" to the block's channels, SE, and
 * sc_build_residual. */
sc_status sc_build_aggregated(sc_builder *b, const sc_block_spec *spec,
	sc_status (*chain)(sc_builder *b, const sc_block_spec *spec, sc_err *err), sc_err *err);

/** Stride of this block, 1 unless it was told. */
uint32_t sc_block_stride(const sc_block_spec *spec);

/** Make `b->current` the shortcut of a residual unit that read `input`: as it is where the shape
 * stays, else a projection or zero padding; with SE where the placement is `identity`.
 * `preact_input` is what a projection reads instead (== input when there is no pre-activation). */
sc_status sc_build_shortcut(sc_builder *b, const sc_block_spec *spec, uint32_t input,
	uint32_t preact_input, bool norm, sc_err *err);

/** Add the branch that ends at `branch` and the current shortcut, then the function, then SE where
 * the placement is `post`. */
sc_status sc_build_sum(sc_builder *b, uint32_t branch, sc_function function, sc_err *err);

/** A residual unit with its function behind the sum: what `branch` builds, plus the shortcut. */
sc_status sc_build_postact(sc_builder *b, const sc_block_spec *spec,
	sc_status (*branch)(sc_builder *b, const sc_block_spec *spec, sc_err *err), sc_err *err);

#endif
