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
	sc_words *words;              /**< of ENUM */
	const struct sc_table *table; /**< of records */
} sc_field;

/** A record type: its first member is an sc_given. */
typedef struct sc_table {
	const char *name, *noun;
	const sc_field *field;
	size_t count, record_size;
	const void *initial; /**< a record of which nothing was said; NULL for all zero */
} sc_table;

extern const sc_table sc_table_model, sc_table_base, sc_table_stage, sc_table_override, sc_table_se,
	sc_table_layer, sc_table_module, sc_table_expect, sc_table_study, sc_table_setup,
	sc_table_sweep, sc_table_published;

/** All tables, NULL past the end. */
const sc_table *sc_table_at(size_t i);
/** Index of a key in a table, or -1. */
int sc_field_index(const sc_table *table, const char *key);
const char *sc_fieldtype_text(sc_fieldtype type);
/** "1 … 4096", "one of: a, b": what a field allows. "" when the type says it all. */
const char *sc_field_range(const sc_field *field, char room[256]);
/** Bytes that a field's value takes in its record. */
size_t sc_field_size(const sc_field *field);

/** The layout that every list member shares. */
typedef struct sc_list {
	void *item;
	size_t count;
} sc_list;

/** Where values go and errors are told. */
typedef struct sc_reader {
	sc_arena *arena;
	const char *file;
	sc_errs *errs;
	sc_status status; /**< of the first error */
} sc_reader;

/** Tell an error at a place; always returns false, so that a failing path is one line. */
bool sc_reader_fail(sc_reader *r, sc_status status, sc_mark at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/** Allocate zeroed memory, or tell that there is none. */
void *sc_reader_alloc(sc_reader *r, size_t n, size_t size);

/** Read a value into a field of a record and note that it was given. False when told an error. */
bool sc_read_field(sc_reader *r, const sc_table *table, int index, void *record, const sc_node *value);
/** Read a mapping into a record that is set to its initial value first. */
bool sc_read_record(sc_reader *r, const sc_table *table, void *record, const sc_node *node);
/** Read a text into a record of its own: parse, walk the table. `file` names it in errors. */
sc_status sc_read_text_into(sc_arena *arena, const char *file, const char *text, size_t n,
	const sc_table *table, void *record, sc_errs *errs);

/** Set a record to its initial value, with room for the places of its fields. */
bool sc_record_init(sc_reader *r, const sc_table *table, void *record, sc_mark at);
/** Note in a record that is the reader's own that a field was given. */
void sc_record_note(void *record, int index, sc_mark at);
/** Read one layer of a list: a word, or a mapping of one key. */
bool sc_read_layer(sc_reader *r, sc_layer_spec *out, const sc_node *node);

/** "; did you mean 'x'?" or "", for the nearest of `words`. */
typedef struct sc_hint {
	char s[96];
} sc_hint;
const char *sc_hint_of(const char *wanted, const char *best, sc_hint *out);

/* readers of scalar values, shared by the types; each tells its error */
bool sc_read_count(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t *out);
bool sc_read_real(sc_reader *r, const sc_field *f, const sc_node *node, double *out);
bool sc_read_choice(sc_reader *r, const sc_field *f, const sc_node *node, sc_choice *out);
bool sc_read_word(sc_reader *r, const sc_field *f, const sc_node *node, unsigned *out);
bool sc_read_text(sc_reader *r, const sc_field *f, const sc_node *node, const char **out);
bool sc_read_figure(sc_reader *r, const sc_field *f, const sc_node *node, sc_figure *out);
bool sc_read_kind(sc_reader *r, const sc_field *f, const sc_node *node, const sc_block_kind **out);
bool sc_read_rule(sc_reader *r, const sc_field *f, const sc_node *node, const char **out);
bool sc_read_dialect(sc_reader *r, const sc_field *f, const sc_node *node, const sc_se_spec **out);

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
