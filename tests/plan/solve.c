/* The solver against every plan there is, on small random problems with many ties. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/brute.h"
#include "../support/fault.h"
#include "secost/plan.h"

enum { UNITS = 12, CHOICES = 7, PLANS = BRUTE_PLANS };

typedef struct problem {
	sc_plan_problem p;
	sc_plan_unit unit[UNITS];
	sc_plan_choice choice[UNITS][CHOICES];
	size_t plans;
} problem;

static unsigned long state;

static unsigned up_to(unsigned most)
{
	return brute_random(&state, most);
}

/* every second unit costs and gains what the one before it does, as equal blocks do */
static void make_unit(problem *b, size_t u)
{
	size_t n = 1 + up_to(CHOICES - 1);
	if (u && up_to(1)) {
		n = b->unit[u - 1].choices;
		memcpy(b->choice[u], b->choice[u - 1], sizeof b->choice[u]);
	} else {
		for (size_t c = 0; c < n; c++) {
			b->choice[u][c].gain = (int64_t)up_to(8) - 1;
			for (size_t k = 0; k < SC_BUDGETS_MAX; k++)
				b->choice[u][c].cost[k] = up_to(k % 2 ? 4 : 30);
		}
	}
	b->unit[u] = (sc_plan_unit){b->choice[u], n};
}

static void make(problem *b, unsigned long seed)
{
	memset(b, 0, sizeof *b);
	state = seed * 77777 + 1;
	b->p.unit = b->unit;
	b->p.budgets = 1 + up_to(3);
	b->plans = 1;
	for (size_t u = 0; u < UNITS; u++) {
		make_unit(b, u);
		if (b->plans * b->unit[u].choices > PLANS)
			break;
		b->plans *= b->unit[u].choices;
		b->p.units = u + 1;
	}
	for (size_t k = 0; k < b->p.budgets; k++) {
		b->p.budget[k] = up_to(9) ? up_to((unsigned)b->p.units * 15) : SC_NO_BUDGET;
		b->p.more[k] = up_to(5);
	}
}

Test(plan_solve, agrees_with_every_plan_on_500_random_problems)
{
	static problem b;
	size_t infeasible = 0, long_fronts = 0;
	for (unsigned long seed = 1; seed <= 500; seed++) {
		sc_plan_front f;
		sc_err err = {0};
		char of[32];
		make(&b, seed);
		snprintf(of, sizeof of, "seed %lu", seed);
		cr_assert(zero(int, (int)sc_plan_solve(&b.p, &f, &err)), "%s", err.message);
		infeasible += !f.best;
		long_fronts += f.points > 5;
		brute_compare(&b.p, &f, of);
		sc_plan_front_release(&f);
	}
	cr_assert(gt(sz, infeasible, 20));
	cr_assert(gt(sz, long_fronts, 150));
}

Test(plan_solve, refuses_what_does_not_fit)
{
	const sc_plan_choice huge = {.gain = 1, .cost = {INT64_MAX}};
	const sc_plan_unit two[] = {{&huge, 1}, {&huge, 1}}, none = {&huge, 0};
	sc_plan_front f;
	sc_err err = {0};
	sc_plan_problem p = {.unit = two, .units = 2, .budgets = 1};
	cr_assert(eq(int, (int)sc_plan_solve(&p, &f, &err), (int)SC_ERANGE));
	p = (sc_plan_problem){.unit = &none, .units = 1, .budgets = 1};
	cr_assert(eq(int, (int)sc_plan_solve(&p, &f, &err), (int)SC_EINVAL));
	p = (sc_plan_problem){.unit = two, .units = 1, .budgets = 0};
	cr_assert(eq(int, (int)sc_plan_solve(&p, &f, &err), (int)SC_EINVAL));
}

Test(plan_solve, more_partial_plans_than_are_kept_are_refused_with_their_number)
{
	static problem b;
	sc_plan_front f;
	sc_err err = {0};
	make(&b, 8);
	cr_assert(zero(int, (int)sc_plan_solve(&b.p, &f, &err)));
	b.p.most_kept = f.kept + 1;
	sc_plan_front_release(&f);
	cr_assert(zero(int, (int)sc_plan_solve(&b.p, &f, &err)));
	b.p.most_kept = f.kept - 1;
	sc_plan_front_release(&f);
	cr_assert(eq(int, (int)sc_plan_solve(&b.p, &f, &err), (int)SC_ERANGE));
	cr_assert(ne(ptr, strstr(err.message, "partial plans dominate none another"), NULL));
}

Test(plan_solve, every_allocation_may_fail)
{
	static problem b;
	sc_status s = SC_ENOMEM;
	for (unsigned n = 1; s; n++) {
		sc_plan_front f;
		sc_err err = {0};
		make(&b, 8);
		fault_arm(n);
		s = sc_plan_solve(&b.p, &f, &err);
		fault_arm(0);
		cr_assert(s == SC_OK || s == SC_ENOMEM);
		if (!s)
			sc_plan_front_release(&f);
	}
}
