/* `secost plan`: the answer, the plan, the budgets, the front, the proof. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/about.h"
#include "report/front.h"
#include "report/plan.h"
#include "report/say.h"

enum { FRONT_SHOWN = 60, WHY_SHOWN = 24 };

static void cost_columns(const sc_plan *p, sc_grid *g)
{
	static const char *const keys[SC_PLAN_COLUMN__N] = {
#define PLAN_COLUMN(name, unit, meaning) "se_" #name,
#include "secost/plan_columns.def"
#undef PLAN_COLUMN
	};
	static const char *const titles[SC_PLAN_COLUMN__N] = {
#define PLAN_COLUMN(name, unit, meaning) "SE " #name,
#include "secost/plan_columns.def"
#undef PLAN_COLUMN
	};
	for (size_t k = 0; k < p->problem.budgets; k++) {
		sc_plan_column c = p->limit[k].column;
		if (c == SC_PLAN_COLUMN_latency)
			sc_grid_column(g, SC_COLUMN_real, "se_latency_us", "SE time, µs", 1);
		else
			sc_grid_column(g, SC_COLUMN_exact, keys[c], titles[c], 0);
		if (p->limit[k].has_base)
			sc_grid_column(g, SC_COLUMN_share, NULL, "of base", 2);
	}
}

static void cost_cells(const sc_plan *p, const uint64_t *cost, sc_grid *g)
{
	for (size_t k = 0; k < p->problem.budgets; k++) {
		if (p->limit[k].column == SC_PLAN_COLUMN_latency)
			sc_grid_real(g, (double)cost[k] / 1e6);
		else
			sc_grid_count(g, cost[k]);
		if (p->limit[k].has_base)
			sc_grid_share(g, sc_share(cost[k], p->limit[k].base));
	}
}

static bool speaks_of_errors(const sc_plan *p)
{
	return p->request->aim == SC_AIM_gain && sc_gain_is_error(p->request->gains);
}

static void gain_columns(const sc_plan *p, sc_grid *g)
{
	bool file = p->request->aim == SC_AIM_gain;
	sc_grid_column(g, file ? SC_COLUMN_real : SC_COLUMN_exact, "gain",
		file ? "gain" : sc_plan_aim_text(p), 3);
}

static void gain_cell(const sc_plan *p, int64_t gain, sc_grid *g)
{
	if (p->request->aim == SC_AIM_gain)
		sc_grid_real(g, sc_plan_gain(p, gain));
	else
		sc_grid_count(g, (uint64_t)gain);
}

/* --- the plan --- */

static void choice_row(const sc_plan *p, size_t u, sc_grid *g)
{
	const sc_plan_who *w = &p->who[u];
	const sc_plan_choice *c = &p->problem.unit[u].choice[p->front.best->choice[u]];
	uint32_t ratio = sc_plan_ratio(p, p->front.best, u);
	char text[16] = "off";
	if (ratio)
		snprintf(text, sizeof text, "%u", ratio);
	sc_grid_row(g, ratio ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, w->stage == SIZE_MAX ? "all" : p->study->model->stages.item[w->stage].name);
	if (p->request->per == SC_PER_block)
		sc_grid_count(g, w->block);
	else
		sc_grid_count(g, w->blocks);
	sc_grid_text(g, text);
	gain_cell(p, c->gain, g);
	cost_cells(p, c->cost, g);
}

static sc_grid *plan_grid(const sc_plan *p)
{
	sc_grid *g = sc_grid_new("plan", "the plan");
	bool block = p->request->per == SC_PER_block;
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_exact, block ? "block" : "blocks", block ? "block" : "N", 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	gain_columns(p, g);
	cost_columns(p, g);
	for (size_t u = 0; u < p->problem.units; u++)
		choice_row(p, u, g);
	sc_grid_row(g, SC_ROW_total);
	sc_grid_text(g, "total");
	sc_grid_nothing(g);
	sc_grid_nothing(g);
	gain_cell(p, p->front.best->gain, g);
	cost_cells(p, p->front.best->cost, g);
	return g;
}

/* --- budgets --- */

static void bought(const sc_plan *p, size_t k, char *out, size_t room)
{
	const sc_plan_point *more = p->front.raised[k];
	sc_digits gain, cost;
	if (!more || more->gain <= p->front.best->gain) {
		snprintf(out, room, "nothing");
		return;
	}
	snprintf(out, room, "+%s for %s",
		sc_plan_gain_text(p, more->gain - p->front.best->gain, &gain),
		sc_plan_amount(p->limit[k].column, more->cost[k], &cost));
}

static void budget_row(const sc_plan *p, size_t k, sc_grid *g)
{
	const sc_plan_limit *l = &p->limit[k];
	sc_digits most, used, least, percent;
	char text[160];
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, sc_plan_column_name(l->column));
	sc_grid_text(g, sc_plan_amount(l->column, l->most, &most));
	if (!p->best) {
		sc_grid_text(g, sc_plan_amount(l->column, l->least, &least));
		return;
	}
	sc_grid_text(g, sc_plan_amount(l->column, p->front.best->cost[k], &used));
	sc_grid_text(g, l->binds ? "binds" : "does not bind");
	sc_grid_text(g, sc_plan_amount(l->column, l->percent, &percent));
	bought(p, k, text, sizeof text);
	sc_grid_text(g, text);
}

static sc_grid *budgets_grid(const sc_plan *p)
{
	sc_grid *g = sc_grid_new("budgets", "budgets");
	sc_grid_narrow(g, "budget,most,used,binds,least");
	sc_grid_column(g, SC_COLUMN_text, "budget", "budget", 0);
	sc_grid_column(g, SC_COLUMN_text, "most", "SE may add", 0);
	if (p->best) {
		sc_grid_column(g, SC_COLUMN_text, "used", "it adds", 0);
		sc_grid_column(g, SC_COLUMN_text, "binds", "budget", 0);
		sc_grid_column(g, SC_COLUMN_text, "percent", "one percent more is", 0);
		sc_grid_column(g, SC_COLUMN_text, "buys", "and buys", 0);
	} else {
		sc_grid_column(g, SC_COLUMN_text, "least", "the smallest that would do", 0);
	}
	for (size_t k = 0; k < p->request->budgets; k++)
		budget_row(p, k, g);
	if (p->best)
		sc_grid_note(g, "binds: lifting it would gain more; one percent is of the network "
				"without SE, of the budget where that is unknown");
	return g;
}

/* --- the front --- */

static void front_row(const sc_plan *p, const sc_plan_point *point, sc_grid *g)
{
	sc_text text = {0};
	sc_plan_point_text(p, point, &text);
	sc_grid_row(g, point == p->front.best ? SC_ROW_total : SC_ROW_plain);
	gain_cell(p, point->gain, g);
	if (speaks_of_errors(p))
		sc_grid_real(g, p->request->gains->without - sc_plan_gain(p, point->gain));
	cost_cells(p, point->cost, g);
	sc_grid_text(g, sc_text_whole(&text));
	sc_text_release(&text);
}

/* People see some of a long front, evenly spread, its ends and the plan among them; they are told,
 * and JSON has all. */
static bool is_shown(const sc_plan *p, size_t i)
{
	size_t n = p->front.points;
	return n <= FRONT_SHOWN || &p->front.point[i] == p->front.best ||
	       i * (FRONT_SHOWN - 1) / (n - 1) != (i + 1) * (FRONT_SHOWN - 1) / (n - 1) || !i ||
	       i + 1 == n;
}

static sc_grid *front_grid(const sc_plan *p)
{
	sc_grid *g = sc_grid_new("front", "every trade-off on the way");
	size_t shown = 0;
	gain_columns(p, g);
	if (speaks_of_errors(p))
		sc_grid_column(g, SC_COLUMN_real, "error", "error", 2);
	cost_columns(p, g);
	sc_grid_column(g, SC_COLUMN_text, "plan", "plan", 0);
	for (size_t i = 0; i < p->front.points; i++)
		if (is_shown(p, i)) {
			front_row(p, &p->front.point[i], g);
			shown++;
		}
	if (shown < p->front.points)
		sc_grid_note(g, "%zu of %zu points; --format json has all", shown, p->front.points);
	if (p->request->budgets > 1)
		sc_grid_note(g, "of %s, its own budget left aside, while the other budgets hold",
			sc_plan_column_name(p->limit[0].column));
	return g;
}

/* --- sentences --- */

static void say_why(const sc_plan *p, size_t u, sc_document *doc)
{
	const char *name = p->study->model->stages.item[p->who[u].stage].name;
	sc_plan_point with;
	uint8_t *choice = NULL;
	bool feasible;
	sc_err err;
	sc_digits a, b;
	if (sc_plan_ratio(p, p->front.best, u))
		return;
	const sc_status s = sc_plan_with(p, u, &feasible, &with, &choice, &err);
	if (s == SC_ENOMEM)
		sc_document_fail(doc);
	else if (s)
		sc_document_answer(
			doc, "%s is off; what it would take is not known: %s.", name, err.message);
	else if (feasible)
		sc_document_answer(doc,
			"%s is off: with it the most would be %s (%s), without it %s.", name,
			sc_plan_gain_text(p, with.gain, &a), sc_plan_aim_text(p),
			sc_plan_gain_text(p, p->front.best->gain, &b));
	else
		sc_document_answer(doc, "%s is off: no choice of its own keeps to the budgets%s.",
			name,
			p->problem.unit[u].choices == 1 ? ", because the gain file knows none"
							: "");
	free(choice);
}

static bool is_rounded(const sc_gain_spec *spec)
{
	for (size_t i = 0; i < spec->gains.count; i++) {
		double parts = 1e6 * sc_gain_value(spec, &spec->gains.item[i]);
		if (fabs(parts - round(parts)) > 1e-3)
			return true;
	}
	return false;
}

static void say_gains(const sc_plan *p, sc_document *doc)
{
	const sc_gain_spec *spec = p->request->gains;
	double sum = 0;
	bool stages = spec->gains.item[0].stage != NULL;
	sc_document_answer(doc, "Gains: %s%s%s; they are its authors' results%s%s.%s%s%s",
		spec->title ? spec->title : spec->file, spec->source ? ", " : "",
		spec->source ? spec->source : "", spec->network ? " for " : "",
		spec->network ? spec->network : "",
		p->problem.units > 1 ? " That they add up over " : "",
		p->problem.units < 2 ? ""
		: stages	     ? "stages"
				     : "blocks",
		p->problem.units > 1 ? " is an assumption." : "");
	if (spec->network && strcmp(spec->network, p->study->model->name) != 0)
		sc_document_answer(doc, "They were not measured of %s.", p->study->model->name);
	for (size_t i = 0; i < spec->gains.count; i++)
		sum += sc_gain_value(spec, &spec->gains.item[i]);
	if (spec->all > 0)
		sc_document_answer(doc,
			"The gains of the stages add up to %.6g; that of all stages at once was "
			"published as %.6g.",
			sum, sc_gain_is_error(spec) ? spec->without - spec->all : spec->all);
	if (p->request->per != (stages ? SC_PER_stage : SC_PER_network))
		sc_document_answer(
			doc, "A gain is spread evenly over the blocks of what it is of.");
	if (is_rounded(spec))
		sc_document_answer(doc, "Gains are rounded to millionths, in which they add up.");
	if (p->without_gain)
		sc_document_answer(doc,
			"Not offered, because the file gives them no gain: %zu of "
			"the choices.",
			p->without_gain);
}

static void say_proof(const sc_plan *p, sc_document *doc)
{
	sc_digits made, kept;
	sc_document_note(doc,
		"Proof: %.17g plans of %zu %s; dynamic programming over partial plans looked at %s "
		"and kept the %s that no other dominates. The front is exact. Ties go to the plan "
		"that is cheaper in the columns in their order, then to the earlier choice.",
		p->space, p->problem.units,
		p->request->per == SC_PER_network ? "network"
		: p->request->per == SC_PER_stage ? "stages"
						  : "blocks",
		sc_number_exact(&made, p->front.made), sc_number_exact(&kept, p->front.kept));
}

static void say_answer(const sc_plan *p, sc_document *doc)
{
	sc_text text = {0};
	sc_plan_say(p, &text);
	sc_document_heading(doc, "%s", sc_text_get(&text));
	if (text.failed)
		sc_document_fail(doc);
	sc_text_release(&text);
}

static void say_sets(const sc_plan *p, sc_document *doc)
{
	sc_text text = {0};
	const sc_texts *set = &p->best->set;
	for (size_t i = 0; i < set->count; i++)
		sc_text_addf(&text, " --set %s", set->item[i]);
	if (text.failed)
		sc_document_fail(doc);
	else if (set->count)
		sc_document_note(doc, "The same by hand:%s", sc_text_get(&text));
	else
		sc_document_note(doc, "That is the network as it is described.");
	sc_text_release(&text);
}

sc_document *sc_plan_document(const sc_plan *p)
{
	sc_document *doc = sc_document_new(p->study->model->name);
	sc_about_plan(doc, p);
	say_answer(p, doc);
	sc_say_conditions(doc, &p->study->setup[0].sheet);
	if (p->best)
		sc_document_grid(doc, plan_grid(p));
	if (p->request->budgets)
		sc_document_grid(doc, budgets_grid(p));
	if (p->front.points)
		sc_document_grid(doc, front_grid(p));
	if (p->front.points)
		sc_plan_front_grids(p, doc);
	for (size_t u = 0; p->best && p->request->per == SC_PER_stage && u < p->problem.units &&
			   p->problem.units <= WHY_SHOWN;
		u++)
		say_why(p, u, doc);
	if (p->request->aim == SC_AIM_gain)
		say_gains(p, doc);
	sc_plan_say_own_time(p, doc);
	say_proof(p, doc);
	if (p->best)
		say_sets(p, doc);
	sc_document_json(doc, sc_plan_json, &p, sizeof p);
	return doc;
}
