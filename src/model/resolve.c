/* SE inheritance. Levels, weakest first: built-in defaults, the network's `se`, the stage's,
 * overrides of single blocks; at each level its dialect's fields come before its own. A level
 * replaces fields one by one, but ratio, se_ratio and width are three ways to say one thing, so any
 * of them replaces all. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "model/graph.h"

static const sc_se_spec defaults = {
	.rule = SC_ROUNDING_floor,
	.divisor = 8,
	.round_limit = 0.9,
	.floor_first = SC_NO,
	.bias = SC_YES,
	.base = SC_BASE_expanded,
	.squeeze = SC_SQUEEZE_avg,
	.activation = SC_FUNCTION_relu,
	.gate = SC_FUNCTION_sigmoid,
	.placement = SC_PLACEMENT_standard,
};

enum { DEFAULT_RATIO = 16 };

bool sc_se_is_amount(const sc_field *field)
{
	return field->offset == offsetof(sc_se_spec, ratio) ||
	       field->offset == offsetof(sc_se_spec, se_ratio) ||
	       field->offset == offsetof(sc_se_spec, width);
}

void sc_se_forget_amount(sc_se_spec *se)
{
	se->ratio = se->width = (sc_numbers){0};
	se->se_ratio = 0;
	for (size_t i = 0; i < sc_table_se.count; i++)
		if (sc_se_is_amount(&sc_table_se.field[i]))
			se->given.bits &= ~((uint64_t)1 << i);
}

static bool gives_amount(const sc_se_spec *se)
{
	return se->ratio.count || se->width.count || se->se_ratio > 0;
}

/* the fields that `from` gives; they are said to be at `at`, NULL for each at its own place */
static void copy_fields(sc_se_spec *onto, const sc_se_spec *from, const sc_mark *at, sc_mark *marks)
{
	for (size_t i = 0; from->given.bits >> i; i++) {
		const sc_field *f = &sc_table_se.field[i];
		if (!(from->given.bits >> i & 1))
			continue;
		memcpy((char *)onto + f->offset, (const char *)from + f->offset, sc_field_size(f));
		onto->given.bits |= (uint64_t)1 << i;
		if (marks && from->given.mark)
			marks[i] = at ? *at : from->given.mark[i];
	}
}

static void layer(sc_se_spec *onto, const sc_se_spec *from, const sc_mark *at, sc_mark *marks)
{
	if (!from->given.bits && !from->on)
		return;
	if (from->dialect) {
		sc_mark named = sc_field_mark("se", &from->given, "dialect");
		layer(onto, from->dialect, &named, marks);
	}
	if (gives_amount(from))
		sc_se_forget_amount(onto);
	copy_fields(onto, from, at, marks);
	if (from->on)
		onto->on = from->on;
	if (from->given.at.line)
		onto->given.at = from->given.at;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* the list is sorted */
static bool lists(const sc_numbers *list, uint32_t block)
{
	return list->count && bsearch(&block, list->item, list->count, sizeof block, by_number);
}

static bool selects(const sc_select *select, uint32_t block, uint32_t blocks)
{
	switch (select->which) {
	case SC_SELECT_all:
		return true;
	case SC_SELECT_first:
		return block == 0;
	case SC_SELECT_last:
		return block + 1 == blocks;
	case SC_SELECT_list:
		break;
	}
	return lists(&select->list, block);
}

static sc_se_spec merged(const sc_model *m, size_t stage, uint32_t block, sc_mark *marks)
{
	const sc_stage *st = &m->stages.item[stage];
	const sc_se_spec *gate = sc_graph_se(m, stage, block);
	sc_se_spec se = defaults;
	layer(&se, &m->se, NULL, marks);
	if (gate)
		layer(&se, gate, NULL, marks);
	layer(&se, &st->se, NULL, marks);
	for (size_t i = 0; i < st->overrides.count; i++)
		if (selects(&st->overrides.item[i].blocks, block, st->blocks)) {
			layer(&se, &st->overrides.item[i].se, NULL, marks);
			se.blocks = (sc_select){.which = SC_SELECT_all}; /* this block is named */
		}
	se.given.mark = marks;
	return se;
}

sc_se_spec sc_model_se_spec(const sc_model *m, size_t stage, uint32_t block)
{
	return merged(m, stage, block, NULL);
}

sc_mark sc_model_se_mark(const sc_model *m, size_t stage, uint32_t block, const char *key)
{
	sc_mark marks[64] = {{0, 0}};
	sc_se_spec se = merged(m, stage, block, marks);
	return sc_field_mark("se", &se.given, key);
}

static uint32_t number_for(const sc_numbers *n, uint32_t block)
{
	return n->count > 1 ? n->item[block < n->count ? block : n->count - 1] : n->item[0];
}

static void take_amount(const sc_se_spec *spec, uint32_t block, sc_se_block *out)
{
	if (spec->width.count)
		out->width = number_for(&spec->width, block);
	else if (spec->se_ratio > 0)
		out->se_ratio = spec->se_ratio;
	else
		out->ratio = spec->ratio.count ? number_for(&spec->ratio, block) : DEFAULT_RATIO;
	out->on = out->width || out->ratio || out->se_ratio > 0;
}

static uint32_t least_width(const sc_se_spec *spec)
{
	if (spec->min)
		return spec->min;
	return spec->rule == SC_ROUNDING_make_divisible ? spec->divisor : 1;
}

/* everything but the amount */
static sc_se_block resolved(const sc_se_spec *spec)
{
	return (sc_se_block){
#define SE_MEMBER(type, name, from, meaning) .name = (from),
#include "secost/se_block.def"
#undef SE_MEMBER
		.line = spec->given.at.line,
		.column = spec->given.at.column,
	};
}

sc_se_block sc_model_se(const sc_model *m, size_t stage, uint32_t block)
{
	sc_se_spec spec = sc_model_se_spec(m, stage, block);
	sc_se_block out = {0};
	if (spec.on != SC_YES || !selects(&spec.blocks, block, m->stages.item[stage].blocks))
		return out;
	out = resolved(&spec);
	take_amount(&spec, block, &out);
	return out;
}
