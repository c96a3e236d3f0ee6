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
/** Does it take the place of a block's convolution, instead of gating a map? */
SC_API bool sc_attention_replaces(sc_attention_kind attention);

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
	sc_given given;	    /**< what was said, and where */
	const sc_op *op;    /**< row of ops.def */
	const char *name;   /**< NULL for a generated one; at most 40 characters */
	uint32_t channels;  /**< put out, 1 … 1,048,576; 0 where the op has none */
	uint32_t features;  /**< units of a linear layer, 1 … 1,048,576 */
	uint32_t groups;    /**< of channels, 1 … 1,048,576; default 1 */
	uint32_t kernel[2]; /**< height, width of the window, 1 … 1,024; default 1 */
	uint32_t stride[2]; /**< height, width, 1 … 64; default 1 */
	int32_t padding[2]; /**< 0 … 512 on each side; -1: (kernel − 1) / 2, which keeps the size ÷
			       stride */
	sc_choice bias;	    /**< default: of a linear layer yes, of a conv no */
	uint32_t dilation;	/**< of a window, 0 is 1 */
	sc_norm_choice norm;	/**< after a conv; default batch norm */
	sc_norm_choice kind;	/**< of a norm layer */
	sc_choice ceil;		/**< a pool's last window may hang over the edge; default no */
	sc_function function;	/**< of an `activation` layer */
	sc_function activation; /**< after a conv or linear layer; SC_FUNCTION__N for its default */
	double rate;		/**< of a dropout, 0 … 1 */
	struct {
		struct sc_layer_list *item; /**< in order; an empty one is the input itself */
		size_t count;		    /**< 1 … 64 of a layer that joins, 0 of others */
	} branches;			    /**< what a layer joins, over the same input */
} sc_layer_spec;
/** A layer of which nothing was said. */
SC_API_DATA const sc_layer_spec sc_layer_unsaid;

/** What the convolutions of lists, branches and graphs do that don't say it themselves. */
typedef struct sc_conv_defaults {
	sc_given given;		/**< what was said, and where */
	sc_choice bias;		/**< default no */
	sc_norm_choice norm;	/**< after each; default batch norm */
	sc_function activation; /**< after each; SC_FUNCTION__N for its default, relu */
} sc_conv_defaults;
/** Defaults of which nothing was said. */
SC_API_DATA const sc_conv_defaults sc_conv_unsaid;

/** Most branches that are joined in one place. */
enum { SC_BRANCHES_MAX = 64 };

/** Layers one after the other. */
typedef struct sc_layer_list {
	sc_layer_spec *item; /**< in order of execution */
	size_t count;	     /**< 0 when none */
} sc_layer_list;

typedef enum sc_join { SC_JOIN_concat, SC_JOIN_add, SC_JOIN__N } sc_join;
SC_API const char *sc_join_name(size_t join);

/** Layers with names, each of which reads those that it names. */
typedef struct sc_graph {
	struct sc_graph_layer *item; /**< in order of execution */
	size_t count;		     /**< 0 when none */
} sc_graph;

/** Either a graph, or parallel branches over one input, joined; with `residual`, the joined map is
 * a residual branch whose result, times `scale` when that is not 0, is added to the input. */
typedef struct sc_module {
	sc_given given;	  /**< what was said, and where */
	const char *name; /**< by which stages ask for it */
	struct {
		sc_layer_list *item; /**< in order; an empty one is the input itself */
		size_t count;	     /**< 1 … 64 */
	} branches;		     /**< over the same input */
	sc_join join;		     /**< default concat */
	sc_choice residual;	     /**< default no */
	sc_layer_list after; /**< layers between the join and the addition, e.g. a 1×1 conv */
	double scale;	     /**< of the result before the addition, 0 … 1,000; 0 when not said */
	sc_function activation; /**< after the addition; default none */
	sc_graph graph;		/**< instead of all that */
} sc_module;

/** An input that is what enters the graph. */
#define SC_GRAPH_ENTERS UINT32_MAX

/** A layer of a graph with its inputs found. */
typedef struct sc_graph_step {
	const sc_layer_spec *layer; /**< NULL: SE sits here */
	const char *name;	    /**< NULL: called as its op */
	const uint32_t *input;	    /**< steps that it reads, or SC_GRAPH_ENTERS */
	size_t count;		    /**< of inputs, 1 … SC_INPUTS_MAX */
} sc_graph_step;

/** The part of a graph that is one block. */
typedef struct sc_graph_run {
	const sc_graph_step *step; /**< of the whole graph */
	size_t from, to;	   /**< the block's steps: from … to − 1 */
	uint32_t *end;		   /**< the layer that ends each step, filled when it is built */
	uint32_t entered;	   /**< the layer that enters the graph */
} sc_graph_run;

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
	SC_STRIDE_AT_blur,
	SC_STRIDE_AT__N
} sc_stride_at;
SC_API const char *sc_stride_at_name(size_t stride_at);

typedef enum sc_body { SC_BODY_bottleneck, SC_BODY_basic, SC_BODY__N } sc_body;
SC_API const char *sc_body_name(size_t body);

/** What a block of any kind can be told; a kind's row says which fields it takes. */
typedef struct sc_block_spec {
	uint32_t channels;    /**< put out, 1 … 1,048,576 */
	uint32_t stride;      /**< of the block, 1 … 64; 0 for 1 */
	uint32_t kernel;      /**< side of the spatial window, 1 … 1,024; 0 for 3 */
	uint32_t groups;      /**< of the grouped convolution; 0 for 1 */
	uint32_t group_width; /**< inner width is channels / expansion × this / 64 × groups; 0 for
				 64 */
	uint32_t group_size;  /**< channels of a group, instead of `groups`; 0 when not said */
	uint32_t first_groups;	 /**< of the block's first 1×1; 0 for `groups` */
	uint32_t inner_channels; /**< instead of expansion and group_width; 0 when not said */
	double expansion; /**< channels put out over inner ones, of an inverted residual inner
			     over entering, 0.001 … 1,024; 0 for the kind's own */
	uint32_t projection_kernel;    /**< side of a strided projection's window; 0 for 1 */
	sc_stride_at stride_at;	       /**< which conv of a bottleneck strides; default 1x1 */
	sc_choice halve_first;	       /**< first 1×1 with half the inner width; default no */
	sc_choice bias;		       /**< in each convolution; default no */
	sc_norm_choice norm;	       /**< after each convolution */
	sc_norm_choice depthwise_norm; /**< after the depthwise one of a separable block */
	uint32_t dilation;	       /**< of the spatial convolution, 0 is 1 */
	uint32_t expand_groups;	       /**< of an inverted residual's first 1×1; 0 for 1 */
	uint32_t project_groups;       /**< of its last 1×1; 0 for 1 */
	uint32_t mixed_kernels;	       /**< how many sizes of window share the channels; 0 for 1 */
	sc_choice expand;  /**< is there a first 1×1? default: where the width changes */
	sc_choice fused;   /**< one spatial conv instead of the first two; default no */
	sc_choice pyramid; /**< default no */
	uint32_t layers;   /**< in the chain of an `osa` or a `harmonic` block, 1 … 256 */
	uint32_t growth;   /**< channels of a layer of a dense path, 1 … 1,048,576 */
	double multiplier; /**< of a `harmonic` block: on `growth` for each further link, 1 … 16 */
	sc_choice residual;		  /**< add what entered where the shape stays; default no */
	sc_shortcut shortcut;		  /**< where the shape changes; default projection */
	sc_body body;			  /**< of a preact block */
	sc_function activation;		  /**< none: the kind's own */
	sc_function depthwise_activation; /**< none: the kind's own */
	sc_shape size;		   /**< of a `map` block: height, width 1 … 65,536; c is 0 */
	const sc_module *module;   /**< of a `branches` block */
	const sc_graph_run *graph; /**< of a `graph` block, and of a module that is a graph */
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
	sc_layers *layers;    /**< appended to; borrowed */
	uint32_t current;     /**< the layer whose output comes next, an index of `layers` */
	sc_role role;	      /**< of the layers that follow */
	const char *section;  /**< stage's name, "stem" or "head"; borrowed by the layers */
	uint32_t stage;	      /**< 0 for the stem, i + 1 for stage i */
	uint32_t block;	      /**< index in its stage */
	uint32_t line;	      /**< of the description, 1-based; 0 when none */
	uint32_t column;      /**< the same */
	sc_se_block se;	      /**< of this block */
	uint32_t entering;    /**< channels that enter this block */
	uint32_t leaving;     /**< channels that the block puts out, 0 when only its layers tell */
	uint32_t places;      /**< bit p: this block has a place for SE with sc_placement p */
	sc_width_scale scale; /**< of the layers of lists */
	const sc_conv_defaults *convolutions; /**< of lists; borrowed, NULL for none */
} sc_builder;

/** Append the layers of a list; a conv brings its norm and activation. A layer without a name is
 * called as its op. */
SC_API sc_status sc_build_list(sc_builder *b, const sc_layer_list *list, sc_err *err);

/** A row of blocks.def. */
typedef struct sc_block_kind {
	const char *name;    /**< what `block:` says */
	const char *meaning; /**< a phrase for people */
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

/** A block of a network that is a graph: no kind that a stage can name. */
SC_API_DATA const sc_block_kind sc_block_graph;
SC_API const sc_block_kind *sc_block_kind_at(size_t i);
SC_API const sc_block_kind *sc_block_kind_named(const char *name);

#endif
