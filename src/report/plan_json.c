/* secost.plan/1 */
#include <string.h>

#include "report/json.h"
#include "report/plan.h"

static json_t *ratio_json(uint32_t ratio)
{
	return ratio ? json_integer(ratio) : json_null();
}

static json_t *choice_json(const sc_plan *p, size_t u)
{
	const sc_plan_who *w = &p->who[u];
	json_t *o = json_object();
	json_object_set_new(o, "stage",
		w->stage == SIZE_MAX ? json_null()
				     : json_string(p->study->model->stages.item[w->stage].name));
	json_object_set_new(
		o, "block", p->request->per == SC_PER_block ? json_integer(w->block) : json_null());
	json_object_set_new(o, "ratio", ratio_json(sc_plan_ratio(p, p->front.best, u)));
	return o;
}

/* latency in nanoseconds, everything else as it is counted */
static json_t *amount_json(sc_plan_column column, uint64_t n)
{
	return column == SC_PLAN_COLUMN_latency ? json_real((double)n / 1000) : sc_json_count(n);
}

static const char *key_of(sc_plan_column column)
{
	return column == SC_PLAN_COLUMN_latency ? "latency_ns" : sc_plan_column_name(column);
}

static json_t *gain_json(const sc_plan *p, int64_t gain)
{
	return p->request->aim == SC_AIM_gain ? json_real(sc_plan_gain(p, gain))
					      : json_integer(gain);
}

static json_t *point_json(const sc_plan *p, const sc_plan_point *point)
{
	json_t *o = json_object(), *se = json_object(), *ratios = json_array();
	for (size_t k = 0; k < p->problem.budgets; k++)
		json_object_set_new(se, key_of(p->limit[k].column),
			amount_json(p->limit[k].column, point->cost[k]));
	for (size_t u = 0; u < p->problem.units; u++)
		json_array_append_new(ratios, ratio_json(sc_plan_ratio(p, point, u)));
	json_object_set_new(o, "gain", gain_json(p, point->gain));
	json_object_set_new(o, "se", se);
	json_object_set_new(o, "ratios", ratios);
	return o;
}

static json_t *budget_json(const sc_plan *p, size_t k)
{
	const sc_plan_limit *l = &p->limit[k];
	json_t *o = json_object();
	json_object_set_new(o, "column", json_string(key_of(l->column)));
	json_object_set_new(o, "base", l->has_base ? amount_json(l->column, l->base) : json_null());
	json_object_set_new(o, "most", amount_json(l->column, l->most));
	json_object_set_new(o, "below_base", json_boolean(l->below_base));
	json_object_set_new(
		o, "used", p->best ? amount_json(l->column, p->front.best->cost[k]) : json_null());
	json_object_set_new(o, "binds", p->best ? json_boolean(l->binds) : json_null());
	json_object_set_new(o, "one_percent", amount_json(l->column, l->percent));
	json_object_set_new(o, "one_percent_buys",
		p->best && p->front.raised[k]
			? gain_json(p, p->front.raised[k]->gain - p->front.best->gain)
			: json_null());
	json_object_set_new(o, "least", p->best ? json_null() : amount_json(l->column, l->least));
	return o;
}

static json_t *proof_json(const sc_plan *p)
{
	json_t *o = json_object();
	json_object_set_new(o, "space", json_real(p->space));
	json_object_set_new(o, "units", json_integer((json_int_t)p->problem.units));
	json_object_set_new(
		o, "method", json_string("dynamic programming over dominated partial plans"));
	json_object_set_new(o, "looked_at", sc_json_count(p->front.made));
	json_object_set_new(o, "kept", sc_json_count(p->front.kept));
	return o;
}

static json_t *aim_json(const sc_plan *p)
{
	const sc_gain_spec *spec = p->request->gains;
	json_t *o = json_object();
	json_object_set_new(o, "maximise", json_string(sc_plan_aim_name(p->request->aim)));
	json_object_set_new(o, "of", json_string(sc_plan_aim_text(p)));
	json_object_set_new(o, "file", spec ? json_string(spec->file) : json_null());
	json_object_set_new(
		o, "source", spec && spec->source ? json_string(spec->source) : json_null());
	json_object_set_new(o, "additive", json_string(spec ? "assumed" : "exact"));
	return o;
}

json_t *sc_plan_json(const void *subject)
{
	const sc_plan *p = *(const sc_plan *const *)subject;
	json_t *root = json_object(), *choices = json_array(), *budgets = json_array(),
	       *front = json_array();
	for (size_t u = 0; u < p->problem.units && p->best; u++)
		json_array_append_new(choices, choice_json(p, u));
	for (size_t k = 0; k < p->request->budgets; k++)
		json_array_append_new(budgets, budget_json(p, k));
	for (size_t i = 0; i < p->front.points; i++)
		json_array_append_new(front, point_json(p, &p->front.point[i]));
	json_object_set_new(root, "schema", json_string("secost.plan/1"));
	json_object_set_new(root, "context", sc_json_context(&p->study->rules, p->study->batch));
	json_object_set_new(root, "network", json_string(p->study->model->name));
	json_object_set_new(root, "per", json_string(sc_plan_per_name(p->request->per)));
	json_object_set_new(root, "aim", aim_json(p));
	json_object_set_new(root, "feasible", json_boolean(p->best != NULL));
	json_object_set_new(root, "choices", choices);
	json_object_set_new(
		root, "gain", p->best ? gain_json(p, p->front.best->gain) : json_null());
	json_object_set_new(
		root, "total", p->best ? sc_json_totals(&p->best->sheet.total) : json_null());
	json_object_set_new(
		root, "set", p->best ? sc_json_overrides(&p->best->set) : json_object());
	json_object_set_new(root, "budgets", budgets);
	json_object_set_new(root, "front", front);
	json_object_set_new(root, "proof", proof_json(p));
	return root;
}
