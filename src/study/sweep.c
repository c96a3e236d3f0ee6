/* A sweep is a product of axes, the first changing slowest, and its setups are numbers 0 … n − 1:
 * any of them can be made without those before it, so that a sweep can be cut into shards and taken
 * up again. Where every axis is the SE of a stage of its own, what a value costs is counted once
 * and a setup is a sum: a stage's SE changes no other stage and no shape. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "study/sweep.h"

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the sweep");
}

static size_t digit(const sc_sweep *s, uint64_t setup, size_t axis)
{
	for (size_t i = s->axes; i-- > axis + 1;)
		setup /= s->axis[i].values;
	return (size_t)(setup % s->axis[axis].values);
}

void sc_sweep_name(const sc_sweep *s, uint64_t setup, struct sc_text *out)
{
	for (size_t i = 0; i < s->axes; i++) {
		sc_text_add(out, i ? "; " : "");
		sc_text_add(out, s->axis[i].field);
		sc_text_add_bytes(out, "=", 1);
		sc_text_add(out, s->axis[i].value[digit(s, setup, i)]);
	}
}

/* --- a setup counted as a whole --- */

static sc_status count_sets(const sc_sweep *s, const char *const *set, size_t n, sc_sheet *out,
	sc_model **model, sc_err *err)
{
	sc_errs errs = {0};
	size_t failed;
	sc_texts sets = {(const char **)(uintptr_t)set, n};
	sc_status status = sc_model_clone(s->model, model, err);
	if (status)
		return status;
	status = sc_model_set_all(*model, &sets, &failed, err);
	if (!status && (status = sc_model_check(*model, &errs)) && err)
		*err = errs.item[0];
	if (!status)
		status = sc_sheet_make(*model, &s->rules, s->batch, NULL, out, err);
	if (status)
		sc_model_free(*model);
	return status;
}

static sc_status assignment(const char *field, const char *value, sc_text *out, sc_err *err)
{
	sc_text_add(out, field);
	sc_text_add(out, "=");
	sc_text_add(out, value);
	return out->failed ? no_memory(err) : SC_OK;
}

static sc_status count_whole(const sc_sweep *s, uint64_t setup, sc_totals *out, sc_err *err)
{
	sc_text text[SC_AXES_MAX] = {{0}};
	const char *set[SC_AXES_MAX];
	sc_status status = SC_OK;
	sc_model *model;
	sc_sheet sheet;
	for (size_t i = 0; i < s->axes && !status; i++) {
		const sc_axis *a = &s->axis[i];
		status = assignment(a->field, a->value[digit(s, setup, i)], &text[i], err);
		set[i] = text[i].s;
	}
	if (!status && !(status = count_sets(s, set, s->axes, &sheet, &model, err))) {
		*out = sheet.total;
		sc_sheet_release(&sheet);
		sc_model_free(model);
	}
	for (size_t i = 0; i < s->axes; i++)
		sc_text_release(&text[i]);
	return status;
}

/* --- a setup as a sum over stages --- */

typedef uint64_t *total_members[14];

static size_t members(sc_totals *t, total_members out)
{
	uint64_t *const all[] = {&t->params, &t->macs, &t->flops, &t->activations, &t->bytes,
		&t->se.params, &t->se.weights, &t->se.biases, &t->se.macs, &t->se.flops,
		&t->se.activations, &t->se.bytes, &t->se.elements};
	memcpy(out, all, sizeof all);
	return sizeof all / sizeof *all;
}

static bool add_totals(sc_totals *sum, const sc_totals *more)
{
	total_members to, from;
	sc_totals copy = *more;
	size_t n = members(sum, to);
	bool fits = true;
	members(&copy, from);
	for (size_t i = 0; i < n; i++)
		fits = sc_add(to[i], *from[i]) && fits;
	return fits;
}

static void subtract_totals(sc_totals *sum, const sc_totals *less)
{
	total_members to, from;
	sc_totals copy = *less;
	size_t n = members(sum, to);
	members(&copy, from);
	for (size_t i = 0; i < n; i++)
		*to[i] -= *from[i];
}

static sc_status count_values(sc_sweep *s, sc_axis *a, sc_err *err)
{
	a->of = sc_arena_alloc(&s->arena, a->values * sizeof *a->of);
	sc_status status = a->of ? SC_OK : no_memory(err);
	for (size_t v = 0; v < a->values && !status; v++) {
		sc_text text = {0};
		sc_sheet sheet;
		sc_model *model;
		status = assignment(a->field, a->value[v], &text, err);
		const char *set[] = {text.s};
		if (!status && !(status = count_sets(s, set, 1, &sheet, &model, err))) {
			a->of[v] = sheet.row[a->stage + 1].t;
			sc_sheet_release(&sheet);
			sc_model_free(model);
		}
		sc_text_release(&text);
	}
	return status;
}

static sc_status prepare_stages(sc_sweep *s, sc_err *err)
{
	sc_sheet sheet;
	sc_status status = sc_sheet_make(s->model, &s->rules, s->batch, NULL, &sheet, err);
	if (status)
		return status;
	s->rest = sheet.total;
	for (size_t i = 0; i < s->axes; i++)
		subtract_totals(&s->rest, &sheet.row[s->axis[i].stage + 1].t);
	sc_sheet_release(&sheet);
	for (size_t i = 0; i < s->axes && !status; i++)
		status = count_values(s, &s->axis[i], err);
	return status;
}

static bool each_is_a_stage(const sc_sweep *s)
{
	bool apart = true;
	for (size_t i = 0; i < s->axes; i++) {
		apart = apart && s->axis[i].stage >= 0;
		for (size_t k = 0; k < i; k++)
			apart = apart && s->axis[k].stage != s->axis[i].stage;
	}
	return apart;
}

/* --- */

sc_status sc_sweep_new(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_texts *axes, sc_sweep **out, size_t *failed, sc_err *err)
{
	sc_sweep *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	*s = (sc_sweep){.model = model, .rules = *rules, .batch = batch, .setups = 1};
	sc_status status = SC_OK;
	*failed = axes->count;
	for (size_t i = 0; i < axes->count && !status; i++) {
		status = sc_axis_parse(s, axes->item[i], err);
		if (status)
			*failed = i;
		else if (!sc_mul(&s->setups, s->axis[i].values))
			status = sc_fail(
				err, SC_ERANGE, "the number of setups does not fit in 63 bits");
	}
	s->by_stage = each_is_a_stage(s);
	if (!status && s->by_stage)
		status = prepare_stages(s, err);
	if (status)
		sc_sweep_free(s);
	else
		*out = s;
	return status;
}

void sc_sweep_free(sc_sweep *s)
{
	if (!s)
		return;
	sc_arena_release(&s->arena);
	free(s);
}

uint64_t sc_sweep_setups(const sc_sweep *s)
{
	return s->setups;
}

/* a sum over stages has counted each of its values already */
sc_status sc_sweep_check(const sc_sweep *s, uint64_t *setup, sc_err *err)
{
	uint64_t step = s->setups;
	sc_totals unused;
	sc_status status = SC_OK;
	for (size_t i = 0; i < s->axes && !s->by_stage; i++) {
		step /= s->axis[i].values;
		for (size_t v = i > 0; v < s->axis[i].values && !status; v++) {
			*setup = v * step;
			status = count_whole(s, *setup, &unused, err);
		}
	}
	return status;
}

sc_status sc_sweep_count(const sc_sweep *s, uint64_t setup, sc_totals *out, sc_err *err)
{
	if (!s->by_stage)
		return count_whole(s, setup, out, err);
	sc_totals sum = s->rest;
	bool fits = true;
	for (size_t i = s->axes; i--; setup /= s->axis[i].values)
		fits = add_totals(&sum, &s->axis[i].of[setup % s->axis[i].values]) && fits;
	if (!fits)
		return sc_fail(err, SC_ERANGE, "the counts of a setup do not fit in 63 bits");
	*out = sum;
	return SC_OK;
}
