/* All plans of a small problem, one by one, against what the solver says of it. */
#ifndef TESTS_BRUTE_H
#define TESTS_BRUTE_H

#include "secost/plan.h"

enum { BRUTE_UNITS = 16, BRUTE_PLANS = 5000 };

/* Best, best with each budget raised, front, ties: aborts the test where they are not the same;
 * `of` says which problem it was. At most BRUTE_PLANS plans of BRUTE_UNITS units. */
void brute_compare(const sc_plan_problem *problem, const sc_plan_front *front, const char *of);

/* Numbers that are the same in every run: 0 … most. */
unsigned brute_random(unsigned long *state, unsigned most);

#endif
