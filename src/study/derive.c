/* Numbers that tables and sentences show beside the counts. */
#include "secost/study.h"

double sc_share(uint64_t part, uint64_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

int64_t sc_change(uint64_t from, uint64_t to)
{
	return (int64_t)(to - from);
}

bool sc_sheet_base_flops(const sc_sheet *sheet, uint64_t *out)
{
	if (sheet->total.known)
		*out = sheet->total.flops - sheet->total.se.flops;
	return sheet->total.known;
}

bool sc_sheet_all_params(const sc_sheet *sheet, uint64_t *out)
{
	uint64_t base;
	if (!sc_sheet_base_params(sheet, &base) || base > UINT64_MAX - sheet->total.se.params)
		return false;
	*out = base + sheet->total.se.params;
	return true;
}

sc_delta sc_delta_between(const sc_totals *from, const sc_totals *to)
{
	return (sc_delta){
		.params = sc_change(from->params, to->params),
		.macs = sc_change(from->macs, to->macs),
		.flops = sc_change(from->flops, to->flops),
		.activations = sc_change(from->activations, to->activations),
		.bytes = sc_change(from->bytes, to->bytes),
		.se_params = sc_change(from->se.params, to->se.params),
		.se_weights = sc_change(from->se.weights, to->se.weights),
		.se_macs = sc_change(from->se.macs, to->se.macs),
		.se_flops = sc_change(from->se.flops, to->se.flops),
	};
}

const sc_sheet_row *sc_heaviest_stage(const sc_sheet *sheet)
{
	const sc_sheet_row *best = NULL;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		if (!best || sheet->row[i].t.se.params > best->t.se.params)
			best = &sheet->row[i];
	return best && best->t.se.params ? best : NULL;
}

sc_shape sc_sheet_block_out(const sc_sheet *sheet, size_t row, uint32_t block)
{
	const sc_layers *l = &sheet->layers;
	size_t i = sc_layers_stage_start(l, (uint32_t)row);
	sc_shape out = {0};
	for (; i < l->count && l->item[i].stage == row && l->item[i].block <= block; i++)
		out = l->item[i].out;
	return out;
}

bool sc_sheet_gates_other_width(const sc_sheet *sheet, size_t row)
{
	const sc_sheet_row *r = &sheet->row[row];
	for (uint32_t b = 0; r->fact && b < r->blocks; b++)
		if (r->fact[b].squeezed && r->fact[b].gated.c != r->out.c)
			return true;
	return false;
}

uint32_t sc_sheet_row_line(const sc_sheet *sheet, size_t row)
{
	bool is_stage = row && row <= sheet->model->stages.count;
	return is_stage ? sheet->model->stages.item[row - 1].given.at.line : 0;
}

bool sc_sheet_row_counts(const sc_sheet_row *row)
{
	return row->block || row->t.params || row->t.flops;
}

const sc_se_fact *sc_first_fact(const sc_sheet_row *row)
{
	for (uint32_t b = 0; row->fact && b < row->blocks; b++)
		if (row->fact[b].squeezed)
			return &row->fact[b];
	return NULL;
}

double sc_fact_value(const sc_se_fact *fact, sc_fact_number which)
{
	return which == SC_FACT_width	? fact->squeezed
	       : which == SC_FACT_gated ? fact->gated.c
	       : which == SC_FACT_ratio ? fact->ratio
					: fact->crossover;
}

bool sc_facts_differ(const sc_sheet_row *row, sc_fact_number which)
{
	const sc_se_fact *first = sc_first_fact(row);
	for (uint32_t b = 0; first && b < row->blocks; b++) {
		const sc_se_fact *f = &row->fact[b];
		if (!f->squeezed || sc_fact_value(f, which) != sc_fact_value(first, which))
			return true;
	}
	return false;
}
