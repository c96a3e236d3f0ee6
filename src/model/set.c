/* Overrides: "stages[-1].se.ratio=8". A path walks the same field tables as the reader, the value
 * goes through the same setter.
 *
 * Models share lists with the model they were cloned from, so a walk copies each list on its way
 * down and hangs the copy into its own record. It works on a copy of the model's top record, which
 * replaces the model only when everything went well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/graph.h"
#include "model/memory.h"

/* a list of overrides made here, and its room */
typedef struct overrides {
	sc_override *item;
	size_t room;
} overrides;

typedef struct walk {
	sc_reader *reader;
	sc_arena_mark began; /**< lists copied since then are the model's own */
	sc_path path;
	const sc_node *value;
	overrides *last;
} walk;

static uint32_t characters(const char *from, const char *to)
{
	uint32_t n = 0;
	for (; from < to; from++)
		n += ((unsigned char)*from & 0xc0) != 0x80;
	return n;
}

static sc_mark here(const walk *w)
{
	return (sc_mark){1, characters(w->path.text, w->path.p) + 1};
}

static bool step(walk *w, const sc_table *table, void *record);

static bool own_marks(walk *w, const sc_table *table, void *record)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	sc_mark *mark = sc_reader_alloc(w->reader, 2 * table->count, sizeof *mark);
	if (!mark)
		return false;
	if (given.mark)
		memcpy(mark, given.mark, 2 * table->count * sizeof *mark);
	given.mark = mark;
	memcpy(record, &given, sizeof given);
	return true;
}

/* --- items of lists --- */

/* what a path reader says, told */
static bool told(walk *w, sc_status s, const sc_err *err)
{
	const sc_mark at = {(uint32_t)err->line, (uint32_t)err->column};
	return !s || sc_reader_fail(w->reader, s, at, "%s", err->message);
}

static bool read_index(walk *w, const char *noun, size_t count, size_t *out)
{
	sc_err err = {0};
	return told(w, sc_path_index(&w->path, noun, count, out, &err), &err);
}

/* items of a list, for sc_word_at */
typedef struct items {
	const sc_table *table;
	const sc_list *list;
} items;

static const char *item_name(const void *of, size_t i)
{
	const items *it = of;
	if (i >= it->list->count)
		return NULL;
	const void *item = (const char *)it->list->item + i * it->table->record_size;
	if (it->table == &sc_table_layer) {
		const sc_layer_spec *l = item;
		return l->name ? l->name : l->op->name;
	}
	if (it->table == &sc_table_node) {
		const sc_graph_layer *l = item;
		return l->name ? l->name : l->layer.op ? l->layer.op->name : "se";
	}
	if (it->table == &sc_table_stage)
		return ((const sc_stage *)item)->name;
	return it->table == &sc_table_module ? ((const sc_module *)item)->name : "";
}

static void *own_list(walk *w, size_t size, void *member, sc_list *out)
{
	memcpy(out, member, sizeof *out);
	if (sc_arena_is_since(w->reader->arena, w->began, out->item))
		return out->item;
	void *copy = sc_reader_alloc(w->reader, out->count, size);
	if (!copy)
		return NULL;
	if (out->count)
		memcpy(copy, out->item, out->count * size);
	out->item = copy;
	memcpy(member, out, sizeof *out);
	return copy;
}

static bool pick(walk *w, const char *key, const items *it, size_t *out)
{
	const sc_path_list list = {key, it->list->count, item_name, it};
	sc_err err = {0};
	return told(w, sc_path_item(&w->path, &list, out, &err), &err);
}

/* graph.a.channels: a field of the layer stands beside its name */
static bool step_into_node(walk *w, sc_graph_layer *node)
{
	char key[64];
	const char *p = w->path.p + (*w->path.p == '.');
	size_t n = sc_path_key_length(p);
	snprintf(key, sizeof key, "%.*s", (int)(n < 63 ? n : 63), p);
	if (!strcmp(key, "stage"))
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w),
			"the stages of a graph are made when a description is read, 'stage' can't "
			"be set");
	if (node->layer.op && !strcmp(key, "se"))
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w),
			"this layer is '%s'; SE is a layer of its own", node->layer.op->name);
	if (node->layer.op && sc_field_index(&sc_table_node, key) < 0)
		return step(w, &sc_table_layer, &node->layer);
	return step(w, &sc_table_node, node);
}

static bool step_into_list(walk *w, const sc_field *f, void *member)
{
	sc_list list;
	size_t size = f->table->record_size, i = 0;
	char *item = own_list(w, size, member, &list);
	const items it = {f->table, &list};
	if (!item || !pick(w, f->key, &it, &i))
		return false;
	if (*w->path.p == '=')
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w),
			"an item of '%s' can't be set as a whole, must be one of its fields, such "
			"as .%s",
			f->key, f->table->field[0].key);
	if (f->table == &sc_table_node)
		return step_into_node(w, (sc_graph_layer *)(void *)(item + i * size));
	return step(w, f->table, item + i * size);
}

/* branches[1][0].channels */
static bool step_into_lists(walk *w, const sc_field *f, void *member)
{
	sc_list list;
	size_t i;
	sc_list *item = own_list(w, sizeof(sc_list), member, &list);
	if (!item)
		return false;
	if (*w->path.p != '[')
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w),
			"'%s' is a list, must be followed by [index]", f->key);
	return read_index(w, f->key, list.count, &i) && step_into_list(w, f, &item[i]);
}

/* The overrides with room for one more. The list that was made last is known to have more room:
 * many blocks of one stage may be set one after the other. */
static sc_override *room_for_override(walk *w, sc_stage *stage)
{
	size_t n = stage->overrides.count;
	if (stage->overrides.item == w->last->item && n < w->last->room)
		return stage->overrides.item;
	sc_override *item = sc_reader_alloc(w->reader, 2 * n + 1, sizeof *item);
	if (!item)
		return NULL;
	if (n)
		memcpy(item, stage->overrides.item, n * sizeof *item);
	*w->last = (overrides){item, 2 * n + 1};
	return stage->overrides.item = item;
}

/* stages[1].blocks[0].se…: an override of that one block, made if need be */
static bool step_into_block(walk *w, sc_stage *stage)
{
	size_t block;
	uint32_t blocks = stage->blocks ? stage->blocks : 1;
	if (!read_index(w, "blocks", blocks, &block))
		return false;
	size_t n = stage->overrides.count;
	sc_override *item = room_for_override(w, stage);
	uint32_t *index = sc_reader_alloc(w->reader, 1, sizeof *index);
	if (!item || !index)
		return false;
	*index = (uint32_t)block;
	if (!sc_record_init(w->reader, &sc_table_override, &item[n], here(w)))
		return false;
	item[n].blocks = (sc_select){.which = SC_SELECT_list, .list = {index, 1}};
	sc_record_note(w->reader, &sc_table_override, &item[n],
		sc_field_index(&sc_table_override, "blocks"), here(w), here(w));
	stage->overrides.count = n + 1;
	return step(w, &sc_table_override, &item[n]);
}

static bool step_into_se(walk *w, sc_se_spec *se)
{
	if (!step(w, &sc_table_se, se))
		return false;
	se->on = SC_YES;
	return true;
}

/* of a record that the description does not have, everything else is as if nothing was said */
static bool step_into_record(walk *w, const sc_table *table, void *record)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	return (given.mark || sc_record_init(w->reader, table, record, here(w))) &&
	       step(w, table, record);
}

static bool descend(walk *w, const sc_field *f, void *record)
{
	void *member = (char *)record + f->offset;
	switch (f->type) {
	case SC_FIELDTYPE_RECORD:
		return step_into_record(w, f->table, member);
	case SC_FIELDTYPE_SE:
		return step_into_se(w, member);
	case SC_FIELDTYPE_RECORDS:
	case SC_FIELDTYPE_NAMED:
	case SC_FIELDTYPE_LAYERS:
	case SC_FIELDTYPE_GRAPH:
		return step_into_list(w, f, member);
	case SC_FIELDTYPE_LISTS:
		return step_into_lists(w, f, member);
	default:
		break;
	}
	return sc_reader_fail(w->reader, SC_ESCHEMA, here(w),
		"'%s' is one value, must be followed by '='", f->key);
}

static bool unknown_key(walk *w, const sc_table *table, const char *key)
{
	sc_tail tail;
	sc_quoted quoted;
	if (!*key)
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "a key is missing here%s",
			sc_must_be_one_of(key, sc_table_key, table, &w->reader->offers, &tail));
	return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "unknown key %s in %s%s",
		sc_quote(key, &quoted), table->noun, sc_key_tail(w->reader, table, key, &tail));
}

static bool set_field(walk *w, const sc_table *table, int index, void *record)
{
	if (table == &sc_table_se && sc_se_is_amount(&table->field[index]))
		sc_se_forget_amount(record);
	return sc_read_field(w->reader, table, index, record, here(w), w->value);
}

/* one ".key", then whatever it leads to */
static bool step(walk *w, const sc_table *table, void *record)
{
	if (table != &sc_table_model) /* a path begins with a key, not with what parts two */
		w->path.p += *w->path.p == '.';
	char key[64];
	sc_mark at = here(w);
	size_t n = sc_path_key_length(w->path.p);
	snprintf(key, sizeof key, "%.*s", (int)(n < 63 ? n : 63), w->path.p);
	int index = sc_field_index(table, key);
	if (index < 0)
		return unknown_key(w, table, key);
	if (table == &sc_table_model && sc_list_has("extends defaults", key, NULL))
		return sc_reader_fail(w->reader, SC_ESCHEMA, at,
			"'%s' is merged when a description is read; set the field that it gives, "
			"such as stages[0].kernel",
			key);
	w->path.p += n;
	if (!own_marks(w, table, record))
		return false;
	if (*w->path.p == '=')
		return set_field(w, table, index, record);
	if (table == &sc_table_stage && !strcmp(key, "blocks") && *w->path.p == '[')
		return step_into_block(w, record);
	if (!descend(w, &table->field[index], record))
		return false;
	sc_given given;
	memcpy(&given, record, sizeof given);
	if (!(given.bits >> index & 1))
		sc_record_note(w->reader, table, record, index, at, at);
	return true;
}

/* The value, with a blank for each character of the path before it, so that its places are places
 * in the assignment. */
static const sc_node *parse_value(sc_reader *r, const char *assignment, size_t path)
{
	const char *text = assignment + path + 1;
	size_t blanks = characters(assignment, text), n = strlen(text);
	sc_mark start = {1, (uint32_t)blanks + 1};
	const sc_node *value;
	if (strspn(text, " \t\r\n") == n) {
		sc_reader_fail(r, SC_ESCHEMA, start, "there is no value after '='");
		return NULL;
	}
	char *padded = sc_reader_alloc(r, blanks + n + 1, 1);
	if (!padded)
		return NULL;
	memset(padded, ' ', blanks);
	memcpy(padded + blanks, text, n);
	return sc_yaml_read(r, padded, blanks + n, &value) ? value : NULL;
}

static bool assign(
	sc_reader *r, sc_arena_mark began, overrides *last, sc_model *work, const char *assignment)
{
	size_t path = strcspn(assignment, "=");
	if (!assignment[path] || !path)
		return sc_reader_fail(r, SC_ESCHEMA, (sc_mark){1, 1},
			"an override must read path=value, such as stages[-1].se=off");
	walk w = {r, began, {assignment, assignment, &r->offers}, parse_value(r, assignment, path),
		last};
	return w.value && step(&w, &sc_table_model, work) && !r->status;
}

sc_status sc_model_set_all(sc_model *model, const sc_texts *sets, size_t *failed, sc_err *err)
{
	sc_errs errs = {0};
	sc_reader r = {
		.arena = &model->memory->arena, .file = "--set", .errs = &errs, .unplaced = true};
	sc_arena_mark began = sc_arena_now(r.arena);
	overrides last = {0};
	sc_model work = *model;
	size_t i = 0;
	while (i < sets->count && assign(&r, began, &last, &work, sets->item[i]))
		i++;
	if (!r.status)
		sc_model_finish(&r, &work);
	if (!r.status)
		*model = work;
	else if (err)
		*err = errs.item[0];
	if (r.status)
		*failed = i;
	return r.status;
}

sc_status sc_model_set(sc_model *model, const char *assignment, sc_err *err)
{
	size_t failed;
	return sc_model_set_all(model, &(sc_texts){&assignment, 1}, &failed, err);
}
