/* The only file that knows libyaml. Its document API gives a table of nodes with places, in which an
 * alias is a second reference to one node. We turn that table into our own nodes one by one, depth
 * first, each once; so a cycle shows as a node that is reached while still open, and depth and
 * expanded size are sums over finished nodes: an alias bomb is refused without being expanded.
 *
 * What libyaml lets pass is refused here: bytes that are not UTF-8, several documents, no document,
 * duplicate keys, keys that are not scalars. */
#include "model/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEPTH_MAX = 64, EXPANDED_MAX = 16000000, MERGED_MAX = 16384 };

/* our node, with what is known of it while converting */
typedef struct entry {
	sc_node node;
	enum { UNSEEN, OPEN, DONE } state;
	uint32_t height;
	uint64_t size;
} entry;

typedef struct converter {
	sc_arena *arena;
	yaml_document_t *document;
	entry *entries; /* by libyaml's index − 1 */
	sc_err *err;
} converter;

static sc_status fail_at(sc_err *err, sc_status s, sc_mark at)
{
	if (err) {
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
	return s;
}

static sc_mark mark_of(yaml_mark_t m)
{
	return (sc_mark){(uint32_t)m.line + 1, (uint32_t)m.column + 1};
}

const char *sc_node_describe(const sc_node *node, sc_node_text *out)
{
	if (node->kind == SC_NODE_list)
		return "a list";
	if (node->kind == SC_NODE_map)
		return "a mapping";
	if (node->plain && !*node->text)
		return "empty";
	size_t n = strlen(node->text), keep = n > 60 ? 60 : n;
	while (keep < n && keep && ((unsigned char)node->text[keep] & 0xc0) == 0x80)
		keep--;
	snprintf(out->s, sizeof out->s, "'%.*s%s'", (int)keep, node->text, keep < n ? "…" : "");
	return out->s;
}

/* --- text --- */

/* length of the UTF-8 sequence at s, 0 when it is none (RFC 3629) */
static size_t sequence(const unsigned char *s, size_t n)
{
	unsigned char c = *s;
	size_t len = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
	if (!len || len > n)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (c == 0xe0 && s[1] < 0xa0) || (c == 0xf0 && s[1] < 0x90);
	bool surrogate = c == 0xed && s[1] >= 0xa0, beyond = c == 0xf4 && s[1] >= 0x90;
	return overlong || surrogate || beyond ? 0 : len;
}

static sc_status check_text(const char *text, size_t n, sc_err *err)
{
	sc_mark at = {1, 1};
	for (size_t i = 0, len; i < n; i += len) {
		len = sequence((const unsigned char *)text + i, n - i);
		if (!len)
			return fail_at(err,
				sc_fail(err, SC_EPARSE, "byte 0x%02x is not UTF-8 text", (unsigned char)text[i]),
				at);
		if (!text[i])
			return fail_at(err, sc_fail(err, SC_EPARSE, "a NUL byte is not text"), at);
		at.column++;
		if (text[i] == '\n')
			at = (sc_mark){at.line + 1, 1};
	}
	return SC_OK;
}

/* --- nodes --- */

static sc_status convert(converter *c, int index, uint32_t depth, sc_node **out);

static sc_status no_memory(converter *c)
{
	return sc_fail(c->err, SC_ENOMEM, "no memory for the description");
}

static void count_child(entry *e, const entry *child)
{
	if (e->height < child->height + 1)
		e->height = child->height + 1;
	e->size += child->size;
	if (e->size > EXPANDED_MAX)
		e->size = EXPANDED_MAX + 1;
}

static const entry *entry_of(const sc_node *node)
{
	return (const entry *)(const void *)node;
}

static sc_status convert_list(converter *c, const yaml_node_t *from, entry *e, uint32_t depth)
{
	const yaml_node_item_t *item = from->data.sequence.items.start;
	size_t n = (size_t)(from->data.sequence.items.top - item);
	e->node.item = sc_arena_alloc(c->arena, n * sizeof *e->node.item);
	if (!e->node.item)
		return no_memory(c);
	e->node.count = n;
	for (size_t i = 0; i < n; i++) {
		sc_status s = convert(c, item[i], depth + 1, &e->node.item[i]);
		if (s)
			return s;
		count_child(e, entry_of(e->node.item[i]));
	}
	return SC_OK;
}

static bool is_merge(const sc_node *key)
{
	return key->plain && !strcmp(key->text, "<<");
}

static int by_text(const void *a, const void *b)
{
	const sc_node *x = *(sc_node *const *)a, *y = *(sc_node *const *)b;
	int order = strcmp(x->text, y->text);
	if (order)
		return order;
	bool later = x->at.line > y->at.line || (x->at.line == y->at.line && x->at.column > y->at.column);
	return later ? 1 : -1;
}

static sc_status check_duplicates(converter *c, const sc_node *map)
{
	sc_node **keys = malloc((map->count + 1) * sizeof *keys);
	if (!keys)
		return no_memory(c);
	for (size_t i = 0; i < map->count; i++)
		keys[i] = map->item[2 * i];
	qsort(keys, map->count, sizeof *keys, by_text);
	sc_status s = SC_OK;
	for (size_t i = 1; i < map->count && !s; i++)
		if (!strcmp(keys[i - 1]->text, keys[i]->text))
			s = fail_at(c->err,
				sc_fail(c->err, SC_EPARSE, "duplicate key '%.60s', first given in line %u",
					keys[i]->text, keys[i - 1]->at.line),
				keys[i]->at);
	free(keys);
	return s;
}

static bool has_key(const sc_node *map, size_t pairs, const char *key)
{
	for (size_t i = 0; i < pairs; i++)
		if (!strcmp(map->item[2 * i]->text, key))
			return true;
	return false;
}

/* the mappings that a merge key names: one, or a list of them */
static size_t sources(const sc_node *value, sc_node *const **out)
{
	if (value->kind == SC_NODE_list) {
		*out = value->item;
		return value->count;
	}
	return 0;
}

static sc_status merge_one(converter *c, sc_node *map, const sc_node *from)
{
	if (from->kind != SC_NODE_map)
		return fail_at(c->err,
			sc_fail(c->err, SC_EPARSE, "'<<' takes a mapping or a list of mappings"), from->at);
	for (size_t i = 0; i < from->count; i++) {
		if (has_key(map, map->count, from->item[2 * i]->text))
			continue;
		map->item[2 * map->count] = from->item[2 * i];
		map->item[2 * map->count + 1] = from->item[2 * i + 1];
		map->count++;
	}
	return SC_OK;
}

static size_t merged_pairs(const sc_node *value)
{
	sc_node *const *list;
	size_t n = sources(value, &list), pairs = value->kind == SC_NODE_map ? value->count : 0;
	for (size_t i = 0; i < n; i++)
		pairs += list[i]->count;
	return pairs;
}

/* replace the pair `<<: value` by the pairs of its mappings that are not there yet */
static sc_status merge(converter *c, sc_node *map)
{
	size_t at = 0;
	while (at < map->count && !is_merge(map->item[2 * at]))
		at++;
	if (at == map->count)
		return SC_OK;
	const sc_node *value = map->item[2 * at + 1];
	size_t room = map->count + merged_pairs(value);
	if (room > MERGED_MAX)
		return fail_at(c->err,
			sc_fail(c->err, SC_EPARSE, "'<<' merges more than %d keys", MERGED_MAX), value->at);
	sc_node **item = sc_arena_alloc(c->arena, 2 * room * sizeof *item), *const *list;
	if (!item)
		return no_memory(c);
	size_t kept = 0;
	for (size_t i = 0; i < map->count; i++)
		if (i != at) {
			item[2 * kept] = map->item[2 * i];
			item[2 * kept++ + 1] = map->item[2 * i + 1];
		}
	map->item = item;
	map->count = kept;
	size_t n = sources(value, &list);
	sc_status s = n ? SC_OK : merge_one(c, map, value);
	for (size_t i = 0; i < n && !s; i++)
		s = merge_one(c, map, list[i]);
	return s;
}

static sc_status convert_map(converter *c, const yaml_node_t *from, entry *e, uint32_t depth)
{
	const yaml_node_pair_t *pair = from->data.mapping.pairs.start;
	size_t n = (size_t)(from->data.mapping.pairs.top - pair);
	e->node.item = sc_arena_alloc(c->arena, 2 * n * sizeof *e->node.item);
	if (!e->node.item)
		return no_memory(c);
	e->node.count = n;
	for (size_t i = 0; i < n; i++) {
		sc_node **key = &e->node.item[2 * i];
		sc_status s = convert(c, pair[i].key, depth + 1, key);
		if (!s && (*key)->kind != SC_NODE_scalar)
			s = fail_at(c->err, sc_fail(c->err, SC_EPARSE, "a key must be a word"), (*key)->at);
		if (!s)
			s = convert(c, pair[i].value, depth + 1, key + 1);
		if (s)
			return s;
		count_child(e, entry_of(key[1]));
	}
	sc_status s = check_duplicates(c, &e->node);
	return s ? s : merge(c, &e->node);
}

static sc_status convert_scalar(converter *c, const yaml_node_t *from, entry *e)
{
	size_t n = from->data.scalar.length;
	const char *text = (const char *)from->data.scalar.value;
	if (memchr(text, '\0', n))
		return fail_at(c->err, sc_fail(c->err, SC_EPARSE, "a NUL character in a value"), e->node.at);
	e->node.text = sc_arena_strdup(c->arena, text);
	e->node.plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return e->node.text ? SC_OK : no_memory(c);
}

static sc_status convert_open(converter *c, const yaml_node_t *from, entry *e, uint32_t depth)
{
	e->node.at = mark_of(from->start_mark);
	e->node.text = "";
	e->size = 1;
	if (from->type == YAML_SEQUENCE_NODE) {
		e->node.kind = SC_NODE_list;
		return convert_list(c, from, e, depth);
	}
	if (from->type == YAML_MAPPING_NODE) {
		e->node.kind = SC_NODE_map;
		return convert_map(c, from, e, depth);
	}
	return convert_scalar(c, from, e);
}

static sc_status convert(converter *c, int index, uint32_t depth, sc_node **out)
{
	entry *e = &c->entries[index - 1];
	const yaml_node_t *from = yaml_document_get_node(c->document, index);
	sc_mark at = mark_of(from->start_mark);
	if (e->state == OPEN)
		return fail_at(
			c->err, sc_fail(c->err, SC_EPARSE, "an alias that contains itself"), at);
	if (depth + e->height > DEPTH_MAX)
		return fail_at(c->err,
			sc_fail(c->err, SC_EPARSE, "nested more than %d levels deep", DEPTH_MAX), at);
	if (e->state == UNSEEN) {
		e->state = OPEN;
		sc_status s = convert_open(c, from, e, depth);
		if (s)
			return s;
		e->state = DONE;
	}
	if (e->size > EXPANDED_MAX)
		return fail_at(c->err,
			sc_fail(c->err, SC_EPARSE, "aliases expand to more than %d values", EXPANDED_MAX), at);
	*out = &e->node;
	return SC_OK;
}

/* --- documents --- */

static sc_status explain_parser(const yaml_parser_t *p, sc_err *err)
{
	if (p->error == YAML_MEMORY_ERROR)
		return sc_fail(err, SC_ENOMEM, "no memory to parse the description");
	const char *problem = p->problem ? p->problem : "malformed YAML";
	const char *hint = strstr(problem, "cannot start any token") ? "; a tab can't indent, use blanks" : "";
	if (p->context)
		sc_fail(err, SC_EPARSE, "%s, %s%s", p->context, problem, hint);
	else
		sc_fail(err, SC_EPARSE, "%s%s", problem, hint);
	return fail_at(err, SC_EPARSE, mark_of(p->problem_mark));
}

static sc_status convert_document(
	sc_arena *arena, yaml_document_t *document, const sc_node **root, sc_err *err)
{
	const yaml_node_t *first = yaml_document_get_root_node(document);
	if (!first)
		return fail_at(err, sc_fail(err, SC_EPARSE, "the file has no content"), (sc_mark){1, 1});
	size_t n = (size_t)(document->nodes.top - document->nodes.start);
	converter c = {arena, document, sc_arena_alloc(arena, n * sizeof(entry)), err};
	if (!c.entries)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu values", n);
	sc_node *node;
	sc_status s = convert(&c, 1, 0, &node);
	if (!s)
		*root = node;
	return s;
}

static sc_status check_is_last(yaml_parser_t *parser, sc_err *err)
{
	yaml_document_t next;
	if (!yaml_parser_load(parser, &next))
		return explain_parser(parser, err);
	const yaml_node_t *node = yaml_document_get_root_node(&next);
	sc_status s = SC_OK;
	if (node)
		s = fail_at(err, sc_fail(err, SC_EPARSE, "a second document; a file must hold one"),
			mark_of(next.start_mark));
	yaml_document_delete(&next);
	return s;
}

static sc_status load(
	sc_arena *arena, yaml_parser_t *parser, const sc_node **root, sc_err *err)
{
	yaml_document_t document;
	const sc_node *found = NULL;
	if (!yaml_parser_load(parser, &document))
		return explain_parser(parser, err);
	sc_status s = convert_document(arena, &document, &found, err);
	yaml_document_delete(&document);
	if (!s)
		s = check_is_last(parser, err);
	if (!s)
		*root = found;
	return s;
}

sc_status sc_yaml_parse(sc_arena *arena, const char *text, size_t n, const sc_node **root, sc_err *err)
{
	sc_status s = check_text(text, n, err);
	if (s)
		return s;
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		return sc_fail(err, SC_ENOMEM, "no memory to parse the description");
	size_t mark = n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0; /* a byte order mark */
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text + mark, n - mark);
	s = load(arena, &parser, root, err);
	yaml_parser_delete(&parser);
	return s;
}
