/** \file
 * A network as described in YAML: reading, checking, overriding, expanding into layers.
 *
 * Load, perhaps override, expand:
 *
 *     sc_model *m;
 *     sc_errs errs = {0};
 *     if (!sc_model_load("net.yaml", &m, &errs)) {
 *             sc_layers layers = {0};
 *             if (!sc_model_expand(m, NULL, &layers, &err)) …
 *             sc_layers_release(&layers);
 *             sc_model_free(m);
 *     }
 *
 * The structs are open for reading; change them through sc_model_set only, which checks. */
#ifndef SECOST_MODEL_H
#define SECOST_MODEL_H

#include "secost/block.h"

/** A whole number, or one for each block; 0 is "off". */
typedef struct sc_numbers {
	uint32_t *item; /**< NULL when nothing was said */
	size_t count;	/**< 0: not said; 1: the same everywhere; else one for each block */
} sc_numbers;

/** Which blocks of a stage. */
typedef enum sc_selection {
	SC_SELECT_all,	 /**< every block of the stage; the default */
	SC_SELECT_first, /**< block 0 */
	SC_SELECT_last,	 /**< the last block */
	SC_SELECT_list	 /**< those of a list */
} sc_selection;
typedef struct sc_select {
	sc_selection which; /**< default: all */
	sc_numbers list;    /**< ascending 0-based indices for SC_SELECT_list, else empty */
} sc_select;

/** SE as written at one level; a level overrides the one above field by field. */
typedef struct sc_se_spec {
	sc_given given;	       /**< which of the fields below were said, and where */
	sc_choice on;	       /**< SC_UNSAID: as the level above; without any, no SE */
	sc_numbers ratio;      /**< base width over squeezed units, 1 … 65,536; default 16 */
	sc_numbers width;      /**< squeezed units, 1 … 1,048,576, instead of a ratio */
	double se_ratio;       /**< squeezed units over base width, 0.0001 … 1; 0 when not said */
	sc_rounding rule;      /**< of the squeezed width; default floor */
	uint32_t divisor;      /**< of make_divisible, 1 … 4,096; default 8 */
	uint32_t min;	       /**< least squeezed width, 1 … 4,096; 0 when not said */
	double round_limit;    /**< of make_divisible: raised when rounding goes below this share,
				  0 … 1; default 0.9 */
	sc_choice floor_first; /**< integer division before rounding; default no */
	sc_choice bias;	       /**< biases in both layers; default yes */
	sc_base base;	       /**< width that the ratio divides; default expanded */
	sc_attention_kind attention; /**< default SE */
	sc_theta theta;		     /**< of gather-excite */
	uint32_t extent;	     /**< of gather-excite: side of what is gathered; 0 for all */
	uint32_t kernel;	/**< of a convolution over channels; 0 for the one that follows */
	sc_squeeze squeeze;	/**< default avg */
	sc_function activation; /**< between the layers; default relu */
	sc_function gate;	/**< default sigmoid */
	sc_placement placement; /**< default standard */
	sc_select blocks;	/**< of the stage, that have SE; default all */
	const struct sc_se_spec *dialect; /**< the bundle named, NULL for none */
	const char *dialect_name;	  /**< its name, NULL for none */
} sc_se_spec;

/** SE of some blocks of a stage. */
typedef struct sc_override {
	sc_given given;	  /**< what was said, and where */
	sc_select blocks; /**< which ones; default all */
	sc_se_spec se;	  /**< over the stage's, field by field */
} sc_override;

/** Values of one field of a stage's spec, where blocks differ in it. */
typedef struct sc_per_block {
	size_t field;	   /**< of the stage's table */
	const void *value; /**< `count` of the field's type */
	size_t count;	   /**< as many as the stage has blocks; fewer with `rest` */
	bool rest;	   /**< the last value is that of all blocks that follow */
} sc_per_block;

/** A run of blocks of one kind, with layers before and after them. */
/** A layer of a graph as written. */
typedef struct sc_graph_layer {
	sc_given given;	   /**< what was said, and where */
	const char *name;  /**< NULL for none; then only the next can read it */
	const char *stage; /**< of a network: the stage that begins here; NULL, that goes on */
	struct {
		const char **item; /**< names, or "input" for what enters the graph */
		size_t count;	   /**< 0: the layer before, or what enters */
	} inputs;
	const sc_mark *input_at; /**< the place of each; NULL when none is known */
	sc_layer_spec layer;	 /**< what it is; `op` NULL where SE sits */
	sc_se_spec se;		 /**< of a network: over the network's, under the stage's */
} sc_graph_layer;

typedef struct sc_stage {
	sc_given given;		   /**< what was said, and where */
	const char *name;	   /**< 1 … 64 characters, different in every stage */
	const sc_block_kind *kind; /**< row of blocks.def */
	uint32_t said_blocks;	   /**< as written; 0 when not said */
	uint32_t blocks;	   /**< said or worked out, scaled: 1 … 1,000,000 */
	uint64_t derived; /**< bit i: field i was not said, but follows from the network's */
	struct {
		sc_per_block *item; /**< in order of fields */
		size_t count;	    /**< 0 when every block has the same */
	} per_block;		    /**< lists among the values of `spec`; `spec` has their first */
	sc_block_spec spec;	    /**< of every block but where `per_block` says otherwise */
	sc_se_spec se;		    /**< over the network's, field by field */
	struct {
		sc_override *item; /**< in order; a later one counts over an earlier */
		size_t count;	   /**< 0 when none */
	} overrides;		   /**< SE of single blocks, over the stage's */
	sc_layer_list before;	   /**< layers before the blocks; empty when not said */
	sc_layer_list after;	   /**< layers after them; empty when not said */
	struct {
		const char **item; /**< of the model's modules */
		size_t count;	   /**< 0 but in a `branches` stage */
	} modules;		   /**< names, one a block */
	bool modules_rest;	   /**< the last name is that of all blocks that follow */
	/* of a network that is a graph */
	uint32_t graph_from, graph_to; /**< its layers from … to − 1 */
	uint32_t graph_gates;	       /**< how many of them are SE: one a block */
	const uint32_t *graph_gate;    /**< which ones */
} sc_stage;

/** A published number with the precision it was printed to. `text` NULL when not given. */
typedef struct sc_figure {
	const char *text; /**< as printed, "28.1 M" */
	uint64_t value;	  /**< what it stands for, in units of 1 */
	uint64_t half_step; /**< agreement means |counted − value| ≤ half_step; 0 for all digits */
} sc_figure;

/** A figure that somebody published, and how it was counted. */
typedef struct sc_expect {
	sc_given given;			  /**< what was said, and where */
	sc_figure figure[SC_QUANTITY__N]; /**< `text` NULL where none was published */
	const char *rules;  /**< names of counting rules, "with_statistics, paper"; NULL for the
			       default */
	const char *source; /**< where it was published; NULL when not said */
	const char *reason; /**< why the count does not agree, NULL when it does */
	sc_shape input;	    /**< all 0: the model's */
} sc_expect;

/** A row of a table of published figures, matched to what counts it. */
typedef struct sc_published_figure {
	const char *network;	 /**< as its source calls it */
	const char *description; /**< name of the description that counts it, NULL when none does */
	const char *set;	 /**< overrides of that, "path=value; …", "" for none */
	sc_expect expect;     /**< the figure, its rule, source, input and, where it is known not to
				 agree, the reason */
	sc_quantity quantity; /**< what it is of */
	uint32_t line;	      /**< in its file */
} sc_published_figure;

/** Published figures, with all that they point to. */
typedef struct sc_published_figures {
	sc_published_figure *item;	    /**< in order of the file */
	size_t count;			    /**< rows */
	struct sc_published_memory *memory; /**< owned; what `item` points to */
} sc_published_figures;

/** Read the tables of published figures in `folder` ("secost:published" are those inside):
 * figures.csv as they were printed, and how they are matched: networks.csv says which description
 * counts a network, rules.csv which rule a source counts by, reasons.csv why a figure is known not
 * to agree. SC_EIO, SC_EPARSE or SC_ESCHEMA with file and line, SC_ENOMEM; then `out` is untouched.
 */
SC_API sc_status sc_published_load(const char *folder, sc_published_figures *out, sc_err *err);
SC_API void sc_published_release(sc_published_figures *figures);

/** What a short form's network costs without SE. */
typedef struct sc_baseline {
	sc_given given;	  /**< what was said, and where */
	sc_figure params; /**< parameters; `text` NULL when not said */
	sc_figure macs;	  /**< multiply-accumulates; the same */
} sc_baseline;

/** Compound scaling: widths of conv layers and blocks, numbers of blocks. */
typedef struct sc_scale {
	sc_given given;	  /**< what was said, and where */
	double width;	  /**< factor on channels, 0.0001 … 100; 1 changes nothing */
	double depth;	  /**< factor on numbers of blocks, rounded up; the same */
	uint32_t divisor; /**< of scaled widths, 1 … 4,096; default 8 */
	sc_choice stem;	  /**< SC_NO: its widths stay as they are; default yes */
	sc_choice head;	  /**< the same */
} sc_scale;

/** A RegNet's design parameters (Radosavovic et al., 2020): block i of `depth` is w_0 + w_a·i wide
 * before that is rounded to a power of w_m times w_0, and to a multiple of 8; runs of equal width
 * are stages. */
typedef struct sc_regnet {
	sc_given given;		  /**< what was said, and where; nothing: no RegNet */
	uint32_t w_0;		  /**< initial width, channels: 1 … 65,536 */
	uint32_t depth;		  /**< blocks: 1 … 10,000 */
	uint32_t group_width;	  /**< channels of a group: 1 … 65,536 */
	double w_a;		  /**< channels a block: 0 … 65,536 */
	double w_m;		  /**< factor between widths: 1.0001 … 1,000 */
	sc_choice make_divisible; /**< how widths become multiples of the group; default no */
} sc_regnet;

/** A list of texts. */
typedef struct sc_texts {
	const char **item; /**< NUL-terminated each */
	size_t count;	   /**< 0 when none */
} sc_texts;

/** A name of a list, and where it stands. */
typedef struct sc_placed {
	const char *text; /**< 1 … 64 characters */
	sc_mark at;	  /**< place in the file */
} sc_placed;

/** What a description was planned by, in the words of the command line; NULL or empty when not
 * said.
 */
typedef struct sc_planned {
	sc_given given;	      /**< what was said, and where; its line is 0 when there was no plan */
	const char *network;  /**< what was planned for: a path from the file's folder, or a name */
	const char *per;      /**< as --per */
	const char *choices;  /**< as --choices */
	const char *maximise; /**< as --maximise */
	const char *gain;     /**< a gain file's path or name */
	const char *profile;  /**< a profile's path */
	const char *times;    /**< path of the network's own times */
	const char *cache;    /**< as --cache */
	sc_texts set;	      /**< overrides of the network, "path=value" */
	sc_texts budgets;     /**< each as --budget */
	sc_texts rules;	      /**< counting rules */
	sc_choice extrapolate; /**< forecast beyond what was measured */
	uint32_t batch;	       /**< images; 0 when not said */
} sc_planned;

/** A network as described. */
typedef struct sc_model {
	sc_given given;			   /**< what was said, and where */
	const char *name;		   /**< 1 … 200 characters; the file's when not said */
	const char *file;		   /**< as it was opened */
	const char *text;		   /**< the description as read, NUL-terminated */
	const char *extends;		   /**< as written, NULL for none */
	const char *base_file, *base_text; /**< what it extends, as read; NULL for none */
	uint32_t base_from; /**< lines of `text`: line i of the base is base_from + i in every place
			     */
	sc_stage defaults;  /**< already in every stage that took them */
	sc_shape input; /**< channels, height, width, each 1 … 65,536; all 0 in a short form */
	sc_layer_list stem; /**< before the first stage; empty when not said */
	sc_layer_list head; /**< after the last stage; empty when not said */
	struct {
		sc_stage *item; /**< in order of execution */
		size_t count;	/**< at least 1 */
	} stages;
	sc_graph graph; /**< instead of stages, which are made of it */
	sc_se_spec se;	/**< of every stage that does not say otherwise */
	struct {
		sc_module *item; /**< different names */
		size_t count;	 /**< 0 when none */
	} modules;		 /**< what `branches` stages name */
	struct {
		sc_expect *item;	/**< in order of the file */
		size_t count;		/**< 0 when none */
	} expect;			/**< published figures to verify against */
	sc_baseline base;		/**< cost without SE where the trunk is not described */
	sc_scale scale;			/**< compound scaling; default 1 */
	sc_conv_defaults convolutions;	/**< of stem, head, modules and graphs */
	sc_regnet regnet;		/**< design parameters that stages got widths from */
	sc_planned plan;		/**< what it was planned by; all empty when it was not */
	struct sc_model_memory *memory; /**< owned */
} sc_model;

/** Read and check the description at `path`. Every independent error goes to `errs` (may be NULL).
 * SC_EIO, SC_EPARSE, SC_ESCHEMA, SC_ENOMEM; `*out` is the caller's to free. */
SC_API sc_status sc_model_load(const char *path, sc_model **out, sc_errs *errs);
/** The same from memory; `name` stands for the file in errors and is copied. */
SC_API sc_status sc_model_parse(
	const char *name, const char *text, size_t n, sc_model **out, sc_errs *errs);
/** NULL is allowed. */
SC_API void sc_model_free(sc_model *model);

/** A network, a study or a table of published figures inside the library. */
typedef struct sc_bundled {
	const char *kind; /**< "networks", "studies" or "published" */
	const char *name; /**< to ask for it by, "se-resnet-50" */
	const char *path; /**< "secost:networks/se-resnet-50.yaml": wherever a path is read */
	const char *text; /**< YAML, or CSV */
} sc_bundled;
/** The i-th, by path; NULL past the end. */
SC_API const sc_bundled *sc_bundled_at(size_t i);
/** Find one by its name or by the name that its description gives itself; case and whatever is
 * neither letter nor digit are of no matter. NULL when there is none. */
SC_API const sc_bundled *sc_bundled_named(const char *kind, const char *name);
/** Find one by its path; NULL when there is none. */
SC_API const sc_bundled *sc_bundled_file(const char *path);
/** Load a network that is inside the library: as sc_model_load; SC_EINVAL when none has the name.
 */
SC_API sc_status sc_model_load_bundled(const char *name, sc_model **out, sc_errs *errs);

/** A model of its own that shares everything unchanged with `model`, which must outlive it. */
SC_API sc_status sc_model_clone(const sc_model *model, sc_model **out, sc_err *err);

/** Apply overrides in turn, each as sc_model_set does. When one fails its index goes to `*failed`
 * and the model is as before; `sets->count` says that it was none of them. Call sc_model_check when
 * all are applied. */
SC_API sc_status sc_model_set_all(
	sc_model *model, const sc_texts *sets, size_t *failed, sc_err *err);

/** Apply one override, "stages[-1].se=off" or "stages.conv5_x.se.ratio=8"; the value is YAML. The
 * model is unchanged on failure. Call sc_model_check when all are applied. */
SC_API sc_status sc_model_set(sc_model *model, const char *assignment, sc_err *err);
/** Apply the overrides of a text, "path=value; path=value", each as sc_model_set does. */
SC_API sc_status sc_model_set_text(sc_model *model, const char *text, sc_err *err);
/** A path into a network, read from left to right: `p` is where it goes on. `offers` bounds the
 * suggestions over many paths (base/choices.h); NULL for one path. */
typedef struct sc_path {
	const char *text; /**< all of it, for messages; NUL-terminated */
	const char *p;	  /**< inside `text`: the first byte that is not read yet */
	size_t *offers; /**< suggestions still allowed on further paths, base/choices.h; or NULL */
} sc_path;
/** A list that a path may lead into. */
typedef struct sc_path_list {
	const char *noun;			       /**< "stages" */
	size_t count;				       /**< of entries */
	const char *(*name)(const void *of, size_t i); /**< "" for none, NULL past the last */
	const void *of;				       /**< what `name` is given */
} sc_path_list;
/** "[3]" or "[-1]", from the end: 0-based. SC_ESCHEMA has the column, in characters, and what is
 * allowed. All of these move `p` behind what they read. */
SC_API sc_status sc_path_index(
	sc_path *path, const char *noun, size_t count, size_t *out, sc_err *err);
/** An item: "[3]", "[-1]", or ".name", which may have dots. */
SC_API sc_status sc_path_item(sc_path *path, const sc_path_list *list, size_t *out, sc_err *err);
/** A stage, after "stages". */
SC_API sc_status sc_path_stage(sc_path *path, const sc_model *m, size_t *stage, sc_err *err);
/** ".blocks[3]", if that comes next: `*has` tells. */
SC_API sc_status sc_path_block(
	sc_path *path, const sc_model *m, size_t stage, bool *has, uint32_t *block, sc_err *err);
/** Bytes up to the next ".", "[", "]" or "=". */
SC_API size_t sc_path_key_length(const char *p);

/** Check what fields together must satisfy. */
SC_API sc_status sc_model_check(const sc_model *model, sc_errs *errs);

/** Called with a message and its place; its status is SC_OK. */
typedef void sc_model_tell(void *user, const sc_err *warning);
/** Tell what a checked model says that is allowed and probably not meant. */
SC_API void sc_model_warnings(const sc_model *model, sc_model_tell *tell, void *user);

/** The SE of one block with all inheritance resolved. */
SC_API sc_se_block sc_model_se(const sc_model *model, size_t stage, uint32_t block);
/** Key `i` of what a description can say of SE; NULL past the last. */
SC_API const char *sc_se_key(size_t i);
/** The SE fields of one block, merged but not yet turned into numbers. */
SC_API sc_se_spec sc_model_se_spec(const sc_model *model, size_t stage, uint32_t block);
/** Where the description said an SE field of one block; {0, 0} when it is the default. */
SC_API sc_mark sc_model_se_mark(
	const sc_model *model, size_t stage, uint32_t block, const char *key);

/** The file that a line of a place belongs to, its text in `*text` (may be NULL), its own number in
 * `*line`. */
SC_API const char *sc_model_file_of(const sc_model *model, uint32_t *line, const char **text);

/** The spec of one block: the stage's, with the block's own values and scaled widths. */
SC_API sc_block_spec sc_model_block(const sc_model *model, size_t stage, uint32_t block);

/** Expand into layers. `input` NULL means the model's. On failure `*out` is untouched and `err` has
 * the file and line. The layers borrow names from the model. */
SC_API sc_status sc_model_expand(
	const sc_model *model, const sc_shape *input, sc_layers *out, sc_err *err);

/** A row of dialects.def: a named bundle of SE fields. */
typedef struct sc_dialect {
	const char *name;    /**< what `dialect:` says */
	const char *fields;  /**< the fields it stands for, as YAML of one line */
	const char *meaning; /**< a phrase for people */
} sc_dialect;
SC_API const sc_dialect *sc_dialect_at(size_t i);

/** A row of fields.def, for people and for programs. */
typedef struct sc_field_info {
	const char *table;     /**< which record it belongs to, "stage" */
	const char *key;       /**< as descriptions write it */
	const char *type;      /**< in words, "a whole number" */
	const char *range;     /**< what is allowed, "1 … 4096", "" for anything */
	const char *meaning;   /**< a phrase for people */
	const char *code;      /**< name of the type in fieldtypes.def, "COUNT" */
	double min, max;       /**< of numbers, of words how many; 0, 0 when there are none */
	const char *sub_table; /**< table of the records it holds, NULL for none */
	bool words;	       /**< `range` lists all the words allowed, with commas */
	bool per_block;	       /**< one value, or a list of one for each block */
} sc_field_info;
/** Field i over all tables; false past the end. `range` is written into `room`. */
SC_API bool sc_field_at(size_t i, char room[256], sc_field_info *out);

/** Where a field of a record was given: {0, 0} when it was not. `table` is a name of fields.def. */
SC_API sc_mark sc_field_mark(const char *table, const sc_given *given, const char *key);

/** What somebody published of a setup: cost and accuracy. The accuracy is that of its authors'
 * training. */
typedef struct sc_published {
	sc_given given;	     /**< what was said, and where */
	sc_figure params;    /**< parameters; `text` NULL when not said */
	sc_figure macs;	     /**< multiply-accumulates; the same */
	double top1_error;   /**< percent, 0 … 100; 0 when not given */
	double top5_error;   /**< the same */
	double inference_ms; /**< a forward pass on its authors' machine, milliseconds; 0 when not
				given */
	const char *rules;   /**< names of counting rules; NULL for the study's */
	const char *source;  /**< where it was published; NULL when not said */
	const char *reason;  /**< why the count differs; NULL when not said */
} sc_published;

/** A setup of a study as described. */
typedef struct sc_setup_spec {
	sc_given given;		/**< what was said, and where */
	const char *name;	/**< 1 … 80 characters */
	const char *group;	/**< 1 … 40 characters; NULL for "setups" */
	sc_texts set;		/**< "path=value"; empty for the network as it is */
	sc_published published; /**< what was published of it */
} sc_setup_spec;

/** A sweep of a study as described: a setup for each value of a field. */
typedef struct sc_sweep_spec {
	sc_given given;	   /**< what was said, and where */
	const char *name;  /**< 1 … 40 characters; NULL for the last part of `field` */
	const char *field; /**< path of the field, "se.ratio" */
	sc_texts values;   /**< YAML, one for each setup; at least one */
	struct {
		sc_published *item; /**< one for each value */
		size_t count;	    /**< as many as values, or 0 */
	} published;		    /**< what was published of the setups */
} sc_sweep_spec;

/** A column that setups can be held against each other by: a row of front_columns.def; NULL past
 * the end. */
SC_API const char *sc_front_column_name(size_t column);
/** A study as described. */
typedef struct sc_study_spec {
	sc_given given;			    /**< what was said, and where */
	const char *file;		    /**< as it was opened */
	struct sc_model_memory *memory;	    /**< owned */
	const char *title;		    /**< 1 … 200 characters; NULL when not said */
	const char *network;		    /**< as written */
	const char *network_path;	    /**< `network` from the folder of the study */
	const char *bench, *bench_path;	    /**< a result of 'secost bench'; NULL for none */
	const char *profile, *profile_path; /**< a grid of 'secost bench'; NULL for none */
	const char *times, *times_path;	    /**< of 'secost bench --network'; NULL for none */
	sc_texts rules;	 /**< names of counting rules; empty for the default ones */
	sc_texts set;	 /**< "path=value" for every setup; empty when not said */
	sc_texts ablate; /**< names of ready-made groups; empty when not said */
	sc_texts front;	 /**< columns of a front, rows of front_columns.def; empty for none */
	sc_texts notes;	 /**< remarks for the report; empty when not said */
	struct {
		sc_placed *item; /**< names of charts, each once */
		size_t count;	 /**< 0 for all that apply */
	} charts;		 /**< that a report draws */
	struct {
		sc_setup_spec *item; /**< in order of the file */
		size_t count;	     /**< 0 when none */
	} setups;		     /**< by name */
	struct {
		sc_sweep_spec *item; /**< in order of the file */
		size_t count;	     /**< 0 when none */
	} sweeps;		     /**< a setup for each value */
} sc_study_spec;

/** Read a study file: as sc_model_load. The network is not loaded. */
SC_API sc_status sc_study_spec_load(const char *path, sc_study_spec **out, sc_errs *errs);
/** The same from memory; `name` stands for the file in errors, and paths are beside it. */
SC_API sc_status sc_study_spec_parse(
	const char *name, const char *text, size_t n, sc_study_spec **out, sc_errs *errs);
/** Is the text a study, as its top-level keys say? */
SC_API bool sc_study_spec_is(const char *text, size_t n);
/** Is the file at `path` a study, as its top-level keys say? False also when it can't be read. */
SC_API bool sc_study_spec_is_at(const char *path);
/** Where the value of a key of the study stands, {0, 0} when the key was not said. */
SC_API sc_mark sc_study_spec_mark(const sc_study_spec *spec, const char *key);
/** NULL is allowed. */
SC_API void sc_study_spec_free(sc_study_spec *spec);

struct sc_text;
/** Append the description that `model` was read from, with overrides written into it and without
 * what was published of it; comments are lost. SC_EINVAL when an override can't be written there.
 */
SC_API sc_status sc_model_describe(
	const sc_model *model, const sc_texts *sets, struct sc_text *out, sc_err *err);

/** What SE gained somewhere, as somebody measured it: of a stage, or of the whole network, at one
 * ratio, or at any. */
typedef struct sc_gain {
	sc_given given;	    /**< which of these the file has, and where */
	const char *stage;  /**< NULL: the whole network */
	uint32_t ratio;	    /**< 0: any */
	double gain, error; /**< one of them is given */
} sc_gain;

/** A gain file. Gains add up by assumption. */
typedef struct sc_gain_spec {
	sc_given given;			/**< which of these the file has, and where */
	const char *file;		/**< it was read from */
	struct sc_model_memory *memory; /**< owned */
	const char *title;		/**< one line, or NULL */
	const char *network; /**< display name of the network it was measured on, or NULL */
	const char *source;  /**< the publication, or NULL */
	const char *of;	     /**< what is gained, "top-1 accuracy, %", or NULL */
	double without;	     /**< the error without SE */
	double all; /**< the gain or error that was published of all stages at once, 0 for none */
	struct {
		sc_gain *item; /**< count of them, owned */
		size_t count;  /**< 0 or more */
	} gains;	       /**< in the file's order */
} sc_gain_spec;

/** Read a gain file: as sc_model_load. */
SC_API sc_status sc_gain_spec_load(const char *path, sc_gain_spec **out, sc_errs *errs);
SC_API sc_status sc_gain_spec_parse(
	const char *name, const char *text, size_t n, sc_gain_spec **out, sc_errs *errs);
/** NULL is allowed. */
SC_API void sc_gain_spec_free(sc_gain_spec *spec);
/** What a line is worth: its gain, or how far its error is below the one without SE. */
SC_API double sc_gain_value(const sc_gain_spec *spec, const sc_gain *gain);
/** Does the file speak of errors? */
SC_API bool sc_gain_is_error(const sc_gain_spec *spec);

#endif
