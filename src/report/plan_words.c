/* What a plan says, in words: amounts of its columns, what chooses, what is gained. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "report/plan.h"

const char *sc_plan_amount(sc_plan_column column, uint64_t n, sc_digits *out)
{
	if (column != SC_PLAN_COLUMN_latency)
		return sc_number_exact(out, n);
	snprintf(out->s, sizeof out->s, "%.1f µs", (double)n / 1e6);
	return out->s;
}

const char *sc_plan_share(const sc_plan_limit *l, uint64_t n, char out[40])
{
	out[0] = '\0';
	if (l->has_base)
		snprintf(out, 40, " (+%.2f %%)", 100 * sc_share(n, l->base));
	return out;
}

const char *sc_plan_aim_text(const sc_plan *p)
{
	static const char *const text[SC_AIM__N] = {
		"gated channels", "squeezed units", "blocks with SE", NULL};
	if (text[p->request->aim])
		return text[p->request->aim];
	return p->request->gains->of ? p->request->gains->of : "gain";
}

const char *sc_plan_gain_text(const sc_plan *p, int64_t gain, sc_digits *out)
{
	if (p->request->aim != SC_AIM_gain)
		return sc_number_exact(out, (uint64_t)gain);
	snprintf(out->s, sizeof out->s, "%.6g", sc_plan_gain(p, gain));
	return out->s;
}

static const char *stage_name(const sc_plan *p, size_t u)
{
	size_t stage = p->who[u].stage;
	return stage == SIZE_MAX ? "all" : p->study->model->stages.item[stage].name;
}

static void add_ratio(uint32_t ratio, sc_text *out)
{
	if (ratio)
		sc_text_addf(out, "%u", ratio);
	else
		sc_text_add(out, "off");
}

/* "conv2_x 16, conv3_x 8×2 off×2": runs of equal ratios of each stage's units */
void sc_plan_point_text(const sc_plan *p, const sc_plan_point *point, sc_text *out)
{
	for (size_t u = 0, end; u < p->problem.units; u = end) {
		size_t stage = p->who[u].stage, first = u;
		for (end = u; end < p->problem.units && p->who[end].stage == stage; end++)
			;
		sc_text_addf(out, "%s%s", u ? ", " : "", stage_name(p, u));
		while (first < end) {
			size_t run = first;
			uint32_t ratio = sc_plan_ratio(p, point, first);
			while (run < end && sc_plan_ratio(p, point, run) == ratio)
				run++;
			sc_text_add(out, " ");
			add_ratio(ratio, out);
			if (end - u > 1)
				sc_text_addf(out, "×%zu", run - first);
			first = run;
		}
	}
}

/* "16", "off", "8–off" where units differ */
static void add_range(
	const sc_plan *p, const sc_plan_point *point, size_t u, size_t end, sc_text *out)
{
	uint32_t low = UINT32_MAX, high = 0;
	bool off = false;
	for (; u < end; u++) {
		uint32_t ratio = sc_plan_ratio(p, point, u);
		off = off || !ratio;
		low = ratio && ratio < low ? ratio : low;
		high = ratio > high ? ratio : high;
	}
	if (high)
		add_ratio(low, out);
	if (high && (off || low < high))
		sc_text_add(out, "–");
	if (off || !high)
		add_ratio(0, out);
	else if (low < high)
		add_ratio(high, out);
}

void sc_plan_point_label(const sc_plan *p, const sc_plan_point *point, sc_text *out)
{
	if (p->request->per == SC_PER_network) {
		uint32_t ratio = sc_plan_ratio(p, point, 0);
		sc_text_add(out, ratio ? "r = " : "no SE");
		if (ratio)
			add_ratio(ratio, out);
		return;
	}
	for (size_t u = 0, end; u < p->problem.units; u = end) {
		for (end = u; end < p->problem.units && p->who[end].stage == p->who[u].stage; end++)
			;
		sc_text_add(out, u ? "·" : "");
		add_range(p, point, u, end, out);
	}
}

static bool stage_is(const sc_plan *p, size_t u, size_t *end, bool on)
{
	bool all = true;
	size_t stage = p->who[u].stage;
	for (*end = u; *end < p->problem.units && p->who[*end].stage == stage; ++*end)
		all = all && (sc_plan_ratio(p, p->front.best, *end) != 0) == on;
	return all;
}

/* names of stages whose units are all on, or all off */
static size_t list_stages(const sc_plan *p, bool on, sc_text *out)
{
	size_t n = 0;
	for (size_t u = 0, end; u < p->problem.units; u = end)
		if (stage_is(p, u, &end, on))
			sc_text_addf(out, "%s%s", n++ ? ", " : "", stage_name(p, u));
	return n;
}

static void say_where(const sc_plan *p, sc_text *out)
{
	sc_text on = {0}, off = {0};
	size_t stages = 0, n = list_stages(p, true, &on), none = list_stages(p, false, &off);
	for (size_t u = 0, end; u < p->problem.units; u = end, stages++)
		stage_is(p, u, &end, true);
	uint32_t ratio = sc_plan_ratio(p, p->front.best, 0);
	if (p->request->per == SC_PER_network && ratio)
		sc_text_addf(out, "r = %u everywhere", ratio);
	else if (none == stages)
		sc_text_add(out, "no SE at all");
	else if (n == stages)
		sc_text_add(out, "SE in every stage");
	else {
		sc_text_addf(out, "SE in %s", n ? sc_text_get(&on) : "some blocks");
		if (n && n + none < stages)
			sc_text_add(out, " and in some blocks of the others");
		if (none)
			sc_text_addf(out, ", none in %s", sc_text_get(&off));
	}
	sc_text_release(&on);
	sc_text_release(&off);
}

static void say_biases(const sc_se_totals *se, sc_text *out)
{
	sc_digits weights, biases;
	sc_text_addf(out, ", which are %s weights and %s biases",
		sc_number_exact(&weights, se->weights), sc_number_exact(&biases, se->biases));
}

static void say_costs(const sc_plan *p, const sc_plan_point *point, sc_text *out)
{
	for (size_t k = 0; k < p->problem.budgets; k++) {
		sc_digits d;
		char share[40];
		const sc_plan_limit *l = &p->limit[k];
		sc_text_addf(out, "%s%s %s%s", k ? ", " : "", sc_plan_column_name(l->column),
			sc_plan_amount(l->column, point->cost[k], &d),
			sc_plan_share(l, point->cost[k], share));
		if (l->column == SC_PLAN_COLUMN_params)
			say_biases(&p->best->sheet.total.se, out);
	}
}

void sc_plan_say_best(const sc_plan *p, sc_text *out)
{
	sc_digits d;
	sc_text_addf(out, "%s: ", p->request->budgets ? "Best under the budgets" : "Best of all");
	say_where(p, out);
	sc_text_addf(out, ", with %s %s", sc_plan_gain_text(p, p->front.best->gain, &d),
		sc_plan_aim_text(p));
	sc_text_add(out, p->request->aim == SC_AIM_gain ? " gained; SE adds " : "; SE adds ");
	say_costs(p, p->front.best, out);
	sc_text_add(out, ".");
}

void sc_plan_say_infeasible(const sc_plan *p, sc_text *out)
{
	sc_text_add(out, "No plan keeps to the budgets.");
	for (size_t k = 0; k < p->problem.budgets; k++) {
		const sc_plan_limit *l = &p->limit[k];
		sc_digits d[2];
		char share[40];
		const char *name = sc_plan_column_name(l->column);
		if (l->below_base) {
			sc_text_addf(out,
				" %s: without any SE they are %s already; the smallest budget that "
				"would do is %s.",
				name, sc_plan_amount(l->column, l->base, &d[0]),
				sc_plan_amount(l->column, l->base + l->least, &d[1]));
			continue;
		}
		if (l->least <= l->most && l->least_alone)
			continue;
		sc_text_addf(out, " %s: the smallest that would do%s is %s%s; the budget is %s.",
			name,
			l->least_alone		 ? ", were it the only budget,"
			: p->problem.budgets > 1 ? " while the other budgets hold"
						 : "",
			sc_plan_amount(l->column, l->least, &d[0]),
			sc_plan_share(l, l->least, share),
			sc_plan_amount(l->column, l->most, &d[1]));
	}
}

void sc_plan_say(const sc_plan *p, sc_text *out)
{
	if (p->best)
		sc_plan_say_best(p, out);
	else
		sc_plan_say_infeasible(p, out);
}
