/* Plans of random networks against every plan there is. What a choice costs is counted here as a
 * setup of its own, all other blocks without SE, written as overrides block by block, so that
 * nothing is shared with how plans count; and some plans are counted whole. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/brute.h"
#include "../support/net.h"
#include "base/text.h"

enum { NETWORKS = 500, BLOCKS = 64, RATIOS = 7, WHOLE = 4 };

static unsigned long state;

static unsigned up_to(unsigned most)
{
	return brute_random(&state, most);
}

static const char *one_of(const char *const *words, size_t n)
{
	return words[up_to((unsigned)n - 1)];
}
#define ONE_OF(...) \
	one_of((const char *const[]){__VA_ARGS__}, \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* --- a random description --- */

static void add_se(sc_text *out)
{
	sc_text_addf(out, "{ratio: %u, rule: %s, bias: %s, placement: %s, gate: %s, min: %u}",
		1 + up_to(40), ONE_OF("floor", "round", "make_divisible"), ONE_OF("on", "off"),
		ONE_OF("standard", "pre", "post", "identity"), ONE_OF("sigmoid", "hard_sigmoid"),
		1 + up_to(9));
}

static void add_block(sc_text *out)
{
	sc_text_add(out, ONE_OF("basic", "bottleneck", "bottleneck, groups: 2",
				 "preact, body: basic", "preact, body: bottleneck",
				 "basic, shortcut: pad", "bottleneck, shortcut: avg_pool"));
}

static void add_stage(unsigned i, sc_text *out)
{
	unsigned blocks = 1 + up_to(3);
	sc_text_addf(out, "  - {name: s%u, block: ", i);
	add_block(out);
	sc_text_addf(out, ", blocks: %u, channels: %u, stride: %u", blocks, 32u << i,
		i && up_to(1) ? 2u : 1u);
	if (!up_to(4))
		sc_text_add(out, ", se: off");
	else if (!up_to(2)) {
		sc_text_add(out, ", se: ");
		add_se(out);
	}
	if (!up_to(3))
		sc_text_addf(out, ", overrides: [{blocks: %u, se: %s}]", up_to(blocks - 1),
			ONE_OF("off", "{ratio: 3}", "{bias: off}"));
	sc_text_add(out, "}\n");
}

static void describe(unsigned long seed, sc_text *out)
{
	unsigned stages, side = 8u << up_to(2);
	state = seed * 99991 + 7;
	stages = 1 + up_to(4);
	sc_text_addf(out, "name: random %lu\ninput: [3, %u, %u]\n", seed, side, side);
	sc_text_add(out, "stem: [{conv: {channels: 32, kernel: 3}}]\nse: ");
	add_se(out);
	sc_text_add(out, "\nstages:\n");
	for (unsigned i = 0; i < stages; i++)
		add_stage(i, out);
	sc_text_add(out, "head: [global_avg_pool, {linear: {features: 10}}]\n");
}

/* --- what is asked --- */

typedef struct asked {
	sc_model *model;
	sc_plan_request request;
	sc_plan_problem problem;
	sc_plan_unit unit[BRUTE_UNITS];
	sc_plan_choice choice[BRUTE_UNITS][RATIOS];
	struct {
		size_t stage, unit;
		uint32_t block;
	} block[BLOCKS]; /* with SE, in order */
	size_t blocks;
	sc_sheet without;
	char of[64], text[2048];
} asked;

static sc_status time_block(
	void *user, const sc_sheet *sheet, size_t stage, uint32_t block, double *ns, sc_err *err)
{
	const sc_se_fact *f = &sheet->row[stage + 1].fact[block];
	(void)user;
	(void)err;
	*ns = 100 + f->gated.c * f->gated.h * f->gated.w / 64 + 7 * f->squeezed;
	return SC_OK;
}

/* a unit for each block, each stage with SE, or all */
static void find_units(asked *a)
{
	size_t units = 0, last = SIZE_MAX;
	for (size_t i = 0; i < a->model->stages.count; i++)
		for (uint32_t b = 0; b < a->model->stages.item[i].blocks; b++) {
			if (!sc_model_se(a->model, i, b).on)
				continue;
			units += a->request.per == SC_PER_block || !units ||
				 (a->request.per == SC_PER_stage && last != i);
			last = i;
			cr_assert(lt(sz, a->blocks, (size_t)BLOCKS));
			a->block[a->blocks].stage = i;
			a->block[a->blocks].block = b;
			a->block[a->blocks++].unit = units - 1;
		}
	a->problem.units = units;
}

static void choose_ratios(asked *a)
{
	static const uint32_t all[RATIOS] = {0, 64, 32, 16, 8, 4, 2};
	size_t from = up_to(1);
	for (size_t i = from; i < RATIOS; i++)
		if (pow((double)a->request.ratios + 1, (double)a->problem.units) <= BRUTE_PLANS &&
			(!a->request.ratios || up_to(2)))
			a->request.ratio[a->request.ratios++] = all[i];
}

/* --- counted one by one --- */

typedef uint32_t ratio_of(const asked *a, size_t block, const void *how);

static sc_sheet count(const asked *a, ratio_of *ratio, const void *how)
{
	sc_model *m = NULL;
	sc_errs errs = {0};
	char text[96];
	sc_err err = {0};
	sc_text description = {0};
	const sc_texts nothing = {0};
	cr_assert(zero(int, (int)sc_model_describe(a->model, &nothing, &description, &err)));
	cr_assert(zero(int, (int)sc_model_parse(a->of, sc_text_get(&description),
				    description.length, &m, &errs)));
	for (size_t i = 0; i < a->blocks; i++) {
		uint32_t r = ratio(a, i, how);
		snprintf(text, sizeof text,
			r ? "stages[%zu].blocks[%u].se.ratio=%u" : "stages[%zu].blocks[%u].se=off",
			a->block[i].stage, a->block[i].block, r);
		cr_assert(zero(int, (int)sc_model_set(m, text, &err)), "%s: %s: %s", a->of, text,
			err.message);
	}
	sc_sheet sheet = net_count(m);
	sc_text_release(&description);
	return sheet;
}

static void release(sc_sheet *sheet)
{
	sc_model *m = (sc_model *)(uintptr_t)sheet->model;
	sc_sheet_release(sheet);
	sc_model_free(m);
}

static uint32_t none(const asked *a, size_t block, const void *how)
{
	(void)a;
	(void)block;
	(void)how;
	return 0;
}

typedef struct alone {
	size_t unit;
	uint32_t ratio;
} alone;

static uint32_t one_unit(const asked *a, size_t block, const void *how)
{
	const alone *x = how;
	return a->block[block].unit == x->unit ? x->ratio : 0;
}

static uint32_t whole(const asked *a, size_t block, const void *how)
{
	const sc_plan_point *point = how;
	return a->request.ratio[point->choice[a->block[block].unit]];
}

static uint64_t added(const asked *a, const sc_sheet *sheet, sc_plan_column column)
{
	const sc_totals *t = &sheet->total, *b = &a->without.total;
	double ns, sum = 0;
	switch (column) {
	case SC_PLAN_COLUMN_params:
		return t->params - b->params;
	case SC_PLAN_COLUMN_macs:
		return t->macs - b->macs;
	case SC_PLAN_COLUMN_flops:
		return t->flops - b->flops;
	case SC_PLAN_COLUMN_activations:
		return t->activations - b->activations;
	case SC_PLAN_COLUMN_bytes:
		return t->bytes - b->bytes;
	case SC_PLAN_COLUMN_weights:
		return t->se.weights;
	default:
		break;
	}
	for (size_t i = 0; i < a->blocks; i++) {
		size_t stage = a->block[i].stage;
		if (!sheet->row[stage + 1].fact[a->block[i].block].squeezed)
			continue;
		time_block(NULL, sheet, stage, a->block[i].block, &ns, NULL);
		sum += ns;
	}
	return (uint64_t)llround(1000 * sum);
}

static int64_t gained(const asked *a, const sc_sheet *sheet)
{
	int64_t sum = 0;
	for (size_t i = 0; i < a->blocks; i++) {
		const sc_se_fact *f = &sheet->row[a->block[i].stage + 1].fact[a->block[i].block];
		if (f->squeezed)
			sum += a->request.aim == SC_AIM_channels ? f->gated.c
			       : a->request.aim == SC_AIM_width	 ? f->squeezed
								 : 1;
	}
	return sum;
}

static void count_choices(asked *a)
{
	for (size_t u = 0; u < a->problem.units; u++)
		for (size_t c = 0; c < a->request.ratios; c++) {
			const alone x = {u, a->request.ratio[c]};
			sc_sheet sheet = count(a, one_unit, &x);
			a->choice[u][c].gain = gained(a, &sheet);
			for (size_t k = 0; k < a->problem.budgets; k++)
				a->choice[u][c].cost[k] =
					added(a, &sheet, a->request.budget[k].column);
			release(&sheet);
			a->unit[u] = (sc_plan_unit){a->choice[u], a->request.ratios};
		}
	a->problem.unit = a->unit;
}

/* --- budgets --- */

static uint64_t base_of(const asked *a, sc_plan_column column)
{
	const sc_totals *t = &a->without.total;
	const uint64_t base[SC_PLAN_COLUMN__N] = {[SC_PLAN_COLUMN_params] = t->params,
		[SC_PLAN_COLUMN_macs] = t->macs,
		[SC_PLAN_COLUMN_flops] = t->flops,
		[SC_PLAN_COLUMN_activations] = t->activations,
		[SC_PLAN_COLUMN_bytes] = t->bytes,
		[SC_PLAN_COLUMN_weights] = t->params};
	return base[column];
}

/* from nothing to more than all */
static void set_budget(asked *a, size_t k)
{
	uint64_t all = 0, most;
	sc_budget *b = &a->request.budget[k];
	for (size_t u = 0; u < a->problem.units; u++)
		for (size_t c = 0, max = 0; c <= a->request.ratios; c++) {
			if (c < a->request.ratios && a->choice[u][c].cost[k] > max)
				max = a->choice[u][c].cost[k];
			all += c == a->request.ratios ? max : 0;
		}
	most = all * up_to(110) / 100;
	b->kind =
		up_to(1) && b->column != SC_PLAN_COLUMN_weights ? SC_BUDGET_total : SC_BUDGET_added;
	b->value = (double)most;
	if (b->kind == SC_BUDGET_total)
		b->value += (double)base_of(a, b->column);
	a->problem.budget[k] = most;
	a->problem.more[k] =
		b->column == SC_PLAN_COLUMN_latency ? most / 100 : base_of(a, b->column) / 100;
}

static void choose_columns(asked *a)
{
	bool taken[SC_PLAN_COLUMN__N] = {false};
	a->problem.budgets = a->request.budgets = 1 + up_to(2);
	for (size_t k = 0; k < a->request.budgets;) {
		unsigned c = up_to(SC_PLAN_COLUMN__N - 1);
		if (taken[c])
			continue;
		taken[c] = true;
		a->request.budget[k++].column = (sc_plan_column)c;
	}
}

/* --- --- */

static bool ask(asked *a, unsigned long seed)
{
	sc_text text = {0};
	memset(a, 0, sizeof *a);
	snprintf(a->of, sizeof a->of, "random %lu", seed);
	describe(seed, &text);
	snprintf(a->text, sizeof a->text, "%s", sc_text_get(&text));
	a->model = net_parse(a->text);
	sc_text_release(&text);
	a->request.timer = time_block;
	a->request.per = (sc_plan_per)up_to(SC_PER__N - 1);
	a->request.aim = (sc_plan_aim)up_to(SC_AIM_gain - 1);
	find_units(a);
	if (!a->problem.units || a->problem.units > BRUTE_UNITS) {
		sc_model_free(a->model);
		return false;
	}
	choose_ratios(a);
	choose_columns(a);
	a->without = count(a, none, NULL);
	count_choices(a);
	for (size_t k = 0; k < a->request.budgets; k++)
		set_budget(a, k);
	return true;
}

static void count_whole(const asked *a, const sc_plan_point *point)
{
	sc_sheet sheet = count(a, whole, point);
	cr_assert(eq(i64, gained(a, &sheet), point->gain), "%s", a->of);
	for (size_t k = 0; k < a->problem.budgets; k++)
		cr_assert(eq(u64, added(a, &sheet, a->request.budget[k].column), point->cost[k]),
			"%s", a->of);
	release(&sheet);
}

static void compare(const asked *a, const sc_plan *p)
{
	cr_assert(eq(sz, p->problem.units, a->problem.units), "%s", a->of);
	brute_compare(&a->problem, &p->front, a->of);
	for (size_t i = 0; i < WHOLE && p->front.points; i++)
		count_whole(a, &p->front.point[up_to((unsigned)p->front.points - 1)]);
}

Test(plan_networks, agree_with_every_plan_on_500_random_networks)
{
	static asked a;
	size_t networks = 0, infeasible = 0, large = 0, budgets[4] = {0};
	for (unsigned long seed = 1; networks < NETWORKS; seed++) {
		sc_plan *p = NULL;
		sc_err err = {0};
		sc_rules rules = sc_rules_default();
		if (!ask(&a, seed))
			continue;
		cr_assert(zero(int, (int)sc_plan_make(a.model, &rules, 1, &a.request, &p, &err)),
			"%s: %s\n%s", a.of, err.message, a.text);
		compare(&a, p);
		networks++;
		infeasible += !p->best;
		large += p->space > 500;
		budgets[p->problem.budgets]++;
		sc_plan_free(p);
		release(&a.without);
		sc_model_free(a.model);
	}
	cr_assert(gt(sz, infeasible, 20));
	cr_assert(gt(sz, large, 100));
	for (size_t n = 1; n <= 3; n++)
		cr_assert(gt(sz, budgets[n], 100));
}
