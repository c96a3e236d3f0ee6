/* Limits on a network as its user's CI holds to them: of the network without SE, or of a saved
 * result. */
#include <math.h>
#include <string.h>

#include "plan/plan.h"

static bool whole_of(const sc_sheet *sheet, sc_plan_column column, uint64_t *out)
{
	const sc_totals *t = &sheet->total;
	uint64_t base;
	switch (column) {
	case SC_PLAN_COLUMN_params:
		return sc_sheet_all_params(sheet, out);
	case SC_PLAN_COLUMN_macs:
		*out = sc_sheet_base_macs(sheet, &base) ? base + t->se.macs : 0;
		return *out != 0;
	case SC_PLAN_COLUMN_weights:
		*out = t->se.weights;
		return true;
	case SC_PLAN_COLUMN_flops:
	case SC_PLAN_COLUMN_activations:
	case SC_PLAN_COLUMN_bytes:
		*out = column == SC_PLAN_COLUMN_flops	      ? t->flops
		       : column == SC_PLAN_COLUMN_activations ? t->activations
							      : t->bytes;
		return t->known;
	default:
		return false;
	}
}

/* what a share or an addition starts from: the saved result, else the network without SE; of
 * weights alone, which are all SE's, the parameters that the share is of */
static bool start_of(
	const sc_sheet *sheet, const sc_saved *saved, sc_plan_column column, uint64_t *out)
{
	if (!saved)
		return sc_plan_base(sheet, column, out);
	*out = saved->total.of[column];
	return saved->total.known[column];
}

static bool limit_of(const sc_budget *max, uint64_t start, bool known, bool of_se, double *out)
{
	*out = max->value;
	if (max->kind == SC_BUDGET_total)
		return true;
	if (max->kind == SC_BUDGET_share)
		*out = (of_se ? 0 : (double)start) + max->value * (double)start;
	else
		*out += of_se ? 0 : (double)start;
	return known || (of_se && max->kind == SC_BUDGET_added);
}

sc_check sc_check_limit(const sc_sheet *sheet, const sc_saved *saved, const sc_budget *max)
{
	sc_check c = {.max = *max, .holds = false};
	double limit;
	/* without a saved result, what SE's weights may be is a share of the parameters */
	bool of_se = max->column == SC_PLAN_COLUMN_weights && !saved;
	c.has_start = start_of(sheet, saved, max->column, &c.start);
	c.known = whole_of(sheet, max->column, &c.is) &&
		  limit_of(max, c.start, c.has_start, of_se, &limit);
	if (!c.known)
		return c;
	c.most = limit >= 9e18 ? INT64_MAX : (uint64_t)floor(limit * (1 + 1e-14));
	c.holds = c.is <= c.most;
	return c;
}
