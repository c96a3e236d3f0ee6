/** \file
 * Shared by the files of this room. */
#ifndef SC_PLAN_PLAN_H
#define SC_PLAN_PLAN_H

#include "base/arena.h"
#include "secost/plan.h"

struct sc_plan_memory {
	sc_arena arena;
};

enum { SC_GAIN_UNIT = 1000000 /**< a gain of 1 of a gain file */ };

sc_status sc_plan_no_memory(sc_err *err);
/** What SE adds in a column, as the counts have it; 0 for latency. */
uint64_t sc_plan_part(const sc_se_totals *se, sc_plan_column column);
/** A column without SE; false when nobody knows. */
bool sc_plan_base(const sc_sheet *sheet, sc_plan_column column, uint64_t *out);
/** Fill `limit` and the problem's budgets from the request and the baseline. */
sc_status sc_plan_set_limits(sc_plan *plan, sc_err *err);
/** Fill `who` and the problem's units with costs and gains. */
sc_status sc_plan_set_units(sc_plan *plan, sc_err *err);
/** Gain of unit `who` at a ratio by the gain file; `*known` false when it says nothing. */
int64_t sc_plan_file_gain(const sc_plan *plan, const sc_plan_who *who, uint32_t ratio, bool *known);
/** Does every stage that the gain file names exist? */
sc_status sc_plan_check_gains(const sc_plan *plan, sc_err *err);
/** The setup of the study that has this ratio everywhere. */
const sc_sheet *sc_plan_sheet(const sc_plan *plan, size_t ratio_index);

#endif
