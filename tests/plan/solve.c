/* The solver against every plan there is, on small random problems with many ties. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fault.h"
#include "secost/plan.h"

enum { UNITS = 12, CHOICES = 7, PLANS = 5000 };

typedef struct problem {
	sc_plan_problem p;
	sc_plan_unit unit[UNITS];
	sc_plan_choice choice[UNITS][CHOICES];
	size_t plans;
} problem;

typedef struct plan {
	int64_t gain;
	uint64_t cost[SC_BUDGETS_MAX];
	uint8_t choice[UNITS];
	size_t budgets, rank;
} plan;

static unsigned long state;

static unsigned up_to(unsigned most)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(state >> 33) % (most + 1);
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

static plan plan_number(const problem *b, size_t rank)
{
	plan x = {.budgets = b->p.budgets, .rank = rank};
	size_t rest = rank;
	for (size_t u = b->p.units; u--;) {
		x.choice[u] = (uint8_t)(rest % b->unit[u].choices);
		rest /= b->unit[u].choices;
	}
	for (size_t u = 0; u < b->p.units; u++) {
		const sc_plan_choice *c = &b->choice[u][x.choice[u]];
		x.gain += c->gain;
		for (size_t k = 0; k < x.budgets; k++)
			x.cost[k] += c->cost[k];
	}
	return x;
}

/* by the tie-break: costs in the columns' order, then the lower choice first */
static int by_cost(const plan *x, const plan *y)
{
	for (size_t k = 0; k < x->budgets; k++)
		if (x->cost[k] != y->cost[k])
			return x->cost[k] < y->cost[k] ? -1 : 1;
	return x->rank < y->rank ? -1 : 1;
}

static int by_first_cost_then_gain(const void *a, const void *b)
{
	const plan *x = a, *y = b;
	if (x->cost[0] != y->cost[0])
		return x->cost[0] < y->cost[0] ? -1 : 1;
	return x->gain != y->gain ? (x->gain > y->gain ? -1 : 1) : by_cost(x, y);
}

static bool holds(const problem *b, const plan *x, size_t raised, uint64_t limit)
{
	bool all = true;
	for (size_t k = 0; k < b->p.budgets; k++)
		all = all && x->cost[k] <= (k == raised ? limit : b->p.budget[k]);
	return all;
}

static const plan *best(const problem *b, const plan *all, size_t raised, uint64_t limit)
{
	const plan *found = NULL;
	for (size_t i = 0; i < b->plans; i++)
		if (holds(b, &all[i], raised, limit) &&
			(!found || all[i].gain > found->gain ||
				(all[i].gain == found->gain && by_cost(&all[i], found) < 0)))
			found = &all[i];
	return found;
}

static void same(const problem *b, const plan *x, const sc_plan_point *y, unsigned long seed)
{
	cr_assert(eq(int, x == NULL, y == NULL), "seed %lu", seed);
	if (!x)
		return;
	cr_assert(eq(i64, x->gain, y->gain), "seed %lu", seed);
	for (size_t k = 0; k < b->p.budgets; k++)
		cr_assert(eq(u64, x->cost[k], y->cost[k]), "seed %lu", seed);
	cr_assert(zero(int, memcmp(x->choice, y->choice, b->p.units)), "seed %lu: another plan",
		seed);
}

static void compare(const problem *b, plan *all, const sc_plan_front *f, unsigned long seed)
{
	size_t n = 0;
	int64_t gain = INT64_MIN;
	for (size_t k = 0; k < b->p.budgets; k++) {
		uint64_t budget = b->p.budget[k];
		same(b, best(b, all, k, budget == SC_NO_BUDGET ? budget : budget + b->p.more[k]),
			f->raised[k], seed);
	}
	same(b, best(b, all, SIZE_MAX, 0), f->best, seed);
	qsort(all, b->plans, sizeof *all, by_first_cost_then_gain);
	for (size_t i = 0; i < b->plans; i++) {
		if (all[i].gain <= gain || !holds(b, &all[i], 0, UINT64_MAX))
			continue;
		gain = all[i].gain;
		cr_assert(lt(sz, n, f->points), "seed %lu", seed);
		same(b, &all[i], &f->point[n++], seed);
	}
	cr_assert(eq(sz, n, f->points), "seed %lu", seed);
}

Test(plan_solve, agrees_with_every_plan_on_500_random_problems)
{
	static problem b;
	static plan all[PLANS];
	size_t infeasible = 0, long_fronts = 0;
	for (unsigned long seed = 1; seed <= 500; seed++) {
		sc_plan_front f;
		sc_err err = {0};
		make(&b, seed);
		for (size_t i = 0; i < b.plans; i++)
			all[i] = plan_number(&b, i);
		cr_assert(zero(int, (int)sc_plan_solve(&b.p, &f, &err)), "%s", err.message);
		infeasible += !f.best;
		long_fronts += f.points > 5;
		compare(&b, all, &f, seed);
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
