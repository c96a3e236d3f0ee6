/** \file
 * What one setup of a network costs, stage by stage, and many setups side by side. */
#ifndef SECOST_STUDY_H
#define SECOST_STUDY_H

#include "secost/model.h"

/** Eqn 5 of arXiv 1709.01507v4, (2/r)·ΣN_s·C_s², and why the exact parameters differ from it:
 * biases; a gated width that is not C_s (placement); a base that is not the gated width; rounding
 * of the squeezed width. The causes add up to params − formula. As fractional as the ratio makes
 * them. */
typedef struct sc_se_formula {
	double formula, from_biases, from_gated, from_base,
		from_rounding; /**< weights by the formula; what each cause adds to that, or takes
				  from it */
	double from_attention; /**< all of what is no SE but a relative; the others are 0 then */
} sc_se_formula;

/** What SE adds, exactly, and by the formula. */
typedef struct sc_se_totals {
	uint64_t params, weights, biases;	  /**< params = weights + biases */
	uint64_t macs, flops, activations, bytes; /**< as the rules of the sheet count them; bytes
						     move between memory and a kernel */
	uint64_t elements;			  /**< activation elements that are gated */
	sc_se_formula by_formula;		  /**< the same parameters, taken apart */
} sc_se_totals;

/** Cost of a network, a stage or a block, SE included. When not `known`, the trunk was not
 * described and all but `se` is meaningless. */
typedef struct sc_totals {
	bool known; /**< are the counts of the trunk there */
	uint64_t params, macs, flops, activations,
		bytes;	 /**< all of it, as the rules of the sheet count it */
	sc_se_totals se; /**< the part of it that is SE's */
} sc_totals;

/** One block's SE as it came out. `squeezed` 0: the block has none, and all else is 0. */
typedef struct sc_se_fact {
	sc_shape gated;	   /**< the map that is scaled */
	uint32_t squeezed; /**< units */
	uint32_t base;	   /**< width that the ratio divides */
	double ratio; /**< base over units before rounding; what follows where units were asked for
		       */
	sc_se_block se; /**< as resolved: two blocks that gate like maps by the same SE are alike */
	double crossover;	  /**< r*, see sc_gate_crossover */
	sc_se_formula by_formula; /**< this block's parameters, taken apart */
} sc_se_fact;

/** Do two blocks cost and compute the same: the same SE on the same map? */
SC_API bool sc_se_alike(const sc_se_fact *a, const sc_se_fact *b);

/** A row of a sheet: the stem, a stage or the head. */
typedef struct sc_sheet_row {
	const char *name, *block; /**< block NULL for stem and head */
	uint32_t blocks,
		se_blocks; /**< in the row, and those of them that have SE; 0 for stem and head */
	sc_shape out;	   /**< what leaves it, of one image */
	sc_se_fact *fact;  /**< one for each block; NULL for stem and head */
	sc_totals t;	   /**< what it costs */
} sc_sheet_row;

/** Cost of one setup. Rows: stem, the stages in order, head. */
typedef struct sc_sheet {
	const sc_model *model; /**< borrowed */
	sc_rules rules;	       /**< that counted */
	uint32_t batch;	       /**< images, 1 or more */
	sc_shape input;	       /**< of one image */
	sc_totals total;       /**< all rows together */
	sc_sheet_row *row;     /**< owned */
	size_t rows;	       /**< stages + 2 */
	sc_layers layers;      /**< the network as it was built */
} sc_sheet;

/** Count `model` for `batch` images, 1 or more, under `rules`. On failure `*out` is untouched;
 * SC_ERANGE names the layer. */
SC_API sc_status sc_sheet_make(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_shape *input, sc_sheet *out, sc_err *err);
SC_API void sc_sheet_release(sc_sheet *sheet);
/** Totals of any part of a network: `filter` without a role. */
SC_API sc_status sc_sheet_part(
	const sc_sheet *sheet, const sc_filter *filter, sc_totals *out, sc_err *err);

/** Totals of one layer; its `se` is empty. */
SC_API sc_status sc_sheet_layer(const sc_sheet *sheet, size_t layer, sc_totals *out, sc_err *err);

/** Parameters and MACs without SE: counted where the trunk is known, else the description's `base`.
 * False when nobody knows. */
SC_API bool sc_sheet_base_params(const sc_sheet *sheet, uint64_t *out);
SC_API bool sc_sheet_base_macs(const sc_sheet *sheet, uint64_t *out);
/** FLOPs without SE; false when the trunk is not described. */
SC_API bool sc_sheet_base_flops(const sc_sheet *sheet, uint64_t *out);
/** Take apart, by cause, what `rule` counts more (or, negative, less) than the FLOPs rule `exact`,
 * for the sheet's batch; of SE alone where the trunk is unknown. `*sum` is the difference, `out`
 * adds up to it. SC_ERANGE; then both are untouched. */
SC_API sc_status sc_sheet_causes(const sc_sheet *sheet, const sc_rule *rule,
	int64_t out[SC_CAUSE__N], int64_t *sum, sc_err *err);
/** The whole network, or its SE, under one rule, which need not be the sheet's. SC_ERANGE. */
SC_API sc_status sc_sheet_under(
	const sc_sheet *sheet, const sc_rule *rule, bool se, uint64_t *out, sc_err *err);
/** Parameters with SE; false when those without it are unknown. */
SC_API bool sc_sheet_all_params(const sc_sheet *sheet, uint64_t *out);

/** FLOPs of an SE block by byte moved; 0 when it has none. */
SC_API double sc_se_intensity(const sc_totals *t);

/** One setup: the network with some fields changed. */
typedef struct sc_setup {
	const char *name;  /**< shown in tables; borrowed */
	const char *group; /**< "ratio", "stages", …: what it is compared under */
	sc_texts set;	   /**< "path=value" */
	const char *key;   /**< of a sweep: the key of the field that varies, "ratio"; else NULL */
	bool has_axis;	   /**< one of a sweep over numbers: `axis` is its value */
	double axis;	   /**< in the field's unit; 0 without `has_axis` */
	sc_published published; /**< all empty when nothing was */
	uint32_t line;		/**< of the study's file; 0 when no file asked for it */
	sc_model *model;	/**< the network with `set` applied; owned */
	sc_sheet sheet;		/**< what it costs */
} sc_setup;

/** Is it one of a sweep over ratios, whatever the sweep is called? */
SC_API bool sc_setup_is_ratio(const sc_setup *setup);

/** A setup of a group that this network can't have. */
typedef struct sc_left_out {
	const char *group, *name; /**< as the setup would have been called */
	const char *why;	  /**< what stood in its way */
} sc_left_out;

/** A network, the network as described ("baseline", setup 0) and its other setups. */
typedef struct sc_study {
	const char *title; /**< shown above tables, the network's name when the study has none */
	const sc_study_spec *spec;	/**< NULL when there is no file; borrowed */
	const sc_model *model;		/**< borrowed */
	sc_rules rules;			/**< that count every setup */
	uint32_t batch;			/**< images, 1 or more */
	sc_setup *setup;		/**< the baseline first; owned */
	size_t setups, room;		/**< in use, 1 or more, and allocated */
	sc_left_out *left_out;		/**< setups of ready-made groups that were left out */
	size_t lefts;			/**< how many of those */
	const struct sc_bench *bench;	/**< measured beside the counts; borrowed, NULL for none */
	const struct sc_bench *profile; /**< a grid to forecast from; borrowed, NULL for none */
	/** times of the whole network; borrowed, NULL for none */
	const struct sc_network_result *times;
	struct sc_study_memory *memory; /**< owned */
} sc_study;

/** A study of `model` (borrowed) that has its baseline only. */
SC_API sc_status sc_study_new(
	const sc_model *model, const sc_rules *rules, uint32_t batch, sc_study **out, sc_err *err);
/** NULL is allowed. */
SC_API void sc_study_free(sc_study *study);
/** Add a setup: `set` are "path=value". Texts are copied. SC_EINVAL where `group` has one called
 * `name`. */
SC_API sc_status sc_study_add(
	sc_study *study, const char *name, const char *group, const sc_texts *set, sc_err *err);
/** Add one from the command line: "name: path=value; path=value", or without a name. */
SC_API sc_status sc_study_add_text(sc_study *study, const char *text, sc_err *err);
/** Add a ready-made group: a row of ablations.def. SC_EINVAL with the list of groups. */
SC_API sc_status sc_study_ablate(sc_study *study, const char *group, sc_err *err);
/** Add the network with one ratio wherever it has SE. */
SC_API sc_status sc_study_add_ratio(sc_study *study, unsigned ratio, sc_err *err);
/** Add all that a study file describes. `spec` is borrowed. */
SC_API sc_status sc_study_add_spec(sc_study *study, const sc_study_spec *spec, sc_err *err);

/** Add another network as a setup of its own. `model` is borrowed and must outlive the study. */
SC_API sc_status sc_study_add_network(sc_study *study, const sc_model *model, sc_err *err);
/** Load the network of a study file, apply the file's overrides and rules, add its setups. Both
 * results are the caller's: free the study, then the model. `spec` is borrowed by the study. */
SC_API sc_status sc_study_open(
	const sc_study_spec *spec, sc_model **model, sc_study **study, sc_errs *errs);

/** A product of axes over fields of one network, too many setups to keep. */
typedef struct sc_sweep sc_sweep;
struct sc_text;
/** `axes` are "FIELD=a,b,c" or "FIELD=from..to:step"; the first changes slowest. The model is
 * borrowed. SC_EINVAL with the place in the text, whose index goes to `*failed`; SC_ERANGE when
 * there are more than 2^63 setups; what sc_model_set and sc_sheet_make return. */
SC_API sc_status sc_sweep_new(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_texts *axes, sc_sweep **out, size_t *failed, sc_err *err);
/** NULL is allowed. */
SC_API void sc_sweep_free(sc_sweep *sweep);
SC_API uint64_t sc_sweep_setups(const sc_sweep *sweep);
/** Append "field=value; …" of setup 0 … setups − 1. */
SC_API void sc_sweep_name(const sc_sweep *sweep, uint64_t setup, struct sc_text *out);
/** Count each value of each axis once, the others at their first; what can't be counted is told and
 * `*setup` is the first that has it. */
SC_API sc_status sc_sweep_check(const sc_sweep *sweep, uint64_t *setup, sc_err *err);
/** Count one setup. `by_formula` is 0 where a setup is a sum over stages. */
SC_API sc_status sc_sweep_count(const sc_sweep *sweep, uint64_t setup, sc_totals *out, sc_err *err);

/** A row of ablations.def. */
typedef struct sc_ablation {
	const char *name, *meaning;			/**< as --ablate has it; a sentence */
	sc_status (*add)(sc_study *study, sc_err *err); /**< append its setups to a study */
} sc_ablation;
SC_API const sc_ablation *sc_ablation_at(size_t i);

/** Blocks of a stage whose SE is the same. */
typedef struct sc_se_shape {
	size_t stage;		/**< index in the model */
	uint32_t block;		/**< the first of them */
	uint32_t blocks;	/**< how many */
	const sc_se_fact *fact; /**< borrowed from the sheet */
} sc_se_shape;
/** The different SE blocks of every stage, in order. `*out` is malloc'ed: the caller's to free. */
SC_API sc_status sc_se_shapes(const sc_sheet *sheet, sc_se_shape **out, size_t *n, sc_err *err);

/** One published figure against what is counted. */
typedef struct sc_verdict {
	const sc_model *model;	 /**< borrowed */
	const sc_expect *expect; /**< borrowed */
	sc_quantity quantity;	 /**< what was published */
	const sc_rule *rule;	 /**< that it was counted under */
	sc_shape input;		 /**< of one image */
	const sc_figure *figure; /**< as published; borrowed */
	bool known;	    /**< false when the trunk is not described and no `base` says more */
	uint64_t counted;   /**< 0 when not known */
	int64_t difference; /**< counted − published */
	bool agrees;	    /**< to the printed precision */
	const char *file;   /**< the description that gives the figure; NULL when none does */
	uint32_t line;	    /**< where in it; 0 without a file */
} sc_verdict;

/** Does a count agree with a figure to the precision that was printed? */
SC_API bool sc_figure_agrees(const sc_figure *figure, uint64_t counted);
/** Count every `expect` of a model. `*out` is malloc'ed: the caller's to free. */
SC_API sc_status sc_verify(const sc_model *model, sc_verdict **out, size_t *n, sc_err *err);
/** The same for one figure that stands outside the model: `out` gets a verdict for each quantity of
 * `expect`, `*n` how many. `expect` is borrowed. */
SC_API sc_status sc_verify_expect(const sc_model *model, const sc_expect *expect,
	sc_verdict out[SC_QUANTITY__N], size_t *n, sc_err *err);

/** What was published of a setup against what is counted, under the rules of its source: at most
 * two verdicts (params, MACs), without `expect`. */
SC_API sc_status sc_verify_published(
	const sc_study *study, const sc_setup *setup, sc_verdict out[2], size_t *n, sc_err *err);

/** Equal terms of equal layers, as explain shows them. */
typedef struct sc_explained_term {
	sc_term term;	/**< the product, as one layer has it */
	sc_layer layer; /**< the first that has it */
	uint64_t occurrences,
		coefficient; /**< how many layers have it; how often the rule counts it */
} sc_explained_term;

/** Where a number comes from. `= {0}` is empty; release it when done. */
typedef struct sc_explanation {
	const char *quantity;	 /**< "se.params" */
	const sc_rule *rule;	 /**< NULL when no rule is involved */
	const char *formula;	 /**< in symbols */
	char *own_formula;	 /**< the same where it was made for this number, else NULL */
	char *expression;	 /**< in integers, as bc reads it */
	char value[48];		 /**< exact, without separators */
	sc_explained_term *term; /**< owned */
	size_t terms, room;	 /**< in use and allocated */
	sc_mark *mark; /**< places in the description that the number depends on, by line */
	size_t marks, mark_room; /**< in use and allocated */
} sc_explanation;

/** The `file` of errors that have a place in the path of sc_explain. */
SC_API const char *sc_explain_file(void);
/** Explain a number of a sheet: PART.QUANTITY, where PART is total, stem, head, stages.NAME,
 * stages[i], either with .blocks[i], or layers.FULL-NAME; QUANTITY is params, macs, flops,
 * activations, bytes, se.params, se.weights, se.biases, se.macs, se.flops, se.activations,
 * se.bytes, se.elements, se.formula, se.width, se.share, se.intensity or se.crossover. SC_EINVAL
 * with what is allowed. */
SC_API sc_status sc_explain(
	const sc_sheet *sheet, const char *path, sc_explanation *out, sc_err *err);
/** Quantity i that can be explained; NULL past the last. */
SC_API const char *sc_explain_quantity_at(size_t i);
SC_API void sc_explanation_release(sc_explanation *explanation);

/** part ÷ whole, 0 when the whole is 0. */
SC_API double sc_share(uint64_t part, uint64_t whole);
/** to − from. */
SC_API int64_t sc_change(uint64_t from, uint64_t to);

/** One setup minus another. */
typedef struct sc_delta {
	int64_t params, macs, flops, activations, bytes, se_params, se_weights, se_macs,
		se_flops; /**< of a setup over the baseline */
} sc_delta;
SC_API sc_delta sc_delta_between(const sc_totals *from, const sc_totals *to);

/** The stage whose SE has most parameters; NULL when there is no SE. */
SC_API const sc_sheet_row *sc_heaviest_stage(const sc_sheet *sheet);
/** The first block's SE of a stage; NULL when none has. */
SC_API const sc_se_fact *sc_first_fact(const sc_sheet_row *row);
/** A number of a block with SE. */
typedef enum sc_fact_number {
	SC_FACT_ratio,
	SC_FACT_width,
	SC_FACT_crossover,
	SC_FACT_gated /**< channels that are gated */
} sc_fact_number;
SC_API double sc_fact_value(const sc_se_fact *fact, sc_fact_number which);
/** The map that a block puts out: the formula's C, where `fact->gated` is what its SE scales. */
SC_API sc_shape sc_sheet_block_out(const sc_sheet *sheet, size_t row, uint32_t block);
/** Has the row's SE a block that gates another width than the block puts out? */
SC_API bool sc_sheet_gates_other_width(const sc_sheet *sheet, size_t row);
/** Line of the description that asks for a row's stage; 0 for stem and head, or when none does. */
SC_API uint32_t sc_sheet_row_line(const sc_sheet *sheet, size_t row);
/** A row that says something: not the stem or head of a network that has none. */
SC_API bool sc_sheet_row_counts(const sc_sheet_row *row);
/** Do the blocks of a stage differ in it, or in having SE at all? */
SC_API bool sc_facts_differ(const sc_sheet_row *row, sc_fact_number which);

#endif
