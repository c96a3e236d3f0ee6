/* Numbers that are about blocks with SE and not sums over layers: the formula, the squeezed width,
 * shares, the intensity, the crossover. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/explain.h"

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the explanation");
}

/* --- the formula: one term for each block with SE --- */

static void write_formula_term(
	const sc_se_fact *f, uint32_t channels, uint32_t blocks, sc_text *out)
{
	if (!f->se.width && f->ratio >= 1)
		sc_text_addf(out, "2*%u*%u*%u/%.10g", blocks, channels, channels, f->ratio);
	else
		sc_text_addf(out, "2*%u*%u*%u*%.10g", blocks, channels, channels, 1 / f->ratio);
}

static uint32_t formula_channels(
	const sc_sheet *sheet, size_t row, uint32_t block, const sc_se_fact *f)
{
	uint32_t c = sc_model_block(sheet->model, row - 1, block).channels;
	return c ? c : f->gated.c;
}

static void write_formula_row(const sc_sheet *sheet, const sc_part *part, size_t r, sc_text *out)
{
	const sc_sheet_row *row = &sheet->row[r];
	for (uint32_t b = 0; b < row->blocks && row->fact;) {
		const sc_se_fact *f = &row->fact[b];
		uint32_t run = 1;
		bool in = f->by_formula.formula > 0 &&
			  (part->filter.block == SC_ANY || part->filter.block == b);
		while (part->filter.block == SC_ANY && b + run < row->blocks &&
			row->fact[b + run].squeezed && f->squeezed &&
			row->fact[b + run].ratio == f->ratio &&
			row->fact[b + run].gated.c == f->gated.c &&
			formula_channels(sheet, r, b + run, f) == formula_channels(sheet, r, b, f))
			run++;
		if (in) {
			sc_text_add(
				out, !out->length || out->s[out->length - 2] == ';' ? "" : " + ");
			write_formula_term(f, formula_channels(sheet, r, b, f), run, out);
		}
		b += run;
	}
}

static sc_status explain_formula(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	sc_totals t;
	sc_text text = {0};
	sc_status s = sc_sheet_part(sheet, &part->filter, &t, err);
	bool whole = s || floor(t.se.by_formula.formula) == t.se.by_formula.formula;
	sc_text_add(&text, whole ? "" : "scale=15; ");
	for (size_t r = 1; r + 1 < sheet->rows; r++)
		if (part->filter.stage == SC_ANY || part->filter.stage == (int64_t)r)
			write_formula_row(sheet, part, r, &text);
	if (!text.length)
		sc_text_add(&text, "0");
	if (!s && text.failed)
		s = no_memory(err);
	e->expression = text.s;
	e->formula = "(2/r)·ΣN_s·C_s²  (Eqn 5 of arXiv 1709.01507v4)";
	if (!s)
		snprintf(e->value, sizeof e->value, "%.15g", t.se.by_formula.formula);
	return s;
}

/* the block that a width is asked of: the one that is named, or any where all are alike */
static const sc_se_fact *fact_for_width(const sc_sheet *sheet, const sc_part *part, sc_err *err)
{
	int64_t stage = part->filter.stage, block = part->filter.block;
	if (stage < 1 || stage + 1 >= (int64_t)sheet->rows) {
		sc_fail(err, SC_EINVAL, "'se.width' belongs to a stage or a block of it");
		return NULL;
	}
	const sc_sheet_row *row = &sheet->row[stage];
	const sc_se_fact *f = block == SC_ANY ? sc_first_fact(row) : &row->fact[block];
	if (!f || !f->squeezed) {
		sc_fail(err, SC_EINVAL, "there is no SE here");
		return NULL;
	}
	if (block == SC_ANY && sc_facts_differ(row, SC_FACT_width)) {
		sc_fail(err, SC_EINVAL,
			"blocks of '%.60s' differ in it; ask for one, such as "
			"stages.%.60s.blocks[0].se.width",
			row->name, row->name);
		return NULL;
	}
	return f;
}

/* `bc` divides whole numbers as floor does; of other roundings the expression is the result */
static sc_status explain_width(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	const sc_se_fact *f = fact_for_width(sheet, part, err);
	if (!f)
		return SC_EINVAL;
	const sc_se_block se = f->se;
	sc_text formula = {0}, expression = {0}, plain = {0};
	snprintf(e->value, sizeof e->value, "%u", f->squeezed);
	if (se.width)
		sc_text_add(&formula, "the units that were asked for");
	else if (se.ratio)
		sc_text_addf(&plain, "%u/%u", f->base, se.ratio);
	else
		sc_text_addf(&plain, "(%u*%.10g)/1", f->base, se.se_ratio);
	bool floors = !se.width && se.rounding == SC_ROUNDING_floor && f->base >= f->ratio;
	sc_text_add(&expression, floors ? sc_text_get(&plain) : e->value);
	if (!se.width)
		sc_text_addf(&formula, "base / r%s%s, %s", floors ? "" : ", here ",
			floors ? "" : sc_text_get(&plain), sc_rounding_words(se.rounding));
	e->expression = expression.s;
	e->formula = e->own_formula = formula.s;
	sc_text_release_into(&plain, &formula);
	return expression.failed || formula.failed ? no_memory(err) : SC_OK;
}

/* numbers that tables derive from counts */
static sc_status explain_quotient(
	const sc_sheet *sheet, const sc_part *part, bool share, sc_explanation *e, sc_err *err)
{
	sc_totals t;
	sc_text text = {0};
	sc_status s = sc_sheet_part(sheet, &part->filter, &t, err);
	if (s)
		return s;
	uint64_t over = share ? t.se.weights : t.se.flops;
	uint64_t under = share ? sheet->total.se.weights : t.se.bytes;
	if (!under)
		return sc_fail(err, SC_EINVAL, "there is no SE here");
	sc_text_addf(&text, "scale=15; %" PRIu64 "/%" PRIu64, over, under);
	e->expression = text.s;
	e->formula = share ? "se.weights of the part / se.weights of the network"
			   : "se.flops / se.bytes";
	snprintf(e->value, sizeof e->value, "%.15g", (double)over / (double)under);
	return text.failed ? no_memory(err) : SC_OK;
}

static sc_status explain_share(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	return explain_quotient(sheet, part, true, e, err);
}

static sc_status explain_intensity(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	return explain_quotient(sheet, part, false, e, err);
}

static sc_status explain_crossover(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	int64_t stage = part->filter.stage;
	const sc_se_fact *f = stage > 0 && stage + 1 < (int64_t)sheet->rows
				      ? sc_first_fact(&sheet->row[stage])
				      : NULL;
	sc_text text = {0};
	if (!f)
		return sc_fail(err, SC_EINVAL, "'se.crossover' belongs to a stage that has SE");
	unsigned passes = sc_squeeze_passes(f->se.squeeze);
	sc_text_addf(&text, "scale=15; %u*%u/(%u*%u*%u)", 4 * passes, f->gated.c, passes + 1,
		f->gated.h, f->gated.w);
	e->expression = text.s;
	e->formula =
		"r* = 4p·C/((p + 1)·H·W), p passes of the two layers: above it they are not where "
		"SE's operations are";
	snprintf(e->value, sizeof e->value, "%.15g", f->crossover);
	return text.failed ? no_memory(err) : SC_OK;
}

static const struct {
	const char *quantity;
	sc_status (*explain)(
		const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err);
} numbers[] = {
	{"se.formula", explain_formula},
	{"se.width", explain_width},
	{"se.share", explain_share},
	{"se.intensity", explain_intensity},
	{"se.crossover", explain_crossover},
};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static size_t find(const char *quantity)
{
	size_t i = 0;
	while (i < NUMBERS && strcmp(numbers[i].quantity, quantity))
		i++;
	return i;
}

bool sc_explains_block(const char *quantity)
{
	return find(quantity) < NUMBERS;
}

sc_status sc_explain_block(const sc_sheet *sheet, const sc_part *part, const char *quantity,
	sc_explanation *e, sc_err *err)
{
	if (part->layer != SC_ANY)
		return sc_fail(err, SC_EINVAL, "'%s' is not of a layer, but of a stage or a block",
			quantity);
	return numbers[find(quantity)].explain(sheet, part, e, err);
}
