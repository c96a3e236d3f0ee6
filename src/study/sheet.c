/* A sheet is sums over filters of one array of layers; SE is the sum over the role `se`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "secost/study.h"
#include "study/study.h"

enum { BYTES_PER_ELEMENT = 4 }; /* fp32 */

static const sc_count_kind param_kinds[] = {
	SC_COUNT_weights, SC_COUNT_biases, SC_COUNT_norm_affine, SC_COUNT_norm_statistics};

static sc_status does_not_fit(const char *what, sc_err *err)
{
	return sc_fail(err, SC_ERANGE, "the %s do not fit in 64 bits", what);
}

/* bytes read and written: activations for each image, parameters once */
static sc_status bytes_of(const sc_cost *cost, uint32_t batch, uint64_t *out, sc_err *err)
{
	uint64_t reads, writes, n;
	sc_status s = sc_cost_sum(cost, SC_COUNT_reads, &reads, err);
	if (!s)
		s = sc_cost_sum(cost, SC_COUNT_writes, &writes, err);
	if (s)
		return s;
	bool fits = sc_add(&reads, writes) && sc_mul(&reads, batch);
	for (size_t i = 0; i < sizeof param_kinds / sizeof *param_kinds && !s; i++) {
		s = sc_cost_sum(cost, param_kinds[i], &n, err);
		fits = fits && !s && sc_add(&reads, n);
	}
	if (s)
		return s;
	if (!fits || !sc_mul(&reads, BYTES_PER_ELEMENT))
		return does_not_fit("bytes", err);
	*out = reads;
	return SC_OK;
}

static sc_status under(
	const sc_cost *cost, const sc_rule *rule, uint32_t batch, uint64_t *out, sc_err *err)
{
	uint64_t n;
	sc_status s = sc_cost_under(cost, rule, &n, err);
	if (!s && !sc_mul(&n, rule->quantity == SC_QUANTITY_params ? 1 : batch))
		s = does_not_fit(sc_quantity_name(rule->quantity), err);
	if (!s)
		*out = n;
	return s;
}

sc_status sc_sheet_under(
	const sc_sheet *sheet, const sc_rule *rule, bool se, uint64_t *out, sc_err *err)
{
	sc_filter filter = SC_EVERYTHING;
	sc_cost cost;
	if (se)
		filter.role = SC_ROLE_SE;
	sc_status s = sc_count(&sheet->layers, &filter, &cost, err);
	return s ? s : under(&cost, rule, sheet->batch, out, err);
}

/* what SE adds, and all the rest when the trunk is known */
static sc_status count_apart(const sc_sheet *sheet, sc_cost *rest, sc_cost *se, sc_err *err)
{
	sc_filter filter = SC_EVERYTHING;
	sc_status s = sc_count(&sheet->layers, &filter, rest, err);
	filter.role = SC_ROLE_SE;
	if (!s)
		s = sc_count(&sheet->layers, &filter, se, err);
	for (size_t c = 0; c < SC_CLASS__N && !s; c++)
		for (size_t k = 0; k < SC_COUNT__N; k++)
			rest->n[c][k] -= se->n[c][k];
	return s;
}

sc_status sc_sheet_causes(const sc_sheet *sheet, const sc_rule *rule, int64_t out[SC_CAUSE__N],
	int64_t *sum, sc_err *err)
{
	const sc_rule *exact = sc_rule_named("exact", SC_QUANTITY_flops);
	sc_cost rest, se;
	int64_t cause[SC_CAUSE__N], all = 0;
	sc_status s = count_apart(sheet, &rest, &se, err);
	if (!s)
		s = sc_rule_causes(&rest, &se, rule, exact, cause, err);
	for (size_t i = 0; i < SC_CAUSE__N && !s; i++)
		if (!sc_mul_signed(&cause[i], sheet->batch) || !sc_add_signed(&all, cause[i]))
			s = does_not_fit("differences", err);
	if (s)
		return s;
	memcpy(out, cause, sizeof cause);
	*sum = all;
	return SC_OK;
}

static sc_status fill_all(const sc_cost *cost, const sc_sheet *sheet, sc_totals *t, sc_err *err)
{
	uint64_t *const out[] = {
		[SC_QUANTITY_params] = &t->params,
		[SC_QUANTITY_macs] = &t->macs,
		[SC_QUANTITY_flops] = &t->flops,
		[SC_QUANTITY_activations] = &t->activations,
	};
	sc_status s = SC_OK;
	for (int q = 0; q < SC_QUANTITY__N && !s; q++)
		s = under(cost, sheet->rules.of[q], sheet->batch, out[q], err);
	return s ? s : bytes_of(cost, sheet->batch, &t->bytes, err);
}

static sc_status fill_se(const sc_cost *cost, const sc_sheet *sheet, sc_se_totals *se, sc_err *err)
{
	sc_totals t = {0};
	sc_status s = fill_all(cost, sheet, &t, err);
	if (!s)
		s = sc_cost_sum(cost, SC_COUNT_weights, &se->weights, err);
	if (!s)
		s = sc_cost_sum(cost, SC_COUNT_biases, &se->biases, err);
	if (s)
		return s;
	se->params = t.params;
	se->macs = t.macs;
	se->flops = t.flops;
	se->activations = t.activations;
	se->bytes = t.bytes;
	se->elements = cost->n[SC_CLASS_scale][SC_COUNT_muls];
	if (!sc_mul(&se->elements, sheet->batch))
		return does_not_fit("gated elements", err);
	return SC_OK;
}

static void add_formula(sc_se_formula *onto, const sc_se_formula *from)
{
	onto->formula += from->formula;
	onto->from_biases += from->from_biases;
	onto->from_gated += from->from_gated;
	onto->from_attention += from->from_attention;
	onto->from_base += from->from_base;
	onto->from_rounding += from->from_rounding;
}

static void add_row_formula(const sc_sheet_row *row, int64_t block, sc_se_formula *sum)
{
	for (uint32_t b = 0; b < row->blocks && row->fact; b++)
		if (block == SC_ANY || block == b)
			add_formula(sum, &row->fact[b].by_formula);
}

static void sum_formula(const sc_sheet *sheet, const sc_filter *filter, sc_se_formula *sum)
{
	bool one = filter->stage != SC_ANY;
	size_t first = one ? (size_t)filter->stage : 0, end = one ? first + 1 : sheet->rows;
	for (size_t i = first; i < end && i < sheet->rows; i++)
		add_row_formula(&sheet->row[i], filter->block, sum);
}

/* raw counts of some layers, and of the SE among them */
typedef struct counts {
	sc_cost all, se;
} counts;

static sc_status count(const sc_layers *layers, const sc_filter *filter, counts *out, sc_err *err)
{
	sc_filter se_only = *filter;
	se_only.role = SC_ROLE_SE;
	sc_status s = sc_count(layers, filter, &out->all, err);
	return s ? s : sc_count(layers, &se_only, &out->se, err);
}

/* *sum += n; false when that does not fit, and then `sum` is of no use any more */
static bool add_cost(sc_cost *sum, const sc_cost *n)
{
	bool fits = true;
	for (size_t c = 0; c < SC_CLASS__N; c++)
		for (size_t k = 0; k < SC_COUNT__N; k++)
			fits = sc_add(&sum->n[c][k], n->n[c][k]) && fits;
	return fits;
}

static sc_status fill_totals(const sc_sheet *sheet, const sc_filter *filter, const counts *n,
	sc_totals *out, sc_err *err)
{
	sc_totals t = {.known = sheet->layers.trunk_known};
	sc_status s = fill_all(&n->all, sheet, &t, err);
	if (!s)
		s = fill_se(&n->se, sheet, &t.se, err);
	if (s)
		return s;
	sum_formula(sheet, filter, &t.se.by_formula);
	*out = t;
	return SC_OK;
}

sc_status sc_sheet_part(const sc_sheet *sheet, const sc_filter *filter, sc_totals *out, sc_err *err)
{
	counts n;
	sc_status s = count(&sheet->layers, filter, &n, err);
	return s ? s : fill_totals(sheet, filter, &n, out, err);
}

sc_status sc_sheet_layer(const sc_sheet *sheet, size_t layer, sc_totals *out, sc_err *err)
{
	sc_cost cost;
	sc_totals t = {.known = true};
	sc_status s = sc_count_layer(&sheet->layers.item[layer], &cost, err);
	if (!s)
		s = fill_all(&cost, sheet, &t, err);
	if (!s)
		*out = t;
	return s;
}

static sc_shape shape_after(const sc_layers *layers, uint32_t stage)
{
	size_t end = sc_layers_stage_start(layers, stage + 1);
	return end ? layers->item[end - 1].out : (sc_shape){0, 0, 0};
}

static sc_status fill_row(sc_sheet *sheet, size_t i, counts *n, sc_err *err)
{
	sc_sheet_row *row = &sheet->row[i];
	bool stem = i == 0, head = i + 1 == sheet->rows;
	row->name = stem ? "stem" : head ? "head" : sheet->model->stages.item[i - 1].name;
	row->out = shape_after(&sheet->layers, (uint32_t)i);
	if (!stem && !head) {
		const sc_stage *st = &sheet->model->stages.item[i - 1];
		row->block = st->kind->name;
		row->blocks = st->blocks;
		row->fact = calloc(st->blocks, sizeof *row->fact);
		if (!row->fact)
			return sc_fail(
				err, SC_ENOMEM, "no memory for the blocks of '%.60s'", st->name);
		sc_sheet_read_stage(sheet, i - 1, row);
	}
	sc_filter filter = SC_EVERYTHING;
	filter.stage = (int64_t)i;
	sc_status s = count(&sheet->layers, &filter, n, err);
	return s ? s : fill_totals(sheet, &filter, n, &row->t, err);
}

/* The total is the sum over the rows. Where that does not fit, counting all layers in a row says
 * which one breaks it. */
static sc_status fill(sc_sheet *sheet, sc_err *err)
{
	const sc_filter everything = SC_EVERYTHING;
	counts sum = {0}, n;
	bool fits = true;
	for (size_t i = 0; i < sheet->rows; i++) {
		sc_status s = fill_row(sheet, i, &n, err);
		if (s)
			return s;
		fits = fits && add_cost(&sum.all, &n.all) && add_cost(&sum.se, &n.se);
	}
	return fits ? fill_totals(sheet, &everything, &sum, &sheet->total, err)
		    : sc_sheet_part(sheet, &everything, &sheet->total, err);
}

sc_status sc_sheet_make(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_shape *input, sc_sheet *out, sc_err *err)
{
	sc_sheet sheet = {.model = model,
		.rules = *rules,
		.batch = batch,
		.input = input ? *input : model->input,
		.rows = model->stages.count + 2};
	sc_status s = batch ? sc_model_expand(model, input, &sheet.layers, err)
			    : sc_fail(err, SC_EINVAL, "'batch' is 0, must be at least 1");
	if (s)
		return s;
	sheet.row = calloc(sheet.rows, sizeof *sheet.row);
	s = sheet.row ? fill(&sheet, err)
		      : sc_fail(err, SC_ENOMEM, "no memory for %zu stages", model->stages.count);
	if (s) {
		if (err) {
			uint32_t line = (uint32_t)err->line;
			snprintf(err->file, sizeof err->file, "%s",
				sc_model_file_of(model, &line, NULL));
			err->line = (int)line;
		}
		sc_sheet_release(&sheet);
	} else {
		*out = sheet;
	}
	return s;
}

void sc_sheet_release(sc_sheet *sheet)
{
	for (size_t i = 0; sheet->row && i < sheet->rows; i++)
		free(sheet->row[i].fact);
	free(sheet->row);
	sc_layers_release(&sheet->layers);
	*sheet = (sc_sheet){0};
}

static bool base_of(
	const sc_sheet *sheet, uint64_t all, uint64_t se, const sc_figure *said, uint64_t *out)
{
	if (!sheet->total.known && !said->text)
		return false;
	*out = sheet->total.known ? all - se : said->value;
	return true;
}

bool sc_sheet_base_params(const sc_sheet *sheet, uint64_t *out)
{
	const sc_totals *t = &sheet->total;
	return base_of(sheet, t->params, t->se.params, &sheet->model->base.params, out);
}

bool sc_sheet_base_macs(const sc_sheet *sheet, uint64_t *out)
{
	const sc_totals *t = &sheet->total;
	return base_of(sheet, t->macs, t->se.macs, &sheet->model->base.macs, out);
}

double sc_se_intensity(const sc_totals *t)
{
	return t->se.bytes ? (double)t->se.flops / (double)t->se.bytes : 0;
}
