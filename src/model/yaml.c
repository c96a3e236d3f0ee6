/* The only file that knows libyaml. Its events are turned into our own nodes as they come, so that
 * a bound on depth or size stops the parse and not what comes after it. Its document API would do
 * that work for us, but compares every anchor with every other and does not say where an alias
 * stands.
 *
 * An alias is a second reference to one node. Height and expanded size are sums over finished
 * nodes, so that an alias bomb is refused without being expanded; a node that is not finished has
 * size 0, so that an alias to it is a cycle. */
#include "model/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/array.h"

enum { ANCHORS_MAX = 10000 };

typedef struct anchor {
	const char *name;
	sc_node *node;
} anchor;

typedef struct source {
	sc_reader *r;
	const char *text;
	size_t length;
	yaml_parser_t parser;
	yaml_event_t event; /**< the one being looked at */
	sc_node **stack;    /**< children of the collections that are open */
	size_t top, stack_room;
	anchor *anchor; /**< sorted by name */
	size_t anchors, anchor_room;
	size_t values, merged;
} source;

static sc_mark mark_of(const source *s, yaml_mark_t m)
{
	return sc_reader_mark(s->r, (uint32_t)m.line + 1, (uint32_t)m.column + 1);
}

static bool no_memory(source *s)
{
	return sc_reader_fail(s->r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
}

/* --- events --- */

/* the byte at a place that libyaml gives in characters */
static char byte_at(const source *s, size_t index)
{
	size_t i = 0;
	while (i < s->length && index) {
		i++;
		while (i < s->length && ((unsigned char)s->text[i] & 0xc0) == 0x80)
			i++;
		index--;
	}
	return i < s->length ? s->text[i] : '\0';
}

static bool explain(source *s)
{
	const yaml_parser_t *p = &s->parser;
	if (p->error == YAML_MEMORY_ERROR)
		return no_memory(s);
	const sc_yaml_problem problem = {p->problem, p->context, mark_of(s, p->problem_mark),
		mark_of(s, p->context_mark), byte_at(s, p->problem_mark.index)};
	return sc_yaml_explain(s->r, &problem);
}

static bool next(source *s)
{
	yaml_event_delete(&s->event);
	if (yaml_parser_parse(&s->parser, &s->event))
		return true;
	memset(&s->event, 0, sizeof s->event);
	return explain(s);
}

/* --- anchors, by name: few, so that making room for one is no matter --- */

/* where the anchor is, or would be */
static size_t find_anchor(const source *s, const char *name, bool *found)
{
	size_t low = 0, high = s->anchors;
	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(s->anchor[mid].name, name);
		if (!order) {
			*found = true;
			return mid;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool grow_anchors(source *s, sc_mark at)
{
	if (s->anchors == ANCHORS_MAX)
		return sc_reader_fail(
			s->r, SC_EPARSE, at, "more than %d anchors in one file", ANCHORS_MAX);
	anchor *array = sc_array_reserve(s->anchor, &s->anchor_room, s->anchors + 1, sizeof *array);
	if (!array)
		return no_memory(s);
	s->anchor = array;
	return true;
}

/* a later anchor of the same name hides the earlier one, as YAML has it */
static bool note_anchor(source *s, const yaml_char_t *name, sc_node *node)
{
	if (!name)
		return true;
	bool found;
	size_t i = find_anchor(s, (const char *)name, &found);
	if (found) {
		s->anchor[i].node = node;
		return true;
	}
	const char *copy = sc_arena_strdup(s->r->arena, (const char *)name);
	if (!copy)
		return no_memory(s);
	if (!grow_anchors(s, node->at))
		return false;
	memmove(s->anchor + i + 1, s->anchor + i, (s->anchors++ - i) * sizeof *s->anchor);
	s->anchor[i] = (anchor){copy, node};
	return true;
}

/* --- nodes --- */

static sc_node *read_node(source *s, uint32_t depth);

static sc_node *new_node(source *s, sc_node_kind kind)
{
	sc_node *node = sc_arena_alloc(s->r->arena, sizeof *node);
	sc_mark at = mark_of(s, s->event.start_mark);
	if (!node) {
		no_memory(s);
		return NULL;
	}
	if (++s->values > SC_YAML_VALUES) {
		sc_reader_fail(
			s->r, SC_EPARSE, at, "more than %d values in one file", SC_YAML_VALUES);
		return NULL;
	}
	node->kind = kind;
	node->at = at;
	node->text = "";
	return node;
}

static void refuse_tag(source *s, const yaml_char_t *tag)
{
	static const char prefix[] = "tag:yaml.org,2002:";
	const char *text = (const char *)tag;
	if (!tag || !strcmp(text, "!"))
		return;
	bool core = !strncmp(text, prefix, sizeof prefix - 1);
	sc_reader_fail(s->r, SC_EPARSE, mark_of(s, s->event.start_mark),
		"the tag '%s%.60s' has no use here, a value means what its key says; leave it out",
		core ? "!!" : "", core ? text + sizeof prefix - 1 : text);
}

static sc_node *read_scalar(source *s)
{
	sc_node *node = new_node(s, SC_NODE_scalar);
	const char *text = (const char *)s->event.data.scalar.value;
	if (!node)
		return NULL;
	refuse_tag(s, s->event.data.scalar.tag);
	if (memchr(text, '\0', s->event.data.scalar.length))
		sc_reader_fail(s->r, SC_EPARSE, node->at,
			"a value holds the character NUL, must be a text without");
	node->text = sc_arena_strdup(s->r->arena, text);
	node->plain = s->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->size = 1;
	if (!node->text)
		no_memory(s);
	return node->text && note_anchor(s, s->event.data.scalar.anchor, node) ? node : NULL;
}

static bool too_deep(source *s, uint32_t levels)
{
	if (levels <= SC_YAML_DEPTH)
		return false;
	sc_reader_fail(s->r, SC_EPARSE, mark_of(s, s->event.start_mark),
		"nested %d levels deep or more, must be at most %d", SC_YAML_DEPTH + 1,
		SC_YAML_DEPTH);
	return true;
}

static sc_node *read_alias(source *s, uint32_t depth)
{
	sc_mark at = mark_of(s, s->event.start_mark);
	const char *name = (const char *)s->event.data.alias.anchor;
	bool found;
	size_t i = find_anchor(s, name, &found);
	const sc_node *node = found ? s->anchor[i].node : NULL;
	if (!found)
		sc_reader_fail(
			s->r, SC_EPARSE, at, "there is no anchor '&%.60s' before this alias", name);
	else if (!node->size)
		sc_reader_fail(s->r, SC_EPARSE, at,
			"the alias '*%.60s' is inside what it stands for", name);
	else if (!too_deep(s, depth + node->height))
		return s->anchor[i].node;
	return NULL;
}

static bool push(source *s, sc_node *node)
{
	sc_node **stack = sc_array_reserve(s->stack, &s->stack_room, s->top + 1, sizeof *stack);
	if (!stack)
		return no_memory(s);
	s->stack = stack;
	s->stack[s->top++] = node;
	return true;
}

/* hand the children above `first` to their parent */
static bool take(source *s, sc_node *parent, size_t first)
{
	size_t n = s->top - first;
	uint64_t size = 1;
	parent->item = sc_arena_alloc(s->r->arena, n * sizeof *parent->item);
	if (!parent->item)
		return no_memory(s);
	for (size_t i = 0; i < n; i++) {
		sc_node *child = parent->item[i] = s->stack[first + i];
		size += child->size;
		if (parent->height < child->height + 1)
			parent->height = child->height + 1;
	}
	s->top = first;
	if (size > SC_YAML_VALUES)
		return sc_reader_fail(s->r, SC_EPARSE, parent->at,
			"aliases expand this to more than %d values", SC_YAML_VALUES);
	parent->size = (uint32_t)size;
	return true;
}

static sc_node *read_list(source *s, uint32_t depth)
{
	sc_node *list = new_node(s, SC_NODE_list);
	if (!list || too_deep(s, depth) ||
		!note_anchor(s, s->event.data.sequence_start.anchor, list))
		return NULL;
	refuse_tag(s, s->event.data.sequence_start.tag);
	size_t first = s->top;
	while (next(s)) {
		if (s->event.type == YAML_SEQUENCE_END_EVENT) {
			list->count = s->top - first;
			return take(s, list, first) ? list : NULL;
		}
		sc_node *item = read_node(s, depth + 1);
		if (!item || !push(s, item))
			break;
	}
	return NULL;
}

static bool read_pair(source *s, uint32_t depth)
{
	sc_quoted what;
	sc_node *key = read_node(s, depth + 1);
	sc_node *value = key && next(s) ? read_node(s, depth + 1) : NULL;
	if (!value)
		return false;
	if (key->kind == SC_NODE_scalar)
		return push(s, key) && push(s, value);
	sc_reader_fail(s->r, SC_EPARSE, key->at, "a key is %s, must be a word",
		sc_node_describe(key, &what));
	return true;
}

static sc_node *read_map(source *s, uint32_t depth)
{
	sc_node *map = new_node(s, SC_NODE_map);
	if (!map || too_deep(s, depth) || !note_anchor(s, s->event.data.mapping_start.anchor, map))
		return NULL;
	refuse_tag(s, s->event.data.mapping_start.tag);
	size_t first = s->top;
	while (next(s)) {
		if (s->event.type == YAML_MAPPING_END_EVENT) {
			map->count = (s->top - first) / 2;
			bool good =
				take(s, map, first) && sc_yaml_finish_map(s->r, map, &s->merged);
			return good ? map : NULL;
		}
		if (!read_pair(s, depth))
			break;
	}
	return NULL;
}

/* the node that the current event starts */
static sc_node *read_node(source *s, uint32_t depth)
{
	switch (s->event.type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(s);
	case YAML_SEQUENCE_START_EVENT:
		return read_list(s, depth);
	case YAML_MAPPING_START_EVENT:
		return read_map(s, depth);
	case YAML_ALIAS_EVENT:
		return read_alias(s, depth);
	default:
		break;
	}
	sc_reader_fail(s->r, SC_EPARSE, mark_of(s, s->event.start_mark), "malformed YAML");
	return NULL;
}

/* --- documents --- */

static const sc_node *read_stream(source *s)
{
	if (!next(s) || !next(s)) /* the stream's start, then a document's or the stream's end */
		return NULL;
	if (s->event.type != YAML_DOCUMENT_START_EVENT) {
		sc_reader_fail(s->r, SC_EPARSE, sc_reader_mark(s->r, 1, 1),
			"there is nothing in it, must be a mapping");
		return NULL;
	}
	const sc_node *root = next(s) ? read_node(s, 0) : NULL;
	if (!root || !next(s) || !next(s)) /* the document's end, then the stream's */
		return NULL;
	if (s->event.type == YAML_DOCUMENT_START_EVENT)
		sc_reader_fail(s->r, SC_EPARSE, mark_of(s, s->event.start_mark),
			"a second document starts here, must be one; put each into a file of its "
			"own");
	return root;
}

bool sc_yaml_read(sc_reader *r, const char *text, size_t n, const sc_node **root)
{
	source s = {.r = r, .text = text, .length = n};
	if (!sc_yaml_check_text(r, text, n))
		return false;
	if (!yaml_parser_initialize(&s.parser))
		return no_memory(&s);
	if (n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) { /* a byte order mark */
		s.text += 3;
		s.length -= 3;
	}
	yaml_parser_set_encoding(&s.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&s.parser, (const unsigned char *)s.text, s.length);
	const sc_node *found = read_stream(&s);
	yaml_event_delete(&s.event);
	yaml_parser_delete(&s.parser);
	free(s.stack);
	free(s.anchor);
	if (found)
		*root = found;
	return found != NULL;
}
