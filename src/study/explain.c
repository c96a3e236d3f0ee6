/* Where a number comes from. A number is a filter over layers (the part) and coefficients over
 * their terms (the quantity); explaining it lists the terms that the count has summed, equal ones
 * together. So the expression has the value of the count because it is made of the same terms. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/choices.h"
#include "study/explain.h"

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the explanation");
}

/* --- quantities as coefficients --- */

static void all_classes(sc_rule *rule, sc_count_kind kind, uint8_t coef)
{
	for (int c = 0; c < SC_CLASS__N; c++)
		rule->coef[c][kind] = coef;
}

static bool plain_quantity(const sc_sheet *sheet, const char *name, sc_rule *rule)
{
	for (int q = 0; q < SC_QUANTITY__N; q++)
		if (!strcmp(name, sc_quantity_name((size_t)q))) {
			*rule = *sheet->rules.of[q];
			return true;
		}
	return false;
}

static void bytes_rule(sc_rule *rule)
{
	static const sc_count_kind moved[] = {SC_COUNT_reads, SC_COUNT_writes, SC_COUNT_weights,
		SC_COUNT_biases, SC_COUNT_norm_affine, SC_COUNT_norm_statistics};
	for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
		all_classes(rule, moved[i], 4);
}

/* the coefficients of a quantity; false when there is none of that name */
static bool find_quantity(const sc_sheet *sheet, const char *name, sc_rule *rule)
{
	bool se = !strncmp(name, "se.", 3);
	const char *base = se ? name + 3 : name;
	*rule = (sc_rule){0};
	if (plain_quantity(sheet, base, rule))
		return true;
	if (!strcmp(base, "bytes"))
		bytes_rule(rule);
	else if (se && !strcmp(base, "weights"))
		all_classes(rule, SC_COUNT_weights, 1);
	else if (se && !strcmp(base, "biases"))
		all_classes(rule, SC_COUNT_biases, 1);
	else if (se && !strcmp(base, "elements"))
		rule->coef[SC_CLASS_scale][SC_COUNT_muls] = 1;
	else
		return false;
	return true;
}

static bool is_param(sc_count_kind kind)
{
	return kind <= SC_COUNT_norm_statistics;
}

/* --- terms --- */

static bool same_term(
	const sc_explained_term *a, const sc_layer *l, const sc_term *t, uint64_t coef)
{
	bool same = a->term.kind == t->kind && a->term.count == t->count &&
		    a->coefficient == coef && !strcmp(a->layer.name, l->name) &&
		    a->layer.op == l->op;
	for (unsigned i = 0; same && i < t->count; i++)
		same = a->term.factor[i].value == t->factor[i].value;
	return same;
}

static sc_status note_term(
	sc_explanation *e, const sc_layer *l, const sc_term *t, uint64_t coef, sc_err *err)
{
	for (size_t i = 0; i < e->terms; i++)
		if (same_term(&e->term[i], l, t, coef)) {
			e->term[i].occurrences++;
			return SC_OK;
		}
	if (e->terms == e->room) {
		size_t room = e->room ? 2 * e->room : 32;
		sc_explained_term *more = realloc(e->term, room * sizeof *more);
		if (!more)
			return no_memory(err);
		e->term = more;
		e->room = room;
	}
	e->term[e->terms++] = (sc_explained_term){*t, *l, 1, coef};
	return SC_OK;
}

static sc_status note_layer(sc_explanation *e, const sc_sheet *sheet, const sc_layer *l,
	const sc_rule *rule, sc_err *err)
{
	sc_terms terms;
	sc_layer_terms(l, &terms);
	sc_class cls = sc_layer_class(l);
	sc_status s = SC_OK;
	for (size_t i = 0; i < terms.count && !s; i++) {
		uint64_t coef = rule->coef[cls][terms.item[i].kind];
		if (coef && !is_param(terms.item[i].kind))
			coef *= sheet->batch;
		if (coef)
			s = note_term(e, l, &terms.item[i], coef, err);
	}
	return s;
}

static void write_term(const sc_explained_term *t, sc_text *out)
{
	const char *times = "";
	if (t->occurrences > 1) {
		sc_text_addf(out, "%" PRIu64, t->occurrences);
		times = "*";
	}
	if (t->coefficient > 1) {
		sc_text_addf(out, "%s%" PRIu64, times, t->coefficient);
		times = "*";
	}
	for (unsigned i = 0; i < t->term.count; i++) {
		sc_text_addf(out, "%s%" PRIu64, times, t->term.factor[i].value);
		times = "*";
	}
}

static void write_expression(const sc_explanation *e, sc_text *out)
{
	for (size_t i = 0; i < e->terms; i++) {
		sc_text_add(out, i ? " + " : "");
		write_term(&e->term[i], out);
	}
	if (!e->terms)
		sc_text_add(out, "0");
}

/* a number of the trunk, where only SE is described */
static sc_status check_known(const sc_sheet *sheet, const sc_part *part, sc_err *err)
{
	if (sheet->total.known || part->filter.role == SC_ROLE_SE || part->layer != SC_ANY)
		return SC_OK;
	return sc_fail(err, SC_EINVAL, "unknown: the trunk of '%.80s' is not described",
		sheet->model->name);
}

/* the formula and what follows from it are about blocks */
static sc_status check_no_layer(const sc_part *part, const char *quantity, sc_err *err)
{
	return part->layer == SC_ANY
		       ? SC_OK
		       : sc_fail(err, SC_EINVAL,
				 "'%s' is not of a layer, but of a stage or a block", quantity);
}

static sc_status explain_sum(const sc_sheet *sheet, const sc_part *part, const sc_rule *rule,
	sc_explanation *e, sc_err *err)
{
	uint64_t value = 0;
	sc_status s = SC_OK;
	for (size_t i = 0; i < sheet->layers.count && !s; i++)
		if (sc_part_has(part, sheet, i))
			s = note_layer(e, sheet, &sheet->layers.item[i], rule, err);
	for (size_t i = 0; i < e->terms && !s; i++) {
		uint64_t n;
		s = sc_term_value(&e->term[i].term, &n, err);
		if (!s && !(sc_mul(&n, e->term[i].occurrences) &&
				  sc_mul(&n, e->term[i].coefficient) && sc_add(&value, n)))
			s = sc_fail(err, SC_ERANGE, "the sum does not fit in 64 bits");
	}
	sc_text text = {0};
	write_expression(e, &text);
	if (!s && text.failed)
		s = no_memory(err);
	e->expression = text.s;
	e->formula = "the sum of the terms below";
	e->rule = rule->name ? sc_rule_named(rule->name, rule->quantity) : NULL;
	snprintf(e->value, sizeof e->value, "%" PRIu64, value);
	return s;
}

/* --- the formula and the width: one term for each block with SE --- */

static void write_formula_term(
	const sc_se_fact *f, uint32_t channels, uint32_t blocks, sc_text *out)
{
	if (f->ratio_asked && f->ratio >= 1)
		sc_text_addf(out, "2*%u*%u*%u/%.10g", blocks, channels, channels, f->ratio);
	else
		sc_text_addf(out, "2*%u*%u*%u*%.10g", blocks, channels, channels, 1 / f->ratio);
}

static uint32_t formula_channels(const sc_sheet *sheet, size_t row, const sc_se_fact *f)
{
	uint32_t c = sheet->model->stages.item[row - 1].spec.channels;
	return c ? c : f->gated.c;
}

static void write_formula_row(const sc_sheet *sheet, const sc_part *part, size_t r, sc_text *out)
{
	const sc_sheet_row *row = &sheet->row[r];
	for (uint32_t b = 0; b < row->blocks && row->fact;) {
		const sc_se_fact *f = &row->fact[b];
		uint32_t run = 1;
		bool in = f->squeezed && (part->filter.block == SC_ANY || part->filter.block == b);
		while (part->filter.block == SC_ANY && b + run < row->blocks &&
			row->fact[b + run].squeezed && f->squeezed &&
			row->fact[b + run].ratio == f->ratio &&
			row->fact[b + run].gated.c == f->gated.c)
			run++;
		if (in) {
			sc_text_add(
				out, !out->length || out->s[out->length - 2] == ';' ? "" : " + ");
			write_formula_term(f, formula_channels(sheet, r, f), run, out);
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
	if (block == SC_ANY && sc_facts_differ(row, true)) {
		sc_fail(err, SC_EINVAL,
			"blocks of '%.60s' differ in it; ask for one, such as "
			"stages.%.60s.blocks[0].se.width",
			row->name, row->name);
		return NULL;
	}
	return f;
}

static const char *rounding_of(const sc_se_block *se)
{
	return se->rule.rounding == SC_ROUNDING_make_divisible
		       ? "to a multiple of the divisor (make_divisible)"
	       : se->rule.rounding == SC_ROUNDING_round ? "to the nearest, ties to even"
							: "rounded down";
}

/* `bc` divides whole numbers as floor does; of other roundings the expression is the result */
static sc_status explain_width(
	const sc_sheet *sheet, const sc_part *part, sc_explanation *e, sc_err *err)
{
	const sc_se_fact *f = fact_for_width(sheet, part, err);
	if (!f)
		return SC_EINVAL;
	size_t stage = (size_t)part->filter.stage;
	sc_se_block se =
		sc_model_se(sheet->model, stage - 1, (uint32_t)(f - sheet->row[stage].fact));
	sc_text formula = {0}, expression = {0}, plain = {0};
	snprintf(e->value, sizeof e->value, "%u", f->squeezed);
	if (se.width)
		sc_text_add(&formula, "the units that were asked for");
	else if (se.ratio)
		sc_text_addf(&plain, "%u/%u", f->base, se.ratio);
	else
		sc_text_addf(&plain, "(%u*%.10g)/1", f->base, se.se_ratio);
	bool floors = !se.width && se.rule.rounding == SC_ROUNDING_floor && f->base >= f->ratio;
	sc_text_add(&expression, floors ? plain.s : e->value);
	if (!se.width)
		sc_text_addf(&formula, "base / r%s%s, %s", floors ? "" : ", here ",
			floors ? "" : plain.s, rounding_of(&se));
	e->expression = expression.s;
	e->formula = e->own_formula = formula.s;
	sc_text_release(&plain);
	return expression.failed || formula.failed ? no_memory(err) : SC_OK;
}

/* --- */

static const char *const quantities[] = {"params", "macs", "flops", "activations", "bytes",
	"se.params", "se.weights", "se.biases", "se.macs", "se.flops", "se.activations", "se.bytes",
	"se.elements", "se.formula", "se.width", "se.share", "se.intensity", "se.crossover"};

static const char *quantity_word(const void *unused, size_t i)
{
	(void)unused;
	return i < sizeof quantities / sizeof *quantities ? quantities[i] : NULL;
}

static sc_status no_such_quantity(const char *name, sc_err *err)
{
	sc_tail tail;
	return sc_fail(err, SC_EINVAL, "unknown quantity '%.60s'%s", name,
		sc_must_be_one_of(name, quantity_word, NULL, NULL, &tail));
}

/* numbers that tables derive from counts */
static sc_status explain_derived(const sc_sheet *sheet, const sc_part *part, const char *quantity,
	sc_explanation *e, sc_err *err)
{
	sc_totals t;
	sc_text text = {0};
	sc_status s = sc_sheet_part(sheet, &part->filter, &t, err);
	if (s)
		return s;
	bool share = !strcmp(quantity, "se.share");
	uint64_t over = share ? t.se.weights : t.se.flops;
	uint64_t under = share ? sheet->total.se.weights : t.se.bytes;
	if (!under)
		return sc_fail(err, SC_EINVAL, "'%s' has no SE here", quantity);
	sc_text_addf(&text, "scale=15; %" PRIu64 "/%" PRIu64, over, under);
	e->expression = text.s;
	e->formula = share ? "se.weights of the part / se.weights of the network"
			   : "se.flops / se.bytes";
	snprintf(e->value, sizeof e->value, "%.15g", (double)over / (double)under);
	return text.failed ? no_memory(err) : SC_OK;
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
	sc_text_addf(&text, "scale=15; %u*%u/(%u*%u)", f->twice ? 8 : 2, f->gated.c,
		f->twice ? 3 * f->gated.h : f->gated.h, f->gated.w);
	e->expression = text.s;
	e->formula =
		f->twice ? "r* = 8C/(3·H·W) with avg+max: above it the FC layers are not where "
			   "SE's operations are"
			 : "r* = 2C/(H·W): above it the FC layers are not where SE's operations "
			   "are";
	snprintf(e->value, sizeof e->value, "%.15g", f->crossover);
	return text.failed ? no_memory(err) : SC_OK;
}

static sc_status explain_into(const sc_sheet *sheet, const sc_part *part, const char *quantity,
	sc_explanation *e, sc_err *err)
{
	sc_rule rule;
	if (find_quantity(sheet, quantity, &rule)) {
		sc_status s = check_known(sheet, part, err);
		return s ? s : explain_sum(sheet, part, &rule, e, err);
	}
	sc_status s = check_no_layer(part, quantity, err);
	if (s)
		return s;
	if (!strcmp(quantity, "se.formula"))
		return explain_formula(sheet, part, e, err);
	if (!strcmp(quantity, "se.width"))
		return explain_width(sheet, part, e, err);
	if (!strcmp(quantity, "se.crossover"))
		return explain_crossover(sheet, part, e, err);
	if (!strcmp(quantity, "se.share") || !strcmp(quantity, "se.intensity"))
		return explain_derived(sheet, part, quantity, e, err);
	return no_such_quantity(quantity, err);
}

sc_status sc_explain(const sc_sheet *sheet, const char *path, sc_explanation *out, sc_err *err)
{
	sc_part part;
	const char *quantity;
	sc_explanation e = {0};
	sc_status s = sc_part_parse(sheet, path, &part, &quantity, err);
	if (s)
		return s;
	if (!strncmp(quantity, "se.", 3))
		part.filter.role = SC_ROLE_SE;
	e.quantity = quantity;
	s = explain_into(sheet, &part, quantity, &e, err);
	if (!s)
		s = sc_part_marks(&part, sheet, &e, err);
	if (s)
		sc_explanation_release(&e);
	else
		*out = e;
	return s;
}

void sc_explanation_release(sc_explanation *e)
{
	free(e->expression);
	free(e->own_formula);
	free(e->term);
	free(e->mark);
	*e = (sc_explanation){0};
}
