#include "brute.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct plan {
	int64_t gain;
	uint64_t cost[SC_BUDGETS_MAX];
	uint8_t choice[BRUTE_UNITS];
	size_t budgets, rank;
} plan;

unsigned brute_random(unsigned long *state, unsigned most)
{
	*state = *state * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(*state >> 33) % (most + 1);
}

/* the last unit changes fastest, as sc_plan_every has it */
static plan plan_number(const sc_plan_problem *p, size_t rank)
{
	plan x = {.budgets = p->budgets, .rank = rank};
	size_t rest = rank;
	for (size_t u = p->units; u--;) {
		x.choice[u] = (uint8_t)(rest % p->unit[u].choices);
		rest /= p->unit[u].choices;
	}
	for (size_t u = 0; u < p->units; u++) {
		const sc_plan_choice *c = &p->unit[u].choice[x.choice[u]];
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

static bool holds(const sc_plan_problem *p, const plan *x, size_t raised, uint64_t limit)
{
	bool all = true;
	for (size_t k = 0; k < p->budgets; k++)
		all = all && x->cost[k] <= (k == raised ? limit : p->budget[k]);
	return all;
}

static const plan *best(
	const sc_plan_problem *p, const plan *all, size_t count, size_t raised, uint64_t limit)
{
	const plan *found = NULL;
	for (size_t i = 0; i < count; i++)
		if (holds(p, &all[i], raised, limit) &&
			(!found || all[i].gain > found->gain ||
				(all[i].gain == found->gain && by_cost(&all[i], found) < 0)))
			found = &all[i];
	return found;
}

static void same(const sc_plan_problem *p, const plan *x, const sc_plan_point *y, const char *of)
{
	cr_assert(eq(int, x == NULL, y == NULL), "%s", of);
	if (!x)
		return;
	cr_assert(eq(i64, x->gain, y->gain), "%s", of);
	for (size_t k = 0; k < p->budgets; k++)
		cr_assert(eq(u64, x->cost[k], y->cost[k]), "%s", of);
	cr_assert(zero(int, memcmp(x->choice, y->choice, p->units)), "%s: another plan", of);
}

static void compare(
	const sc_plan_problem *p, plan *all, size_t count, const sc_plan_front *f, const char *of)
{
	size_t n = 0;
	int64_t gain = INT64_MIN;
	for (size_t k = 0; k < p->budgets; k++) {
		uint64_t budget = p->budget[k];
		same(p,
			best(p, all, count, k,
				budget == SC_NO_BUDGET ? budget : budget + p->more[k]),
			f->raised[k], of);
	}
	same(p, best(p, all, count, SIZE_MAX, 0), f->best, of);
	qsort(all, count, sizeof *all, by_first_cost_then_gain);
	for (size_t i = 0; i < count; i++) {
		if (all[i].gain <= gain || !holds(p, &all[i], 0, UINT64_MAX))
			continue;
		gain = all[i].gain;
		cr_assert(lt(sz, n, f->points), "%s", of);
		same(p, &all[i], &f->point[n++], of);
	}
	cr_assert(eq(sz, n, f->points), "%s", of);
}

/* sc_plan_every has the same plans in the same order */
typedef struct list {
	plan *all;
	size_t count;
	const sc_plan_problem *problem;
} list;

static bool add(void *user, const sc_plan_point *point)
{
	list *l = user;
	plan x = plan_number(l->problem, l->count);
	cr_assert(lt(sz, l->count, (size_t)BRUTE_PLANS));
	cr_assert(eq(i64, x.gain, point->gain));
	cr_assert(zero(int, memcmp(x.choice, point->choice, l->problem->units)));
	l->all[l->count++] = x;
	return true;
}

void brute_compare(const sc_plan_problem *p, const sc_plan_front *front, const char *of)
{
	list l = {malloc(BRUTE_PLANS * sizeof *l.all), 0, p};
	sc_err err = {0};
	cr_assert(l.all != NULL && p->units <= BRUTE_UNITS);
	cr_assert(zero(int, (int)sc_plan_every(p, BRUTE_PLANS, add, &l, &err)), "%s: %s", of,
		err.message);
	cr_assert(eq(dbl, (double)l.count, sc_plan_space(p)), "%s", of);
	compare(p, l.all, l.count, front, of);
	free(l.all);
}
