/* What fields must satisfy together. It looks at whatever could be read, so that its errors come in
 * one go with the reader's; of a field that is bad something has been told already. */
#include <stdlib.h>
#include <string.h>

#include "model/graph.h"

/* fields of a stage that every kind takes */
static const char common[] = "name block blocks se overrides before after";

enum { BLOCKS_MAX = 1000000, OVERRIDES_MAX = 2000000 };

typedef struct checker {
	sc_reader *r;
	const sc_model *m;
	sc_module_index modules;
	bool modules_known, list_told;
	uint64_t blocks, overrides; /**< of the stages so far; overrides times blocks */
} checker;

static uint64_t bit(const sc_table *table, const char *key)
{
	return (uint64_t)1 << sc_field_index(table, key);
}

static bool is_bad(const sc_table *table, const sc_given *given, const char *key)
{
	return given->bad & bit(table, key);
}

/* place of a value, or of the record it is missing from */
static sc_mark value_at(const sc_table *table, const sc_given *given, const char *key)
{
	int i = sc_field_index(table, key);
	bool placed = given->mark && given->bits >> i & 1 && given->mark[i].line;
	return placed ? given->mark[i] : given->at;
}

static sc_mark key_at(const sc_table *table, const sc_given *given, const char *key)
{
	sc_mark at = sc_key_mark(table, given, (size_t)sc_field_index(table, key));
	return at.line ? at : given->at;
}

/* --- SE --- */

static void check_numbers(sc_reader *r, const sc_se_spec *se, const sc_numbers *n, const char *key,
	const sc_stage *st)
{
	sc_quoted name;
	if (n->count > 1 && n->count != st->blocks)
		sc_reader_fail(r, SC_ESCHEMA, value_at(&sc_table_se, &se->given, key),
			"'%s' has %zu values, must have one, or one for each of the %u blocks of "
			"%s",
			key, n->count, st->blocks, sc_quote(st->name, &name));
}

static void check_select(sc_reader *r, const sc_table *table, const sc_given *given,
	const sc_select *select, const sc_stage *st)
{
	sc_quoted name;
	size_t n = select->which == SC_SELECT_list ? select->list.count : 0;
	if (n && select->list.item[n - 1] >= st->blocks)
		sc_reader_fail(r, SC_ESCHEMA, value_at(table, given, "blocks"),
			"%s has no block %u, must be 0 … %u", sc_quote(st->name, &name),
			select->list.item[n - 1], st->blocks - 1);
}

/* ratio, se_ratio and width say the same thing */
static void check_amount(sc_reader *r, const sc_se_spec *se)
{
	static const char *const keys[] = {"ratio", "se_ratio", "width"};
	const char *said = NULL;
	uint64_t given = se->given.bits;
	for (size_t i = 0; i < 3 && se->given.bad != UINT64_MAX; i++) {
		if (!(given & bit(&sc_table_se, keys[i])))
			continue;
		if (said) {
			sc_mark a = key_at(&sc_table_se, &se->given, said),
				b = key_at(&sc_table_se, &se->given, keys[i]);
			bool later = b.line > a.line || (b.line == a.line && b.column > a.column);
			sc_reader_fail(r, SC_ESCHEMA, later ? b : a,
				"'%s' and '%s' say the same thing, must be one of them", said,
				keys[i]);
		}
		said = keys[i];
	}
}

static void check_se_of_stage(
	sc_reader *r, const sc_se_spec *se, const sc_stage *st, bool blocks_known)
{
	check_amount(r, se);
	if (!blocks_known)
		return;
	check_numbers(r, se, &se->ratio, "ratio", st);
	check_numbers(r, se, &se->width, "width", st);
	check_select(r, &sc_table_se, &se->given, &se->blocks, st);
}

static void check_one_value(
	sc_reader *r, const sc_se_spec *se, const sc_numbers *n, const char *key)
{
	if (n->count > 1)
		sc_reader_fail(r, SC_ESCHEMA, value_at(&sc_table_se, &se->given, key),
			"'%s' has %zu values, must have one: this SE sits in one place", key,
			n->count);
}

void sc_check_gate(sc_reader *r, const sc_se_spec *se)
{
	check_amount(r, se);
	check_one_value(r, se, &se->ratio, "ratio");
	check_one_value(r, se, &se->width, "width");
	if (se->given.bits & bit(&sc_table_se, "blocks"))
		sc_reader_fail(r, SC_ESCHEMA, key_at(&sc_table_se, &se->given, "blocks"),
			"'blocks' has no meaning here: this SE sits in one place");
}

/* a list for the whole network has to fit each stage that takes it */
static void check_inherited(checker *c, const sc_stage *st)
{
	const sc_se_spec *se = &c->m->se;
	size_t told = c->r->told;
	for (size_t i = 0; i < sc_table_se.count; i++)
		if (sc_se_is_amount(&sc_table_se.field[i]) && (st->se.given.bits >> i & 1))
			return;
	if (c->list_told)
		return;
	check_numbers(c->r, se, &se->ratio, "ratio", st);
	check_numbers(c->r, se, &se->width, "width", st);
	c->list_told = c->r->told > told;
}

static void check_overrides(checker *c, const sc_stage *st, bool blocks_known)
{
	uint64_t before = c->overrides;
	c->overrides += (uint64_t)st->overrides.count * st->blocks;
	if (c->overrides > OVERRIDES_MAX && before <= OVERRIDES_MAX)
		sc_reader_fail(c->r, SC_ESCHEMA, value_at(&sc_table_stage, &st->given, "overrides"),
			"overrides times blocks add up to more than %d; use lists in 'ratio' or "
			"'blocks'",
			OVERRIDES_MAX);
	for (size_t i = 0; i < st->overrides.count && !sc_reader_gave_up(c->r); i++) {
		const sc_override *o = &st->overrides.item[i];
		if (o->given.bad == UINT64_MAX)
			continue;
		if (!((o->given.bits | o->given.bad) & bit(&sc_table_override, "se")))
			sc_reader_fail(c->r, SC_ESCHEMA, o->given.at, "an override needs 'se'");
		check_se_of_stage(c->r, &o->se, st, blocks_known);
		if (blocks_known)
			check_select(c->r, &sc_table_override, &o->given, &o->blocks, st);
	}
}

/* --- modules --- */

static const char *module_name(const void *of, size_t i)
{
	const sc_model *m = of;
	return i < m->modules.count ? m->modules.item[i].name : NULL;
}

static void check_per_block(sc_reader *r, const sc_stage *st)
{
	sc_quoted name;
	for (size_t i = 0; i < st->per_block.count; i++) {
		const sc_per_block *list = &st->per_block.item[i];
		const sc_field *f = &sc_table_stage.field[list->field];
		if (list->rest ? list->count > st->blocks : list->count != st->blocks)
			sc_reader_fail(r, SC_ESCHEMA, value_at(&sc_table_stage, &st->given, f->key),
				"'%s' has %zu values, must have one, or one for each of the %u "
				"blocks of %s; write the last as 'x…' for all that follow",
				f->key, list->count, st->blocks, sc_quote(st->name, &name));
	}
}

static void check_names_of_modules(checker *c, const sc_stage *st, sc_mark at)
{
	sc_tail tail;
	sc_quoted name;
	for (size_t i = 0; i < st->modules.count && !sc_reader_gave_up(c->r); i++) {
		const char *wanted = st->modules.item[i];
		if (sc_module_find(&c->modules, wanted))
			continue;
		if (c->m->modules.count)
			sc_must_be_one_of(wanted, module_name, c->m, &c->r->offers, &tail);
		sc_reader_fail(c->r, SC_ESCHEMA, at, "there is no module %s%s",
			sc_quote(wanted, &name),
			c->m->modules.count ? tail.s
					    : ", must be a key of the network's 'modules'");
	}
}

static void check_modules_of(checker *c, const sc_stage *st, bool blocks_known)
{
	sc_mark at = value_at(&sc_table_stage, &st->given, "modules");
	if (!(st->given.bits & bit(&sc_table_stage, "modules")))
		return;
	bool fits = st->modules_rest ? st->modules.count <= st->blocks
				     : st->modules.count == st->blocks;
	if (st->modules.count > 1 && blocks_known && !fits)
		sc_reader_fail(c->r, SC_ESCHEMA, at,
			"'modules' names %zu, must name one, or one for each of the %u blocks",
			st->modules.count, st->blocks);
	if (!st->modules.count)
		sc_reader_fail(c->r, SC_ESCHEMA, at, "'modules' is empty, must name at least one");
	if (c->modules_known)
		check_names_of_modules(c, st, at);
}

/* a graph says all that a module is */
static void check_graph_of(sc_reader *r, const sc_module *module)
{
	sc_given given = module->given;
	sc_check_fields(r, &sc_table_module, &given, given.at, "graph", 0, "a module with a graph");
	if (!is_bad(&sc_table_module, &given, "graph") || module->graph.count)
		sc_check_graph(
			r, &module->graph, false, value_at(&sc_table_module, &given, "graph"));
}

static void check_module(sc_reader *r, const sc_module *module)
{
	sc_quoted name;
	size_t n = module->branches.count;
	if (module->given.bits & bit(&sc_table_module, "graph")) {
		check_graph_of(r, module);
		return;
	}
	if (is_bad(&sc_table_module, &module->given, "branches") || (n && n <= SC_BRANCHES_MAX))
		return;
	sc_mark at = value_at(&sc_table_module, &module->given, "branches");
	if (n)
		sc_reader_fail(r, SC_ESCHEMA, at, "'branches' has %zu items, must have 1 … %d", n,
			SC_BRANCHES_MAX);
	else
		sc_reader_fail(r, SC_ESCHEMA, at,
			"module %s needs 'branches', at least one, or a 'graph'",
			sc_quote(module->name, &name));
}

/* --- stages --- */

static void check_kind(sc_reader *r, const sc_stage *st)
{
	bool told = st->given.bad & (bit(&sc_table_stage, "block") | bit(&sc_table_stage, "size"));
	char noun[48] = "block '";
	if (!st->kind && !told)
		sc_reader_fail(r, SC_ESCHEMA, st->given.at,
			"a stage needs 'block', or 'size' in the short form");
	if (!st->kind)
		return;
	strncat(noun, st->kind->name, 38);
	strcat(noun, "'");
	sc_given given = st->given;
	given.bits |= st->derived;
	sc_check_fields(r, &sc_table_stage, &given, st->given.at, st->kind->fields,
		sc_reader_mask(r, &sc_table_stage, common).known, noun);
}

static void check_stage(checker *c, const sc_stage *st)
{
	bool blocks_known = !is_bad(&sc_table_stage, &st->given, "blocks");
	uint64_t before = c->blocks;
	if (st->given.bad == UINT64_MAX)
		return;
	c->blocks += st->blocks;
	if (st->kind == &sc_block_graph && st->given.bits & bit(&sc_table_stage, "blocks"))
		sc_reader_fail(c->r, SC_ESCHEMA, value_at(&sc_table_stage, &st->given, "blocks"),
			"'blocks' of a graph are its layers that are SE: %u", st->blocks);
	if (c->blocks > BLOCKS_MAX && before <= BLOCKS_MAX)
		sc_reader_fail(c->r, SC_ESCHEMA, value_at(&sc_table_stage, &st->given, "blocks"),
			"the blocks of all stages add up to more than %d", BLOCKS_MAX);
	check_kind(c->r, st);
	if (!is_bad(&sc_table_stage, &st->given, "modules"))
		check_modules_of(c, st, blocks_known);
	check_se_of_stage(c->r, &st->se, st, blocks_known);
	if (blocks_known) {
		check_inherited(c, st);
		check_per_block(c->r, st);
	}
	check_overrides(c, st, blocks_known);
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
	size_t n = 0;
	sc_quoted name;
	if (!sorted) {
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
		return;
	}
	for (size_t i = 0; i < m->stages.count; i++)
		if (!is_bad(&sc_table_stage, &m->stages.item[i].given, "name"))
			sorted[n++] = &m->stages.item[i];
	qsort(sorted, n, sizeof *sorted, by_name);
	for (size_t i = 1; i < n && !sc_reader_gave_up(r); i++)
		if (!strcmp(sorted[i - 1]->name, sorted[i]->name))
			sc_reader_fail(r, SC_ESCHEMA,
				value_at(&sc_table_stage, &sorted[i]->given, "name"),
				"two stages are called %s, the other in line %u; names must differ",
				sc_quote(sorted[i]->name, &name),
				sc_reader_line(r, sorted[i - 1]->given.at.line));
	free(sorted);
}

/* --- the network --- */

static bool needs_input(const sc_model *m)
{
	for (size_t i = 0; i < m->stages.count; i++)
		if (m->stages.item[i].kind && !m->stages.item[i].kind->trunk_unknown)
			return true;
	return m->stem.count || (m->stages.count && m->stages.item[0].before.count);
}

static void check_expect(sc_reader *r, const sc_expect *e)
{
	uint64_t figures = bit(&sc_table_expect, "params") | bit(&sc_table_expect, "macs") |
			   bit(&sc_table_expect, "flops") | bit(&sc_table_expect, "activations");
	uint64_t there = e->given.bits | e->given.bad;
	if (!(there & figures))
		sc_reader_fail(r, SC_ESCHEMA, e->given.at,
			"an expected figure needs one of: params, macs, flops, activations");
	if (!(there & bit(&sc_table_expect, "source")))
		sc_reader_fail(r, SC_ESCHEMA, e->given.at, "an expected figure needs its 'source'");
}

static void check_top(sc_reader *r, const sc_model *m)
{
	bool graph = (m->given.bits | m->given.bad) & bit(&sc_table_model, "graph");
	if (!m->stages.count && !graph && !is_bad(&sc_table_model, &m->given, "stages"))
		sc_reader_fail(r, SC_ESCHEMA, value_at(&sc_table_model, &m->given, "stages"),
			"a network needs 'stages', at least one, or a 'graph'");
	if (graph && m->stages.count && m->stages.item[0].kind != &sc_block_graph)
		sc_reader_fail(r, SC_ESCHEMA, key_at(&sc_table_model, &m->given, "stages"),
			"'graph' and 'stages' say the same thing, must be one of them");
	if (graph && (m->graph.count || !is_bad(&sc_table_model, &m->given, "graph")))
		sc_check_graph(r, &m->graph, true, value_at(&sc_table_model, &m->given, "graph"));
	if (needs_input(m) && !m->input.c && !is_bad(&sc_table_model, &m->given, "input"))
		sc_reader_fail(r, SC_ESCHEMA, m->given.at,
			"a network needs 'input': [channels, height, width]");
	check_amount(r, &m->se);
}

void sc_check_model(sc_reader *r, const sc_model *m)
{
	checker c = {.r = r, .m = m, .modules_known = true};
	if (is_bad(&sc_table_model, &m->given, "modules") && !m->modules.count)
		c.modules_known = false;
	if (!sc_module_index_make(m, &c.modules)) {
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
		return;
	}
	check_top(r, m);
	for (size_t i = 0; i < m->modules.count && !sc_reader_gave_up(r); i++)
		check_module(r, &m->modules.item[i]);
	for (size_t i = 0; i < m->stages.count && !sc_reader_gave_up(r); i++)
		check_stage(&c, &m->stages.item[i]);
	check_names(r, m);
	sc_check_widths(r, m);
	for (size_t i = 0; i < m->expect.count && !sc_reader_gave_up(r); i++)
		check_expect(r, &m->expect.item[i]);
	free(c.modules.item);
}

sc_status sc_model_check(const sc_model *m, sc_errs *errs)
{
	sc_reader r = {.file = m->file,
		.base_file = m->base_file,
		.base_from = m->base_from,
		.errs = errs};
	sc_check_model(&r, m);
	return r.status;
}
