/* Budgets against a network: how much SE may add to each column. */
#include <math.h>

#include "plan/plan.h"

uint64_t sc_plan_part(const sc_se_totals *se, sc_plan_column column)
{
	const uint64_t part[SC_PLAN_COLUMN__N] = {
		[SC_PLAN_COLUMN_params] = se->params,
		[SC_PLAN_COLUMN_macs] = se->macs,
		[SC_PLAN_COLUMN_flops] = se->flops,
		[SC_PLAN_COLUMN_activations] = se->activations,
		[SC_PLAN_COLUMN_bytes] = se->bytes,
		[SC_PLAN_COLUMN_weights] = se->weights,
	};
	return part[column];
}

bool sc_plan_base(const sc_sheet *sheet, sc_plan_column column, uint64_t *out)
{
	const sc_totals *t = &sheet->total;
	switch (column) {
	case SC_PLAN_COLUMN_params:
	case SC_PLAN_COLUMN_weights:
		return sc_sheet_base_params(sheet, out);
	case SC_PLAN_COLUMN_macs:
		return sc_sheet_base_macs(sheet, out);
	case SC_PLAN_COLUMN_flops:
		return sc_sheet_base_flops(sheet, out);
	case SC_PLAN_COLUMN_activations:
		*out = t->activations - t->se.activations;
		return t->known;
	case SC_PLAN_COLUMN_bytes:
		*out = t->bytes - t->se.bytes;
		return t->known;
	default:
		return false;
	}
}

static sc_status unknown_base(const sc_plan *p, sc_plan_column column, sc_err *err)
{
	const char *name = sc_plan_column_name(column);
	if (column == SC_PLAN_COLUMN_latency)
		return sc_fail(err, SC_EINVAL,
			"the profile does not know the network's own time, so that a share of it "
			"is unknown; measure it by 'secost bench --network NET --save FILE' and "
			"name that FILE as a --profile, too, or give a time, such as "
			"latency=120us");
	return sc_fail(err, SC_EINVAL,
		"'%s' of '%.80s' without SE is not known: its trunk is not described; say what SE "
		"may add, such as %s=+900K",
		name, p->study->model->name, name);
}

static bool is_of_se(sc_plan_column column)
{
	return column == SC_PLAN_COLUMN_weights || column == SC_PLAN_COLUMN_latency;
}

/* picoseconds, where it is a time */
static bool find_base(const sc_plan *p, sc_plan_column column, uint64_t *out)
{
	const sc_plan_time *own = p->request->own;
	if (column != SC_PLAN_COLUMN_latency)
		return sc_plan_base(&p->study->setup[0].sheet, column, out);
	if (own)
		*out = (uint64_t)llround(own->ns * 1000);
	return own != NULL;
}

static sc_status set_limit(sc_plan *p, size_t k, const sc_budget *b, sc_err *err)
{
	sc_plan_limit *l = &p->limit[k];
	double most = b->value;
	bool total = b->kind == SC_BUDGET_total && !is_of_se(b->column);
	if ((b->kind == SC_BUDGET_share || total) && !l->has_base)
		return unknown_base(p, b->column, err);
	if (b->kind == SC_BUDGET_share)
		most *= (double)l->base;
	if (total)
		most -= (double)l->base;
	if (most > 9e18)
		return sc_fail(err, SC_EINVAL, "the budget of '%s' does not fit in 63 bits",
			sc_plan_column_name(b->column));
	l->below_base = most < 0;
	/* a product that is a whole number but for its last bits is that number */
	l->most = most < 0 ? 0 : (uint64_t)floor(most * (1 + 1e-14));
	l->percent = l->has_base ? l->base / 100 : l->most / 100;
	return SC_OK;
}

static sc_status check_double(const sc_plan *p, size_t k, sc_err *err)
{
	for (size_t i = 0; i < k; i++)
		if (p->limit[i].column == p->limit[k].column)
			return sc_fail(err, SC_EINVAL, "there are two budgets of '%s'",
				sc_plan_column_name(p->limit[k].column));
	return SC_OK;
}

sc_status sc_plan_set_limits(sc_plan *p, sc_err *err)
{
	const sc_plan_request *r = p->request;
	sc_status s = SC_OK;
	p->problem.budgets = r->budgets ? r->budgets : 1;
	for (size_t k = 0; k < p->problem.budgets && !s; k++) {
		sc_plan_limit *l = &p->limit[k];
		l->column = r->budgets ? r->budget[k].column : SC_PLAN_COLUMN_params;
		l->most = SC_NO_BUDGET;
		l->has_base = find_base(p, l->column, &l->base);
		s = check_double(p, k, err);
		if (!s && r->budgets)
			s = set_limit(p, k, &r->budget[k], err);
		p->problem.budget[k] = l->most;
		p->problem.more[k] = l->percent;
	}
	return s;
}
