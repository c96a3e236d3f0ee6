/* What fields must satisfy together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "model/fields.h"

/* fields of a stage that every kind takes */
static const char common[] = "name block blocks se overrides before after";

static sc_mark at_field(const sc_table *table, const sc_given *given, const char *key)
{
	int i = sc_field_index(table, key);
	return given->mark && given->bits >> i & 1 ? given->mark[i] : given->at;
}

static void check_kind_fields(sc_reader *r, const sc_stage *st)
{
	char room[256];
	for (size_t i = 0; i < sc_table_stage.count; i++) {
		const char *key = sc_table_stage.field[i].key;
		bool given = st->given.bits >> i & 1, required = false;
		bool known = sc_list_has(st->kind->fields, key, &required);
		if (given && !known && !sc_list_has(common, key, NULL))
			sc_reader_fail(r, SC_ESCHEMA, st->given.mark[i],
				"'%s' has no meaning for block '%s', which takes: %s", key, st->kind->name,
				sc_list_text(st->kind->fields, room));
		if (required && !given)
			sc_reader_fail(
				r, SC_ESCHEMA, st->given.at, "block '%s' needs '%s'", st->kind->name, key);
	}
}

static void check_numbers(sc_reader *r, const sc_se_spec *se, const sc_numbers *n, const char *key,
	const sc_stage *st)
{
	if (n->count > 1 && n->count != st->blocks)
		sc_reader_fail(r, SC_ESCHEMA, at_field(&sc_table_se, &se->given, key),
			"'%s' has %zu values, must have one, or one for each of the %u blocks of '%.60s'", key,
			n->count, st->blocks, st->name);
}

static void check_select(sc_reader *r, const sc_table *table, const sc_given *given,
	const sc_select *select, const sc_stage *st)
{
	for (size_t i = 0; select->which == SC_SELECT_list && i < select->list.count; i++)
		if (select->list.item[i] >= st->blocks)
			sc_reader_fail(r, SC_ESCHEMA, at_field(table, given, "blocks"),
				"'%.60s' has no block %u, must be 0 … %u", st->name, select->list.item[i],
				st->blocks - 1);
}

/* what holds for an SE mapping by itself */
static void check_se_alone(sc_reader *r, const sc_se_spec *se)
{
	int said = (se->ratio.count > 0) + (se->width.count > 0) + (se->se_ratio > 0);
	if (said > 1)
		sc_reader_fail(r, SC_ESCHEMA, se->given.at,
			"'ratio', 'se_ratio' and 'width' say the same thing; give one of them");
}

static void check_se_of_stage(sc_reader *r, const sc_se_spec *se, const sc_stage *st)
{
	check_numbers(r, se, &se->ratio, "ratio", st);
	check_numbers(r, se, &se->width, "width", st);
	check_select(r, &sc_table_se, &se->given, &se->blocks, st);
}

static bool has_module(const sc_model *m, const char *name, sc_nearest *near)
{
	for (size_t i = 0; i < m->modules.count; i++) {
		if (!strcmp(m->modules.item[i].name, name))
			return true;
		sc_nearest_offer(near, m->modules.item[i].name);
	}
	return false;
}

static void check_modules(sc_reader *r, const sc_model *m, const sc_stage *st)
{
	sc_mark at = at_field(&sc_table_stage, &st->given, "modules");
	if (st->modules.count > 1 && st->blocks != st->modules.count)
		sc_reader_fail(r, SC_ESCHEMA, at, "'modules' names %zu, must name one, or one for each of the %u blocks",
			st->modules.count, st->blocks);
	if ((st->given.bits >> sc_field_index(&sc_table_stage, "modules") & 1) && !st->modules.count)
		sc_reader_fail(r, SC_ESCHEMA, at, "'modules' is empty, must name at least one module");
	for (size_t i = 0; i < st->modules.count; i++) {
		sc_nearest near = sc_nearest_to(st->modules.item[i]);
		sc_hint hint;
		if (!has_module(m, st->modules.item[i], &near))
			sc_reader_fail(r, SC_ESCHEMA, at, "there is no module '%.60s'%s", st->modules.item[i],
				sc_hint_of(st->modules.item[i], near.best, &hint));
	}
}

static void check_stage(sc_reader *r, const sc_model *m, const sc_stage *st)
{
	if (!st->kind) {
		sc_reader_fail(r, SC_ESCHEMA, st->given.at,
			"a stage needs 'block', or 'size' in the short form");
		return;
	}
	check_kind_fields(r, st);
	check_modules(r, m, st);
	check_se_alone(r, &st->se);
	check_se_of_stage(r, &st->se, st);
	for (size_t i = 0; i < st->overrides.count; i++) {
		const sc_override *o = &st->overrides.item[i];
		check_se_alone(r, &o->se);
		check_select(r, &sc_table_override, &o->given, &o->blocks, st);
	}
}

static int by_name(const void *a, const void *b)
{
	const sc_stage *x = *(const sc_stage *const *)a, *y = *(const sc_stage *const *)b;
	int order = strcmp(x->name, y->name);
	return order ? order : (x > y) - (x < y);
}

static void check_names(sc_reader *r, const sc_model *m)
{
	const sc_stage **sorted = malloc((m->stages.count + 1) * sizeof *sorted);
	if (!sorted) {
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
		return;
	}
	for (size_t i = 0; i < m->stages.count; i++)
		sorted[i] = &m->stages.item[i];
	qsort(sorted, m->stages.count, sizeof *sorted, by_name);
	for (size_t i = 1; i < m->stages.count; i++)
		if (!strcmp(sorted[i - 1]->name, sorted[i]->name))
			sc_reader_fail(r, SC_ESCHEMA, at_field(&sc_table_stage, &sorted[i]->given, "name"),
				"two stages are called '%.60s'; the other is in line %u", sorted[i]->name,
				sorted[i - 1]->given.at.line);
	free(sorted);
}

static bool needs_input(const sc_model *m)
{
	for (size_t i = 0; i < m->stages.count; i++)
		if (m->stages.item[i].kind && !m->stages.item[i].kind->trunk_unknown)
			return true;
	return m->stem.count > 0;
}

static void check_expect(sc_reader *r, const sc_expect *e)
{
	if (!e->params.text && !e->macs.text && !e->flops.text && !e->activations.text)
		sc_reader_fail(r, SC_ESCHEMA, e->given.at,
			"an expected figure needs one of: params, macs, flops, activations");
	if (!e->source)
		sc_reader_fail(r, SC_ESCHEMA, e->given.at, "an expected figure needs its 'source'");
}

static void check_module(sc_reader *r, const sc_module *module)
{
	if (!module->branches.count)
		sc_reader_fail(r, SC_ESCHEMA, module->given.at, "module '%.60s' needs 'branches'", module->name);
}

sc_status sc_model_check(const sc_model *m, sc_errs *errs)
{
	sc_reader r = {NULL, m->file, errs, SC_OK};
	if (!m->stages.count)
		sc_reader_fail(&r, SC_ESCHEMA, m->given.at, "a network needs 'stages'");
	if (needs_input(m) && !m->input.c)
		sc_reader_fail(&r, SC_ESCHEMA, m->given.at, "a network needs 'input': [channels, height, width]");
	check_se_alone(&r, &m->se);
	for (size_t i = 0; i < m->modules.count; i++)
		check_module(&r, &m->modules.item[i]);
	for (size_t i = 0; i < m->stages.count; i++)
		check_stage(&r, m, &m->stages.item[i]);
	check_names(&r, m);
	for (size_t i = 0; i < m->expect.count; i++)
		check_expect(&r, &m->expect.item[i]);
	return r.status;
}
