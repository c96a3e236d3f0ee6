#include <stdlib.h>

#include "secost/study.h"

bool sc_figure_agrees(const sc_figure *figure, uint64_t counted)
{
	uint64_t off = counted > figure->value ? counted - figure->value : figure->value - counted;
	return off <= figure->half_step;
}

static const sc_figure *figure_of(const sc_expect *e, sc_quantity q)
{
	const sc_figure *figure[] = {
		[SC_QUANTITY_params] = &e->params,
		[SC_QUANTITY_macs] = &e->macs,
		[SC_QUANTITY_flops] = &e->flops,
		[SC_QUANTITY_activations] = &e->activations,
	};
	return figure[q]->text ? figure[q] : NULL;
}

static uint64_t total_of(const sc_totals *t, sc_quantity q)
{
	return q == SC_QUANTITY_params	? t->params
	       : q == SC_QUANTITY_macs	? t->macs
	       : q == SC_QUANTITY_flops ? t->flops
					: t->activations;
}

static void judge(const sc_sheet *sheet, const sc_expect *e, sc_quantity q, sc_verdict *v)
{
	const sc_figure *figure = figure_of(e, q);
	uint64_t counted = total_of(&sheet->total, q);
	*v = (sc_verdict){sheet->model, e, q, sheet->rules.of[q], sheet->input, figure, counted,
		sc_change(figure->value, counted), sc_figure_agrees(figure, counted)};
}

static sc_status judge_expect(
	const sc_model *m, const sc_expect *e, sc_verdict *out, size_t *n, sc_err *err)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet;
	sc_status s = e->rules ? sc_rules_use(&rules, e->rules, err) : SC_OK;
	if (!s)
		s = sc_sheet_make(m, &rules, 1, e->input.c ? &e->input : NULL, &sheet, err);
	if (s)
		return s;
	for (int q = 0; q < SC_QUANTITY__N; q++)
		if (figure_of(e, (sc_quantity)q))
			judge(&sheet, e, (sc_quantity)q, &out[(*n)++]);
	sc_sheet_release(&sheet);
	return SC_OK;
}

sc_status sc_verify(const sc_model *model, sc_verdict **out, size_t *n, sc_err *err)
{
	size_t room = model->expect.count * SC_QUANTITY__N + 1, count = 0;
	sc_verdict *v = calloc(room, sizeof *v);
	if (!v)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu figures", room);
	sc_status s = SC_OK;
	for (size_t i = 0; i < model->expect.count && !s; i++)
		s = judge_expect(model, &model->expect.item[i], v, &count, err);
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
		if (figure[i]->text) {
			uint64_t counted = total_of(&sheet.total, quantity[i]);
			out[(*n)++] = (sc_verdict){setup->model, NULL, quantity[i],
				rules.of[quantity[i]], sheet.input, figure[i], counted,
				sc_change(figure[i]->value, counted),
				sc_figure_agrees(figure[i], counted)};
		}
	sc_sheet_release(&sheet);
	return SC_OK;
}
