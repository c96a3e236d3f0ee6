/* One number: the lowest so far. Two: a staircase, one falling as the other rises, in a sorted
 * array. More: a tree whose leaves hold some points each and whose nodes know the lowest of each
 * number below them, which a search compares before it goes there. */
#include "plan/dominance.h"

#include <stdlib.h>
#include <string.h>

enum { LEAF = 24 };

/* a leaf has no children and its points in `slot`; a node's halves lie side by side */
typedef struct node {
	uint64_t lowest[SC_BUDGETS_MAX];
	uint64_t middle; /* points with a lower number go to the first half */
	uint32_t child, slot, count, depth;
} node;

struct sc_rivals {
	size_t numbers, count, room; /* points, of one and two numbers */
	uint64_t *point;	     /* of one and two; of more, LEAF in every slot */
	node *node;
	size_t nodes, node_room, slots, slot_room;
};

sc_rivals *sc_rivals_new(size_t numbers)
{
	sc_rivals *r = calloc(1, sizeof *r);
	if (r)
		r->numbers = numbers;
	return r;
}

void sc_rivals_free(sc_rivals *r)
{
	if (!r)
		return;
	free(r->point);
	free(r->node);
	free(r);
}

void sc_rivals_clear(sc_rivals *r)
{
	r->count = r->nodes = r->slots = 0;
}

static bool grow(void **item, size_t size, size_t wanted, size_t *room)
{
	if (wanted <= *room)
		return true;
	size_t more = 2 * wanted + 64;
	void *larger = realloc(*item, more * size);
	if (!larger)
		return false;
	*item = larger;
	*room = more;
	return true;
}

/* --- a staircase: pairs, the second number rising, the first falling --- */

/* how many stairs are no higher in the second number */
static size_t stairs_up_to(const sc_rivals *r, uint64_t second)
{
	size_t low = 0, high = r->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (r->point[2 * middle + 1] <= second)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* stairs that are no lower in either number are no stairs any longer */
static bool add_stair(sc_rivals *r, const uint64_t *p)
{
	void *points = r->point;
	if (!grow(&points, 2 * sizeof *r->point, r->count + 1, &r->room))
		return false;
	r->point = points;
	size_t at = stairs_up_to(r, p[1]), end = at;
	if (at && r->point[2 * at - 1] == p[1])
		at--;
	while (end < r->count && r->point[2 * end] >= p[0])
		end++;
	memmove(&r->point[2 * at + 2], &r->point[2 * end], 2 * (r->count - end) * sizeof *r->point);
	memcpy(&r->point[2 * at], p, 2 * sizeof *p);
	r->count = r->count - (end - at) + 1;
	return true;
}

/* --- a tree --- */

static bool is_no_higher(size_t numbers, const uint64_t *a, const uint64_t *b)
{
	for (size_t k = 0; k < numbers; k++)
		if (a[k] > b[k])
			return false;
	return true;
}

static uint64_t *point_at(const sc_rivals *r, uint32_t slot, size_t i)
{
	return &r->point[(slot * (size_t)LEAF + i) * r->numbers];
}

static bool leaf_dominates(const sc_rivals *r, const node *n, const uint64_t *p)
{
	for (size_t i = 0; i < n->count; i++)
		if (is_no_higher(r->numbers, point_at(r, n->slot, i), p))
			return true;
	return false;
}

static bool tree_dominates(const sc_rivals *r, const node *n, const uint64_t *p)
{
	if (!is_no_higher(r->numbers, n->lowest, p))
		return false;
	if (!n->child)
		return leaf_dominates(r, n, p);
	return tree_dominates(r, &r->node[n->child], p) ||
	       tree_dominates(r, &r->node[n->child + 1], p);
}

static void put(sc_rivals *r, node *leaf, const uint64_t *p)
{
	memcpy(point_at(r, leaf->slot, leaf->count), p, r->numbers * sizeof *p);
	for (size_t k = 0; k < r->numbers; k++)
		if (!leaf->count || p[k] < leaf->lowest[k])
			leaf->lowest[k] = p[k];
	leaf->count++;
}

/* room for two more nodes and two more slots */
static bool make_room(sc_rivals *r)
{
	void *nodes = r->node, *points = r->point;
	bool fits = grow(&nodes, sizeof *r->node, r->nodes + 2, &r->node_room);
	r->node = nodes;
	fits = fits &&
	       grow(&points, LEAF * r->numbers * sizeof *r->point, r->slots + 2, &r->slot_room);
	r->point = points;
	return fits;
}

/* the point in the middle of a leaf, by one number */
static uint64_t middle_of(const sc_rivals *r, const node *leaf, size_t number)
{
	uint64_t sorted[LEAF];
	for (size_t i = 0; i < LEAF; i++) {
		uint64_t x = point_at(r, leaf->slot, i)[number];
		size_t at = i;
		for (; at && sorted[at - 1] > x; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = x;
	}
	return sorted[LEAF / 2];
}

/* A full leaf becomes a node of two. Where many are equal one half may stay empty or full; the next
 * depth splits another number. */
static bool split(sc_rivals *r, uint32_t at)
{
	uint64_t held[LEAF * SC_BUDGETS_MAX];
	if (!make_room(r))
		return false;
	node *n = &r->node[at];
	size_t number = n->depth % r->numbers;
	n->middle = middle_of(r, n, number);
	memcpy(held, point_at(r, n->slot, 0), LEAF * r->numbers * sizeof *held);
	n->child = (uint32_t)r->nodes;
	node *half = &r->node[r->nodes];
	half[0] = (node){.slot = n->slot, .depth = n->depth + 1};
	half[1] = (node){.slot = (uint32_t)r->slots, .depth = n->depth + 1};
	r->nodes += 2;
	r->slots++;
	memset(half[0].lowest, 0xff, sizeof half[0].lowest);
	memset(half[1].lowest, 0xff, sizeof half[1].lowest);
	for (size_t i = 0; i < LEAF; i++) {
		const uint64_t *p = &held[i * r->numbers];
		put(r, &half[p[number] >= n->middle], p);
	}
	return true;
}

static bool add_leaf_point(sc_rivals *r, const uint64_t *p)
{
	uint32_t at = 0;
	if (!r->nodes) {
		if (!make_room(r))
			return false;
		r->node[r->nodes++] = (node){0};
		r->slots = 1;
	}
	for (;;) {
		node *n = &r->node[at];
		if (!n->child && n->count < LEAF) {
			put(r, n, p);
			return true;
		}
		if (!n->child && !split(r, at))
			return false;
		n = &r->node[at];
		for (size_t k = 0; k < r->numbers; k++)
			n->lowest[k] = p[k] < n->lowest[k] ? p[k] : n->lowest[k];
		at = n->child + (p[n->depth % r->numbers] >= n->middle);
	}
}

/* --- */

bool sc_rivals_dominate(const sc_rivals *r, const uint64_t *p)
{
	if (r->numbers > 2)
		return r->nodes && tree_dominates(r, &r->node[0], p);
	if (!r->count)
		return false;
	if (r->numbers == 1)
		return r->point[0] <= p[0];
	size_t n = stairs_up_to(r, p[1]);
	return n && r->point[2 * n - 2] <= p[0];
}

bool sc_rivals_keep(sc_rivals *r, const uint64_t *p)
{
	if (r->numbers > 2)
		return add_leaf_point(r, p);
	if (r->numbers == 2)
		return add_stair(r, p);
	void *points = r->point;
	if (!grow(&points, sizeof *r->point, 1, &r->room))
		return false;
	r->point = points;
	r->point[0] = p[0];
	r->count = 1;
	return true;
}
