/* A model as a description again: the text that it was read from, as a tree, with overrides written
 * into it. Nodes may be shared by aliases, so each is copied on the way to what changes. What comes
 * out is read again: a description that would not give every block the same SE is not given out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
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

/* --- writing --- */

static bool is_safe(const char *s)
{
	return *s && !strpbrk(s, ",[]{}#&*!|>'\"%@`\\\n\t") && !strstr(s, ": ") &&
	       !strchr("-?:", s[0]) && s[0] != ' ';
}

static bool is_number(const char *s)
{
	return *s == '-' && s[strspn(s + 1, "0123456789.") + 1] == '\0' && s[1];
}

static void write_quoted(const char *s, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *s; s++) {
		if (*s == '\n' || *s == '\t') {
			sc_text_add(out, *s == '\n' ? "\\n" : "\\t");
			continue;
		}
		if (*s == '"' || *s == '\\')
			sc_text_add(out, "\\");
		sc_text_add_bytes(out, s, 1);
	}
	sc_text_add(out, "\"");
}

static void write_flow(const sc_node *n, sc_text *out)
{
	bool list = n->kind == SC_NODE_list;
	if (n->kind == SC_NODE_scalar) {
		if (n->plain && (is_safe(n->text) || is_number(n->text)))
			sc_text_add(out, n->text);
		else
			write_quoted(n->text, out);
		return;
	}
	sc_text_add(out, list ? "[" : "{");
	for (size_t i = 0; i < n->count; i++) {
		sc_text_add(out, i ? ", " : "");
		write_flow(n->item[list ? i : 2 * i], out);
		if (list)
			continue;
		sc_text_add(out, ": ");
		write_flow(n->item[2 * i + 1], out);
	}
	sc_text_add(out, list ? "]" : "}");
}

static void write_top(const sc_node *root, sc_text *out)
{
	for (size_t i = 0; i < root->count; i++) {
		const sc_node *value = root->item[2 * i + 1];
		bool rows = value->kind == SC_NODE_list && value->count &&
			    value->item[0]->kind == SC_NODE_map;
		write_flow(root->item[2 * i], out);
		sc_text_add(out, rows ? ":\n" : ": ");
		for (size_t k = 0; k < value->count && rows; k++) {
			sc_text_add(out, "  - ");
			write_flow(value->item[k], out);
			sc_text_add(out, "\n");
		}
		if (!rows) {
			write_flow(value, out);
			sc_text_add(out, "\n");
		}
	}
}

/* --- --- */

static bool same_se(const sc_model *a, const sc_model *b)
{
	bool same = a->stages.count == b->stages.count;
	for (size_t i = 0; same && i < a->stages.count; i++) {
		same = a->stages.item[i].blocks == b->stages.item[i].blocks;
		for (uint32_t k = 0; same && k < a->stages.item[i].blocks; k++) {
			sc_se_block x = sc_model_se(a, i, k), y = sc_model_se(b, i, k);
			same = sc_se_same(&x, &y);
		}
	}
	return same;
}

/* read it again, and hold it against the model with the same overrides */
static sc_status check(
	const sc_model *model, const sc_texts *sets, const sc_text *text, sc_err *err)
{
	sc_model *wanted, *read = NULL;
	size_t failed;
	sc_status s = sc_model_clone(model, &wanted, err);
	if (s)
		return s;
	s = sc_model_set_all(wanted, sets, &failed, err);
	bool good = !s &&
		    !sc_model_parse(model->file, sc_text_get(text), text->length, &read, NULL) &&
		    same_se(wanted, read);
	sc_model_free(read);
	sc_model_free(wanted);
	if (s || good)
		return s;
	return sc_fail(err, SC_EINVAL,
		"the overrides can't be written into the description of '%.80s'; give them with "
		"--set",
		model->name);
}

/* A description that extends another says of stages only what differs, by their names. */
static const char *by_name(editor *e, const sc_model *m, const sc_node *root, const char *path)
{
	sc_node *const *stages = find(root, "stages", 6);
	char *rest;
	if (strncmp(path, "stages[", 7) != 0 || (stages && (*stages)->kind == SC_NODE_list))
		return path;
	long i = strtol(path + 7, &rest, 10);
	i += i < 0 ? (long)m->stages.count : 0;
	if (*rest != ']' || i < 0 || (size_t)i >= m->stages.count)
		return path;
	sc_text text = {0};
	sc_text_addf(&text, "stages.%s%s", m->stages.item[i].name, rest + 1);
	const char *copy = text_of(e, sc_text_get(&text), text.length);
	sc_text_release(&text);
	return copy ? copy : path;
}

/* What a bundled description extends is bundled, too, and found by its name from anywhere. */
static void name_base(editor *e, const sc_model *m, sc_node *top)
{
	sc_node *const *at = find(top, "extends", 7);
	if (!at || strncmp(m->file, "secost:", 7) != 0)
		return;
	const char *dot = strstr((*at)->text, ".yaml");
	sc_node *name = copied(e, *at);
	if (name && dot)
		name->text = text_of(e, name->text, (size_t)(dot - name->text));
	top->item[at - top->item] = name;
}

static sc_status write_into(
	const sc_model *model, const sc_texts *sets, sc_arena *arena, sc_text *out, sc_err *err)
{
	const sc_node *root, *value;
	sc_status s = sc_yaml_parse(arena, model->text, strlen(model->text), &root, err);
	for (size_t i = 0; i < sets->count && !s; i++) {
		const char *equals = strchr(sets->item[i], '=');
		editor e = {.arena = arena, .p = sets->item[i]};
		s = equals ? sc_yaml_parse(arena, equals + 1, strlen(equals + 1), &value, err)
			   : SC_EINVAL;
		if (s)
			return s;
		e.value = copied(&e, value);
		e.p = by_name(&e, model, root, sets->item[i]);
		root = edit(&e, root);
		if (!root || e.failed)
			return sc_fail(err, SC_EINVAL,
				"'%.80s' can't be written into the description", sets->item[i]);
	}
	editor e = {.arena = arena};
	sc_node *top = s ? NULL : copied(&e, root);
	if (!top)
		return s ? s : sc_fail(err, SC_ENOMEM, "no memory for the description");
	name_base(&e, model, top);
	drop(top, "expect"); /* figures of the network as it was published */
	drop(top, "plan");   /* of another plan */
	write_top(top, out);
	return out->failed ? sc_fail(err, SC_ENOMEM, "no memory for the description") : SC_OK;
}

sc_status sc_model_describe(const sc_model *model, const sc_texts *sets, sc_text *out, sc_err *err)
{
	sc_arena arena = {0};
	sc_text text = {0};
	sc_status s = write_into(model, sets, &arena, &text, err);
	if (!s)
		s = check(model, sets, &text, err);
	if (!s)
		sc_text_add(out, sc_text_get(&text));
	sc_text_release(&text);
	sc_arena_release(&arena);
	return s;
}
