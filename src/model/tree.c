/* Mappings without duplicate keys, with `<<` merged. Everything is a sort, so that no number of
 * keys takes time in its square. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/yaml.h"

bool sc_node_is_empty(const sc_node *node)
{
	return node->kind == SC_NODE_scalar && node->plain && !*node->text;
}

const char *sc_node_describe(const sc_node *node, sc_quoted *out)
{
	if (node->kind == SC_NODE_list)
		return node->count ? "a list" : "an empty list";
	if (node->kind == SC_NODE_map)
		return "a mapping";
	return sc_node_is_empty(node) ? "empty" : sc_quote(node->text, out);
}

sc_status sc_yaml_parse(
	sc_arena *arena, const char *text, size_t n, const sc_node **root, sc_err *err)
{
	sc_errs errs = {0};
	sc_reader r = {.arena = arena, .file = "", .errs = &errs};
	const sc_node *found = NULL;
	sc_yaml_read(&r, text, n, &found);
	if (!r.status)
		*root = found;
	else if (err)
		*err = errs.item[0];
	return r.status;
}

/* a pair, and its rank among those that may share its key: the lowest is the one that counts */
typedef struct pair {
	sc_node *key, *value;
	size_t rank;
} pair;

static int by_rank(const void *a, const void *b)
{
	const pair *x = a, *y = b;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_key(const void *a, const void *b)
{
	const pair *x = a, *y = b;
	int order = strcmp(x->key->text, y->key->text);
	return order ? order : by_rank(a, b);
}

/* drop every pair whose key is there with a lower rank; `r` is told of them unless NULL */
static size_t drop_doubles(sc_reader *r, pair *p, size_t n)
{
	size_t kept = 0;
	qsort(p, n, sizeof *p, by_key);
	for (size_t i = 0; i < n; i++) {
		if (!kept || strcmp(p[kept - 1].key->text, p[i].key->text)) {
			p[kept++] = p[i];
			continue;
		}
		sc_quoted key;
		if (r)
			sc_reader_fail(r, SC_EPARSE, p[i].key->at,
				"duplicate key %s, first given in line %u; keep one of them",
				sc_quote(p[i].key->text, &key),
				sc_reader_line(r, p[kept - 1].key->at.line));
	}
	qsort(p, kept, sizeof *p, by_rank);
	return kept;
}

static bool few_and_different(const sc_node *map)
{
	if (map->count > 32)
		return false;
	for (size_t i = 1; i < map->count; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(map->item[2 * i]->text, map->item[2 * j]->text))
				return false;
	return true;
}

static void add_pairs(pair *p, size_t *n, const sc_node *map, const sc_node *without)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->item[2 * i] != without) {
			p[*n] = (pair){map->item[2 * i], map->item[2 * i + 1], *n};
			++*n;
		}
}

static pair *new_pairs(sc_reader *r, size_t n)
{
	pair *p = malloc((n + 1) * sizeof *p);
	if (!p)
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	return p;
}

/* a map that may be shared is not there yet: its items are still its own */
static bool store(sc_reader *r, sc_node *map, const pair *p, size_t n)
{
	if (n > map->count) {
		map->item = sc_reader_alloc(r, 2 * n, sizeof(sc_node *));
		if (!map->item)
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		map->item[2 * i] = p[i].key;
		map->item[2 * i + 1] = p[i].value;
	}
	map->count = n;
	return true;
}

static bool drop_duplicates(sc_reader *r, sc_node *map)
{
	if (few_and_different(map))
		return true;
	pair *p = new_pairs(r, map->count);
	size_t n = 0;
	if (!p)
		return false;
	add_pairs(p, &n, map, NULL);
	n = drop_doubles(r, p, n);
	bool good = store(r, map, p, n);
	free(p);
	return good;
}

/* --- merge keys --- */

/* what a merge key names, as a list */
static size_t sources(const sc_node *value, const sc_node *const **out, const sc_node *const *one)
{
	bool list = value->kind == SC_NODE_list;
	*out = list ? (const sc_node *const *)value->item : one;
	return list ? value->count : 1;
}

/* pairs that the merge brings at most; false when something there is no mapping */
static bool count_pairs(sc_reader *r, const sc_node *value, size_t *out)
{
	const sc_node *const *from;
	size_t n = sources(value, &from, &value), pairs = 0;
	sc_quoted what;
	for (size_t i = 0; i < n; i++) {
		if (from[i]->kind != SC_NODE_map)
			return sc_reader_fail(r, SC_EPARSE, from[i]->at,
				"'<<' is %s, must be a mapping or a list of mappings, such as '<<: "
				"*defaults'",
				sc_node_describe(from[i], &what));
		pairs += from[i]->count;
	}
	*out = pairs;
	return true;
}

static bool merge(
	sc_reader *r, sc_node *map, const sc_node *key, const sc_node *value, size_t brought)
{
	const sc_node *const *from;
	size_t n = sources(value, &from, &value), pairs = 0;
	pair *p = new_pairs(r, map->count + brought);
	if (!p)
		return false;
	add_pairs(p, &pairs, map, key);
	for (size_t i = 0; i < n; i++)
		add_pairs(p, &pairs, from[i], NULL);
	pairs = drop_doubles(NULL, p, pairs);
	bool good = store(r, map, p, pairs);
	free(p);
	return good;
}

static size_t merge_key(const sc_node *map)
{
	size_t i = 0;
	while (i < map->count &&
		!(map->item[2 * i]->plain && !strcmp(map->item[2 * i]->text, "<<")))
		i++;
	return i;
}

bool sc_yaml_finish_map(sc_reader *r, sc_node *map, size_t *merged)
{
	if (!drop_duplicates(r, map))
		return false;
	size_t at = merge_key(map), brought = 0;
	if (at == map->count)
		return true;
	const sc_node *key = map->item[2 * at], *value = map->item[2 * at + 1];
	const sc_node nothing = {.kind = SC_NODE_list, .at = value->at};
	if (!count_pairs(r, value, &brought))
		value = &nothing;
	*merged += brought;
	if (*merged > SC_YAML_VALUES)
		return sc_reader_fail(r, SC_EPARSE, value->at,
			"'<<' merges more than %d keys in this file", SC_YAML_VALUES);
	return merge(r, map, key, value, brought);
}
