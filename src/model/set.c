/* Overrides: "stages[-1].se.ratio=8". A path walks the same field tables as the reader, the value goes
 * through the same setter.
 *
 * Models share lists with the model they were cloned from, so a walk copies each list on its way down
 * and hangs the copy into its own record. It works on a copy of the model's top record, which replaces
 * the model only when everything went well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "model/fields.h"
#include "model/memory.h"

typedef struct walk {
	sc_reader *reader;
	const char *start, *p; /**< the path and how far we are */
	const sc_node *value;
} walk;

static sc_mark here(const walk *w)
{
	return (sc_mark){1, (uint32_t)(w->p - w->start) + 1};
}

static bool step(walk *w, const sc_table *table, void *record);

/* a key is letters, digits, '_' and '-' */
static size_t key_length(const char *p)
{
	return strcspn(p, ".[]=");
}

static bool own_marks(walk *w, const sc_table *table, void *record)
{
	sc_given given;
	memcpy(&given, record, sizeof given);
	sc_mark *mark = sc_reader_alloc(w->reader, table->count, sizeof *mark);
	if (!mark)
		return false;
	if (given.mark)
		memcpy(mark, given.mark, table->count * sizeof *mark);
	given.mark = mark;
	memcpy(record, &given, sizeof given);
	return true;
}

/* "[-1]": an index from the end when negative */
static bool read_index(walk *w, size_t count, size_t *out)
{
	char *end;
	long i = strtol(w->p + 1, &end, 10);
	if (end == w->p + 1 || *end != ']')
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "an index must be a number in brackets, such as [0] or [-1]");
	long n = count > 1000000000 ? 1000000000 : (long)count, at = i < 0 ? i + n : i;
	if (at < 0 || at >= n)
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "there is no item %ld, must be %ld … %ld", i,
			-n, n - 1);
	*out = (size_t)at;
	w->p = end + 1;
	return true;
}

static const char *item_name(const sc_field *f, const sc_list *list, size_t i)
{
	const char *item = (const char *)list->item + i * f->table->record_size;
	if (f->table == &sc_table_layer) {
		const sc_layer_spec *l = (const sc_layer_spec *)(const void *)item;
		return l->name ? l->name : l->op->name;
	}
	if (f->table == &sc_table_stage)
		return ((const sc_stage *)(const void *)item)->name;
	if (f->table == &sc_table_module)
		return ((const sc_module *)(const void *)item)->name;
	return "";
}

/* ".conv5_x": an item by name */
static bool read_name(walk *w, const sc_field *f, const sc_list *list, size_t *out)
{
	size_t n = key_length(++w->p);
	char name[80], known[256] = "";
	size_t used = 0;
	snprintf(name, sizeof name, "%.*s", (int)(n < 79 ? n : 79), w->p);
	sc_nearest near = sc_nearest_to(name);
	sc_hint hint;
	for (size_t i = 0; i < list->count; i++) {
		const char *candidate = item_name(f, list, i);
		if (!strcmp(name, candidate)) {
			*out = i;
			w->p += n;
			return true;
		}
		sc_nearest_offer(&near, candidate);
		if (used < 200)
			used += (size_t)snprintf(known + used, sizeof known - used, "%s%.60s", used ? ", " : "",
				candidate);
	}
	return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "there is no '%s' in '%s', must be one of: %s%s",
		name, f->key, known, sc_hint_of(name, near.best, &hint));
}

static void *own_list(walk *w, size_t size, void *member, sc_list *out)
{
	memcpy(out, member, sizeof *out);
	void *copy = sc_reader_alloc(w->reader, out->count, size);
	if (!copy)
		return NULL;
	if (out->count)
		memcpy(copy, out->item, out->count * size);
	out->item = copy;
	memcpy(member, out, sizeof *out);
	return copy;
}

static bool step_into_list(walk *w, const sc_field *f, void *member)
{
	sc_list list;
	size_t size = f->table->record_size, i;
	char *item = own_list(w, size, member, &list);
	if (!item)
		return false;
	if (*w->p != '[' && *w->p != '.')
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "'%s' is a list; pick an item by [index] or .name",
			f->key);
	if (!(*w->p == '[' ? read_index(w, list.count, &i) : read_name(w, f, &list, &i)))
		return false;
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
	if (*w->p != '[')
		return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "'%s' is a list; pick an item by [index]", f->key);
	return read_index(w, list.count, &i) && step_into_list(w, f, &item[i]);
}

/* stages[1].blocks[0].se…: an override of that one block, made if need be */
static bool step_into_block(walk *w, sc_stage *stage)
{
	size_t block;
	uint32_t blocks = stage->blocks ? stage->blocks : 1;
	if (!read_index(w, blocks, &block))
		return false;
	size_t n = stage->overrides.count;
	sc_override *item = sc_reader_alloc(w->reader, n + 1, sizeof *item);
	uint32_t *index = sc_reader_alloc(w->reader, 1, sizeof *index);
	if (!item || !index)
		return false;
	if (n)
		memcpy(item, stage->overrides.item, n * sizeof *item);
	*index = (uint32_t)block;
	if (!sc_record_init(w->reader, &sc_table_override, &item[n], here(w)))
		return false;
	item[n].blocks = (sc_select){.which = SC_SELECT_list, .list = {index, 1}};
	sc_record_note(&item[n], sc_field_index(&sc_table_override, "blocks"), here(w));
	stage->overrides.item = item;
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

static bool descend(walk *w, const sc_field *f, void *record)
{
	void *member = (char *)record + f->offset;
	switch (f->type) {
	case SC_FIELDTYPE_RECORD: return step(w, f->table, member);
	case SC_FIELDTYPE_SE: return step_into_se(w, member);
	case SC_FIELDTYPE_RECORDS:
	case SC_FIELDTYPE_NAMED:
	case SC_FIELDTYPE_LAYERS: return step_into_list(w, f, member);
	case SC_FIELDTYPE_LISTS: return step_into_lists(w, f, member);
	default: return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "'%s' is a single value", f->key);
	}
}

static bool unknown_key(walk *w, const sc_table *table, const char *key)
{
	sc_nearest near = sc_nearest_to(key);
	sc_hint hint;
	for (size_t i = 0; i < table->count; i++)
		sc_nearest_offer(&near, table->field[i].key);
	return sc_reader_fail(w->reader, SC_ESCHEMA, here(w), "unknown key '%s' in %s%s", key, table->noun,
		sc_hint_of(key, near.best, &hint));
}

/* one ".key", then whatever it leads to */
static bool step(walk *w, const sc_table *table, void *record)
{
	w->p += *w->p == '.';
	char key[64];
	size_t n = key_length(w->p);
	snprintf(key, sizeof key, "%.*s", (int)(n < 63 ? n : 63), w->p);
	int index = sc_field_index(table, key);
	if (index < 0)
		return unknown_key(w, table, key);
	w->p += n;
	if (!own_marks(w, table, record))
		return false;
	if (*w->p == '=')
		return sc_read_field(w->reader, table, index, record, w->value);
	if (table == &sc_table_stage && !strcmp(key, "blocks") && *w->p == '[')
		return step_into_block(w, record);
	return descend(w, &table->field[index], record) &&
	       (sc_record_note(record, index, here(w)), true);
}

/* the value with blanks for the path before it, so that its places are places in the assignment */
static const sc_node *parse_value(sc_reader *r, const char *assignment, size_t path)
{
	char *padded = sc_arena_strdup(r->arena, assignment);
	const sc_node *value;
	sc_err err = {0};
	if (!padded) {
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the override");
		return NULL;
	}
	memset(padded, ' ', path + 1);
	if (!sc_yaml_parse(r->arena, padded, strlen(padded), &value, &err)) {
		return value;
	}
	bool empty = strspn(padded, " \t\n") == strlen(padded);
	sc_mark at = {err.line > 0 ? (uint32_t)err.line : 1, err.column > 0 ? (uint32_t)err.column : 1};
	sc_reader_fail(r, err.status, empty ? (sc_mark){1, (uint32_t)path + 1} : at, "%s",
		empty ? "no value after '='" : err.message);
	return NULL;
}

static bool assign(sc_reader *r, sc_model *work, const char *assignment)
{
	size_t path = strcspn(assignment, "=");
	if (!assignment[path] || !path)
		return sc_reader_fail(r, SC_ESCHEMA, (sc_mark){1, 1},
			"an override must read path=value, such as stages[-1].se=off");
	walk w = {r, assignment, assignment, parse_value(r, assignment, path)};
	return w.value && step(&w, &sc_table_model, work);
}

sc_status sc_model_set(sc_model *model, const char *assignment, sc_err *err)
{
	sc_errs errs = {0};
	sc_reader r = {&model->memory->arena, "--set", &errs, SC_OK};
	sc_model work = *model;
	if (assign(&r, &work, assignment)) {
		*model = work;
		return SC_OK;
	}
	if (err)
		*err = errs.item[0];
	return r.status;
}
