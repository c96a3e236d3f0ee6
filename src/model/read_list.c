/* Readers of several values. Every list member has the layout of sc_list, whatever it lists; a list
 * is kept also when some of its items are bad, so that the others can be checked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static bool store(bool good, void *item, size_t count, void *member)
{
	sc_list list = {item, count};
	if (item)
		memcpy(member, &list, sizeof list);
	return good;
}

bool sc_node_must_be(sc_reader *r, const sc_field *f, const sc_node *node, sc_node_kind kind)
{
	sc_quoted what;
	if (node->kind == kind)
		return true;
	return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be a %s", f->key,
		sc_node_describe(node, &what), sc_fieldtype_text(f->type));
}

/* --- numbers --- */

bool sc_read_numbers(sc_reader *r, const sc_field *f, const sc_node *node, sc_numbers *out)
{
	bool list = node->kind == SC_NODE_list;
	size_t n = list ? node->count : 1;
	sc_quoted what;
	if (node->kind == SC_NODE_map || !n)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a whole number %.10g … %.10g or a list of them",
			f->key, sc_node_describe(node, &what), f->min, f->max);
	uint32_t *item = sc_reader_alloc(r, n, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < n && item && !sc_reader_gave_up(r); i++) {
		const sc_node *value = list ? node->item[i] : node;
		if (f->min >= 1 && value->kind == SC_NODE_scalar && !strcmp(value->text, "0"))
			good = sc_reader_fail(r, SC_ESCHEMA, value->at,
				"'%s' is 0, must be %.10g … %.10g, or off", f->key, f->min, f->max);
		else if (!sc_node_says_no(value) || f->min < 1)
			good = sc_read_count(r, f, value, &item[i]) && good;
	}
	if (good)
		*out = (sc_numbers){item, n};
	return good;
}

/* sorted, so that a block is found in it by halving */
bool sc_read_select(sc_reader *r, const sc_field *f, const sc_node *node, sc_select *out)
{
	static const char *const words[] = {"all", "first", "last"};
	for (unsigned i = 0; i < 3 && node->kind == SC_NODE_scalar; i++)
		if (!strcmp(node->text, words[i])) {
			*out = (sc_select){.which = (sc_selection)i};
			return true;
		}
	bool digits = *node->text && node->text[strspn(node->text, "0123456789")] == '\0';
	sc_quoted what;
	if (node->kind == SC_NODE_map || (node->kind == SC_NODE_scalar && !digits) ||
		(node->kind == SC_NODE_list && !node->count))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be all, first, last or a list of indices from 0", f->key,
			sc_node_describe(node, &what));
	sc_select select = {.which = SC_SELECT_list};
	if (!sc_read_numbers(r, f, node, &select.list))
		return false;
	qsort(select.list.item, select.list.count, sizeof *select.list.item, by_value);
	*out = select;
	return true;
}

/* one number for both sides, or [height, width] */
bool sc_read_pair(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t out[2])
{
	bool list = node->kind == SC_NODE_list;
	uint32_t pair[2];
	char what[48] = "a mapping";
	if (list)
		snprintf(what, sizeof what, "a list of %zu", node->count);
	if (node->kind == SC_NODE_map || (list && node->count != 2))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a whole number %.10g … %.10g or [height, width]",
			f->key, what, f->min, f->max);
	bool good = sc_read_count(r, f, list ? node->item[0] : node, &pair[0]);
	pair[1] = pair[0];
	if (list)
		good = sc_read_count(r, f, node->item[1], &pair[1]) && good;
	if (good)
		memcpy(out, pair, sizeof pair);
	return good;
}

bool sc_read_size(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out)
{
	uint32_t side[2];
	if (!sc_read_pair(r, f, node, side))
		return false;
	*out = (sc_shape){0, side[0], side[1]};
	return true;
}

bool sc_read_shape(sc_reader *r, const sc_field *f, const sc_node *node, sc_shape *out)
{
	sc_shape shape;
	sc_quoted what;
	if (node->kind != SC_NODE_list)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be [channels, height, width]", f->key,
			sc_node_describe(node, &what));
	if (node->count != 3)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is a list of %zu, must be [channels, height, width]", f->key,
			node->count);
	bool good = sc_read_count(r, f, node->item[0], &shape.c);
	good = sc_read_count(r, f, node->item[1], &shape.h) && good;
	good = sc_read_count(r, f, node->item[2], &shape.w) && good;
	if (good)
		*out = shape;
	return good;
}

/* --- lists of anything --- */

/* one that is none of the words, or comes again, is told where it stands */
static bool read_name(sc_reader *r, const sc_field *f, const sc_field *as, const sc_node *node,
	size_t i, const char **item)
{
	unsigned unused;
	if (!sc_read_text(r, as, node->item[i], &item[i]))
		return false;
	if (!f->words)
		return true;
	for (size_t k = 0; k < i; k++)
		if (item[k] && !strcmp(item[k], item[i]))
			return sc_reader_fail(r, SC_ESCHEMA, node->item[i]->at,
				"'%s' has '%s' twice", f->key, item[i]);
	return sc_read_word(r, f, node->item[i], &unused);
}

bool sc_read_names(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	const sc_field name = {.key = f->key, .min = 1, .max = 64};
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	if (f->max > 0 && (node->count < (size_t)f->min || node->count > (size_t)f->max))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is a list of %zu, must be a list of %.0f … %.0f", f->key, node->count,
			f->min, f->max);
	const char **item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++)
		good = read_name(r, f, &name, node, i, item) && good;
	return store(good, (void *)item, node->count, member);
}

/* names that another room knows: it will want to say where a wrong one stands */
bool sc_read_placed(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	const sc_field name = {.key = f->key, .min = 1, .max = 64};
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	sc_placed *item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++) {
		item[i].at = node->item[i]->at;
		good = sc_read_text(r, &name, node->item[i], &item[i].text) && good;
	}
	return store(good, item, node->count, member);
}

bool sc_read_records(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	size_t size = f->table->record_size;
	char *item = sc_reader_alloc(r, node->count, size);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++)
		good = sc_read_record(r, f->table, item + i * size, node->item[i]) && good;
	return store(good, item, node->count, member);
}

/* the name of a module is its key */
bool sc_read_named(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	const sc_field name = {.key = "name of a module", .min = 1, .max = 64};
	if (!sc_node_must_be(r, f, node, SC_NODE_map))
		return false;
	sc_module *item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++) {
		good = sc_read_record(r, f->table, &item[i], node->item[2 * i + 1]) && good;
		item[i].name = "";
		good = sc_read_text(r, &name, node->item[2 * i], &item[i].name) && good;
	}
	return store(good, item, node->count, member);
}

bool sc_read_layers(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	sc_layer_spec *item = sc_reader_alloc(r, node->count, sizeof *item);
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++)
		good = sc_read_layer(r, &item[i], node->item[i]) && good;
	return store(good, item, node->count, member);
}

bool sc_read_lists(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	sc_list *item = sc_reader_alloc(r, node->count, sizeof *item);
	const sc_field branch = {.key = f->key, .type = SC_FIELDTYPE_LAYERS};
	bool good = item != NULL;
	for (size_t i = 0; i < node->count && item && !sc_reader_gave_up(r); i++)
		good = sc_read_layers(r, &branch, node->item[i], &item[i]) && good;
	return store(good, item, node->count, member);
}
