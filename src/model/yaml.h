/** \file
 * YAML text as a tree with places. Aliases share nodes; the tree is finite, bounded in depth and in
 * expanded size, free of duplicate keys, and merge keys are already merged.
 *
 * What is taken of YAML 1.1: one UTF-8 document (a byte order mark and CRLF are fine) of mappings
 * with words as keys, lists and scalars; anchors, aliases and `<<`. Tags are refused: a value means
 * what its key says. */
#ifndef SC_MODEL_YAML_H
#define SC_MODEL_YAML_H

#include "base/text.h"
#include "model/reader.h"

typedef enum sc_node_kind { SC_NODE_scalar, SC_NODE_list, SC_NODE_map } sc_node_kind;

typedef struct sc_node {
	sc_node_kind kind;
	bool plain; /**< a scalar without quotes */
	sc_mark at;
	uint32_t size;	       /**< of the tree below, aliases expanded, this node included */
	uint32_t height;       /**< levels below */
	const char *text;      /**< of a scalar; "" else */
	struct sc_node **item; /**< list: the items; map: key, value, key, value, … */
	size_t count;	       /**< of items or of pairs */
} sc_node;

/** Parse exactly one document; nodes live in the reader's arena. False when there is no tree to
 * read. Errors that leave a tree (a duplicate key, a tag) are told, and the tree is without them.
 */
bool sc_yaml_read(sc_reader *r, const char *text, size_t n, const sc_node **root);
/** The same with the first error in `err` (may be NULL). */
sc_status sc_yaml_parse(
	sc_arena *arena, const char *text, size_t n, const sc_node **root, sc_err *err);

/** Bounds: whoever needs more is not describing a network. */
enum { SC_YAML_DEPTH = 64, SC_YAML_VALUES = 2000000 };

/** "a list", "a mapping", "empty", "'text'", "'text' in quotes": what a node is, for messages. */
const char *sc_node_describe(const sc_node *node, sc_quoted *out);
/** A scalar without quotes and without text. */
bool sc_node_is_empty(const sc_node *node);

/** Is every byte part of a character that YAML allows? Else the first that isn't is told. */
bool sc_yaml_check_text(sc_reader *r, const char *text, size_t n);
/** Finish a mapping whose pairs are all there: duplicate keys are told and dropped, `<<` is merged.
 * `*merged` counts merged pairs over the document. False on an error that leaves no tree. */
bool sc_yaml_finish_map(sc_reader *r, sc_node *map, size_t *merged);

/** What libyaml says of malformed text. */
typedef struct sc_yaml_problem {
	const char *problem, *context; /**< may be NULL */
	sc_mark at, context_at;
	char found; /**< the byte there, 0 at the end */
} sc_yaml_problem;
bool sc_yaml_explain(sc_reader *r, const sc_yaml_problem *problem);

/** A copy with room for one more item or pair, whose items are the same nodes; NULL without memory.
 */
sc_node *sc_tree_copy(sc_arena *arena, const sc_node *node);
/** Where a mapping has the value of a key; NULL when it has none. */
sc_node *const *sc_tree_find(const sc_node *map, const char *key);
/** Take a key out of a mapping that is a copy. */
void sc_tree_drop(sc_node *map, const char *key);
/** A tree with the value at the place that `path`, "stages[1].se.ratio=", leads to; nothing of
 * `root` is changed. NULL where it leads nowhere, and without memory. */
const sc_node *sc_tree_set(
	sc_arena *arena, const sc_node *root, const char *path, const sc_node *value);
/** Append the tree as text. */
void sc_tree_write(const sc_node *root, sc_text *out);

#endif
