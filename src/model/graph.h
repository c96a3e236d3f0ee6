/** \file
 * Named layers: how they are read, found and checked, and what a builder follows. */
#ifndef SC_MODEL_GRAPH_H
#define SC_MODEL_GRAPH_H

#include "model/fields.h"

/** How a layer says that it reads what enters the graph. */
#define SC_GRAPH_ENTERS_NAME "input"
/** There is no such layer. */
#define SC_GRAPH_NOTHING (UINT32_MAX - 1)

/** Layers by name; those without one are in no list. */
typedef struct sc_graph_names {
	const sc_graph *graph;
	const sc_graph_layer **item;
	size_t count;
} sc_graph_names;
/** False when there is no memory; else release it with free(names->item). */
bool sc_graph_names_make(const sc_graph *graph, sc_graph_names *out);
/** Does SE sit here? */
bool sc_graph_is_gate(const sc_graph_layer *layer);
/** How many tensors a layer reads. */
size_t sc_graph_inputs(const sc_graph_layer *layer);
/** Index of the layer that makes an input; SC_GRAPH_ENTERS or SC_GRAPH_NOTHING. It may come later.
 */
uint32_t sc_graph_input(const sc_graph_names *names, size_t layer, size_t input);

/** The graph as steps. `= {0}` is none. */
typedef struct sc_graph_steps {
	sc_graph_step *step;
	uint32_t *input, *end; /**< of all steps; a layer for each */
} sc_graph_steps;
/** SC_ESCHEMA when a layer reads what does not come before it, SC_ENOMEM. */
sc_status sc_graph_steps_make(const sc_graph *graph, sc_graph_steps *out, sc_err *err);
void sc_graph_steps_release(sc_graph_steps *steps);

/** Keep the places of the names in 'inputs'. */
void sc_graph_note_inputs(sc_reader *r, sc_graph_layer *layer, const sc_node *list);
/** Make the stages of a model that is a graph, or make them again after a change. */
void sc_graph_stages(sc_reader *r, sc_model *m);
/** What the graph says of the SE of one block; NULL when there is none. */
const sc_se_spec *sc_graph_se(const sc_model *m, size_t stage, uint32_t block);
/** What the SE of one layer of a network's graph must satisfy. */
void sc_check_gate(sc_reader *r, const sc_se_spec *se);
/** Tell what the layers of a graph must satisfy together. `network`: it is not a module's. */
void sc_check_graph(sc_reader *r, const sc_graph *graph, bool network, sc_mark at);

#endif
