/* Where a number comes from. A number is a filter over layers (the part) and coefficients over
 * their terms (the quantity); explaining it lists the terms that the count has summed, equal ones
 * together. So the expression has the value of the count because it is made of the same terms. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
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
	sc_explained_term *more = sc_array_reserve(e->term, &e->room, e->terms + 1, sizeof *more);
	if (!more)
		return no_memory(err);
	e->term = more;
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

/* --- */

static const char *const quantities[] = {"params", "macs", "flops", "activations", "bytes",
	"se.params", "se.weights", "se.biases", "se.macs", "se.flops", "se.activations", "se.bytes",
	"se.elements", "se.formula", "se.width", "se.share", "se.intensity", "se.crossover"};

static const char *quantity_word(const void *unused, size_t i)
{
	(void)unused;
	return i < sizeof quantities / sizeof *quantities ? quantities[i] : NULL;
}

const char *sc_explain_quantity_at(size_t i)
{
	return quantity_word(NULL, i);
}

static sc_status no_such_quantity(const char *name, sc_err *err)
{
	sc_tail tail;
	return sc_fail(err, SC_EINVAL, "unknown quantity '%.60s'%s", name,
		sc_must_be_one_of(name, quantity_word, NULL, NULL, &tail));
}

static sc_status explain_into(const sc_sheet *sheet, const sc_part *part, const char *quantity,
	sc_explanation *e, sc_err *err)
{
	sc_rule rule;
	if (sc_explains_block(quantity))
		return sc_explain_block(sheet, part, quantity, e, err);
	if (!find_quantity(sheet, quantity, &rule))
		return no_such_quantity(quantity, err);
	sc_status s = check_known(sheet, part, err);
	return s ? s : explain_sum(sheet, part, &rule, e, err);
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
