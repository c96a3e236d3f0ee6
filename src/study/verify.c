#include <stdlib.h>

#include "base/checked.h"
#include "secost/study.h"

bool sc_figure_agrees(const sc_figure *figure, uint64_t counted)
{
	uint64_t off = counted > figure->value ? counted - figure->value : figure->value - counted;
	return off <= figure->half_step;
}

/* With an unknown trunk, what its description says of it and SE's own. */
static bool total_of(const sc_sheet *sheet, sc_quantity q, uint64_t *out)
{
	const sc_totals *t = &sheet->total;
	const uint64_t all[] = {
		[SC_QUANTITY_params] = t->params,
		[SC_QUANTITY_macs] = t->macs,
		[SC_QUANTITY_flops] = t->flops,
		[SC_QUANTITY_activations] = t->activations,
	};
	*out = all[q];
	if (t->known)
		return true;
	if (q == SC_QUANTITY_params)
		return sc_sheet_all_params(sheet, out);
	return q == SC_QUANTITY_macs && sc_sheet_base_macs(sheet, out) && sc_add(out, t->se.macs);
}

static sc_verdict judge(
	const sc_sheet *sheet, const sc_expect *e, sc_quantity q, const sc_figure *figure)
{
	sc_verdict v = {.model = sheet->model,
		.expect = e,
		.quantity = q,
		.rule = sheet->rules.of[q],
		.input = sheet->input,
		.figure = figure};
	v.known = total_of(sheet, q, &v.counted);
	v.difference = sc_change(figure->value, v.counted);
	v.agrees = v.known && sc_figure_agrees(figure, v.counted);
	return v;
}

sc_status sc_verify_expect(const sc_model *m, const sc_expect *e, sc_verdict out[SC_QUANTITY__N],
	size_t *n, sc_err *err)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet;
	sc_status s = e->rules ? sc_rules_use(&rules, e->rules, err) : SC_OK;
	if (!s)
		s = sc_sheet_make(m, &rules, 1, e->input.c ? &e->input : NULL, &sheet, err);
	if (s)
		return s;
	*n = 0;
	for (int q = 0; q < SC_QUANTITY__N; q++)
		if (e->figure[q].text)
			out[(*n)++] = judge(&sheet, e, (sc_quantity)q, &e->figure[q]);
	sc_sheet_release(&sheet);
	return SC_OK;
}

/* where the description gives the figures */
static void place(const sc_model *model, sc_verdict *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const sc_given *given = &v[i].expect->given;
		sc_mark at = sc_field_mark("expect", given, sc_quantity_name(v[i].quantity));
		v[i].line = at.line ? at.line : given->at.line;
		v[i].file = v[i].line ? sc_model_file_of(model, &v[i].line, NULL) : NULL;
	}
}

sc_status sc_verify(const sc_model *model, sc_verdict **out, size_t *n, sc_err *err)
{
	size_t room = model->expect.count * SC_QUANTITY__N + 1, count = 0;
	sc_verdict *v = calloc(room, sizeof *v);
	if (!v)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu figures", room);
	sc_status s = SC_OK;
	for (size_t i = 0; i < model->expect.count && !s; i++) {
		size_t more;
		s = sc_verify_expect(model, &model->expect.item[i], v + count, &more, err);
		if (s)
			break;
		place(model, v + count, more);
		count += more;
	}
	if (s) {
		free(v);
		return s;
	}
	*out = v;
	*n = count;
	return SC_OK;
}

sc_status sc_verify_published(
	const sc_study *study, const sc_setup *setup, sc_verdict out[2], size_t *n, sc_err *err)
{
	const sc_published *p = &setup->published;
	const sc_figure *figure[] = {&p->params, &p->macs};
	const sc_quantity quantity[] = {SC_QUANTITY_params, SC_QUANTITY_macs};
	sc_rules rules = study->rules;
	sc_sheet sheet;
	sc_status s = p->rules ? sc_rules_use(&rules, p->rules, err) : SC_OK;
	if (!s)
		s = sc_sheet_make(setup->model, &rules, 1, NULL, &sheet, err);
	if (s)
		return s;
	*n = 0;
	for (int i = 0; i < 2; i++)
		if (figure[i]->text)
			out[(*n)++] = judge(&sheet, NULL, quantity[i], figure[i]);
	sc_sheet_release(&sheet);
	return SC_OK;
}
