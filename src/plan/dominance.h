/** \file
 * Is there a plan that is at least as good? Plans are points whose numbers are all the better the
 * lower they are: the gain, turned round, and the costs. They are offered by rising cost in the
 * first column, so that the others are left to compare. */
#ifndef SC_PLAN_DOMINANCE_H
#define SC_PLAN_DOMINANCE_H

#include "secost/plan.h"

typedef struct sc_rivals sc_rivals;
/** For points of `numbers` numbers, 1 … SC_BUDGETS_MAX. NULL when out of memory. */
sc_rivals *sc_rivals_new(size_t numbers);
void sc_rivals_free(sc_rivals *rivals);
void sc_rivals_clear(sc_rivals *rivals);
/** Is one of those kept no higher in any number? */
bool sc_rivals_dominate(const sc_rivals *rivals, const uint64_t *point);
/** Keep one that is not dominated; false when out of memory. */
bool sc_rivals_keep(sc_rivals *rivals, const uint64_t *point);

#endif
