/* Why a plan has SE in a place, or none. Every choice of the place is held against the plan twice:
 * with the rest as planned, and with the rest planned anew around it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/plan.h"
#include "report/say.h"

/* A unit's choice, and what becomes of the plan with it. */
typedef struct what_if {
	const sc_plan *plan;
	size_t u, choice;
	bool feasible; /* with some rest */
	int64_t gain;  /* the most then */
} what_if;

static const sc_plan_choice *choice_of(const what_if *w)
{
	return &w->plan->problem.unit[w->u].choice[w->choice];
}

static uint32_t ratio_of(const what_if *w)
{
	return w->plan->request->ratio[w->plan->who[w->u].option[w->choice]];
}

static bool is_planned(const what_if *w)
{
	return w->plan->front.best->choice[w->u] == w->choice;
}

static sc_status look(const sc_plan *p, size_t u, size_t choice, what_if *out, sc_err *err)
{
	sc_plan_point best;
	uint8_t *choices;
	*out = (what_if){.plan = p, .u = u, .choice = choice};
	sc_status s = sc_plan_if(p, u, choice, &out->feasible, &best, &choices, err);
	if (!s && out->feasible)
		out->gain = best.gain;
	free(choices);
	return s;
}

/* by how much column k is exceeded when the rest stays; when it is as cheap as can be */
static uint64_t excess(const what_if *w, size_t k, bool cheapest)
{
	const sc_plan *p = w->plan;
	uint64_t sum = choice_of(w)->cost[k];
	for (size_t u = 0; u < p->problem.units; u++) {
		const sc_plan_unit *unit = &p->problem.unit[u];
		uint64_t least = unit->choice[p->front.best->choice[u]].cost[k];
		for (size_t c = 0; cheapest && c < unit->choices; c++)
			least = unit->choice[c].cost[k] < least ? unit->choice[c].cost[k] : least;
		sum += u == w->u ? 0 : least;
	}
	return p->limit[k].most != SC_NO_BUDGET && sum > p->limit[k].most ? sum - p->limit[k].most
									  : 0;
}

/* "params by 1,508,711, flops by 3" */
static bool list_excess(const what_if *w, bool cheapest, sc_text *out)
{
	bool any = false;
	for (size_t k = 0; k < w->plan->request->budgets; k++) {
		sc_plan_column column = w->plan->limit[k].column;
		uint64_t over = excess(w, k, cheapest);
		sc_digits d;
		if (!over)
			continue;
		sc_text_addf(out, "%s%s by %s", any ? ", " : "", sc_plan_column_name(column),
			sc_plan_amount(column, over, &d));
		any = true;
	}
	return any;
}

/* what the whole plan is with this choice and the best rest */
static void verdict(const what_if *w, sc_text *out)
{
	const sc_plan *p = w->plan;
	sc_digits d;
	if (is_planned(w))
		sc_text_add(out, "the plan");
	else if (!w->feasible)
		sc_text_add(out, "not within the budgets, whatever the rest is");
	else if (w->gain < p->front.best->gain)
		sc_text_addf(out, "%s %s less",
			sc_plan_gain_text(p, p->front.best->gain - w->gain, &d),
			sc_plan_aim_text(p));
	else
		sc_text_add(out, "as good, and not cheaper");
}

/* --- the table --- */

static void columns(const sc_plan *p, sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "place", "place", 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_text, "gain", sc_plan_aim_text(p), 0);
	for (size_t k = 0; k < p->problem.budgets; k++) {
		char title[64];
		const char *name = sc_plan_column_name(p->limit[k].column);
		snprintf(title, sizeof title, "adds %s", name);
		sc_grid_column(g, SC_COLUMN_text, name, title, 0);
	}
	sc_grid_column(g, SC_COLUMN_text, "exceeds", "exceeds, the rest as planned", 0);
	sc_grid_column(
		g, SC_COLUMN_text, "exceeds_alone", "exceeds, the rest as cheap as can be", 0);
	sc_grid_column(g, SC_COLUMN_text, "best", "the best with it", 0);
}

static void place_name(const sc_plan *p, size_t u, sc_text *out)
{
	const sc_plan_who *w = &p->who[u];
	sc_text_add(out,
		w->stage == SIZE_MAX ? "the network" : p->study->model->stages.item[w->stage].name);
	if (p->request->per == SC_PER_block)
		sc_text_addf(out, " block %u", w->block);
}

static void text_cell(sc_grid *g, sc_text *text)
{
	if (text->length)
		sc_grid_text(g, sc_text_whole(text));
	else
		sc_grid_nothing(g);
	sc_text_release(text);
}

static void row(const what_if *w, sc_grid *g)
{
	const sc_plan *p = w->plan;
	sc_text name = {0}, rest = {0}, alone = {0}, best = {0};
	sc_digits d;
	char ratio[16] = "off";
	if (ratio_of(w))
		snprintf(ratio, sizeof ratio, "%u", ratio_of(w));
	place_name(p, w->u, &name);
	sc_grid_row(g, is_planned(w) ? SC_ROW_total : w->feasible ? SC_ROW_plain : SC_ROW_dim);
	text_cell(g, &name);
	sc_grid_text(g, ratio);
	sc_grid_text(g, sc_plan_gain_text(p, choice_of(w)->gain, &d));
	for (size_t k = 0; k < p->problem.budgets; k++)
		sc_grid_text(g, sc_plan_amount(p->limit[k].column, choice_of(w)->cost[k], &d));
	list_excess(w, false, &rest);
	list_excess(w, true, &alone);
	verdict(w, &best);
	text_cell(g, &rest);
	text_cell(g, &alone);
	text_cell(g, &best);
}

/* --- the sentence --- */

/* "at r = 16 it would add params 1,579,392 (+6.18 %), which exceeds …" */
static void say_cost(const what_if *w, sc_text *out)
{
	const sc_plan *p = w->plan;
	sc_text over = {0}, alone = {0};
	sc_text_addf(out, " At r = %u it would add ", ratio_of(w));
	for (size_t k = 0; k < p->problem.budgets; k++) {
		const sc_plan_limit *l = &p->limit[k];
		sc_digits d;
		char share[40];
		sc_text_addf(out, "%s%s %s%s", k ? ", " : "", sc_plan_column_name(l->column),
			sc_plan_amount(l->column, choice_of(w)->cost[k], &d),
			sc_plan_share(l, choice_of(w)->cost[k], share));
	}
	if (list_excess(w, false, &over))
		sc_text_addf(out, ", and with the rest of the plan exceed %s", sc_text_get(&over));
	if (list_excess(w, true, &alone))
		sc_text_addf(out, "; even with as little SE elsewhere as can be chosen, %s",
			sc_text_get(&alone));
	sc_text_add(out, ".");
	sc_text_release_into(&over, out);
	sc_text_release_into(&alone, out);
}

/* Off: what SE would have cost at its cheapest, and the most that is left with it. On: what is
 * lost without it. */
static void say(const sc_plan *p, size_t u, const what_if *w, size_t n, sc_document *doc)
{
	sc_text text = {0};
	const what_if *cheapest = NULL, *best = NULL;
	uint32_t ratio = sc_plan_ratio(p, p->front.best, u);
	sc_digits a, b;
	for (size_t i = 0; i < n; i++) {
		bool other = !ratio_of(&w[i]) != !ratio;
		if (ratio_of(&w[i]) && !is_planned(&w[i]) &&
			(!cheapest || choice_of(&w[i])->cost[0] < choice_of(cheapest)->cost[0]))
			cheapest = &w[i];
		if (other && w[i].feasible && (!best || w[i].gain > best->gain))
			best = &w[i];
	}
	place_name(p, u, &text);
	if (ratio)
		sc_text_addf(&text, " has SE with r = %u.", ratio);
	else
		sc_text_add(&text, " is off.");
	if (!ratio && cheapest)
		say_cost(cheapest, &text);
	if (best)
		sc_text_addf(&text, " The most %s it is %s (%s), as planned %s.",
			ratio ? "without" : "with", sc_plan_gain_text(p, best->gain, &a),
			sc_plan_aim_text(p), sc_plan_gain_text(p, p->front.best->gain, &b));
	else if (ratio)
		sc_text_add(&text, " To be without it was no choice, or keeps to no budget.");
	sc_document_answer(doc, "%s", sc_text_get(&text));
	if (text.failed)
		sc_document_fail(doc);
	sc_text_release(&text);
}

/* --- --- */

static bool is_asked(const sc_plan *p, size_t u, const sc_plan_place *at)
{
	const sc_plan_who *w = &p->who[u];
	return w->stage == SIZE_MAX ||
	       (w->stage == at->stage &&
		       (!at->is_block || p->request->per != SC_PER_block || w->block == at->block));
}

static bool is_as_planned(const sc_plan *p, const sc_sheet *sheet)
{
	const sc_sheet *planned = &p->best->sheet;
	bool same = planned->rows == sheet->rows;
	for (size_t r = 1; same && r + 1 < sheet->rows; r++) {
		same = planned->row[r].blocks == sheet->row[r].blocks;
		for (uint32_t b = 0; same && b < sheet->row[r].blocks; b++)
			same = planned->row[r].fact[b].squeezed == sheet->row[r].fact[b].squeezed;
	}
	return same;
}

static sc_status unit(const sc_plan *p, size_t u, sc_grid *g, sc_document *doc, sc_err *err)
{
	what_if w[SC_PLAN_CHOICES_MAX];
	size_t n = p->problem.unit[u].choices;
	for (size_t c = 0; c < n; c++) {
		sc_status s = look(p, u, c, &w[c], err);
		if (s)
			return s;
		row(&w[c], g);
	}
	say(p, u, w, n, doc);
	return SC_OK;
}

sc_document *sc_plan_why_document(
	const sc_plan *p, const sc_sheet *sheet, const sc_plan_place *at, sc_err *err)
{
	sc_document *doc = sc_document_new(p->study->model->name);
	sc_grid *g = sc_grid_new("choices", "choices");
	sc_text text = {0};
	sc_status s = SC_OK;
	size_t asked = 0;
	columns(p, g);
	for (size_t u = 0; u < p->problem.units && !s; u++)
		if (is_asked(p, u, at)) {
			s = unit(p, u, g, doc, err);
			asked++;
		}
	if (!s && !asked)
		s = sc_fail(err, SC_EINVAL,
			"the plan had nothing to choose there: '%.80s' has no "
			"SE in that place",
			p->study->model->name);
	sc_plan_say(p, &text);
	sc_document_heading(doc, "%s", sc_text_get(&text));
	sc_text_release(&text);
	sc_say_conditions(doc, &p->study->setup[0].sheet);
	if (!is_as_planned(p, sheet))
		sc_document_note(doc, "The description is not as it was planned any more: its SE "
				      "was changed, or what it was planned for.");
	sc_document_grid(doc, g);
	if (s)
		sc_document_free(doc);
	return s ? NULL : doc;
}
