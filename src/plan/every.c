/* All plans of a problem, one after the other: for pictures of small spaces, and for tests. */
#include <stdlib.h>

#include "base/checked.h"
#include "plan/plan.h"

/* false when a sum does not fit */
static bool add_up(const sc_plan_problem *p, const uint8_t *choice, sc_plan_point *out)
{
	*out = (sc_plan_point){.choice = choice};
	for (size_t u = 0; u < p->units; u++) {
		const sc_plan_choice *c = &p->unit[u].choice[choice[u]];
		bool fits = sc_add_signed(&out->gain, c->gain);
		for (size_t k = 0; k < p->budgets && fits; k++)
			fits = sc_add(&out->cost[k], c->cost[k]);
		if (!fits)
			return false;
	}
	return true;
}

/* the next in order; false after the last */
static bool step(const sc_plan_problem *p, uint8_t *choice)
{
	for (size_t u = p->units; u--;) {
		if (++choice[u] < p->unit[u].choices)
			return true;
		choice[u] = 0;
	}
	return false;
}

sc_status sc_plan_every(
	const sc_plan_problem *p, uint64_t most, sc_plan_visit visit, void *user, sc_err *err)
{
	sc_plan_point point;
	if (sc_plan_space(p) > (double)most)
		return sc_fail(err, SC_ERANGE, "there are too many plans to go through them");
	uint8_t *choice = calloc(p->units + 1, 1);
	if (!choice)
		return sc_plan_no_memory(err);
	sc_status s = SC_OK;
	do {
		if (!add_up(p, choice, &point))
			s = sc_fail(err, SC_ERANGE, "a plan's sums do not fit in 63 bits");
	} while (!s && visit(user, &point) && step(p, choice));
	free(choice);
	return s;
}
