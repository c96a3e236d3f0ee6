#include "report/json.h"

#include <math.h>

/* a number that is whole is written as such */
static json_t *number(double x)
{
	return x == floor(x) && fabs(x) < 1e15 ? json_integer((json_int_t)x) : sc_json_real(x);
}

static json_t *known(bool is, uint64_t n)
{
	return is ? sc_json_count(n) : json_null();
}

static json_t *se_totals(sc_json *j, const sc_se_totals *se)
{
	const sc_se_formula *f = &se->by_formula;
	json_t *o = json_object();
	sc_json_set(j, o, "params", sc_json_count(se->params));
	sc_json_set(j, o, "weights", sc_json_count(se->weights));
	sc_json_set(j, o, "biases", sc_json_count(se->biases));
	sc_json_set(j, o, "formula", number(f->formula));
	sc_json_set(j, o, "from_biases", number(f->from_biases));
	sc_json_set(j, o, "from_rounding", number(f->from_rounding));
	sc_json_set(j, o, "from_base", number(f->from_base));
	sc_json_set(j, o, "from_gated", number(f->from_gated));
	sc_json_set(j, o, "from_attention", number(f->from_attention));
	sc_json_set(j, o, "macs", sc_json_count(se->macs));
	sc_json_set(j, o, "flops", sc_json_count(se->flops));
	sc_json_set(j, o, "activations", sc_json_count(se->activations));
	sc_json_set(j, o, "bytes", sc_json_count(se->bytes));
	sc_json_set(j, o, "elements", sc_json_count(se->elements));
	return o;
}

static void add_totals(sc_json *j, json_t *o, const sc_totals *t)
{
	sc_json_set(j, o, "params", known(t->known, t->params));
	sc_json_set(j, o, "macs", known(t->known, t->macs));
	sc_json_set(j, o, "flops", known(t->known, t->flops));
	sc_json_set(j, o, "activations", known(t->known, t->activations));
	sc_json_set(j, o, "bytes", known(t->known, t->bytes));
	sc_json_set(j, o, "se", se_totals(j, &t->se));
}

json_t *sc_json_totals(sc_json *j, const sc_totals *t)
{
	json_t *o = json_object();
	add_totals(j, o, t);
	return o;
}

json_t *sc_json_shape(sc_shape s)
{
	return json_pack("[I, I, I]", (json_int_t)s.c, (json_int_t)s.h, (json_int_t)s.w);
}

json_t *sc_json_context(sc_json *j, const sc_rules *rules, uint32_t batch)
{
	json_t *o = json_object(), *named = json_object();
	for (int q = 0; q < SC_QUANTITY__N; q++)
		sc_json_set(
			j, named, sc_quantity_name((size_t)q), sc_json_text(rules->of[q]->name));
	sc_json_set(j, o, "version", sc_json_text(SC_VERSION));
	sc_json_set(j, o, "rules", named);
	sc_json_set(j, o, "batch", json_integer(batch));
	sc_json_set(j, o, "dtype", sc_json_text("fp32"));
	return o;
}

static json_t *fact_value(const sc_se_fact *f, sc_fact_number which)
{
	if (!f->squeezed)
		return json_null();
	return number(sc_fact_value(f, which));
}

/* one value, or a list where the blocks differ */
static json_t *facts(sc_json *j, const sc_sheet_row *row, sc_fact_number which)
{
	const sc_se_fact *first = sc_first_fact(row);
	if (!first)
		return json_null();
	if (!sc_facts_differ(row, which))
		return fact_value(first, which);
	json_t *list = json_array();
	for (uint32_t b = 0; b < row->blocks; b++)
		sc_json_append(j, list, fact_value(&row->fact[b], which));
	return list;
}

static void add_shape(sc_json *j, json_t *o, sc_shape s)
{
	sc_json_set(j, o, "channels", json_integer(s.c));
	sc_json_set(j, o, "height", json_integer(s.h));
	sc_json_set(j, o, "width", json_integer(s.w));
}

static void add_line(sc_json *j, json_t *o, uint32_t line)
{
	sc_json_set(j, o, "line", line ? json_integer(line) : json_null());
}

static json_t *stage(sc_json *j, const sc_sheet *sheet, size_t i)
{
	const sc_sheet_row *row = &sheet->row[i];
	json_t *o = json_object();
	sc_json_set(j, o, "name", sc_json_text(row->name));
	sc_json_set(j, o, "block", row->block ? sc_json_text(row->block) : json_null());
	sc_json_set(j, o, "blocks", row->block ? json_integer(row->blocks) : json_null());
	add_shape(j, o, row->out);
	add_line(j, o, sc_sheet_row_line(sheet, i));
	add_totals(j, o, &row->t);
	json_t *se = json_object_get(o, "se");
	sc_json_set(j, se, "gated", facts(j, row, SC_FACT_gated));
	sc_json_set(j, se, "ratio", facts(j, row, SC_FACT_ratio));
	sc_json_set(j, se, "width", facts(j, row, SC_FACT_width));
	return o;
}

json_t *sc_json_stages(sc_json *j, const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t i = 0; i < sheet->rows; i++)
		if (sc_sheet_row_counts(&sheet->row[i]))
			sc_json_append(j, all, stage(j, sheet, i));
	return all;
}

static json_t *block(sc_json *j, const sc_sheet *sheet, size_t r, uint32_t b)
{
	const sc_sheet_row *row = &sheet->row[r];
	sc_totals t = {0};
	sc_filter filter = {(int64_t)r, b, SC_ANY, NULL};
	if (sc_sheet_part(sheet, &filter, &t, NULL))
		return NULL;
	json_t *o = json_object();
	sc_json_set(j, o, "stage", sc_json_text(row->name));
	sc_json_set(j, o, "block", json_integer(b));
	add_shape(j, o, sc_sheet_block_out(sheet, r, b));
	add_line(j, o, sc_sheet_row_line(sheet, r));
	add_totals(j, o, &t);
	json_t *se = json_object_get(o, "se");
	sc_json_set(j, se, "gated", fact_value(&row->fact[b], SC_FACT_gated));
	sc_json_set(j, se, "squeezed", fact_value(&row->fact[b], SC_FACT_width));
	sc_json_set(j, se, "ratio", fact_value(&row->fact[b], SC_FACT_ratio));
	sc_json_set(j, se, "width", fact_value(&row->fact[b], SC_FACT_width));
	return o;
}

json_t *sc_json_blocks(sc_json *j, const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t r = 1; r + 1 < sheet->rows; r++)
		for (uint32_t b = 0; b < sheet->row[r].blocks; b++)
			sc_json_append(j, all, block(j, sheet, r, b));
	return all;
}

static json_t *layer(sc_json *j, const sc_sheet *sheet, size_t i)
{
	const sc_layer *l = &sheet->layers.item[i];
	sc_layer_path path;
	sc_totals t = {0};
	if (sc_sheet_layer(sheet, i, &t, NULL))
		return NULL;
	json_t *o = json_object(), *inputs = json_array();
	sc_json_set(j, o, "name", sc_json_text(sc_layer_full_name(l, &path)));
	sc_json_set(j, o, "op", sc_json_text(l->op->name));
	sc_json_set(j, o, "role", sc_json_text(sc_role_name(l->role)));
	sc_json_set(j, o, "input", sc_json_shape(l->in));
	sc_json_set(j, o, "output", sc_json_shape(l->out));
	for (uint32_t k = 0; k < l->input_count; k++)
		sc_json_append(j, inputs, json_integer(sheet->layers.inputs[l->first_input + k]));
	sc_json_set(j, o, "inputs", inputs);
	add_line(j, o, l->line);
	t.known = true;
	add_totals(j, o, &t);
	json_object_del(o, "se");
	return o;
}

json_t *sc_json_layers(sc_json *j, const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t i = 0; i < sheet->layers.count; i++)
		sc_json_append(j, all, layer(j, sheet, i));
	return all;
}
