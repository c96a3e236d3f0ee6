/* The reader: walks a field table beside a YAML node and fills a record. A record begins with an
 * sc_given; every list member has the layout of sc_list. Reading goes on after an error, so that all
 * independent errors of a file are told in one go. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "model/fields.h"

bool sc_reader_fail(sc_reader *r, sc_status status, sc_mark at, const char *fmt, ...)
{
	sc_err err;
	char message[sizeof err.message];
	va_list args;
	va_start(args, fmt);
	vsnprintf(message, sizeof message, fmt, args);
	va_end(args);
	sc_fail(&err, status, "%s", message);
	snprintf(err.file, sizeof err.file, "%s", r->file);
	err.line = (int)at.line;
	err.column = (int)at.column;
	sc_errs_add(r->errs, &err);
	if (!r->status)
		r->status = status;
	return false;
}

void *sc_reader_alloc(sc_reader *r, size_t n, size_t size)
{
	void *p = n <= (size_t)-1 / 4 / size ? sc_arena_alloc(r->arena, n * size) : NULL;
	if (!p)
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	return p;
}

/* --- lists: every list member has the layout of sc_list, whatever it lists --- */

static bool store_list(bool good, void *item, size_t count, void *member)
{
	sc_list list = {item, count};
	if (good)
		memcpy(member, &list, sizeof list);
	return good;
}

static bool read_numbers(sc_reader *r, const sc_field *f, const sc_node *node, sc_numbers *out)
{
	bool list = node->kind == SC_NODE_list;
	size_t n = list ? node->count : 1;
	sc_node_text what;
	if (node->kind == SC_NODE_map || !n)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a whole number %.10g … %.10g or a list of them", f->key,
			n ? sc_node_describe(node, &what) : "an empty list", f->min, f->max);
	uint32_t *item = sc_reader_alloc(r, n, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < n && item; i++) {
		const sc_node *value = list ? node->item[i] : node;
		if (!sc_node_says_no(value) || f->min < 1)
			good = sc_read_count(r, f, value, &item[i]) && good;
	}
	if (good)
		*out = (sc_numbers){item, n};
	return good;
}

static bool read_select(sc_reader *r, const sc_field *f, const sc_node *node, sc_select *out)
{
	static const char *const words[] = {"all", "first", "last"};
	for (unsigned i = 0; i < 3 && node->kind == SC_NODE_scalar; i++)
		if (!strcmp(node->text, words[i])) {
			*out = (sc_select){.which = (sc_selection)i};
			return true;
		}
	bool digits = *node->text && node->text[strspn(node->text, "0123456789")] == '\0';
	sc_node_text what;
	if (node->kind == SC_NODE_map || (node->kind == SC_NODE_scalar && !digits))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be all, first, last or a list of indices", f->key,
			sc_node_describe(node, &what));
	sc_select select = {.which = SC_SELECT_list};
	if (!read_numbers(r, f, node, &select.list))
		return false;
	*out = select;
	return true;
}

/* one number for both sides, or [height, width] */
static bool read_pair(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t out[2])
{
	uint32_t pair[2];
	sc_node_text what;
	if (node->kind == SC_NODE_map || (node->kind == SC_NODE_list && node->count != 2))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a whole number %.10g … %.10g or [height, width]", f->key,
			node->kind == SC_NODE_list ? "a list of another length"
						   : sc_node_describe(node, &what),
			f->min, f->max);
	bool list = node->kind == SC_NODE_list;
	bool good = sc_read_count(r, f, list ? node->item[0] : node, &pair[0]);
	pair[1] = pair[0];
	if (list)
		good = sc_read_count(r, f, node->item[1], &pair[1]) && good;
	if (good)
		memcpy(out, pair, sizeof pair);
	return good;
}

static bool read_size(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out)
{
	uint32_t side[2];
	if (!read_pair(r, f, node, side))
		return false;
	*out = (sc_shape){0, side[0], side[1]};
	return true;
}

static bool read_shape(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out)
{
	sc_shape shape;
	sc_node_text what;
	if (node->kind != SC_NODE_list || node->count != 3)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be [channels, height, width]", f->key,
			node->kind == SC_NODE_list ? "a list of another length"
						   : sc_node_describe(node, &what));
	bool good = sc_read_count(r, f, node->item[0], &shape.c);
	good = sc_read_count(r, f, node->item[1], &shape.h) && good;
	good = sc_read_count(r, f, node->item[2], &shape.w) && good;
	if (good)
		*out = shape;
	return good;
}

static bool must_be(sc_reader *r, const sc_field *f, const sc_node *node, sc_node_kind kind)
{
	sc_node_text what;
	if (node->kind == kind)
		return true;
	return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be a %s", f->key,
		sc_node_describe(node, &what), sc_fieldtype_text(f->type));
}

static bool read_names(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	const sc_field name = {.key = f->key, .min = 1, .max = 64};
	if (!must_be(r, f, node, SC_NODE_list))
		return false;
	const char **item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item; i++)
		good = sc_read_text(r, &name, node->item[i], &item[i]) && good;
	return store_list(good, (void *)item, node->count, member);
}

static bool read_records(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!must_be(r, f, node, SC_NODE_list))
		return false;
	size_t size = f->table->record_size;
	char *item = sc_reader_alloc(r, node->count, size);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item; i++)
		good = sc_read_record(r, f->table, item + i * size, node->item[i]) && good;
	return store_list(good, item, node->count, member);
}

/* the name of a module is its key */
static bool read_named(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!must_be(r, f, node, SC_NODE_map))
		return false;
	sc_module *item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item; i++) {
		good = sc_read_record(r, f->table, &item[i], node->item[2 * i + 1]) && good;
		item[i].name = node->item[2 * i]->text;
	}
	return store_list(good, item, node->count, member);
}

static bool read_layers(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!must_be(r, f, node, SC_NODE_list))
		return false;
	sc_layer_spec *item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item; i++)
		good = sc_read_layer(r, &item[i], node->item[i]) && good;
	return store_list(good, item, node->count, member);
}

static bool read_lists(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!must_be(r, f, node, SC_NODE_list))
		return false;
	sc_list *item = sc_reader_alloc(r, node->count, sizeof *item);
	const sc_field branch = {.key = "a branch", .type = SC_FIELDTYPE_LAYERS};
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item; i++)
		good = read_layers(r, &branch, node->item[i], &item[i]) && good;
	return store_list(good, item, node->count, member);
}

/* --- records --- */

bool sc_record_init(sc_reader *r, const sc_table *table, void *record, sc_mark at)
{
	if (table->initial)
		memcpy(record, table->initial, table->record_size);
	else
		memset(record, 0, table->record_size);
	sc_mark *mark = sc_reader_alloc(r, table->count, sizeof *mark);
	sc_given given = {0, mark, at};
	memcpy(record, &given, sizeof given);
	return mark != NULL;
}

/* the marks were made by sc_record_init, or copied for this record alone */
void sc_record_note(void *record, int index, sc_mark at)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	((sc_mark *)(uintptr_t)given.mark)[index] = at;
	given.bits |= (uint64_t)1 << index;
	memcpy(record, &given, sizeof given);
}

static bool read_se(sc_reader *r, const sc_table *table, sc_se_spec *out, const sc_node *node)
{
	sc_node_text what;
	bool no = sc_node_says_no(node), yes = sc_node_says_yes(node);
	if (!no && !yes && node->kind != SC_NODE_map)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'se' is %s, must be a mapping, on or off",
			sc_node_describe(node, &what));
	if (no || yes) {
		if (!out->given.mark && !sc_record_init(r, table, out, node->at))
			return false;
		out->on = yes ? SC_YES : SC_NO;
		return true;
	}
	if (!sc_read_record(r, table, out, node))
		return false;
	out->on = SC_YES;
	return true;
}

static bool read_value(sc_reader *r, const sc_field *f, void *at, const sc_node *node)
{
	switch (f->type) {
	case SC_FIELDTYPE_COUNT: return sc_read_count(r, f, node, at);
	case SC_FIELDTYPE_REAL: return sc_read_real(r, f, node, at);
	case SC_FIELDTYPE_CHOICE: return sc_read_choice(r, f, node, at);
	case SC_FIELDTYPE_TEXT: return sc_read_text(r, f, node, at);
	case SC_FIELDTYPE_ENUM: return sc_read_word(r, f, node, at);
	case SC_FIELDTYPE_NUMBERS: return read_numbers(r, f, node, at);
	case SC_FIELDTYPE_SELECT: return read_select(r, f, node, at);
	case SC_FIELDTYPE_PAIR:
	case SC_FIELDTYPE_PADDING: return read_pair(r, f, node, at);
	case SC_FIELDTYPE_SHAPE: return read_shape(r, f, node, at);
	case SC_FIELDTYPE_SIZE: return read_size(r, f, node, at);
	case SC_FIELDTYPE_FIGURE: return sc_read_figure(r, f, node, at);
	case SC_FIELDTYPE_KIND: return sc_read_kind(r, f, node, at);
	case SC_FIELDTYPE_DIALECT: return sc_read_dialect(r, f, node, at);
	case SC_FIELDTYPE_RULE: return sc_read_rule(r, f, node, at);
	case SC_FIELDTYPE_NAMES: return read_names(r, f, node, at);
	case SC_FIELDTYPE_TEXTS: return sc_read_texts(r, f, node, at);
	case SC_FIELDTYPE_SETS: return sc_read_sets(r, f, node, at);
	case SC_FIELDTYPE_RECORD: return sc_read_record(r, f->table, at, node);
	case SC_FIELDTYPE_SE: return read_se(r, f->table, at, node);
	case SC_FIELDTYPE_RECORDS: return read_records(r, f, node, at);
	case SC_FIELDTYPE_NAMED: return read_named(r, f, node, at);
	case SC_FIELDTYPE_LAYERS: return read_layers(r, f, node, at);
	case SC_FIELDTYPE_LISTS: return read_lists(r, f, node, at);
	case SC_FIELDTYPE__N: break;
	}
	return false;
}

bool sc_read_field(sc_reader *r, const sc_table *table, int index, void *record, const sc_node *value)
{
	const sc_field *f = &table->field[index];
	if (!read_value(r, f, (char *)record + f->offset, value))
		return false;
	sc_record_note(record, index, value->at);
	return true;
}

static bool unknown_key(sc_reader *r, const sc_table *table, const sc_node *key)
{
	sc_nearest near = sc_nearest_to(key->text);
	char list[256];
	size_t n = 0;
	sc_hint hint;
	for (size_t i = 0; i < table->count; i++) {
		sc_nearest_offer(&near, table->field[i].key);
		if (n < sizeof list)
			n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "",
				table->field[i].key);
	}
	sc_hint_of(key->text, near.best, &hint);
	if (near.best)
		return sc_reader_fail(r, SC_ESCHEMA, key->at, "unknown key '%.60s' in %s%s", key->text,
			table->noun, hint.s);
	return sc_reader_fail(r, SC_ESCHEMA, key->at, "unknown key '%.60s' in %s, must be one of: %s",
		key->text, table->noun, list);
}

bool sc_read_record(sc_reader *r, const sc_table *table, void *record, const sc_node *node)
{
	sc_node_text what;
	if (node->kind != SC_NODE_map)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "%s is %s, must be a mapping", table->noun,
			sc_node_describe(node, &what));
	if (!sc_record_init(r, table, record, node->at))
		return false;
	bool good = true;
	for (size_t i = 0; i < node->count; i++) {
		const sc_node *key = node->item[2 * i];
		int index = sc_field_index(table, key->text);
		good = (index < 0 ? unknown_key(r, table, key)
				  : sc_read_field(r, table, index, record, node->item[2 * i + 1])) &&
		       good;
	}
	return good;
}

/* --- layers: `word`, or `{word: {fields}}` --- */

static const sc_op *read_op(sc_reader *r, const sc_node *node)
{
	const sc_op *op = sc_op_named(node->text);
	if (op && op->fields)
		return op;
	sc_nearest near = sc_nearest_to(node->text);
	char list[256];
	size_t n = 0;
	sc_hint hint;
	for (size_t i = 0; sc_op_at(i); i++) {
		if (!sc_op_at(i)->fields)
			continue;
		sc_nearest_offer(&near, sc_op_at(i)->name);
		n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", sc_op_at(i)->name);
	}
	sc_reader_fail(r, SC_ESCHEMA, node->at, "unknown layer '%.60s', must be one of: %s%s", node->text, list,
		sc_hint_of(node->text, near.best, &hint));
	return NULL;
}

static bool check_layer_fields(sc_reader *r, const sc_layer_spec *l, sc_mark at)
{
	char room[256];
	bool good = true;
	for (size_t i = 0; i < sc_table_layer.count; i++) {
		const char *key = sc_table_layer.field[i].key;
		bool given = l->given.bits >> i & 1, required = false;
		bool known = sc_list_has(l->op->fields, key, &required);
		if (given && !known)
			good = sc_reader_fail(r, SC_ESCHEMA, l->given.mark[i],
				"'%s' has no meaning for '%s', which takes: %s", key, l->op->name,
				sc_list_text(l->op->fields, room));
		if (required && !given)
			good = sc_reader_fail(r, SC_ESCHEMA, at, "'%s' needs '%s'", l->op->name, key);
	}
	return good;
}

bool sc_read_layer(sc_reader *r, sc_layer_spec *out, const sc_node *node)
{
	sc_node_text what;
	bool map = node->kind == SC_NODE_map && node->count == 1;
	if (!map && node->kind != SC_NODE_scalar)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"a layer is %s, must be a word or a mapping of one key, such as "
			"'conv: {channels: 64}'",
			node->kind == SC_NODE_map ? "a mapping of several keys" : sc_node_describe(node, &what));
	const sc_node *name = map ? node->item[0] : node, *fields = map ? node->item[1] : NULL;
	const sc_op *op = read_op(r, name);
	bool bare = !fields || (fields->kind == SC_NODE_scalar && fields->plain && !*fields->text);
	bool good = op != NULL;
	if (bare)
		good = sc_record_init(r, &sc_table_layer, out, name->at) && good;
	else
		good = sc_read_record(r, &sc_table_layer, out, fields) && good;
	out->op = op;
	out->given.at = name->at;
	return good && check_layer_fields(r, out, name->at);
}
