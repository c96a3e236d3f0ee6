/* What each block's SE came out as: read off its layers, and held against the formula. */
#include "secost/study.h"
#include "study/study.h"

static sc_se_formula explain_params(const sc_se_fact *f, double channels, bool bias)
{
	double c = f->gated.c, r = f->ratio;
	double plain = sc_gate_weights(channels, channels / r), gated = sc_gate_weights(c, c / r);
	double based = sc_gate_weights(c, f->base / r);
	return (sc_se_formula){
		.formula = plain,
		.from_biases = bias ? (double)f->squeezed + c : 0,
		.from_gated = gated - plain,
		.from_base = based - gated,
		.from_rounding = sc_gate_weights(c, f->squeezed) - based,
	};
}

static void finish_fact(
	const sc_sheet *sheet, size_t stage, uint32_t block, uint32_t leaving, sc_se_fact *f)
{
	sc_se_block se = sc_model_se(sheet->model, stage, block);
	f->ratio = se.ratio	     ? se.ratio
		   : se.se_ratio > 0 ? 1 / se.se_ratio
		   : f->squeezed     ? (double)f->base / f->squeezed
				     : 0;
	f->se = se;
	f->crossover = sc_gate_crossover(f->gated, sc_squeeze_passes(se.squeeze));
	if (se.attention == SC_ATTENTION_se)
		f->by_formula = explain_params(f, leaving ? leaving : f->gated.c, se.bias);
}

static void read_layer(const sc_layer *l, sc_se_fact *f)
{
	if (l->role != SC_ROLE_SE)
		return;
	if (l->op->cls == SC_CLASS_scale)
		f->gated = l->out;
	if (l->se_base && !f->squeezed) {
		f->squeezed = l->out.c;
		f->base = l->se_base;
	}
}

/* what attention learns in layers first … end − 1 */
static double attention_params(const sc_layers *layers, size_t first, size_t end)
{
	const sc_rule *learnable = sc_rule_named("learnable", SC_QUANTITY_params);
	double sum = 0;
	for (size_t i = first; i < end; i++) {
		sc_cost cost;
		uint64_t n = 0;
		if (layers->item[i].role == SC_ROLE_SE &&
			!sc_count_layer(&layers->item[i], &cost, NULL) &&
			!sc_cost_under(&cost, learnable, &n, NULL))
			sum += (double)n;
	}
	return sum;
}

/* the layers of one block, from `i` on: note its SE, return where the next block begins */
static size_t read_block(
	const sc_sheet *sheet, size_t i, size_t stage, uint32_t block, sc_se_fact *f)
{
	const sc_layers *layers = &sheet->layers;
	size_t first = i;
	for (; i < layers->count && layers->item[i].stage == stage + 1 &&
		layers->item[i].block == block;
		i++)
		read_layer(&layers->item[i], f);
	if (f->gated.c)
		finish_fact(sheet, stage, block,
			sc_model_block(sheet->model, stage, block).channels, f);
	if (f->gated.c && f->se.attention != SC_ATTENTION_se)
		f->by_formula.from_attention = attention_params(layers, first, i);
	return i;
}

void sc_sheet_read_stage(const sc_sheet *sheet, size_t stage, sc_sheet_row *row)
{
	size_t i = sc_layers_stage_start(&sheet->layers, (uint32_t)stage + 1);
	for (uint32_t b = 0; b < row->blocks; b++) {
		i = read_block(sheet, i, stage, b, &row->fact[b]);
		row->se_blocks += row->fact[b].gated.c != 0;
	}
}
