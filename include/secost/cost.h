/** \file
 * What a layer is, the shape it makes and what it costs. The only place with a formula.
 *
 * A network is a flat array of layers in execution order, each recording which layers it reads.
 * A layer's cost is a list of *terms*, products of named integers; evaluating the terms counts the
 * layer, printing them explains it, so that an explanation can't drift from the count.
 * Counts stay apart by class of layer and kind of operation until a rule adds them up.
 *
 * All counts are for one image unless a batch is named; all arithmetic is exact in 64 bits, and
 * SC_ERANGE names the layer whose count does not fit. */
#ifndef SECOST_COST_H
#define SECOST_COST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "secost/base.h"

/** Channels, height and width of one image's feature map. A vector has h = w = 1. */
typedef struct sc_shape {
	uint32_t c, h, w; /**< channels, rows, columns: at least 1 each in a layer */
} sc_shape;

/** Largest channel count, side, kernel, … that a layer may have. */
enum { SC_DIM_MAX = 1 << 20 };
/** Most layers that a network may have: more than 100,000 blocks need. */
enum { SC_LAYERS_MAX = 1 << 22 };
/** Most tensors that one layer may read. */
enum { SC_INPUTS_MAX = 256 };

typedef enum sc_count_kind {
#define COUNT(name, meaning) SC_COUNT_##name,
#include "secost/counts.def"
#undef COUNT
	SC_COUNT__N
} sc_count_kind;

typedef enum sc_class {
#define CLASS(name, cause, meaning) SC_CLASS_##name,
#include "secost/classes.def"
#undef CLASS
	SC_CLASS__N
} sc_class;

/** Why two counters differ. */
typedef enum sc_cause {
#define CAUSE(name, label, meaning) SC_CAUSE_##name,
#include "secost/causes.def"
#undef CAUSE
	SC_CAUSE__N
} sc_cause;

typedef enum sc_function {
#define FUNCTION(name, counted, kept, act, gate, meaning) SC_FUNCTION_##name,
#include "secost/functions.def"
#undef FUNCTION
	SC_FUNCTION__N
} sc_function;

/** Names as written in descriptions and tables, indexed by the enums; NULL past the end. */
SC_API const char *sc_count_name(size_t kind);
SC_API const char *sc_class_name(size_t cls);
SC_API const char *sc_cause_name(size_t cause);
SC_API const char *sc_cause_label(size_t cause);
SC_API const char *sc_function_name(size_t function);

/** Why a layer is there. SE's cost is the sum over SC_ROLE_SE: nothing else knows about SE. */
typedef enum sc_role {
	SC_ROLE_MAIN,
	SC_ROLE_SE,
	SC_ROLE_SHORTCUT,
	SC_ROLE_STEM,
	SC_ROLE_HEAD,
	SC_ROLE__N
} sc_role;
SC_API const char *sc_role_name(size_t role);

/** Kinds of normalisation. */
typedef enum sc_norm_kind {
#define NORM(name, affine, statistics, passes, meaning) SC_NORM_##name,
#include "secost/norms.def"
#undef NORM
	SC_NORM__N
} sc_norm_kind;
SC_API const char *sc_norm_name(size_t norm);
/** A norm as a description gives it: 0 for nothing said, else one more than its kind. */
typedef uint32_t sc_norm_choice;
/** What was chosen, `by_default` when nothing was. */
SC_API sc_norm_kind sc_norm_chosen(sc_norm_choice choice, sc_norm_kind by_default);

/** What is left of a normalisation once it is folded into the layer before it. */
typedef enum sc_fold {
	SC_FOLD_not,	 /**< it can't be folded: all of it is left */
	SC_FOLD_bias,	 /**< one bias a channel, which the layer before it did not have */
	SC_FOLD_nothing, /**< nothing: the layer before it has a bias already */
} sc_fold;

struct sc_op;

/** One layer. Fields that its op does not use are 0. */
typedef struct sc_layer {
	const struct sc_op *op; /**< what it does; borrowed, one of sc_op_at */
	const char *section;	/**< "stem", "head" or the stage's name; borrowed from the model */
	const char *name;	/**< name within its block, "conv2", "se"; borrowed */
	const char *part;	/**< what of it: "norm", "relu", "fc1"; NULL for the layer itself */
	sc_shape in, out;	/**< shape of the first input; shape made */
	uint32_t kernel[2], stride[2], padding[2]; /**< height, width; padding on both sides */
	uint32_t groups; /**< of a convolution, that channels are cut into; 1 for all at once */
	uint32_t stage;	 /**< 0 stem, 1 … n the stages, n + 1 head */
	uint32_t block;	 /**< 0-based within the stage */
	uint32_t first_input; /**< into sc_layers.inputs */
	uint32_t nth; /**< which of the layers of this name and part in its block, 0 the first */
	uint32_t se_base;     /**< on fc1 of SE: the width that a ratio divides; else 0 */
	uint32_t line;	      /**< line of the description that asked for it, 0 when none did */
	uint16_t input_count; /**< how many layers it reads */
	uint16_t column;      /**< in that line; 0 also when it does not fit */
	uint8_t role;	      /**< sc_role */
	uint8_t function;     /**< sc_function of an activation */
	uint8_t fold;	      /**< sc_fold of a norm, found when it is pushed */
	uint8_t norm;	      /**< sc_norm_kind of a norm; none for a norm means batch */
	uint32_t dilation;    /**< of a window, both ways; 0 is 1 */
	bool bias;	      /**< its channels have one */
	bool ceil;	      /**< a pool whose last window may hang over the edge */
	bool shared; /**< parameters belong to an earlier layer and are not counted again */
} sc_layer;

/** A network as layers. `= {0}` is empty; release it when done. */
typedef struct sc_layers {
	sc_layer *item;	  /**< in order of execution; owned */
	uint32_t *inputs; /**< indices of the layers read, a run for each layer */
	size_t count, room, input_count,
		input_room; /**< in use and allocated, of `item` and of `inputs` */
	uint32_t stages;    /**< stages of the model, stem and head not counted */
	bool trunk_known;   /**< false when only the SE side was described */
} sc_layers;

/** Append a copy of `layer` that reads the layers `inputs[0..n)`; its shapes are worked out. The
 * new index goes to `*index`. SC_EINVAL with a reason when the inputs do not fit the op, SC_ERANGE,
 * SC_ENOMEM; then `layers` is as before. */
SC_API sc_status sc_layers_push(sc_layers *layers, const sc_layer *layer, const uint32_t *inputs,
	size_t n, uint32_t *index, sc_err *err);
SC_API void sc_layers_release(sc_layers *layers);

/** Room for a layer's full name: the longest section, block, name and part that a description can
 * give, every character of 4 bytes. */
typedef struct sc_layer_path {
	char s[512]; /**< NUL-terminated UTF-8 */
} sc_layer_path;
/** "conv3_x.2.conv1.norm": section, block (in stages only), name and part. Fills and returns
 * `out->s`. */
SC_API const char *sc_layer_full_name(const sc_layer *layer, sc_layer_path *out);

/** One factor of a term: a symbol from the literature and the number that stands for it here. */
typedef struct sc_factor {
	const char *symbol; /**< "C_in", "k", "H": borrowed */
	uint64_t value;	    /**< what it is here, 1 or more */
} sc_factor;

enum { SC_FACTORS_MAX = 6, SC_TERMS_MAX = 12 };

/** A product that adds to one kind of count. */
typedef struct sc_term {
	sc_count_kind kind;		  /**< what the product counts */
	unsigned count;			  /**< factors in use, 1 … SC_FACTORS_MAX */
	sc_factor factor[SC_FACTORS_MAX]; /**< each multiplied with the others */
} sc_term;

/** Everything that one layer adds to the counts, for one image. */
typedef struct sc_terms {
	size_t count;		    /**< in use, 0 … SC_TERMS_MAX */
	sc_term item[SC_TERMS_MAX]; /**< they add up, kind by kind */
} sc_terms;

/** Which tensors a layer's backward pass needs, and so training keeps from the forward pass. */
typedef enum sc_keep {
	SC_KEEP_nothing,  /**< shapes are enough: add, concat, an average */
	SC_KEEP_input,	  /**< its first input: weights' gradients, a maximum's place */
	SC_KEEP_inputs,	  /**< both factors of a product */
	SC_KEEP_output,	  /**< what it made */
	SC_KEEP_function, /**< as its function says, see functions.def */
} sc_keep;

/** Where the output of a layer is, at inference. */
typedef enum sc_place {
	SC_PLACE_own,	   /**< memory of its own */
	SC_PLACE_in_place, /**< may take the memory of its first input, when that is read last here
			    */
	SC_PLACE_view,	   /**< its input's memory under another shape or name */
} sc_place;

/** A row of ops.def. */
typedef struct sc_op {
	const char *name, *meaning; /**< as descriptions write it; a sentence */
	/** Fields that a description may give, separated by blanks, `!` after the required ones;
	 * NULL when the op can't be written in a description. */
	const char *fields;
	/** How many tensors it reads: one when both are 0, else `inputs_min` … `inputs_max`, which
	 * is any number when 0. */
	uint16_t inputs_min, inputs_max;
	/** The fields of a layer of a graph, which says itself what it reads; NULL where they are
	 * `fields`. */
	const char *named;
	sc_class cls;	/**< which class its counts go to */
	sc_keep keep;	/**< what backward needs of it */
	sc_place place; /**< where its output is */
	/** Fill `*out` from the op's fields and the shapes of its inputs. */
	sc_status (*shape)(
		const sc_layer *layer, const sc_shape *in, size_t n, sc_shape *out, sc_err *err);
	/** Append the layer's terms to `*terms`. */
	void (*terms)(const sc_layer *layer, sc_terms *terms);
} sc_op;

/** The rows, to ask sc_op_at for. */
typedef enum sc_op_index {
#define OP(name) SC_OP_##name,
#include "secost/ops.def"
#undef OP
	SC_OP__N
} sc_op_index;
/** Row i of the op table, or NULL past the end. */
SC_API const sc_op *sc_op_at(size_t i);
/** The row of that name, or NULL. */
SC_API const sc_op *sc_op_named(const char *name);

/** Class of a layer: its op's, but a global pool inside SE is a squeeze and a fully connected layer
 * of the head the classifier. */
SC_API sc_class sc_layer_class(const sc_layer *layer);
/** The terms of one layer. */
SC_API void sc_layer_terms(const sc_layer *layer, sc_terms *out);
/** Value of a term; SC_ERANGE when it does not fit. */
SC_API sc_status sc_term_value(const sc_term *term, uint64_t *out, sc_err *err);

/** Raw counts of one or more layers for one image, by class and kind. */
typedef struct sc_cost {
	uint64_t n[SC_CLASS__N][SC_COUNT__N]; /**< operations or elements of each class and kind */
} sc_cost;

/** Sum of one kind over all classes; SC_ERANGE. */
SC_API sc_status sc_cost_sum(const sc_cost *cost, sc_count_kind kind, uint64_t *out, sc_err *err);

enum { SC_ANY = -1 };

/** Which layers to sum: each member SC_ANY or the value to match. */
typedef struct sc_filter {
	int64_t stage, block, role; /**< index, 0-based block of a stage, sc_role; SC_ANY for all */
	const sc_op *op;	    /**< NULL for any */
} sc_filter;
#ifdef __cplusplus
#define SC_EVERYTHING (sc_filter{SC_ANY, SC_ANY, SC_ANY, NULL})
#else
#define SC_EVERYTHING ((sc_filter){SC_ANY, SC_ANY, SC_ANY, NULL})
#endif

/** Does the filter let the layer through? */
SC_API bool sc_filter_matches(const sc_filter *filter, const sc_layer *layer);
/** First layer of a stage (0 stem, n + 1 head); `layers->count` past the last. */
SC_API size_t sc_layers_stage_start(const sc_layers *layers, uint32_t stage);
/** The counts of one layer. */
SC_API sc_status sc_count_layer(const sc_layer *layer, sc_cost *out, sc_err *err);
/** Sum the layers that match. SC_ERANGE names the layer that broke the sum. */
SC_API sc_status sc_count(
	const sc_layers *layers, const sc_filter *filter, sc_cost *out, sc_err *err);

/** What a rule is for. */
typedef enum sc_quantity {
	SC_QUANTITY_params,
	SC_QUANTITY_macs,
	SC_QUANTITY_flops,
	SC_QUANTITY_activations,
	SC_QUANTITY__N
} sc_quantity;
SC_API const char *sc_quantity_name(size_t quantity);

/** A row of rules.def: how raw counts become a number that somebody prints. */
typedef struct sc_rule {
	const char *name;     /**< as options and tables write it, "exact" */
	sc_quantity quantity; /**< what it counts */
	const char *meaning;  /**< whose rule it is and what it leaves out, a sentence */
	uint8_t coef[SC_CLASS__N][SC_COUNT__N]; /**< how often each raw count is in the number; 0
						   leaves it out */
} sc_rule;

/** Row i of the rule table, or NULL past the end. */
SC_API const sc_rule *sc_rule_at(size_t i);
/** The rule of that name for that quantity, or NULL. A name may exist for several quantities. */
SC_API const sc_rule *sc_rule_named(const char *name, sc_quantity quantity);

/** One rule for each quantity. */
typedef struct sc_rules {
	const sc_rule *of[SC_QUANTITY__N]; /**< by sc_quantity; borrowed, never NULL */
} sc_rules;

/** The default: params `learnable`, macs `conv_fc`, flops `exact`, activations `conv_fc`. */
SC_API sc_rules sc_rules_default(void);
/** Replace the rule of every quantity that has one of these names, separated by commas;
 * "macs.conv_fc" is the rule of that name for that quantity alone. SC_EINVAL with the list and the
 * nearest name when some name has none; `rules` is then untouched. */
SC_API sc_status sc_rules_use(sc_rules *rules, const char *names, sc_err *err);
/** Add the counts up under one rule; SC_ERANGE. */
SC_API sc_status sc_cost_under(
	const sc_cost *cost, const sc_rule *rule, uint64_t *out, sc_err *err);

/** Take apart, by cause, what `rule` gives more (or, negative, less) than `reference` for counts
 * that are given as what SE adds and all the rest, for one image: the causes add up to the
 * difference. Both rules count operations. SC_ERANGE; then `out` is untouched. */
SC_API sc_status sc_rule_causes(const sc_cost *rest, const sc_cost *se, const sc_rule *rule,
	const sc_rule *reference, int64_t out[SC_CAUSE__N], sc_err *err);

/** How memory is counted. */
typedef struct sc_memory_options {
	uint32_t batch;	 /**< images, at least 1 */
	uint32_t bytes;	 /**< of a parameter and of an activation element: 1 … 8 */
	uint32_t states; /**< values that the optimiser keeps a parameter, of the same type */
	bool in_place; /**< element-wise layers overwrite their input where nobody else reads it */
	bool without_se; /**< as if no layer had role SE */
} sc_memory_options;

/** Memory of a network, or of a part of it, in bytes. */
typedef struct sc_memory {
	uint64_t params;     /**< learnable */
	uint64_t statistics; /**< running mean and variance of norms */
	uint64_t gradients;  /**< one a learnable parameter */
	uint64_t states;     /**< of the optimiser */
	uint64_t kept;	     /**< activations that training keeps for the backward pass, each tensor
				once, with the part that makes it */
	uint64_t peak;	     /**< most activations alive at once at inference, the network's input
				included */
	uint64_t backward_macs; /**< of convolutions and linear layers: one pass for the weights,
				   one for the input where something before it learns */
} sc_memory;

/** Count the memory of a network: `out[0 … stages + 1]` for the stem, the stages and the head, and
 * `out[stages + 2]` for all, whose peak is the largest of theirs. `*at` (may be NULL) is the layer
 * that runs at the peak. SC_ERANGE, SC_ENOMEM; then everything is untouched. */
SC_API sc_status sc_memory_count(const sc_layers *layers, const sc_memory_options *options,
	sc_memory *out, size_t *at, sc_err *err);
/** What `with` needs more than `without`: what SE adds, when those are counts with and without it.
 */
SC_API sc_memory sc_memory_added(const sc_memory *with, const sc_memory *without);
/** The tensors alive while layer `at` runs, as indices of the layers that made them, in order;
 * `*out` is malloc'ed: the caller's to free. Their bytes add up to the memory alive then. */
SC_API sc_status sc_memory_alive(const sc_layers *layers, const sc_memory_options *options,
	size_t at, uint32_t **out, size_t *n, sc_err *err);
/** Bytes of what a layer puts out. */
SC_API uint64_t sc_memory_of_output(const sc_layer *layer, const sc_memory_options *options);

/** The optimisers by name, and what they keep; NULL past the end. */
SC_API const char *sc_optimizer_name(size_t i);
SC_API uint32_t sc_optimizer_states(size_t i);
/** Types of an element by name, and their bytes; NULL past the end. */
SC_API const char *sc_element_name(size_t i);
SC_API uint32_t sc_element_bytes(size_t i);

/** How a fractional width becomes a whole one. */
typedef enum sc_rounding {
#define ROUNDING(name, words) SC_ROUNDING_##name,
#include "secost/roundings.def"
#undef ROUNDING
	SC_ROUNDING__N
} sc_rounding;
SC_API const char *sc_rounding_words(size_t rounding);
SC_API const char *sc_rounding_name(size_t rounding);

/** Width rule. make_divisible: n = max(min, ⌊(v + q/2)/q⌋·q), plus q when n < limit·v, as in
 * torchvision's and timm's layers of that name. */
typedef struct sc_width_rule {
	sc_rounding rounding;  /**< to what a width is rounded, and which way */
	uint32_t divisor, min; /**< at least 1 each; divisor for make_divisible only */
	double limit;	       /**< 0 … 1; 0 never raises */
	bool floor_first;      /**< take the floor of v before rounding, as integer division does */
} sc_width_rule;
/** The whole width for `v` > 0 units, at least `rule->min`. */
SC_API uint32_t sc_width_rounded(double v, const sc_width_rule *rule);

/** Weights of a two-layer gate over `channels` with `units` in between: 2·C·d. With d = C/r this is
 * Eqn 5 of arXiv 1709.01507v4 for one block. */
SC_API double sc_gate_weights(double channels, double units);
/** r* = 4p·C/((p + 1)·H·W): the ratio at which the two layers of a gate, run p times (p·2·2·C²/r
 * operations), cost as much as pooling its map p times and scaling it ((p + 1)·C·H·W). Above it,
 * they are no longer where the operations are. With one pass 2C/(H·W), with avg+max 8C/(3·H·W). */
SC_API double sc_gate_crossover(sc_shape map, unsigned passes);

#endif
