/* The reader: walks a field table beside a YAML node and fills a record. A record begins with an
 * sc_given. Reading goes on after an error, so that all independent errors of a file are told in
 * one go; what could not be read is marked bad, so that nothing is told of it twice. */
#include <stdio.h>
#include <string.h>

#include "model/fields.h"
#include "model/graph.h"

/* --- records --- */

bool sc_record_init(sc_reader *r, const sc_table *table, void *record, sc_mark at)
{
	if (table->initial)
		memcpy(record, table->initial, table->record_size);
	else
		memset(record, 0, table->record_size);
	sc_mark *mark = sc_reader_alloc(r, 2 * table->count, sizeof *mark);
	sc_given given = {.mark = mark};
	if (!r->unplaced)
		given.at = at;
	memcpy(record, &given, sizeof given);
	return mark != NULL;
}

/* the marks were made by sc_record_init, or copied for this record alone */
void sc_record_note(
	sc_reader *r, const sc_table *table, void *record, int index, sc_mark key, sc_mark value)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	sc_mark *mark = (sc_mark *)(uintptr_t)given.mark;
	mark[index] = r->unplaced ? (sc_mark){0, 0} : value;
	mark[table->count + (size_t)index] = r->unplaced ? (sc_mark){0, 0} : key;
	given.bits |= (uint64_t)1 << index;
	memcpy(record, &given, sizeof given);
}

void sc_record_note_bad(void *record, int index)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	given.bad |= index == SC_WHOLE_RECORD ? UINT64_MAX : (uint64_t)1 << index;
	memcpy(record, &given, sizeof given);
}

sc_mark sc_key_mark(const sc_table *table, const sc_given *given, size_t index)
{
	bool known = given->mark && given->bits >> index & 1;
	return known ? given->mark[table->count + index] : (sc_mark){0, 0};
}

static bool read_se(sc_reader *r, const sc_table *table, sc_se_spec *out, const sc_node *node)
{
	sc_quoted what;
	bool no = sc_node_says_no(node), yes = sc_node_says_yes(node);
	if (!no && !yes && node->kind != SC_NODE_map)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'se' is %s, must be a mapping such as {ratio: 16}, on or off",
			sc_node_describe(node, &what));
	if (no || yes) {
		if (!out->given.mark && !sc_record_init(r, table, out, node->at))
			return false;
		out->on = yes ? SC_YES : SC_NO;
		return true;
	}
	bool good = sc_read_record(r, table, out, node);
	out->on = SC_YES;
	return good;
}

bool sc_read_value(sc_reader *r, const sc_field *f, void *at, const sc_node *node)
{
	switch (f->type) {
	case SC_FIELDTYPE_COUNT:
		return sc_read_count(r, f, node, at);
	case SC_FIELDTYPE_REAL:
		return sc_read_real(r, f, node, at);
	case SC_FIELDTYPE_CHOICE:
		return sc_read_choice(r, f, node, at);
	case SC_FIELDTYPE_TEXT:
		return sc_read_text(r, f, node, at);
	case SC_FIELDTYPE_ENUM:
		return sc_read_word(r, f, node, at);
	case SC_FIELDTYPE_NORM:
		return sc_read_norm(r, f, node, at);
	case SC_FIELDTYPE_NUMBERS:
		return sc_read_numbers(r, f, node, at);
	case SC_FIELDTYPE_SELECT:
		return sc_read_select(r, f, node, at);
	case SC_FIELDTYPE_PAIR:
	case SC_FIELDTYPE_PADDING:
		return sc_read_pair(r, f, node, at);
	case SC_FIELDTYPE_SHAPE:
		return sc_read_shape(r, f, node, at);
	case SC_FIELDTYPE_SIZE:
		return sc_read_size(r, f, node, at);
	case SC_FIELDTYPE_FIGURE:
		return sc_read_figure(r, f, node, at);
	case SC_FIELDTYPE_KIND:
		return sc_read_kind(r, f, node, at);
	case SC_FIELDTYPE_DIALECT:
		return sc_read_dialect(r, f, node, at);
	case SC_FIELDTYPE_RULE:
		return sc_read_rule(r, f, node, at);
	case SC_FIELDTYPE_NAMES:
		return sc_read_names(r, f, node, at);
	case SC_FIELDTYPE_PLACED:
		return sc_read_placed(r, f, node, at);
	case SC_FIELDTYPE_TEXTS:
		return sc_read_texts(r, f, node, at);
	case SC_FIELDTYPE_SETS:
		return sc_read_sets(r, f, node, at);
	case SC_FIELDTYPE_RECORD:
		return sc_read_record(r, f->table, at, node);
	case SC_FIELDTYPE_SE:
		return read_se(r, f->table, at, node);
	case SC_FIELDTYPE_RECORDS:
		return sc_read_records(r, f, node, at);
	case SC_FIELDTYPE_NAMED:
		return sc_read_named(r, f, node, at);
	case SC_FIELDTYPE_LAYERS:
		return sc_read_layers(r, f, node, at);
	case SC_FIELDTYPE_LISTS:
		return sc_read_lists(r, f, node, at);
	case SC_FIELDTYPE_GRAPH:
		return sc_read_graph(r, f, node, at);
	case SC_FIELDTYPE__N:
		break;
	}
	return false;
}

/* "b…": b is the module of all blocks that follow */
static void take_rest_of_modules(sc_reader *r, sc_stage *stage)
{
	size_t n = stage->modules.count;
	stage->modules_rest = n && sc_take_rest(r, &stage->modules.item[n - 1]);
}

bool sc_read_field(sc_reader *r, const sc_table *table, int index, void *record, sc_mark key,
	const sc_node *value)
{
	const sc_field *f = &table->field[index];
	bool list = sc_takes_list(table, f);
	if (list)
		sc_forget_list(r, record, (size_t)index);
	bool good = list && value->kind == SC_NODE_list
			    ? sc_read_per_block(r, f, record, value)
			    : sc_read_value(r, f, (char *)record + f->offset, value);
	if (good && table == &sc_table_stage && !strcmp(f->key, "modules"))
		take_rest_of_modules(r, record);
	if (good && table == &sc_table_node && !strcmp(f->key, "inputs"))
		sc_graph_note_inputs(r, record, value);
	sc_record_note(r, table, record, index, key, value->at);
	if (!good)
		sc_record_note_bad(record, index);
	return good;
}

/* keys of a mapping within this record are often written one level too high */
static const char *belongs_in(const sc_table *table, const char *key)
{
	for (size_t i = 0; i < table->count; i++) {
		const sc_field *f = &table->field[i];
		bool within = f->type == SC_FIELDTYPE_RECORD || f->type == SC_FIELDTYPE_SE;
		if (within && sc_field_index(f->table, key) >= 0)
			return f->key;
	}
	return NULL;
}

const char *sc_key_tail(sc_reader *r, const sc_table *table, const char *key, sc_tail *out)
{
	const char *within = belongs_in(table, key);
	out->best = NULL;
	if (within)
		snprintf(out->s, sizeof out->s, "; it belongs in '%s'", within);
	else
		sc_did_you_mean(key, sc_table_key, table, &r->offers, out);
	return *out->s ? out->s : sc_must_be_one_of(key, sc_table_key, table, &r->offers, out);
}

/* the field that was meant is bad then, so that nobody says it is missing */
static bool unknown_key(sc_reader *r, const sc_table *table, void *record, const sc_node *key)
{
	sc_tail tail;
	sc_quoted quoted;
	sc_reader_fail(r, SC_ESCHEMA, key->at, "unknown key %s in %s%s",
		sc_quote(key->text, &quoted), table->noun, sc_key_tail(r, table, key->text, &tail));
	if (tail.best)
		sc_record_note_bad(record, sc_field_index(table, tail.best));
	return false;
}

bool sc_read_record(sc_reader *r, const sc_table *table, void *record, const sc_node *node)
{
	sc_quoted what;
	if (node->kind != SC_NODE_map) {
		sc_record_note_bad(record, SC_WHOLE_RECORD);
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "%s is %s, must be a mapping",
			table->noun, sc_node_describe(node, &what));
	}
	if (!sc_record_init(r, table, record, node->at))
		return false;
	bool good = true;
	for (size_t i = 0; i < node->count && !sc_reader_gave_up(r); i++) {
		const sc_node *key = node->item[2 * i], *value = node->item[2 * i + 1];
		int index = sc_field_index(table, key->text);
		good = (index < 0 ? unknown_key(r, table, record, key)
				  : sc_read_field(r, table, index, record, key->at, value)) &&
		       good;
	}
	return good;
}

bool sc_check_fields(sc_reader *r, const sc_table *table, const sc_given *given, sc_mark at,
	const char *list, uint64_t besides, const char *noun)
{
	sc_mask mask = sc_reader_mask(r, table, list);
	uint64_t strange = given->bits & ~(mask.known | besides | given->bad);
	uint64_t missing = mask.required & ~(given->bits | given->bad);
	char room[256];
	for (size_t i = 0; i < table->count && (strange | missing) >> i; i++) {
		if (strange >> i & 1)
			sc_reader_fail(r, SC_ESCHEMA, sc_key_mark(table, given, i),
				"'%s' has no meaning for %s, which takes: %s", table->field[i].key,
				noun, sc_list_text(list, room));
		if (missing >> i & 1)
			sc_reader_fail(
				r, SC_ESCHEMA, at, "%s needs '%s'", noun, table->field[i].key);
	}
	return !strange && !missing;
}

/* --- layers: `word`, or `{word: {fields}}` --- */

static const char *layer_word(const void *of, size_t i)
{
	(void)of;
	const sc_op *op = sc_op_at(i);
	return !op ? NULL : op->fields ? op->name : "";
}

static const sc_op *read_op(sc_reader *r, const sc_node *node)
{
	const sc_op *op = sc_op_named(node->text);
	sc_tail tail;
	sc_quoted what;
	if (op && op->fields)
		return op;
	sc_reader_fail(r, SC_ESCHEMA, node->at, "a layer is %s%s", sc_node_describe(node, &what),
		sc_must_be_one_of(node->text, layer_word, NULL, &r->offers, &tail));
	return NULL;
}

static bool not_a_layer(sc_reader *r, const sc_node *node)
{
	bool map = node->kind == SC_NODE_map;
	sc_quoted what, first;
	char hint[160] = "";
	if (map && node->count > 1 && sc_node_is_empty(node->item[1]))
		snprintf(hint, sizeof hint, "; indent what belongs to %s",
			sc_quote(node->item[0]->text, &first));
	return sc_reader_fail(r, SC_ESCHEMA, node->at,
		"a layer is %s, must be a word or a mapping of one key, such as 'conv: {channels: "
		"64}'%s",
		!map	      ? sc_node_describe(node, &what)
		: node->count ? "a mapping of several keys"
			      : "an empty mapping",
		hint);
}

static bool fields_are_no_map(
	sc_reader *r, const sc_op *op, const char *list, const sc_node *fields)
{
	sc_quoted what;
	char room[256];
	return sc_reader_fail(r, SC_ESCHEMA, fields->at,
		"'%s' is %s, must be a mapping of its fields: %s", op->name,
		sc_node_describe(fields, &what), sc_list_text(list, room));
}

/* as many as a module may have */
static bool has_branches(sc_reader *r, const sc_layer_spec *layer)
{
	int i = sc_field_index(&sc_table_layer, "branches");
	size_t n = layer->branches.count;
	if (!(layer->given.bits >> i & 1) || (n && n <= SC_BRANCHES_MAX))
		return true;
	return sc_reader_fail(r, SC_ESCHEMA, layer->given.mark[i],
		"'branches' has %zu items, must have 1 … %d", n, SC_BRANCHES_MAX);
}

/* an op of NULL has been told of: its fields are read, not checked */
bool sc_read_layer_as(sc_reader *r, sc_layer_spec *out, const sc_op *op, const char *list,
	const sc_node *name, const sc_node *fields)
{
	bool bare = !fields || sc_node_is_empty(fields), good = op != NULL;
	if (op && !bare && fields->kind != SC_NODE_map)
		return fields_are_no_map(r, op, list, fields);
	if (bare)
		good = sc_record_init(r, &sc_table_layer, out, name->at) && good;
	else
		good = sc_read_record(r, &sc_table_layer, out, fields) && good;
	out->op = op;
	if (!r->unplaced)
		out->given.at = name->at;
	if (!op || !out->given.mark)
		return false;
	char noun[48];
	snprintf(noun, sizeof noun, "'%s'", op->name);
	return sc_check_fields(r, &sc_table_layer, &out->given, name->at, list, 0, noun) && good &&
	       has_branches(r, out);
}

bool sc_read_layer(sc_reader *r, sc_layer_spec *out, const sc_node *node)
{
	bool map = node->kind == SC_NODE_map && node->count == 1;
	if (!map && node->kind != SC_NODE_scalar)
		return not_a_layer(r, node);
	const sc_node *name = map ? node->item[0] : node, *fields = map ? node->item[1] : NULL;
	const sc_op *op = read_op(r, name);
	return sc_read_layer_as(r, out, op, op ? op->fields : NULL, name, fields);
}
