/* secost.plan/1 */
#include <string.h>

#include "report/json.h"
#include "report/plan.h"

static json_t *ratio_json(uint32_t ratio)
{
	return ratio ? json_integer(ratio) : json_null();
}

static json_t *choice_json(sc_json *j, const sc_plan *p, size_t u)
{
	const sc_plan_who *w = &p->who[u];
	json_t *o = json_object();
	sc_json_set(j, o, "stage",
		w->stage == SIZE_MAX ? json_null()
				     : sc_json_text(p->study->model->stages.item[w->stage].name));
	sc_json_set(j, o, "block",
		p->request->per == SC_PER_block ? json_integer(w->block) : json_null());
	sc_json_set(j, o, "ratio", ratio_json(sc_plan_ratio(p, p->front.best, u)));
	return o;
}

/* latency in nanoseconds, everything else as it is counted */
static json_t *amount_json(sc_plan_column column, uint64_t n)
{
	return column == SC_PLAN_COLUMN_latency ? sc_json_real((double)n / 1000) : sc_json_count(n);
}

static const char *key_of(sc_plan_column column)
{
	return column == SC_PLAN_COLUMN_latency ? "latency_ns" : sc_plan_column_name(column);
}

static json_t *gain_json(const sc_plan *p, int64_t gain)
{
	return p->request->aim == SC_AIM_gain ? sc_json_real(sc_plan_gain(p, gain))
					      : json_integer(gain);
}

static json_t *point_json(sc_json *j, const sc_plan *p, const sc_plan_point *point)
{
	json_t *o = json_object(), *se = json_object(), *ratios = json_array();
	for (size_t k = 0; k < p->problem.budgets; k++)
		sc_json_set(j, se, key_of(p->limit[k].column),
			amount_json(p->limit[k].column, point->cost[k]));
	for (size_t u = 0; u < p->problem.units; u++)
		sc_json_append(j, ratios, ratio_json(sc_plan_ratio(p, point, u)));
	sc_json_set(j, o, "gain", gain_json(p, point->gain));
	sc_json_set(j, o, "se", se);
	sc_json_set(j, o, "ratios", ratios);
	return o;
}

static json_t *budget_json(sc_json *j, const sc_plan *p, size_t k)
{
	const sc_plan_limit *l = &p->limit[k];
	json_t *o = json_object();
	sc_json_set(j, o, "column", sc_json_text(key_of(l->column)));
	sc_json_set(j, o, "base", l->has_base ? amount_json(l->column, l->base) : json_null());
	sc_json_set(j, o, "most", amount_json(l->column, l->most));
	sc_json_set(j, o, "below_base", json_boolean(l->below_base));
	sc_json_set(j, o, "used",
		p->best ? amount_json(l->column, p->front.best->cost[k]) : json_null());
	sc_json_set(j, o, "binds", p->best ? json_boolean(l->binds) : json_null());
	sc_json_set(j, o, "one_percent", amount_json(l->column, l->percent));
	sc_json_set(j, o, "one_percent_buys",
		p->best && p->front.raised[k]
			? gain_json(p, p->front.raised[k]->gain - p->front.best->gain)
			: json_null());
	sc_json_set(j, o, "least", p->best ? json_null() : amount_json(l->column, l->least));
	return o;
}

static json_t *proof_json(sc_json *j, const sc_plan *p)
{
	json_t *o = json_object();
	sc_json_set(j, o, "space", sc_json_real(p->space));
	sc_json_set(j, o, "units", json_integer((json_int_t)p->problem.units));
	sc_json_set(
		j, o, "method", sc_json_text("dynamic programming over dominated partial plans"));
	sc_json_set(j, o, "looked_at", sc_json_count(p->front.made));
	sc_json_set(j, o, "kept", sc_json_count(p->front.kept));
	return o;
}

static json_t *aim_json(sc_json *j, const sc_plan *p)
{
	const sc_gain_spec *spec = p->request->gains;
	json_t *o = json_object();
	sc_json_set(j, o, "maximise", sc_json_text(sc_plan_aim_name(p->request->aim)));
	sc_json_set(j, o, "of", sc_json_text(sc_plan_aim_text(p)));
	sc_json_set(j, o, "file", spec ? sc_json_text(spec->file) : json_null());
	sc_json_set(
		j, o, "source", spec && spec->source ? sc_json_text(spec->source) : json_null());
	sc_json_set(j, o, "additive", sc_json_text(spec ? "assumed" : "exact"));
	return o;
}

json_t *sc_plan_json(const void *subject)
{
	sc_json made = {0}, *j = &made;
	const sc_plan *p = *(const sc_plan *const *)subject;
	json_t *root = json_object(), *choices = json_array(), *budgets = json_array(),
	       *front = json_array();
	for (size_t u = 0; u < p->problem.units && p->best; u++)
		sc_json_append(j, choices, choice_json(j, p, u));
	for (size_t k = 0; k < p->request->budgets; k++)
		sc_json_append(j, budgets, budget_json(j, p, k));
	for (size_t i = 0; i < p->front.points; i++)
		sc_json_append(j, front, point_json(j, p, &p->front.point[i]));
	sc_json_set(j, root, "schema", sc_json_text("secost.plan/1"));
	sc_json_set(j, root, "context", sc_json_context(j, &p->study->rules, p->study->batch));
	sc_json_set(j, root, "network", sc_json_text(p->study->model->name));
	sc_json_set(j, root, "per", sc_json_text(sc_plan_per_name(p->request->per)));
	sc_json_set(j, root, "aim", aim_json(j, p));
	sc_json_set(j, root, "feasible", json_boolean(p->best != NULL));
	sc_json_set(j, root, "choices", choices);
	sc_json_set(j, root, "gain", p->best ? gain_json(p, p->front.best->gain) : json_null());
	sc_json_set(
		j, root, "total", p->best ? sc_json_totals(j, &p->best->sheet.total) : json_null());
	sc_json_set(j, root, "set", p->best ? sc_json_overrides(j, &p->best->set) : json_object());
	sc_json_set(j, root, "budgets", budgets);
	sc_json_set(j, root, "front", front);
	sc_json_set(j, root, "proof", proof_json(j, p));
	return sc_json_done(j, root);
}
