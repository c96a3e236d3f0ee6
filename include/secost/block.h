/** \file
 * How a named block becomes layers. SE is attached in one place, src/block/se.c; a block only says
 * where in it a placement would be. Nothing here counts anything.
 *
 * Specs are plain values, filled by the reader of descriptions or by hand. Optional numbers are 0
 * when not given. Arrays and strings are borrowed. */
#ifndef SECOST_BLOCK_H
#define SECOST_BLOCK_H

#include "secost/cost.h"

/** Optional yes or no; 0 is "not said". */
typedef enum sc_choice { SC_UNSAID, SC_NO, SC_YES } sc_choice;

typedef enum sc_squeeze {
#define SQUEEZE(name, text, pools, kernel, meaning) SC_SQUEEZE_##name,
#include "secost/squeezes.def"
#undef SQUEEZE
	SC_SQUEEZE__N
} sc_squeeze;
SC_API const char *sc_squeeze_name(size_t squeeze);
/** The op that pools a map in pass `i` of a squeeze, NULL past its last pass. */
SC_API const sc_op *sc_squeeze_pool(sc_squeeze squeeze, unsigned i);
/** How many passes it has, 1 … SC_PASSES_MAX: one for each pool. */
enum { SC_PASSES_MAX = 4 };
SC_API unsigned sc_squeeze_passes(sc_squeeze squeeze);

/** What sits where SE would. */
typedef enum sc_attention_kind {
#define ATTENTION(name, meaning) SC_ATTENTION_##name,
#include "secost/attentions.def"
#undef ATTENTION
	SC_ATTENTION__N
} sc_attention_kind;
SC_API const char *sc_attention_name(size_t attention);

/** What gather-excite learns. */
typedef enum sc_theta { SC_THETA_minus, SC_THETA_theta, SC_THETA_plus, SC_THETA__N } sc_theta;
SC_API const char *sc_theta_name(size_t theta);

typedef enum sc_placement {
#define PLACEMENT(name, meaning) SC_PLACEMENT_##name,
#include "secost/placements.def"
#undef PLACEMENT
	SC_PLACEMENT__N
} sc_placement;
SC_API const char *sc_placement_name(size_t placement);

typedef enum sc_base {
#define BASE(name, meaning) SC_BASE_##name,
#include "secost/bases.def"
#undef BASE
	SC_BASE__N
} sc_base;
SC_API const char *sc_base_name(size_t base);

/** The SE of one block, all inheritance resolved: a value. `= {0}` is no SE. */
typedef struct sc_se_block {
#define SE_MEMBER(type, name, from, meaning) type name; /**< meaning */
#include "secost/se_block.def"
#undef SE_MEMBER
	uint32_t line, column; /**< of the description, 0 when none; where it stands is not what it
				  is: not compared */
} sc_se_block;
/** The members, for a switch that must not forget one. */
typedef enum sc_se_member {
#define SE_MEMBER(type, name, from, meaning) SC_SE_MEMBER_##name,
#include "secost/se_block.def"
#undef SE_MEMBER
	SC_SE_MEMBER__N
} sc_se_member;
/** Have the two blocks the same SE? Every member is compared. */
SC_API bool sc_se_same(const sc_se_block *a, const sc_se_block *b);

/** A layer as written in a stem, a head or a branch. */
typedef struct sc_layer_spec {
	sc_given given;
	const sc_op *op;
	const char *name; /**< NULL for a generated one */
	uint32_t channels, features, groups;
	uint32_t kernel[2], stride[2];
	int32_t padding[2]; /**< -1: (kernel − 1) / 2, which keeps the size ÷ stride */
	uint32_t dilation;  /**< 0 is 1 */
	sc_choice bias, ceil;
	sc_norm_choice norm;	/**< after a conv */
	sc_norm_choice kind;	/**< of a norm layer */
	sc_function function;	/**< of an `activation` layer */
	sc_function activation; /**< after a conv or linear layer; SC_FUNCTION__N for its default */
	double rate;
} sc_layer_spec;
/** A layer of which nothing was said. */
SC_API_DATA const sc_layer_spec sc_layer_unsaid;

/** Layers one after the other. */
typedef struct sc_layer_list {
	sc_layer_spec *item;
	size_t count;
} sc_layer_list;

typedef enum sc_join { SC_JOIN_concat, SC_JOIN_add, SC_JOIN__N } sc_join;
SC_API const char *sc_join_name(size_t join);

/** Parallel branches over one input, joined; with `residual`, the joined map is a residual branch
 * whose result, times `scale` when that is not 0, is added to the input. */
typedef struct sc_module {
	sc_given given;
	const char *name;
	struct {
		sc_layer_list *item;
		size_t count;
	} branches;
	sc_join join;
	sc_choice residual;
	sc_layer_list after; /**< layers between the join and the addition, e.g. a 1×1 conv */
	double scale;
	sc_function activation; /**< after the addition */
} sc_module;

typedef enum sc_shortcut {
	SC_SHORTCUT_projection,
	SC_SHORTCUT_pad,
	SC_SHORTCUT_avg_pool,
	SC_SHORTCUT_avg_pad,
	SC_SHORTCUT__N
} sc_shortcut;
SC_API const char *sc_shortcut_name(size_t shortcut);

typedef enum sc_stride_at {
	SC_STRIDE_AT_1x1,
	SC_STRIDE_AT_3x3,
	SC_STRIDE_AT_pool,
	SC_STRIDE_AT__N
} sc_stride_at;
SC_API const char *sc_stride_at_name(size_t stride_at);

typedef enum sc_body { SC_BODY_bottleneck, SC_BODY_basic, SC_BODY__N } sc_body;
SC_API const char *sc_body_name(size_t body);

/** What a block of any kind can be told; a kind's row says which fields it takes. */
typedef struct sc_block_spec {
	uint32_t channels, stride, kernel, groups, group_width, group_size, first_groups,
		inner_channels;
	double expansion;
	uint32_t projection_kernel;
	sc_stride_at stride_at;
	sc_choice halve_first, bias;
	sc_norm_choice norm; /**< after each convolution */
	uint32_t dilation;   /**< of the spatial convolution, 0 is 1 */
	uint32_t expand_groups, project_groups, mixed_kernels;
	uint32_t layers; /**< of an `osa` block's chain */
	sc_choice expand, fused, pyramid, residual;
	sc_shortcut shortcut;
	sc_body body;
	sc_function activation, depthwise_activation; /**< none: the kind's own */
	sc_shape size;				      /**< of a `map` block */
	const sc_module *module;		      /**< of a `branches` block */
} sc_block_spec;

/** How the widths of a network are scaled. `= {0}` leaves them as they are. */
typedef struct sc_width_scale {
	double by; /**< 0 or 1: not at all */
	uint32_t
		divisor; /**< a scaled width is the nearest multiple, raised when below 0.9 of it */
} sc_width_scale;
/** The scaled width; 0 when nothing is left of it. */
SC_API uint32_t sc_width_scaled(uint32_t width, const sc_width_scale *scale);

/** Appends layers to a network. Set up once for a network, `current` moves along. */
typedef struct sc_builder {
	sc_layers *layers;
	uint32_t current; /**< the layer whose output comes next */
	sc_role role;
	const char *section;
	uint32_t stage, block, line, column;
	sc_se_block se;	      /**< of this block */
	uint32_t entering;    /**< channels that enter this block */
	uint32_t leaving;     /**< channels that the block puts out, 0 when only its layers tell */
	uint32_t places;      /**< bit p: this block has a place for SE with sc_placement p */
	sc_width_scale scale; /**< of the layers of lists */
} sc_builder;

/** Append the layers of a list; a conv brings its norm and activation. A layer without a name is
 * called as its op. */
SC_API sc_status sc_build_list(sc_builder *b, const sc_layer_list *list, sc_err *err);

/** A row of blocks.def. */
typedef struct sc_block_kind {
	const char *name, *meaning;
	/** Stage fields it takes besides the common ones, separated by blanks, `!` after required
	 * ones. */
	const char *fields;
	/** Append one block that reads `b->current`; `b->block` is its index in the stage, the
	 * stride is for block 0 only. */
	sc_status (*build)(sc_builder *b, const sc_block_spec *spec, sc_err *err);
	bool trunk_unknown; /**< only SE is described */
} sc_block_kind;

/** Inner width of a bottleneck: as given, else channels / expansion × group_width / 64 × groups;
 * SC_DIM_MAX + 1 for anything above SC_DIM_MAX. */
SC_API uint32_t sc_bottleneck_inner(const sc_block_spec *spec);

SC_API const sc_block_kind *sc_block_kind_at(size_t i);
SC_API const sc_block_kind *sc_block_kind_named(const char *name);

#endif
