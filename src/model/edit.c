/* An override written into a tree: the path is followed, and each step returns the node that
 * replaces the one it was given. Nodes may be shared by aliases, so each is copied on the way. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

typedef struct editor {
	sc_arena *arena;
	const char *p; /* what is left of a path */
	sc_node *value;
	bool in_graph;	/* below a graph, not yet below the fields of its layer */
	bool in_layers; /* below an index of a list that holds layers */
	bool failed;	/* out of memory, or a path that this can't follow */
} editor;

/* --- nodes --- */

static sc_node *new_node(editor *e, sc_node_kind kind, const char *text)
{
	sc_node *n = sc_arena_alloc(e->arena, sizeof *n);
	e->failed = e->failed || !n;
	if (n)
		*n = (sc_node){.kind = kind, .plain = true, .text = text};
	return n;
}

/* a copy with room for one more item or pair */
static sc_node *copied(editor *e, const sc_node *from)
{
	sc_node *n = new_node(e, from->kind, from->text);
	size_t width = from->kind == SC_NODE_map ? 2 : 1;
	if (!n)
		return NULL;
	*n = *from;
	n->item = sc_arena_alloc(e->arena, width * (from->count + 1) * sizeof *n->item);
	e->failed = e->failed || !n->item;
	if (n->item && from->count)
		memcpy(n->item, from->item, width * from->count * sizeof *n->item);
	return n->item ? n : NULL;
}

static sc_node *const *find(const sc_node *map, const char *key, size_t length)
{
	for (size_t i = 0; i < map->count; i++) {
		const char *k = map->item[2 * i]->text;
		if (!strncmp(k, key, length) && !k[length])
			return &map->item[2 * i + 1];
	}
	return NULL;
}

static void drop(sc_node *map, const char *key)
{
	sc_node *const *at = find(map, key, strlen(key));
	if (!at)
		return;
	size_t i = (size_t)(at - map->item) / 2;
	map->count--;
	memmove(&map->item[2 * i], &map->item[2 * i + 2], 2 * (map->count - i) * sizeof *map->item);
}

/* --- following a path; each step returns the node that replaces the one it was given --- */

static sc_node *edit(editor *e, const sc_node *node);

static sc_node *refuse(editor *e)
{
	e->failed = true;
	return NULL;
}

static const char *text_of(editor *e, const char *from, size_t n)
{
	char *copy = sc_arena_alloc(e->arena, n + 1);
	e->failed = e->failed || !copy;
	if (copy)
		memcpy(copy, from, n);
	return copy;
}

/* an amount of SE replaces the others */
static void forget_amounts(sc_node *map, const char *key, size_t n)
{
	static const char *const amounts[] = {"ratio", "se_ratio", "width"};
	bool is_one = false;
	for (size_t i = 0; i < 3; i++)
		is_one = is_one || (n == strlen(amounts[i]) && !strncmp(key, amounts[i], n));
	for (size_t i = 0; i < 3 && is_one; i++)
		drop(map, amounts[i]);
}

static sc_node *set_key(editor *e, const sc_node *node, const char *key, size_t n)
{
	sc_node *map = copied(e, node), empty = {.kind = SC_NODE_map, .text = ""};
	if (!map)
		return NULL;
	if (*e->p == '=')
		forget_amounts(map, key, n);
	sc_node *const *at = find(map, key, n);
	bool leads_on = *e->p != '=';
	sc_node *child = edit(e, at && (!leads_on || (*at)->kind != SC_NODE_scalar) ? *at : &empty);
	if (!child)
		return NULL;
	if (!at) {
		sc_node *name = new_node(e, SC_NODE_scalar, text_of(e, key, n));
		map->item[2 * map->count] = name;
		map->item[2 * map->count++ + 1] = child;
		return e->failed ? NULL : map;
	}
	map->item[at - map->item] = child;
	return map;
}

/* stages[1].blocks[0]…: one more override of that block */
static sc_node *set_block(editor *e, const sc_node *stage)
{
	char *end;
	unsigned long block = strtoul(e->p + 1, &end, 10);
	char text[32];
	sc_node *map = copied(e, stage);
	sc_node empty = {.kind = SC_NODE_map, .text = ""},
		none = {.kind = SC_NODE_list, .text = ""};
	if (!map || *end != ']')
		return refuse(e);
	e->p = end + 1;
	sc_node *const *at = find(map, "overrides", 9);
	sc_node *list = copied(e, at ? *at : &none), *one = edit(e, &empty);
	sc_node *index = copied(e, &none), *item = one ? copied(e, one) : NULL;
	snprintf(text, sizeof text, "%lu", block);
	if (!list || !index || !item)
		return refuse(e);
	index->item[index->count++] = new_node(e, SC_NODE_scalar, text_of(e, text, strlen(text)));
	item->item[2 * item->count] = new_node(e, SC_NODE_scalar, "blocks");
	item->item[2 * item->count++ + 1] = index;
	list->item[list->count++] = item;
	if (at) {
		map->item[at - map->item] = list;
	} else {
		map->item[2 * map->count] = new_node(e, SC_NODE_scalar, "overrides");
		map->item[2 * map->count++ + 1] = list;
	}
	return e->failed ? NULL : map;
}

/* an item by [index], from the end when negative, or by its name */
static bool pick(editor *e, const sc_node *list, size_t *out)
{
	if (*e->p == '[') {
		char *end;
		long i = strtol(e->p + 1, &end, 10);
		i += i < 0 ? (long)list->count : 0;
		if (*end != ']' || i < 0 || (size_t)i >= list->count)
			return false;
		*out = (size_t)i;
		e->p = end + 1;
		return true;
	}
	size_t best = 0;
	for (size_t i = 0; i < list->count; i++) {
		const sc_node *item = list->item[i];
		sc_node *const *name = item->kind == SC_NODE_map ? find(item, "name", 4) : NULL;
		size_t n = name ? strlen((*name)->text) : 0;
		if (n > best && !strncmp(e->p + 1, (*name)->text, n) &&
			strchr(".[=", e->p[1 + n])) {
			best = n;
			*out = i;
		}
	}
	e->p += best ? best + 1 : 0;
	return best != 0;
}

/* {name: a, conv: {…}}: the key of what the layer is */
static const sc_node *layer_key(const sc_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		if (sc_op_named(node->item[2 * i]->text))
			return node->item[2 * i];
	return NULL;
}

static sc_node *edit_list(editor *e, const sc_node *node)
{
	size_t i;
	sc_node *list = copied(e, node);
	if (!list || !pick(e, list, &i))
		return refuse(e);
	sc_node *item = edit(e, list->item[i]);
	list->item[i] = item;
	return item ? list : NULL;
}

static sc_node *edit(editor *e, const sc_node *node)
{
	if (*e->p == '=')
		return e->value;
	if (node->kind == SC_NODE_list)
		return edit_list(e, node);
	sc_node bare = {.kind = SC_NODE_map, .text = ""};
	if (e->in_graph && node->kind == SC_NODE_scalar && !strcmp(node->text, "se"))
		node = &bare; /* a layer of a graph that says no more than what it is */
	if (node->kind != SC_NODE_map)
		return refuse(e);
	e->p += *e->p == '.';
	const char *key = e->p;
	size_t n = strcspn(key, ".[=");
	/* a layer, written {conv: {…}}: what is set is one of its fields */
	if (e->in_layers && node->count == 1 && node->item[1]->kind == SC_NODE_map &&
		!find(node, key, n)) {
		sc_node *layer = copied(e, node), *fields = edit(e, node->item[1]);
		if (!layer || !fields)
			return refuse(e);
		layer->item[1] = fields;
		return layer;
	}
	const sc_node *what = e->in_graph && !find(node, key, n) ? layer_key(node) : NULL;
	if (what && !(n == 6 && !strncmp(key, "inputs", 6))) {
		e->in_graph = false;
		return set_key(e, node, what->text, strlen(what->text));
	}
	e->p += n;
	e->in_graph = e->in_graph || (n == 5 && !strncmp(key, "graph", 5));
	e->in_layers = e->in_layers ||
		       (n == 4 && (!strncmp(key, "stem", 4) || !strncmp(key, "head", 4))) ||
		       (n == 7 && !strncmp(key, "modules", 7));
	if (n == 6 && !strncmp(key, "blocks", 6) && *e->p == '[')
		return set_block(e, node);
	return n ? set_key(e, node, key, n) : refuse(e);
}

/* --- --- */

sc_node *sc_tree_copy(sc_arena *arena, const sc_node *node)
{
	return copied(&(editor){.arena = arena}, node);
}

sc_node *const *sc_tree_find(const sc_node *map, const char *key)
{
	return find(map, key, strlen(key));
}

void sc_tree_drop(sc_node *map, const char *key)
{
	drop(map, key);
}

const sc_node *sc_tree_set(
	sc_arena *arena, const sc_node *root, const char *path, const sc_node *value)
{
	editor e = {.arena = arena, .p = path};
	e.value = copied(&e, value);
	const sc_node *changed = edit(&e, root);
	return e.failed ? NULL : changed;
}
