/* What a scale and a RegNet's design parameters must satisfy. */
#include <string.h>

#include "model/fields.h"

static sc_mark field_at(const char *table, const sc_given *given, const char *key)
{
	sc_mark at = sc_field_mark(table, given, key);
	return at.line ? at : given->at;
}

/* --- scale --- */

static bool vanishes(sc_reader *r, const sc_model *m, uint32_t width, const char *where)
{
	const sc_width_scale scale = {m->scale.width, m->scale.divisor};
	sc_quoted name;
	if (!width || sc_width_scaled(width, &scale))
		return false;
	sc_reader_fail(r, SC_ESCHEMA, field_at("scale", &m->scale.given, "width"),
		"a width of %.10g leaves none of the %u channels in %s", m->scale.width, width,
		sc_quote(where, &name));
	return true;
}

static bool list_vanishes(
	sc_reader *r, const sc_model *m, const sc_layer_list *list, const char *where)
{
	for (size_t i = 0; i < list->count; i++) {
		const sc_layer_spec *l = &list->item[i];
		if (vanishes(r, m, l->channels, where))
			return true;
		for (size_t k = 0; k < l->branches.count; k++)
			if (list_vanishes(r, m, &l->branches.item[k], where))
				return true;
	}
	return false;
}

static bool stage_vanishes(sc_reader *r, const sc_model *m, const sc_stage *st)
{
	if (vanishes(r, m, st->spec.channels, st->name) ||
		vanishes(r, m, st->spec.inner_channels, st->name) ||
		vanishes(r, m, st->spec.growth, st->name))
		return true;
	for (size_t i = 0; i < st->per_block.count; i++) {
		const sc_per_block *list = &st->per_block.item[i];
		const char *key = sc_table_stage.field[list->field].key;
		const uint32_t *width = list->value;
		bool scaled = sc_list_has("channels inner_channels growth", key, NULL);
		for (size_t k = 0; scaled && k < list->count; k++)
			if (vanishes(r, m, width[k], st->name))
				return true;
	}
	return list_vanishes(r, m, &st->before, st->name) ||
	       list_vanishes(r, m, &st->after, st->name);
}

static bool graph_vanishes(
	sc_reader *r, const sc_model *m, const sc_graph *graph, const char *where)
{
	for (size_t i = 0; i < graph->count; i++)
		if (vanishes(r, m, graph->item[i].layer.channels, where))
			return true;
	return false;
}

static void check_scale(sc_reader *r, const sc_model *m)
{
	bool told = (m->scale.stem != SC_NO && list_vanishes(r, m, &m->stem, "stem")) ||
		    graph_vanishes(r, m, &m->graph, "graph");
	for (size_t i = 0; i < m->stages.count && !told; i++)
		told = stage_vanishes(r, m, &m->stages.item[i]);
	if (!told && m->scale.head != SC_NO)
		list_vanishes(r, m, &m->head, "head");
}

/* --- RegNet --- */

static void check_regnet(sc_reader *r, const sc_model *m)
{
	const sc_given *given = &m->regnet.given;
	if (!given->bits || given->bad ||
		!sc_check_fields(r, &sc_table_regnet, given, given->at,
			"w_0! w_a! w_m! depth! group_width! make_divisible", 0, "a RegNet"))
		return;
	size_t n = sc_regnet_stages(&m->regnet, NULL, NULL, 0);
	if (n != m->stages.count)
		sc_reader_fail(r, SC_ESCHEMA, given->at,
			"these design parameters make %zu widths, and there are %zu stages", n,
			m->stages.count);
}

void sc_check_widths(sc_reader *r, const sc_model *m)
{
	if (m->scale.given.bits && !m->scale.given.bad)
		check_scale(r, m);
	check_regnet(r, m);
}
