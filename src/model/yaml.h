/** \file
 * YAML text as a tree with places. Aliases share nodes; the tree is finite, bounded in depth and in
 * expanded size, free of duplicate keys, and merge keys are already merged. */
#ifndef SC_MODEL_YAML_H
#define SC_MODEL_YAML_H

#include <stdbool.h>

#include "base/arena.h"
#include "secost/base.h"

typedef enum sc_node_kind { SC_NODE_scalar, SC_NODE_list, SC_NODE_map } sc_node_kind;

typedef struct sc_node {
	sc_node_kind kind;
	bool plain; /**< a scalar without quotes */
	sc_mark at;
	const char *text; /**< of a scalar; "" else */
	struct sc_node **item; /**< list: the items; map: key, value, key, value, … */
	size_t count;          /**< of items or of pairs */
} sc_node;

/** Parse exactly one document. Nodes live in `arena`. The first error goes to `err` with its place. */
sc_status sc_yaml_parse(sc_arena *arena, const char *text, size_t n, const sc_node **root, sc_err *err);

/** "a list", "a mapping", "'text'": what a node is, for messages. */
typedef struct sc_node_text {
	char s[96];
} sc_node_text;
const char *sc_node_describe(const sc_node *node, sc_node_text *out);

#endif
