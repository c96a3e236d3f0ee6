/* A network's plan. Every ratio is a setup of one study, so what a choice costs a block is what is
 * counted there, whatever said its SE; a block's SE touches no other block, so costs add up. The
 * best plan becomes one more setup, counted as any other, and the sums are held against it. */
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"

sc_status sc_plan_no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the plan");
}

uint32_t sc_plan_ratio(const sc_plan *p, const sc_plan_point *point, size_t u)
{
	return p->request->ratio[p->who[u].option[point->choice[u]]];
}

double sc_plan_gain(const sc_plan *p, int64_t gain)
{
	return p->request->aim == SC_AIM_gain ? (double)gain / SC_GAIN_UNIT : (double)gain;
}

/* --- the plan as one more setup --- */

static bool agrees(const sc_plan *p)
{
	const sc_se_totals *se = &p->best->sheet.total.se;
	for (size_t k = 0; k < p->problem.budgets; k++)
		if (p->limit[k].column != SC_PLAN_COLUMN_latency &&
			sc_plan_part(se, p->limit[k].column) != p->front.best->cost[k])
			return false;
	return true;
}

static sc_status count_best(sc_plan *p, sc_err *err)
{
	sc_texts sets;
	sc_status s = sc_plan_sets(p, p->front.best, &sets, err);
	if (!s)
		s = sc_study_add(p->study, "plan", "plan", &sets, err);
	if (s)
		return s;
	p->best = &p->study->setup[p->study->setups - 1];
	return agrees(p) ? SC_OK
			 : sc_fail(err, SC_EINVAL,
				   "the plan as a whole does not cost what its choices cost one by "
				   "one: blocks of '%.80s' share SE",
				   p->study->model->name);
}

/* --- the smallest budgets that would do --- */

static uint64_t least_alone(const sc_plan *p, size_t k)
{
	uint64_t sum = 0;
	for (size_t u = 0; u < p->problem.units; u++) {
		const sc_plan_unit *unit = &p->problem.unit[u];
		uint64_t least = UINT64_MAX;
		for (size_t c = 0; c < unit->choices; c++)
			least = unit->choice[c].cost[k] < least ? unit->choice[c].cost[k] : least;
		sum += least;
	}
	return sum;
}

/* a copy of the problem whose columns a and b have changed places */
static sc_status swapped(
	const sc_plan *p, size_t a, size_t b, sc_arena *arena, sc_plan_problem *out)
{
	sc_plan_unit *unit = sc_arena_alloc(arena, p->problem.units * sizeof *unit);
	*out = p->problem;
	out->unit = unit;
	out->budget[a] = p->problem.budget[b];
	out->budget[b] = p->problem.budget[a];
	memset(out->more, 0, sizeof out->more);
	for (size_t u = 0; u < p->problem.units && unit; u++) {
		const sc_plan_unit *of = &p->problem.unit[u];
		sc_plan_choice *choice = sc_arena_alloc(arena, of->choices * sizeof *choice);
		if (!choice)
			return SC_ENOMEM;
		memcpy(choice, of->choice, of->choices * sizeof *choice);
		for (size_t c = 0; c < of->choices; c++) {
			choice[c].cost[a] = of->choice[c].cost[b];
			choice[c].cost[b] = of->choice[c].cost[a];
		}
		unit[u] = (sc_plan_unit){choice, of->choices};
	}
	return unit ? SC_OK : SC_ENOMEM;
}

static sc_status find_least(sc_plan *p, size_t k, sc_err *err)
{
	sc_plan_limit *l = &p->limit[k];
	sc_arena arena = {0};
	sc_plan_problem problem;
	sc_plan_front front = {0};
	sc_status s = swapped(p, 0, k, &arena, &problem) ? sc_plan_no_memory(err) : SC_OK;
	problem.budget[0] = SC_NO_BUDGET;
	if (!s)
		s = sc_plan_solve(&problem, &front, err);
	if (!s) {
		l->least_alone = !front.points;
		l->least = front.points ? front.point[0].cost[0] : least_alone(p, k);
		sc_plan_front_release(&front);
	}
	sc_arena_release(&arena);
	return s;
}

/* --- which budgets bind --- */

static sc_status lift(sc_plan *p, size_t k, sc_err *err)
{
	sc_plan_limit *l = &p->limit[k];
	sc_arena arena = {0};
	sc_plan_problem problem;
	sc_plan_front front = {0};
	sc_status s = SC_OK;
	l->lifted = p->front.point[p->front.points - 1].gain;
	if (k) {
		size_t last = p->problem.budgets - 1;
		s = swapped(p, k, last, &arena, &problem) ? sc_plan_no_memory(err) : SC_OK;
		problem.budgets = last;
		if (!s)
			s = sc_plan_solve(&problem, &front, err);
		if (!s)
			l->lifted = front.best->gain;
		sc_plan_front_release(&front);
		sc_arena_release(&arena);
	}
	l->binds = l->lifted > p->front.best->gain;
	return s;
}

/* --- */

static bool below_base(const sc_plan *p)
{
	for (size_t k = 0; k < p->problem.budgets; k++)
		if (p->limit[k].below_base)
			return true;
	return false;
}

static sc_status solve(sc_plan *p, sc_err *err)
{
	sc_status s = sc_plan_solve(&p->problem, &p->front, err);
	p->space = sc_plan_space(&p->problem);
	if (!s && below_base(p))
		p->front.best = NULL;
	bool feasible = p->front.best != NULL;
	for (size_t k = 0; k < p->problem.budgets && !s; k++)
		s = feasible ? lift(p, k, err) : find_least(p, k, err);
	return s || !feasible ? s : count_best(p, err);
}

static sc_status add_ratios(sc_plan *p, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < p->request->ratios && !s; i++)
		if (p->request->ratio[i])
			s = sc_study_add_ratio(p->study, p->request->ratio[i], err);
	return s;
}

static sc_status check_request(const sc_plan_request *r, sc_err *err)
{
	bool timed = false;
	for (size_t k = 0; k < r->budgets; k++)
		timed = timed || r->budget[k].column == SC_PLAN_COLUMN_latency;
	if (timed && !r->timer)
		return sc_fail(err, SC_EINVAL,
			"a budget of 'latency' needs a profile to forecast it from");
	if (!r->ratios)
		return sc_fail(err, SC_EINVAL, "there are no choices");
	if ((r->aim == SC_AIM_gain) != (r->gains != NULL))
		return sc_fail(err, SC_EINVAL, "gains are for the aim 'gain', and it needs them");
	return SC_OK;
}

static sc_status fill(
	sc_plan *p, const sc_model *model, const sc_rules *rules, uint32_t batch, sc_err *err)
{
	sc_status s = check_request(p->request, err);
	if (!s)
		s = sc_study_new(model, rules, batch, &p->study, err);
	if (!s && p->request->gains)
		s = sc_plan_check_gains(p, err);
	if (!s)
		s = sc_plan_set_limits(p, err);
	if (!s)
		s = add_ratios(p, err);
	if (!s)
		s = sc_plan_set_units(p, err);
	return s ? s : solve(p, err);
}

/* a ratio is SE's: its relatives have none to choose */
static sc_status check_attention(const sc_model *m, sc_err *err)
{
	for (size_t i = 0; i < m->stages.count; i++)
		for (uint32_t b = 0; b < m->stages.item[i].blocks; b++) {
			sc_se_block se = sc_model_se(m, i, b);
			if (se.on && se.attention != SC_ATTENTION_se)
				return sc_fail(err, SC_EINVAL,
					"a plan chooses SE's ratio, and '%s' of stage '%.60s' has "
					"none",
					sc_attention_name(se.attention), m->stages.item[i].name);
		}
	return SC_OK;
}

sc_status sc_plan_make(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_plan_request *request, sc_plan **out, sc_err *err)
{
	sc_status s = check_attention(model, err);
	if (s)
		return s;
	sc_plan *p = calloc(1, sizeof *p);
	if (p)
		p->memory = calloc(1, sizeof *p->memory);
	if (!p || !p->memory) {
		free(p);
		return sc_plan_no_memory(err);
	}
	p->request = request;
	s = fill(p, model, rules, batch, err);
	if (s)
		sc_plan_free(p);
	else
		*out = p;
	return s;
}

void sc_plan_free(sc_plan *p)
{
	if (!p)
		return;
	sc_plan_front_release(&p->front);
	sc_study_free(p->study);
	sc_arena_release(&p->memory->arena);
	free(p->memory);
	free(p);
}

/* --- what if --- */

/* the best plan of a problem that differs from the plan's, its choices copied */
static sc_status solve_instead(
	const sc_plan_problem *problem, sc_plan_point *out, uint8_t **choices, sc_err *err)
{
	sc_plan_front front = {0};
	uint8_t *copy = malloc(problem->units + 1);
	sc_status s = copy ? sc_plan_solve(problem, &front, err) : sc_plan_no_memory(err);
	if (!s && front.best) {
		*out = *front.best;
		memcpy(copy, front.best->choice, problem->units);
		out->choice = *choices = copy;
		copy = NULL;
	}
	free(copy);
	sc_plan_front_release(&front);
	return s;
}

sc_status sc_plan_under(const sc_plan *p, size_t k, uint64_t most, bool *feasible,
	sc_plan_point *out, uint8_t **choices, sc_err *err)
{
	sc_plan_problem problem = p->problem;
	problem.budget[k] = most;
	*choices = NULL;
	sc_status s = solve_instead(&problem, out, choices, err);
	*feasible = !s && *choices;
	return s;
}

/* The best plan when unit `u` may take these choices only; `option` are their places in the unit.
 */
static sc_status restricted(const sc_plan *p, size_t u, const sc_plan_unit *to,
	const uint8_t *option, sc_plan_point *out, uint8_t **choices, sc_err *err)
{
	size_t units = p->problem.units;
	sc_plan_unit *unit = malloc(units * sizeof *unit);
	sc_plan_problem problem = p->problem;
	sc_status s = unit ? SC_OK : sc_plan_no_memory(err);
	if (!s && to->choices) {
		memcpy(unit, p->problem.unit, units * sizeof *unit);
		unit[u] = *to;
		problem.unit = unit;
		s = solve_instead(&problem, out, choices, err);
	}
	if (*choices)
		(*choices)[u] = option[(*choices)[u]];
	free(unit);
	return s;
}

sc_status sc_plan_with(const sc_plan *p, size_t u, bool *feasible, sc_plan_point *out,
	uint8_t **choices, sc_err *err)
{
	sc_plan_choice choice[SC_PLAN_CHOICES_MAX];
	uint8_t option[SC_PLAN_CHOICES_MAX];
	const sc_plan_unit *unit = &p->problem.unit[u];
	size_t n = 0;
	for (size_t c = 0; c < unit->choices; c++)
		if (p->request->ratio[p->who[u].option[c]]) {
			option[n] = (uint8_t)c;
			choice[n++] = unit->choice[c];
		}
	*choices = NULL;
	sc_status s = restricted(p, u, &(sc_plan_unit){choice, n}, option, out, choices, err);
	*feasible = !s && *choices;
	return s;
}

sc_status sc_plan_if(const sc_plan *p, size_t u, size_t choice, bool *feasible, sc_plan_point *out,
	uint8_t **choices, sc_err *err)
{
	const uint8_t option = (uint8_t)choice;
	*choices = NULL;
	sc_status s = restricted(p, u, &(sc_plan_unit){&p->problem.unit[u].choice[choice], 1},
		&option, out, choices, err);
	*feasible = !s && *choices;
	return s;
}
