/* From stages to layers: one pass, in execution order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

static sc_status place_error(const sc_model *m, const sc_stage *st, sc_status s, sc_err *err)
{
	if (err) {
		snprintf(err->file, sizeof err->file, "%s", m->file);
		if (!err->line && st)
			err->line = (int)st->given.at.line;
	}
	return s;
}

static sc_status no_place(const sc_builder *b, const sc_stage *st, sc_err *err)
{
	char places[128] = "";
	size_t n = 0;
	for (size_t p = 0; sc_placement_name(p); p++)
		if (b->places >> p & 1)
			n += (size_t)snprintf(
				places + n, sizeof places - n, "%s%s", n ? ", " : "", sc_placement_name(p));
	sc_fail(err, SC_ESCHEMA, "block '%s' has no place for SE '%s', must be one of: %s", st->kind->name,
		sc_placement_name(b->se.placement), places);
	if (err)
		err->line = (int)b->se.line;
	return SC_ESCHEMA;
}

static sc_status build_block(sc_builder *b, const sc_stage *st, const sc_block_spec *spec, sc_err *err)
{
	b->entering = b->layers->count ? b->layers->item[b->current].out.c : 0;
	b->leaving = spec->channels;
	b->places = 0;
	b->role = SC_ROLE_MAIN;
	sc_status s = st->kind->build(b, spec, err);
	if (!s && b->se.on && !(b->places >> b->se.placement & 1))
		s = no_place(b, st, err);
	return s;
}

/* the modules that a stage names, as pointers */
static sc_status find_modules(const sc_model *m, const sc_stage *st, const sc_module ***out, sc_err *err)
{
	const sc_module **found = malloc((st->modules.count + 1) * sizeof *found);
	if (!found)
		return sc_fail(err, SC_ENOMEM, "no memory for the modules of '%.60s'", st->name);
	for (size_t i = 0; i < st->modules.count; i++)
		for (size_t j = 0; j < m->modules.count; j++)
			if (!strcmp(st->modules.item[i], m->modules.item[j].name))
				found[i] = &m->modules.item[j];
	*out = found;
	return SC_OK;
}

static sc_status build_blocks(const sc_model *m, size_t stage, sc_builder *b, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	sc_block_spec spec = st->spec;
	const sc_module **modules = NULL;
	sc_status s = find_modules(m, st, &modules, err);
	spec.module = modules;
	spec.module_count = st->modules.count;
	for (uint32_t i = 0; i < st->blocks && !s; i++) {
		b->block = i;
		b->se = sc_model_se(m, stage, i);
		s = build_block(b, st, &spec, err);
	}
	free(modules);
	return s;
}

static sc_status build_stage(const sc_model *m, size_t stage, sc_builder *b, sc_err *err)
{
	const sc_stage *st = &m->stages.item[stage];
	b->section = st->name;
	b->stage = (uint32_t)stage + 1;
	b->block = 0;
	b->line = st->given.at.line;
	b->role = SC_ROLE_MAIN;
	if (st->kind->trunk_unknown)
		b->layers->trunk_known = false;
	sc_status s = sc_build_list(b, &st->before, err);
	if (!s)
		s = build_blocks(m, stage, b, err);
	b->role = SC_ROLE_MAIN;
	if (!s)
		s = sc_build_list(b, &st->after, err);
	return s ? place_error(m, st, s, err) : SC_OK;
}

static sc_status build_end(const sc_model *m, sc_builder *b, const sc_layer_list *list, uint32_t stage,
	const char *section, sc_role role, sc_err *err)
{
	b->section = section;
	b->stage = stage;
	b->block = 0;
	b->role = role;
	b->line = m->given.at.line;
	sc_status s = sc_build_list(b, list, err);
	return s ? place_error(m, NULL, s, err) : SC_OK;
}

static sc_status build_input(sc_builder *b, sc_shape input, sc_err *err)
{
	sc_layer l = {.op = sc_op_named("input"),
		.section = "stem",
		.name = "input",
		.out = input,
		.role = SC_ROLE_STEM};
	return input.c ? sc_layers_push(b->layers, &l, NULL, 0, &b->current, err) : SC_OK;
}

static sc_status build_network(const sc_model *m, sc_shape input, sc_layers *layers, sc_err *err)
{
	sc_builder b = {.layers = layers};
	layers->stages = (uint32_t)m->stages.count;
	layers->trunk_known = true;
	sc_status s = build_input(&b, input, err);
	if (!s)
		s = build_end(m, &b, &m->stem, 0, "stem", SC_ROLE_STEM, err);
	for (size_t i = 0; i < m->stages.count && !s; i++)
		s = build_stage(m, i, &b, err);
	if (!s)
		s = build_end(m, &b, &m->head, layers->stages + 1, "head", SC_ROLE_HEAD, err);
	return s;
}

sc_status sc_model_expand(const sc_model *m, const sc_shape *input, sc_layers *out, sc_err *err)
{
	sc_layers layers = {0};
	sc_status s = build_network(m, input ? *input : m->input, &layers, err);
	if (s)
		sc_layers_release(&layers);
	else
		*out = layers;
	return s;
}
