/* What the layers of a graph must satisfy together. They stand in the order in which they are
 * computed, so that a layer which reads a later one is either out of order or part of a cycle. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/graph.h"

typedef struct checker {
	sc_reader *r;
	const sc_graph *graph;
	sc_graph_names names;
	uint32_t *readers, *back; /* of each layer: how many read it; on a path, the one before */
	size_t reading;		  /* the layer that is looked at */
	bool network;
} checker;

static bool is_bad(const sc_graph_layer *l)
{
	return l->given.bad != 0;
}

static sc_mark place_of(const sc_graph_layer *l, const char *key)
{
	sc_mark at = sc_field_mark("node", &l->given, key);
	return at.line ? at : l->given.at;
}

static sc_mark input_at(const sc_graph_layer *l, size_t input)
{
	return l->input_at ? l->input_at[input] : place_of(l, "inputs");
}

/* a layer without a name by what it is */
static const char *name_of(const checker *c, size_t i, char room[64])
{
	const sc_graph_layer *l = &c->graph->item[i];
	if (l->name)
		snprintf(room, 64, "'%.40s'", l->name);
	else
		snprintf(room, 64, "the '%s' of line %u", l->layer.op ? l->layer.op->name : "se",
			sc_reader_line(c->r, l->given.at.line));
	return room;
}

/* --- names --- */

static void check_names(checker *c)
{
	const sc_graph_names *names = &c->names;
	for (size_t i = 0; i < names->count && !sc_reader_gave_up(c->r); i++) {
		const sc_graph_layer *l = names->item[i];
		sc_quoted name;
		if (!strcmp(l->name, SC_GRAPH_ENTERS_NAME))
			sc_reader_fail(c->r, SC_ESCHEMA, place_of(l, "name"),
				"'%s' is what enters the graph, must be another name",
				SC_GRAPH_ENTERS_NAME);
		else if (i && !strcmp(names->item[i - 1]->name, l->name))
			sc_reader_fail(c->r, SC_ESCHEMA, place_of(l, "name"),
				"two layers are called %s, the other in line %u; names must differ",
				sc_quote(l->name, &name),
				sc_reader_line(c->r, names->item[i - 1]->given.at.line));
	}
}

static const char *earlier_name(const void *of, size_t i)
{
	const checker *c = of;
	if (!i)
		return SC_GRAPH_ENTERS_NAME;
	if (i > c->reading)
		return NULL;
	const char *name = c->graph->item[i - 1].name;
	return name ? name : "";
}

static void no_such_layer(checker *c, size_t i, size_t input)
{
	const sc_graph_layer *l = &c->graph->item[i];
	sc_tail tail;
	sc_quoted name;
	char reader[64];
	const char *wanted = l->inputs.item[input];
	c->reading = i;
	sc_must_be_one_of(wanted, earlier_name, c, &c->r->offers, &tail);
	sc_reader_fail(c->r, SC_ESCHEMA, input_at(l, input),
		"%s reads %s, and no layer is called "
		"that%s",
		name_of(c, i, reader), sc_quote(wanted, &name), tail.s);
}

/* --- order --- */

/* does what `from` reads lead back to `to`? then `back` has the path, from a layer to its reader */
static bool leads_to(checker *c, uint32_t from, uint32_t to)
{
	uint32_t *stack = malloc((c->graph->count + 1) * sizeof *stack);
	size_t n = 0;
	for (size_t i = 0; i < c->graph->count; i++)
		c->back[i] = SC_GRAPH_NOTHING;
	c->back[from] = from;
	if (stack)
		stack[n++] = from;
	while (n && c->back[to] == SC_GRAPH_NOTHING) {
		uint32_t at = stack[--n];
		for (size_t k = 0; k < sc_graph_inputs(&c->graph->item[at]); k++) {
			uint32_t input = sc_graph_input(&c->names, at, k);
			if (input >= SC_GRAPH_NOTHING || c->back[input] != SC_GRAPH_NOTHING)
				continue;
			c->back[input] = at;
			stack[n++] = input;
		}
	}
	free(stack);
	return c->back[to] != SC_GRAPH_NOTHING;
}

static void tell_cycle(checker *c, size_t i, size_t input, uint32_t from)
{
	sc_text path = {0};
	char name[64];
	uint32_t at = (uint32_t)i;
	size_t steps = 0;
	for (; at != from && steps < 8; at = c->back[at], steps++)
		sc_text_addf(&path, "%s → ", name_of(c, at, name));
	if (at != from)
		sc_text_add(&path, "… → ");
	sc_text_addf(&path, "%s → ", name_of(c, from, name));
	sc_text_add(&path, name_of(c, i, name));
	sc_reader_fail(c->r, SC_ESCHEMA, input_at(&c->graph->item[i], input),
		"a cycle: %s; a graph must have none", sc_text_get(&path));
	sc_text_release(&path);
}

static void reads_later(checker *c, size_t i, size_t input, uint32_t from)
{
	char reader[64], read[64];
	if (leads_to(c, from, (uint32_t)i)) {
		tell_cycle(c, i, input, from);
		return;
	}
	sc_reader_fail(c->r, SC_ESCHEMA, input_at(&c->graph->item[i], input),
		"%s reads %s of line %u, which comes after it; layers must stand in the order in "
		"which they are computed",
		name_of(c, i, reader), name_of(c, from, read),
		sc_reader_line(c->r, c->graph->item[from].given.at.line));
}

static void check_inputs(checker *c, size_t i)
{
	const sc_graph_layer *l = &c->graph->item[i];
	for (size_t k = 0; k < sc_graph_inputs(l) && !sc_reader_gave_up(c->r); k++) {
		uint32_t from = sc_graph_input(&c->names, i, k);
		if (from == SC_GRAPH_NOTHING)
			no_such_layer(c, i, k);
		else if (from != SC_GRAPH_ENTERS && from >= i)
			reads_later(c, i, k, from);
		if (from < SC_GRAPH_NOTHING)
			c->readers[from]++;
	}
}

/* --- one layer --- */

static void check_number(checker *c, const sc_graph_layer *l)
{
	const sc_op *op = l->layer.op;
	size_t n = sc_graph_inputs(l);
	unsigned min = op && op->inputs_min ? op->inputs_min : 1;
	unsigned max = !op || !op->inputs_min ? 1 : op->inputs_max ? op->inputs_max : SC_INPUTS_MAX;
	char range[32];
	if (n >= min && n <= max)
		return;
	snprintf(range, sizeof range, min == max ? "%u" : "%u … %u", min, max);
	sc_reader_fail(c->r, SC_ESCHEMA, place_of(l, "inputs"),
		"'%s' reads %zu tensor%s, must read %s%s", op ? op->name : "se", n,
		n > 1 ? "s" : "", range,
		max == 1 ? "; put 'add' or 'concat' before it" : ": say which in 'inputs'");
}

static void check_of_module(checker *c, const sc_graph_layer *l)
{
	if (c->network)
		return;
	if (l->stage)
		sc_reader_fail(c->r, SC_ESCHEMA, place_of(l, "stage"),
			"'stage' has no meaning in the graph of a module, which is one block");
	if (l->se.given.bits)
		sc_reader_fail(c->r, SC_ESCHEMA, place_of(l, "se"),
			"SE of a module is that of its stage, must be 'se' without fields here");
}

static void check_layer(checker *c, size_t i)
{
	const sc_graph_layer *l = &c->graph->item[i];
	if (is_bad(l))
		return;
	check_number(c, l);
	check_of_module(c, l);
	if (c->network && sc_graph_is_gate(l))
		sc_check_gate(c->r, &l->se);
}

static void check_readers(checker *c)
{
	char name[64];
	for (size_t i = 0; i + 1 < c->graph->count && !sc_reader_gave_up(c->r); i++) {
		if (c->readers[i])
			continue;
		sc_reader_fail(c->r, SC_ESCHEMA, place_of(&c->graph->item[i], "name"),
			"nothing reads %s; a layer must be read by a later one, or be the last, "
			"which is what the graph gives",
			name_of(c, i, name));
	}
}

static void check(checker *c)
{
	bool all_good = true;
	check_names(c);
	for (size_t i = 0; i < c->graph->count && !sc_reader_gave_up(c->r); i++) {
		all_good = all_good && !is_bad(&c->graph->item[i]);
		check_layer(c, i);
	}
	if (!all_good) /* what a bad layer reads is not known */
		return;
	for (size_t i = 0; i < c->graph->count && !sc_reader_gave_up(c->r); i++)
		check_inputs(c, i);
	check_readers(c);
}

void sc_check_graph(sc_reader *r, const sc_graph *graph, bool network, sc_mark at)
{
	checker c = {.r = r, .graph = graph, .network = network};
	c.readers = calloc(graph->count + 1, sizeof *c.readers);
	c.back = calloc(graph->count + 1, sizeof *c.back);
	if (!graph->count)
		sc_reader_fail(r, SC_ESCHEMA, at, "'graph' is empty, must have one layer or more");
	else if (c.readers && c.back && sc_graph_names_make(graph, &c.names))
		check(&c);
	else
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	free(c.names.item);
	free(c.readers);
	free(c.back);
}
