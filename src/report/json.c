#include "report/json.h"

#include <math.h>

/* a number that is whole is written as such */
static json_t *number(double x)
{
	return x == floor(x) && fabs(x) < 1e15 ? json_integer((json_int_t)x) : json_real(x);
}

static json_t *known(bool is, uint64_t n)
{
	return is ? sc_json_count(n) : json_null();
}

static json_t *se_totals(const sc_se_totals *se)
{
	const sc_se_formula *f = &se->by_formula;
	json_t *o = json_object();
	json_object_set_new(o, "params", sc_json_count(se->params));
	json_object_set_new(o, "weights", sc_json_count(se->weights));
	json_object_set_new(o, "biases", sc_json_count(se->biases));
	json_object_set_new(o, "formula", number(f->formula));
	json_object_set_new(o, "from_biases", number(f->from_biases));
	json_object_set_new(o, "from_rounding", number(f->from_rounding));
	json_object_set_new(o, "from_base", number(f->from_base));
	json_object_set_new(o, "from_gated", number(f->from_gated));
	json_object_set_new(o, "from_attention", number(f->from_attention));
	json_object_set_new(o, "macs", sc_json_count(se->macs));
	json_object_set_new(o, "flops", sc_json_count(se->flops));
	json_object_set_new(o, "activations", sc_json_count(se->activations));
	json_object_set_new(o, "bytes", sc_json_count(se->bytes));
	json_object_set_new(o, "elements", sc_json_count(se->elements));
	return o;
}

static void add_totals(json_t *o, const sc_totals *t)
{
	json_object_set_new(o, "params", known(t->known, t->params));
	json_object_set_new(o, "macs", known(t->known, t->macs));
	json_object_set_new(o, "flops", known(t->known, t->flops));
	json_object_set_new(o, "activations", known(t->known, t->activations));
	json_object_set_new(o, "bytes", known(t->known, t->bytes));
	json_object_set_new(o, "se", se_totals(&t->se));
}

json_t *sc_json_totals(const sc_totals *t)
{
	json_t *o = json_object();
	add_totals(o, t);
	return o;
}

json_t *sc_json_shape(sc_shape s)
{
	return json_pack("[I, I, I]", (json_int_t)s.c, (json_int_t)s.h, (json_int_t)s.w);
}

json_t *sc_json_context(const sc_rules *rules, uint32_t batch)
{
	json_t *o = json_object(), *named = json_object();
	for (int q = 0; q < SC_QUANTITY__N; q++)
		json_object_set_new(
			named, sc_quantity_name((size_t)q), json_string(rules->of[q]->name));
	json_object_set_new(o, "version", json_string(SC_VERSION));
	json_object_set_new(o, "rules", named);
	json_object_set_new(o, "batch", json_integer(batch));
	json_object_set_new(o, "dtype", json_string("fp32"));
	return o;
}

static json_t *fact_value(const sc_se_fact *f, sc_fact_number which)
{
	if (!f->squeezed)
		return json_null();
	return number(sc_fact_value(f, which));
}

/* one value, or a list where the blocks differ */
static json_t *facts(const sc_sheet_row *row, sc_fact_number which)
{
	const sc_se_fact *first = sc_first_fact(row);
	if (!first)
		return json_null();
	if (!sc_facts_differ(row, which))
		return fact_value(first, which);
	json_t *list = json_array();
	for (uint32_t b = 0; b < row->blocks; b++)
		json_array_append_new(list, fact_value(&row->fact[b], which));
	return list;
}

static void add_shape(json_t *o, sc_shape s)
{
	json_object_set_new(o, "channels", json_integer(s.c));
	json_object_set_new(o, "height", json_integer(s.h));
	json_object_set_new(o, "width", json_integer(s.w));
}

static void add_line(json_t *o, uint32_t line)
{
	json_object_set_new(o, "line", line ? json_integer(line) : json_null());
}

static json_t *stage(const sc_sheet *sheet, size_t i)
{
	const sc_sheet_row *row = &sheet->row[i];
	json_t *o = json_object();
	json_object_set_new(o, "name", json_string(row->name));
	json_object_set_new(o, "block", row->block ? json_string(row->block) : json_null());
	json_object_set_new(o, "blocks", row->block ? json_integer(row->blocks) : json_null());
	add_shape(o, row->out);
	add_line(o, sc_sheet_row_line(sheet, i));
	add_totals(o, &row->t);
	json_t *se = json_object_get(o, "se");
	json_object_set_new(se, "gated", facts(row, SC_FACT_gated));
	json_object_set_new(se, "ratio", facts(row, SC_FACT_ratio));
	json_object_set_new(se, "width", facts(row, SC_FACT_width));
	return o;
}

json_t *sc_json_stages(const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t i = 0; i < sheet->rows; i++)
		if (sc_sheet_row_counts(&sheet->row[i]))
			json_array_append_new(all, stage(sheet, i));
	return all;
}

static json_t *block(const sc_sheet *sheet, size_t r, uint32_t b)
{
	const sc_sheet_row *row = &sheet->row[r];
	sc_totals t = {0};
	sc_filter filter = {(int64_t)r, b, SC_ANY, NULL};
	if (sc_sheet_part(sheet, &filter, &t, NULL))
		return NULL;
	json_t *o = json_object();
	json_object_set_new(o, "stage", json_string(row->name));
	json_object_set_new(o, "block", json_integer(b));
	add_shape(o, sc_sheet_block_out(sheet, r, b));
	add_line(o, sc_sheet_row_line(sheet, r));
	add_totals(o, &t);
	json_t *se = json_object_get(o, "se");
	json_object_set_new(se, "gated", fact_value(&row->fact[b], SC_FACT_gated));
	json_object_set_new(se, "squeezed", fact_value(&row->fact[b], SC_FACT_width));
	json_object_set_new(se, "ratio", fact_value(&row->fact[b], SC_FACT_ratio));
	json_object_set_new(se, "width", fact_value(&row->fact[b], SC_FACT_width));
	return o;
}

json_t *sc_json_blocks(const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t r = 1; r + 1 < sheet->rows; r++)
		for (uint32_t b = 0; b < sheet->row[r].blocks; b++)
			json_array_append_new(all, block(sheet, r, b));
	return all;
}

static json_t *layer(const sc_sheet *sheet, size_t i)
{
	const sc_layer *l = &sheet->layers.item[i];
	sc_layer_path path;
	sc_totals t = {0};
	if (sc_sheet_layer(sheet, i, &t, NULL))
		return NULL;
	json_t *o = json_object(), *inputs = json_array();
	json_object_set_new(o, "name", json_string(sc_layer_full_name(l, &path)));
	json_object_set_new(o, "op", json_string(l->op->name));
	json_object_set_new(o, "role", json_string(sc_role_name(l->role)));
	json_object_set_new(o, "input", sc_json_shape(l->in));
	json_object_set_new(o, "output", sc_json_shape(l->out));
	for (uint32_t k = 0; k < l->input_count; k++)
		json_array_append_new(
			inputs, json_integer(sheet->layers.inputs[l->first_input + k]));
	json_object_set_new(o, "inputs", inputs);
	add_line(o, l->line);
	t.known = true;
	add_totals(o, &t);
	json_object_del(o, "se");
	return o;
}

json_t *sc_json_layers(const sc_sheet *sheet)
{
	json_t *all = json_array();
	for (size_t i = 0; i < sheet->layers.count; i++)
		json_array_append_new(all, layer(sheet, i));
	return all;
}
