/* From stages to layers: one pass, in execution order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/graph.h"

/* where an error belongs that does not know better */
static sc_status place_error(const sc_model *m, sc_mark at, sc_status s, sc_err *err)
{
	if (!err)
		return s;
	if (!err->line || (err->line == (int)at.line && !err->column)) {
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
	uint32_t line = (uint32_t)err->line;
	snprintf(err->file, sizeof err->file, "%s", sc_model_file_of(m, &line, NULL));
	err->line = (int)line;
	return s;
}

static void place_at_field(
	const sc_model *m, size_t stage, uint32_t block, const char *key, sc_err *err)
{
	sc_mark at = sc_model_se_mark(m, stage, block, key);
	if (err && at.line) {
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
}

static const char *why_no_place(const sc_builder *b)
{
	return sc_attention_replaces(b->se.attention)
		       ? ", which takes the place of a convolution over a map: it has none that "
			 "could be replaced"
		       : ": none of its layers is 'se'";
}

static sc_status no_place(const sc_model *m, size_t stage, const sc_builder *b, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	char places[128] = "";
	size_t n = 0;
	for (size_t p = 0; sc_placement_name(p); p++)
		if (b->places >> p & 1)
			n += (size_t)snprintf(places + n, sizeof places - n, "%s%s", n ? ", " : "",
				sc_placement_name(p));
	if (n)
		sc_fail(err, SC_ESCHEMA, "block '%s' has no place for SE '%s', must be one of: %s",
			st->kind->name, sc_placement_name(b->se.placement), places);
	else
		sc_fail(err, SC_ESCHEMA, "block '%s' has no place for attention '%s'%s",
			st->kind->name, sc_attention_name(b->se.attention), why_no_place(b));
	place_at_field(m, stage, b->block, n ? "placement" : "attention", err);
	return SC_ESCHEMA;
}

/* a ratio of the width that enters, and nothing that enters */
static sc_status no_base(const sc_model *m, size_t stage, const sc_builder *b, sc_err *err)
{
	sc_fail(err, SC_ESCHEMA,
		"SE's ratio divides the channels that enter, and none enter the first map; give "
		"'input', "
		"'width' or another 'base'");
	place_at_field(m, stage, b->block, "base", err);
	return SC_ESCHEMA;
}

static sc_status build_block(
	const sc_model *m, size_t stage, sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	b->entering = b->layers->count ? b->layers->item[b->current].out.c : 0;
	b->leaving = spec->channels;
	b->places = 0;
	b->role = SC_ROLE_MAIN;
	if (b->se.on && !b->se.width && b->se.base == SC_BASE_input && !b->entering)
		return no_base(m, stage, b, err);
	sc_status s = st->kind->build(b, spec, err);
	if (!s && b->se.on && !(b->places >> b->se.placement & 1))
		s = no_place(m, stage, b, err);
	return s;
}

/* the modules that a stage names, as pointers */
static sc_status find_modules(
	const sc_module_index *index, const sc_stage *st, const sc_module ***out, sc_err *err)
{
	const sc_module **found = malloc((st->modules.count + 1) * sizeof *found);
	if (!found)
		return sc_fail(err, SC_ENOMEM, "no memory for the modules of a stage");
	for (size_t i = 0; i < st->modules.count; i++)
		found[i] = sc_module_find(index, st->modules.item[i]);
	*out = found;
	return SC_OK;
}

/* what is looked up or worked out once for many blocks */
typedef struct expansion {
	sc_module_index modules;
	sc_graph_steps network, of_module;
	const sc_module *module; /**< whose steps `of_module` has */
	sc_graph_run run;	 /**< of the block that is built */
} expansion;

static sc_status run_module(expansion *x, const sc_module *module, const sc_builder *b, sc_err *err)
{
	if (x->module != module) {
		x->module = NULL;
		sc_graph_steps_release(&x->of_module);
		sc_status s = sc_graph_steps_make(&module->graph, &x->of_module, err);
		if (s)
			return s;
		x->module = module;
	}
	x->run = (sc_graph_run){
		x->of_module.step, 0, module->graph.count, x->of_module.end, b->current};
	return SC_OK;
}

/* a block ends with its SE, the last with the stage */
static void run_network(expansion *x, const sc_stage *st, uint32_t block)
{
	bool last = block + 1 >= st->blocks;
	x->run.from = block ? st->graph_gate[block - 1] + 1 : st->graph_from;
	x->run.to = last ? st->graph_to : st->graph_gate[block] + 1;
}

static sc_status find_run(
	expansion *x, const sc_stage *st, const sc_builder *b, sc_block_spec *spec, sc_err *err)
{
	bool module = spec->module && spec->module->graph.count;
	if (st->kind != &sc_block_graph && !module)
		return SC_OK;
	spec->graph = &x->run;
	if (module)
		return run_module(x, spec->module, b, err);
	run_network(x, st, b->block);
	return SC_OK;
}

static sc_status build_blocks(
	const sc_model *m, expansion *x, size_t stage, sc_builder *b, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	const sc_module **modules = NULL;
	sc_status s = st->modules.count ? find_modules(&x->modules, st, &modules, err) : SC_OK;
	for (uint32_t i = 0; i < st->blocks && !s; i++) {
		sc_block_spec spec = sc_model_block(m, stage, i);
		if (modules)
			spec.module = modules[i < st->modules.count ? i : st->modules.count - 1];
		b->block = i;
		b->se = sc_model_se(m, stage, i);
		s = find_run(x, st, b, &spec, err);
		if (!s)
			s = build_block(m, stage, b, &spec, err);
	}
	free(modules);
	return s;
}

static sc_width_scale width_scale(const sc_model *m)
{
	return (sc_width_scale){m->scale.width, m->scale.divisor};
}

static sc_status build_stage(
	const sc_model *m, expansion *x, size_t stage, sc_builder *b, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	b->section = st->name;
	b->stage = (uint32_t)stage + 1;
	b->block = 0;
	b->line = st->given.at.line;
	b->column = st->given.at.column;
	b->role = SC_ROLE_MAIN;
	b->scale = width_scale(m);
	if (st->kind->trunk_unknown)
		b->layers->trunk_known = false;
	sc_status s = sc_build_list(b, &st->before, err);
	if (!s)
		s = build_blocks(m, x, stage, b, err);
	b->role = SC_ROLE_MAIN;
	if (!s)
		s = sc_build_list(b, &st->after, err);
	return s ? place_error(m, st->given.at, s, err) : SC_OK;
}

static sc_status build_end(const sc_model *m, sc_builder *b, const sc_layer_list *list,
	uint32_t stage, const char *section, sc_role role, sc_err *err)
{
	bool fixed = (role == SC_ROLE_STEM ? m->scale.stem : m->scale.head) == SC_NO;
	b->section = section;
	b->stage = stage;
	b->block = 0;
	b->role = role;
	b->scale = fixed ? (sc_width_scale){0} : width_scale(m);
	b->line = m->given.at.line;
	b->column = m->given.at.column;
	sc_status s = sc_build_list(b, list, err);
	return s ? place_error(m, m->given.at, s, err) : SC_OK;
}

static sc_status build_input(sc_builder *b, sc_shape input, sc_err *err)
{
	sc_layer l = {.op = sc_op_at(SC_OP_input),
		.section = "stem",
		.name = "input",
		.out = input,
		.role = SC_ROLE_STEM};
	return input.c ? sc_layers_push(b->layers, &l, NULL, 0, &b->current, err) : SC_OK;
}

static sc_status build_network(
	const sc_model *m, expansion *x, sc_shape input, sc_layers *layers, sc_err *err)
{
	sc_builder b = {.layers = layers,
		.convolutions = m->convolutions.given.bits ? &m->convolutions : NULL};
	layers->stages = (uint32_t)m->stages.count;
	layers->trunk_known = true;
	sc_status s = build_input(&b, input, err);
	if (!s)
		s = build_end(m, &b, &m->stem, 0, "stem", SC_ROLE_STEM, err);
	x->run = (sc_graph_run){
		.step = x->network.step, .end = x->network.end, .entered = b.current};
	for (size_t i = 0; i < m->stages.count && !s; i++)
		s = build_stage(m, x, i, &b, err);
	if (!s)
		s = build_end(m, &b, &m->head, layers->stages + 1, "head", SC_ROLE_HEAD, err);
	return s;
}

sc_status sc_model_expand(const sc_model *m, const sc_shape *input, sc_layers *out, sc_err *err)
{
	sc_layers layers = {0};
	expansion x = {0};
	if (!sc_module_index_make(m, &x.modules))
		return sc_fail(err, SC_ENOMEM, "no memory for the modules");
	sc_status s = m->graph.count ? sc_graph_steps_make(&m->graph, &x.network, err) : SC_OK;
	if (s)
		place_error(m, m->given.at, s, err);
	else
		s = build_network(m, &x, input ? *input : m->input, &layers, err);
	free(x.modules.item);
	sc_graph_steps_release(&x.network);
	sc_graph_steps_release(&x.of_module);
	if (s)
		sc_layers_release(&layers);
	else
		*out = layers;
	return s;
}
