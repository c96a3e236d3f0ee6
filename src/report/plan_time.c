/* A share of latency is of a time that was measured, and that has an interval: the answer is asked
 * for at both of its ends, too. */
#include <stdlib.h>
#include <string.h>

#include "report/plan.h"

/* what would be best, were the network's own time this; false when that is the plan */
static bool say_if_own(const sc_plan *p, size_t k, double ns, sc_text *out)
{
	const sc_plan_point *best = p->front.best;
	sc_plan_point point;
	uint8_t *choice;
	bool feasible;
	sc_err err;
	uint64_t most = (uint64_t)(p->request->budget[k].value * ns * 1000);
	if (sc_plan_under(p, k, most, &feasible, &point, &choice, &err)) {
		out->failed = true;
		return true;
	}
	bool same = feasible ? best && !memcmp(choice, best->choice, p->problem.units) : !best;
	if (!same)
		sc_text_addf(out, " Were it %.2f ms, %s", ns / 1e6,
			feasible ? "the plan would be: " : "no plan would keep to the budgets");
	if (!same && feasible)
		sc_plan_point_text(p, &point, out);
	if (!same)
		sc_text_add(out, ".");
	free(choice);
	return !same;
}

void sc_plan_say_own_time(const sc_plan *p, sc_document *doc)
{
	const sc_plan_time *own = p->request->own;
	sc_text text = {0};
	bool timed = false;
	for (size_t k = 0; own && k < p->request->budgets; k++) {
		const sc_budget *b = &p->request->budget[k];
		timed = timed || b->column == SC_PLAN_COLUMN_latency;
		if (b->column != SC_PLAN_COLUMN_latency || b->kind != SC_BUDGET_share)
			continue;
		bool low = say_if_own(p, k, own->low, &text);
		if (!say_if_own(p, k, own->high, &text) && !low)
			sc_text_add(
				&text, " At both ends of that interval the answer is the same.");
	}
	if (timed)
		sc_document_answer(doc,
			"Latency is a share of %.2f ms (%.2f … %.2f), a pass of the network "
			"without SE: %s.%s",
			own->ns / 1e6, own->low / 1e6, own->high / 1e6, own->from,
			sc_text_get(&text));
	if (text.failed)
		sc_document_fail(doc);
	sc_text_release(&text);
}
