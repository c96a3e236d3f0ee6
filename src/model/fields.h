/** \file
 * The field tables, and the reader that walks them. */
#ifndef SC_MODEL_FIELDS_H
#define SC_MODEL_FIELDS_H

#include "model/yaml.h"
#include "secost/model.h"

typedef enum sc_fieldtype {
#define FIELDTYPE(name, text) SC_FIELDTYPE_##name,
#include "model/fieldtypes.def"
#undef FIELDTYPE
	SC_FIELDTYPE__N
} sc_fieldtype;

/** Word i of a list, "" for an index that can't be written, NULL past the end. */
typedef const char *sc_words(size_t i);

typedef struct sc_field {
	const char *key;
	sc_fieldtype type;
	size_t offset; /**< into the record */
	double min, max;
	const char *meaning;
	sc_words *words;	      /**< of ENUM */
	const struct sc_table *table; /**< of records */
} sc_field;

/** A record type: its first member is an sc_given. */
typedef struct sc_table {
	const char *name, *noun;
	const sc_field *field;
	size_t count, record_size;
	const void *initial; /**< a record of which nothing was said; NULL for all zero */
} sc_table;

extern const sc_scale sc_scale_unsaid;
extern const sc_table sc_table_model, sc_table_scale, sc_table_convolutions, sc_table_regnet,
	sc_table_base, sc_table_stage, sc_table_override, sc_table_se, sc_table_layer,
	sc_table_node, sc_table_module, sc_table_expect, sc_table_study, sc_table_setup,
	sc_table_sweep, sc_table_published, sc_table_gains, sc_table_gain, sc_table_plan;

/** All tables, NULL past the end. */
const sc_table *sc_table_at(size_t i);
/** Index of a key in a table, or -1. */
int sc_field_index(const sc_table *table, const char *key);
const char *sc_fieldtype_text(sc_fieldtype type);
/** "1 … 4096", "one of: a, b": what a field allows. "" when the type says it all. */
const char *sc_field_range(const sc_field *field, char room[256]);
/** Words of an enum, kind or dialect, and keys of a table, as sc_word_at has them. */
const char *sc_field_word(const void *field, size_t i);
const char *sc_table_key(const void *table, size_t i);
/** Bytes that a field's value takes in its record. */
size_t sc_field_size(const sc_field *field);

/** The layout that every list member shares. */
typedef struct sc_list {
	void *item;
	size_t count;
} sc_list;

/** Read a value into a field of a record and note that it was given. False when told an error. */
bool sc_read_field(sc_reader *r, const sc_table *table, int index, void *record, sc_mark key,
	const sc_node *value);
/** Read a mapping into a record that is set to its initial value first. */
bool sc_read_record(sc_reader *r, const sc_table *table, void *record, const sc_node *node);
/** Read a list of one value for each block into a field of a stage's spec. */
bool sc_read_per_block(sc_reader *r, const sc_field *f, sc_stage *stage, const sc_node *list);
/** May this field of a stage have one value for each block? */
bool sc_takes_list(const sc_table *table, const sc_field *f);
/** Forget the list that a field of a stage had. */
void sc_forget_list(sc_reader *r, sc_stage *stage, size_t field);
/** Take "…" or "..." off the end of a list's last text; was there one? */
bool sc_take_rest(sc_reader *r, const char **text);
/** Read one value of a field. */
bool sc_read_value(sc_reader *r, const sc_field *f, void *at, const sc_node *node);

/** The tree of a description with what it extends and its defaults merged in, NULL when told why
 * not; `*base_text` is the text of what it extends, untouched when it extends nothing. */
const sc_node *sc_describe_whole(
	sc_reader *r, const char *text, const sc_node *root, const char **base_text);

/** What a scale and design parameters must satisfy. */
void sc_check_widths(sc_reader *r, const sc_model *m);
/** The widths and depths of a RegNet's stages. The number of stages, at most `room` of them
 * written. */
size_t sc_regnet_stages(const sc_regnet *net, uint32_t *width, uint32_t *blocks, size_t room);
/** The part of sc_model_finish that is about stages. */
void sc_finish_stages(sc_reader *r, sc_model *model);
/** Fill in what a description may leave out: names, kinds and numbers of blocks. */
void sc_model_finish(sc_reader *r, sc_model *model);
/** Read a text into a record of its own: parse, walk the table. `file` names it in errors. */
sc_status sc_read_text_into(sc_arena *arena, const char *file, const char *text, size_t n,
	const sc_table *table, void *record, sc_errs *errs);

/** What to write instead of an unknown key, as the end of a message. */
const char *sc_key_tail(sc_reader *r, const sc_table *table, const char *key, sc_tail *out);
/** Set a record to its initial value, with room for the places of its fields. */
bool sc_record_init(sc_reader *r, const sc_table *table, void *record, sc_mark at);
/** Note in a record that is the reader's own that a field was given, and where. */
void sc_record_note(
	sc_reader *r, const sc_table *table, void *record, int index, sc_mark key, sc_mark value);
/** Note that a field was given and could not be read; SC_WHOLE_RECORD for all of them. */
enum { SC_WHOLE_RECORD = -1 };
void sc_record_note_bad(void *record, int index);
/** Where the key of a given field stands: beside the places of the values. */
sc_mark sc_key_mark(const sc_table *table, const sc_given *given, size_t index);
/** Read one layer of a list: a word, or a mapping of one key. */
bool sc_read_layer(sc_reader *r, sc_layer_spec *out, const sc_node *node);
/** Read the fields of one, which may be those in `list`. `name` is the node of its op's name. */
bool sc_read_layer_as(sc_reader *r, sc_layer_spec *out, const sc_op *op, const char *list,
	const sc_node *name, const sc_node *fields);
bool sc_read_graph(sc_reader *r, const sc_field *f, const sc_node *node, void *member);

/** Tell what fields together must satisfy, of all that could be read. */
void sc_check_model(sc_reader *r, const sc_model *m);
/** Tell the fields that a list of words does not have, and those it requires and that are missing.
 * `noun` is who says so: "block 'plain'". */
bool sc_check_fields(sc_reader *r, const sc_table *table, const sc_given *given, sc_mark at,
	const char *list, uint64_t besides, const char *noun);

/** Forget `ratio`, `se_ratio` and `width`: a level that gives one of them replaces all. */
void sc_se_forget_amount(sc_se_spec *se);
bool sc_se_is_amount(const sc_field *field);

/** The modules of a model by name. */
typedef struct sc_module_index {
	const sc_module **item;
	size_t count;
} sc_module_index;
/** False when there is no memory; else release it with free(index->item). */
bool sc_module_index_make(const sc_model *m, sc_module_index *out);
const sc_module *sc_module_find(const sc_module_index *index, const char *name);

/* readers of one value, shared by the types; each tells its error */
bool sc_read_count(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t *out);
bool sc_read_real(sc_reader *r, const sc_field *f, const sc_node *node, double *out);
bool sc_read_choice(sc_reader *r, const sc_field *f, const sc_node *node, sc_choice *out);
bool sc_read_word(sc_reader *r, const sc_field *f, const sc_node *node, unsigned *out);
bool sc_read_norm(sc_reader *r, const sc_field *f, const sc_node *node, sc_norm_choice *out);
bool sc_read_text(sc_reader *r, const sc_field *f, const sc_node *node, const char **out);
/** "28088024", "28.1 M", "3.86G" as a number with the precision it was printed to; false when it is
 * none, then only `out->text` may be set. */
bool sc_figure_parse(const char *text, sc_figure *out);
bool sc_read_figure(sc_reader *r, const sc_field *f, const sc_node *node, sc_figure *out);
bool sc_read_kind(sc_reader *r, const sc_field *f, const sc_node *node, const sc_block_kind **out);
bool sc_read_rule(sc_reader *r, const sc_field *f, const sc_node *node, const char **out);
bool sc_read_dialect(sc_reader *r, const sc_field *f, const sc_node *node, const sc_se_spec **out);

/* readers of several values */
bool sc_read_numbers(sc_reader *r, const sc_field *f, const sc_node *node, sc_numbers *out);
bool sc_read_select(sc_reader *r, const sc_field *f, const sc_node *node, sc_select *out);
bool sc_read_pair(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t out[2]);
bool sc_read_size(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out);
bool sc_read_shape(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out);
bool sc_read_names(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_placed(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_records(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_named(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_layers(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_lists(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
/** Is the node of that kind? Else tell that it must be as the field's type says. */
bool sc_node_must_be(sc_reader *r, const sc_field *f, const sc_node *node, sc_node_kind kind);

/* readers of what a study lists */
bool sc_read_texts(sc_reader *r, const sc_field *f, const sc_node *node, void *member);
bool sc_read_sets(sc_reader *r, const sc_field *f, const sc_node *node, void *member);

/** True for a scalar that says no: off, no, false, none, 0. */
bool sc_node_says_no(const sc_node *node);
bool sc_node_says_yes(const sc_node *node);

/** Is `word` in a list of words separated by blanks (a trailing '!' is not part of a word)?
 * `*required` tells whether it has one; may be NULL. */
bool sc_list_has(const char *list, const char *word, bool *required);
/** The list with commas for people. */
const char *sc_list_text(const char *list, char room[256]);

#endif
