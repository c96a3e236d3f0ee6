/* A graph as written, {name: b, conv: {channels: 64}, inputs: [a]} for each layer, and its names
 * turned into places: a layer may read what comes before it, and reads the one just before it when
 * it does not say what. */
#include <stdlib.h>
#include <string.h>

#include "model/graph.h"

/* --- reading --- */

static const char *fields_of(const sc_op *op)
{
	return op->named ? op->named : op->fields;
}

/* the keys that a layer may have, "" for ops that can't be written */
static const char *word(const void *of, size_t i)
{
	(void)of;
	if (i < sc_table_node.count)
		return sc_table_node.field[i].key;
	const sc_op *op = sc_op_at(i - sc_table_node.count);
	return !op ? NULL : fields_of(op) ? op->name : "";
}

/* those that say what it is */
static const char *kind_word(const void *of, size_t i)
{
	const char *key = word(of, i);
	bool besides = i < sc_table_node.count && strcmp(key, "se") != 0;
	return besides ? "" : key;
}

static bool unknown_key(sc_reader *r, const sc_node *key)
{
	sc_tail tail;
	sc_quoted quoted;
	sc_did_you_mean(key->text, word, NULL, &r->offers, &tail);
	if (!*tail.s)
		sc_must_be_one_of(key->text, word, NULL, &r->offers, &tail);
	return sc_reader_fail(r, SC_ESCHEMA, key->at, "unknown key %s in a layer of a graph%s",
		sc_quote(key->text, &quoted), tail.s);
}

static bool read_layer(sc_reader *r, sc_graph_layer *out, const sc_node *key, const sc_node *value)
{
	const sc_op *op = sc_op_named(key->text);
	if (!op || !fields_of(op))
		return unknown_key(r, key);
	if (out->layer.op)
		return sc_reader_fail(r, SC_ESCHEMA, key->at,
			"a layer of a graph is '%s' and '%s', must be one of them",
			out->layer.op->name, op->name);
	return sc_read_layer_as(r, &out->layer, op, fields_of(op), key, value);
}

static bool read_pair(sc_reader *r, sc_graph_layer *out, const sc_node *key, const sc_node *value)
{
	int index = sc_field_index(&sc_table_node, key->text);
	sc_node on = *value;
	if (index < 0)
		return read_layer(r, out, key, value);
	if (!strcmp(key->text, "se") && sc_node_is_empty(value))
		on.text = "on";
	if (!strcmp(key->text, "inputs") && value->kind == SC_NODE_list && !value->count)
		return sc_reader_fail(r, SC_ESCHEMA, value->at,
			"'inputs' is an empty list, must name one or more; without 'inputs' a "
			"layer "
			"reads the one before");
	return sc_read_field(r, &sc_table_node, index, out, key->at, &on);
}

static bool read_pairs(sc_reader *r, sc_graph_layer *out, const sc_node *map)
{
	bool good = true;
	for (size_t i = 0; i < map->count && !sc_reader_gave_up(r); i++)
		good = read_pair(r, out, map->item[2 * i], map->item[2 * i + 1]) && good;
	return good;
}

static bool is_one_thing(sc_reader *r, const sc_graph_layer *l, sc_mark at)
{
	sc_tail tail;
	if (l->layer.op && !sc_graph_is_gate(l))
		return true;
	if (l->layer.op)
		return sc_reader_fail(r, SC_ESCHEMA, at,
			"a layer of a graph is '%s' and 'se', must be one of them; SE is a layer "
			"of "
			"its own",
			l->layer.op->name);
	return sc_graph_is_gate(l) ||
	       sc_reader_fail(r, SC_ESCHEMA, at, "a layer of a graph does not say what it is%s",
		       sc_must_be_one_of("", kind_word, NULL, &r->offers, &tail));
}

static bool read_one(sc_reader *r, sc_graph_layer *out, const sc_node *node)
{
	sc_quoted what;
	const sc_node empty = {.kind = SC_NODE_scalar, .plain = true, .at = node->at, .text = ""};
	if (!sc_record_init(r, &sc_table_node, out, node->at))
		return false;
	out->layer = sc_layer_unsaid;
	bool good = node->kind == SC_NODE_list
			    ? sc_reader_fail(r, SC_ESCHEMA, node->at,
				      "a layer of a graph is %s, must be a mapping such as {name: "
				      "a, conv: {channels: 64}, inputs: [b]}",
				      sc_node_describe(node, &what))
		    : node->kind == SC_NODE_scalar ? read_pair(r, out, node, &empty)
						   : read_pairs(r, out, node);
	good = good && is_one_thing(r, out, node->at);
	if (!out->name)
		out->name = out->layer.name;
	if (!good)
		sc_record_note_bad(out, SC_WHOLE_RECORD);
	return good;
}

bool sc_read_graph(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (!sc_node_must_be(r, f, node, SC_NODE_list))
		return false;
	sc_graph graph = {sc_reader_alloc(r, node->count, sizeof *graph.item), node->count};
	bool good = graph.item != NULL;
	for (size_t i = 0; i < node->count && graph.item && !sc_reader_gave_up(r); i++)
		good = read_one(r, &graph.item[i], node->item[i]) && good;
	if (graph.item)
		memcpy(member, &graph, sizeof graph);
	return good;
}

void sc_graph_note_inputs(sc_reader *r, sc_graph_layer *layer, const sc_node *list)
{
	sc_mark *at = r->unplaced ? NULL : sc_reader_alloc(r, list->count, sizeof *at);
	for (size_t i = 0; at && i < list->count; i++)
		at[i] = list->item[i]->at;
	layer->input_at = at;
}

/* --- names --- */

static int by_name(const void *a, const void *b)
{
	const sc_graph_layer *x = *(const sc_graph_layer *const *)a,
			     *y = *(const sc_graph_layer *const *)b;
	int order = strcmp(x->name, y->name);
	return order ? order : (x > y) - (x < y);
}

bool sc_graph_names_make(const sc_graph *graph, sc_graph_names *out)
{
	const sc_graph_layer **item = malloc((graph->count + 1) * sizeof *item);
	size_t n = 0;
	if (!item)
		return false;
	for (size_t i = 0; i < graph->count; i++)
		if (graph->item[i].name)
			item[n++] = &graph->item[i];
	qsort(item, n, sizeof *item, by_name);
	*out = (sc_graph_names){graph, item, n};
	return true;
}

/* the first of that name */
static const sc_graph_layer *find(const sc_graph_names *names, const char *name)
{
	size_t low = 0, high = names->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(names->item[mid]->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	bool found = low < names->count && !strcmp(names->item[low]->name, name);
	return found ? names->item[low] : NULL;
}

uint32_t sc_graph_input(const sc_graph_names *names, size_t layer, size_t input)
{
	const sc_graph_layer *l = &names->graph->item[layer];
	if (!l->inputs.count)
		return layer ? (uint32_t)layer - 1 : SC_GRAPH_ENTERS;
	if (!strcmp(l->inputs.item[input], SC_GRAPH_ENTERS_NAME))
		return SC_GRAPH_ENTERS;
	const sc_graph_layer *from = find(names, l->inputs.item[input]);
	return from ? (uint32_t)(from - names->graph->item) : SC_GRAPH_NOTHING;
}

size_t sc_graph_inputs(const sc_graph_layer *l)
{
	return l->inputs.count ? l->inputs.count : 1;
}

bool sc_graph_is_gate(const sc_graph_layer *l)
{
	return l->given.bits >> sc_field_index(&sc_table_node, "se") & 1;
}

/* --- what a builder follows --- */

static sc_status no_input(const sc_graph_layer *l, size_t input, sc_err *err)
{
	sc_fail(err, SC_ESCHEMA, "no layer '%.40s' comes before what reads it",
		l->inputs.item[input]);
	if (err) {
		err->line = (int)l->given.at.line;
		err->column = (int)l->given.at.column;
	}
	return SC_ESCHEMA;
}

static sc_status fill(const sc_graph_names *names, sc_graph_steps *out, sc_err *err)
{
	uint32_t *input = out->input;
	for (size_t i = 0; i < names->graph->count; i++) {
		const sc_graph_layer *l = &names->graph->item[i];
		size_t n = sc_graph_inputs(l);
		for (size_t k = 0; k < n; k++) {
			input[k] = sc_graph_input(names, i, k);
			if (input[k] != SC_GRAPH_ENTERS && input[k] >= i)
				return no_input(l, k, err);
		}
		out->step[i] = (sc_graph_step){l->layer.op ? &l->layer : NULL, l->name, input, n};
		input += n;
	}
	return SC_OK;
}

sc_status sc_graph_steps_make(const sc_graph *graph, sc_graph_steps *out, sc_err *err)
{
	sc_graph_steps made = {0};
	sc_graph_names names = {0};
	size_t inputs = 1;
	for (size_t i = 0; i < graph->count; i++)
		inputs += sc_graph_inputs(&graph->item[i]);
	made.step = malloc((graph->count + 1) * sizeof *made.step);
	made.end = malloc((graph->count + 1) * sizeof *made.end);
	made.input = malloc(inputs * sizeof *made.input);
	bool room = made.step && made.end && made.input && sc_graph_names_make(graph, &names);
	sc_status s =
		room ? fill(&names, &made, err)
		     : sc_fail(err, SC_ENOMEM, "no memory for a graph of %zu layers", graph->count);
	free(names.item);
	if (s)
		sc_graph_steps_release(&made);
	else
		*out = made;
	return s;
}

void sc_graph_steps_release(sc_graph_steps *steps)
{
	free(steps->step);
	free(steps->end);
	free(steps->input);
	*steps = (sc_graph_steps){0};
}

/* --- the stages of a network that is one graph --- */

static sc_stage stage_from(const sc_stage *old, const sc_graph_layer *first)
{
	sc_stage stage = *old;
	stage.kind = &sc_block_graph;
	stage.name = first->stage ? first->stage : "graph";
	stage.graph_gates = 0;
	if (first->given.at.line)
		stage.given.at = first->given.at;
	return stage;
}

static size_t count_stages(const sc_graph *graph)
{
	size_t n = 1;
	for (size_t i = 1; i < graph->count; i++)
		n += graph->item[i].stage != NULL;
	return n;
}

void sc_graph_stages(sc_reader *r, sc_model *m)
{
	const sc_graph *graph = &m->graph;
	bool other = m->stages.count && m->stages.item[0].kind != &sc_block_graph;
	if (!graph->count || other)
		return;
	size_t n = count_stages(graph), s = 0;
	sc_stage *item = sc_reader_alloc(r, n, sizeof *item);
	uint32_t *gate = sc_reader_alloc(r, graph->count, sizeof *gate);
	static const sc_stage none;
	for (size_t i = 0; i < graph->count && item && gate; i++) {
		const sc_graph_layer *l = &graph->item[i];
		s += i && l->stage;
		if (!i || l->stage) {
			item[s] = stage_from(n == m->stages.count ? &m->stages.item[s] : &none, l);
			item[s].graph_from = (uint32_t)i;
			item[s].graph_gate = gate;
		}
		item[s].graph_to = (uint32_t)i + 1;
		if (sc_graph_is_gate(l)) {
			*gate++ = (uint32_t)i;
			item[s].graph_gates++;
		}
	}
	if (item && gate) {
		m->stages.item = item;
		m->stages.count = n;
	}
}

const sc_se_spec *sc_graph_se(const sc_model *m, size_t stage, uint32_t block)
{
	const sc_stage *st = &m->stages.item[stage];
	return block < st->graph_gates ? &m->graph.item[st->graph_gate[block]].se : NULL;
}
