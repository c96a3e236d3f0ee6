/** \file
 * The best choice for every unit under budgets, exactly: a multiple-choice knapsack.
 *
 * A *unit* (a stage, a block) takes one of its *choices*. A choice has a gain and a cost in every
 * budgeted column; both add up over the units. Nothing here knows what the numbers mean. */
#ifndef SECOST_PLAN_H
#define SECOST_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "secost/base.h"

enum {
	SC_BUDGETS_MAX = 8,
	SC_PLAN_CHOICES_MAX = 64 /**< of one unit */
};
#define SC_NO_BUDGET UINT64_MAX

typedef struct sc_plan_choice {
	int64_t gain;
	uint64_t cost[SC_BUDGETS_MAX];
} sc_plan_choice;

typedef struct sc_plan_unit {
	const sc_plan_choice *choice; /**< borrowed */
	size_t choices;		      /**< 1 … SC_PLAN_CHOICES_MAX */
} sc_plan_unit;

/** What to solve. `budget` is what the sum of a column may be at most, SC_NO_BUDGET for any. */
typedef struct sc_plan_problem {
	const sc_plan_unit *unit; /**< borrowed */
	size_t units, budgets;	  /**< budgets 1 … SC_BUDGETS_MAX */
	uint64_t budget[SC_BUDGETS_MAX];
	uint64_t more[SC_BUDGETS_MAX]; /**< by how much each is raised to see what that buys */
} sc_plan_problem;

/** A choice for every unit, and what they add up to. */
typedef struct sc_plan_point {
	int64_t gain;
	uint64_t cost[SC_BUDGETS_MAX];
	const uint8_t *choice; /**< one for each unit */
} sc_plan_point;

/** All that the first column can buy while the other budgets hold, and what is best. Of several
 * plans with the same gain, the one that is cheapest in the columns in their order, and then the
 * one with the lower choice in the first unit that differs. */
typedef struct sc_plan_front {
	sc_plan_point *point; /**< by rising cost in column 0, each with more gain than the last */
	size_t points;
	const sc_plan_point *best; /**< under all budgets; NULL when they can't be met */
	/** Under all budgets but this one, which is raised by `more`; NULL as above. */
	const sc_plan_point *raised[SC_BUDGETS_MAX];
	sc_plan_point extra[SC_BUDGETS_MAX]; /**< what `raised` points to, where it is no point */
	uint64_t made, kept; /**< partial plans that were looked at, and that no other dominates */
	uint8_t *choices;    /**< owned: what all choices lie in */
} sc_plan_front;

/** Solve. The budget of column 0 limits `best`, not the front. No points when the other budgets
 * can't be met. SC_EINVAL; SC_ERANGE when a sum does not fit in 63 bits; SC_ENOMEM. `*out` is the
 * caller's to release and not to copy. */
SC_API sc_status sc_plan_solve(const sc_plan_problem *problem, sc_plan_front *out, sc_err *err);
SC_API void sc_plan_front_release(sc_plan_front *front);
/** The plan of the front with the most gain that costs no more than `most` in column 0; NULL when
 * there is none. */
SC_API const sc_plan_point *sc_plan_at_most(const sc_plan_front *front, uint64_t most);
/** How many plans there are: the product of the numbers of choices, as far as a double holds it. */
SC_API double sc_plan_space(const sc_plan_problem *problem);

#endif
