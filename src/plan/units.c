/* What chooses, and what its choices cost and gain. A stage is a sum over its blocks; blocks that
 * are alike cost the same and are counted once. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "plan/plan.h"

typedef struct adder {
	sc_plan *p;
	const sc_sheet *sheet;
	sc_plan_choice *to;
	const sc_se_fact *last; /* the block that was counted last, and what it costs */
	uint64_t cost[SC_BUDGETS_MAX];
} adder;

const sc_sheet *sc_plan_sheet(const sc_plan *p, size_t ratio_index)
{
	size_t setup = 1;
	for (size_t i = 0; i < ratio_index; i++)
		setup += p->request->ratio[i] != 0;
	return &p->study->setup[setup].sheet;
}

/* --- who --- */

static void add_who(sc_plan *p, size_t stage, uint32_t block, uint32_t blocks)
{
	sc_plan_who *w = &p->who[p->problem.units++];
	*w = (sc_plan_who){.stage = stage, .block = block, .blocks = blocks};
}

static void add_stage(sc_plan *p, size_t stage, const sc_sheet_row *row)
{
	if (p->request->per == SC_PER_stage && row->se_blocks)
		add_who(p, stage, 0, row->se_blocks);
	for (uint32_t b = 0; b < row->blocks && p->request->per == SC_PER_block; b++)
		if (row->fact[b].squeezed)
			add_who(p, stage, b, 1);
}

/* a gate that squeezes nothing has no ratio to choose */
static sc_status check_ratios(const sc_sheet *sheet, sc_err *err)
{
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		for (uint32_t b = 0; b < sheet->row[i].blocks; b++)
			if (!sheet->row[i].fact[b].squeezed &&
				sc_model_se(sheet->model, i - 1, b).on)
				return sc_fail(err, SC_EINVAL,
					"a plan chooses ratios, and blocks of '%.60s' in '%.80s' "
					"have a "
					"gate without one",
					sheet->row[i].name, sheet->model->name);
	return SC_OK;
}

static sc_status find_who(sc_plan *p, sc_err *err)
{
	const sc_sheet *sheet = &p->study->setup[0].sheet;
	size_t blocks = 0;
	sc_status s = check_ratios(sheet, err);
	if (s)
		return s;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		blocks += sheet->row[i].se_blocks;
	if (!blocks)
		return sc_fail(err, SC_EINVAL,
			"'%.80s' has no SE to plan; turn it on first, as '--set se.ratio=16' does",
			sheet->model->name);
	p->who = sc_arena_alloc(&p->memory->arena, (blocks + 1) * sizeof *p->who);
	if (!p->who)
		return sc_plan_no_memory(err);
	if (p->request->per == SC_PER_network)
		add_who(p, SIZE_MAX, 0, (uint32_t)blocks);
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		add_stage(p, i - 1, &sheet->row[i]);
	return SC_OK;
}

/* --- costs --- */

static sc_status count_block(adder *a, size_t stage, uint32_t block, sc_err *err)
{
	sc_filter filter = SC_EVERYTHING;
	sc_totals t;
	filter.stage = (int64_t)stage + 1;
	filter.block = block;
	sc_status s = sc_sheet_part(a->sheet, &filter, &t, err);
	for (size_t k = 0; k < a->p->problem.budgets && !s; k++) {
		sc_plan_column column = a->p->limit[k].column;
		double ns = 0;
		a->cost[k] = sc_plan_part(&t.se, column);
		if (column != SC_PLAN_COLUMN_latency)
			continue;
		s = a->p->request->timer(a->p->request->user, a->sheet, stage, block, &ns, err);
		a->cost[k] = (uint64_t)llround(ns * 1000);
	}
	return s;
}

static int64_t own_gain(sc_plan_aim aim, const sc_se_fact *f)
{
	return aim == SC_AIM_channels ? f->gated.c : aim == SC_AIM_width ? f->squeezed : 1;
}

static sc_status add_block(adder *a, size_t stage, uint32_t block, sc_err *err)
{
	const sc_se_fact *f = &a->sheet->row[stage + 1].fact[block];
	sc_status s = SC_OK;
	if (!f->squeezed)
		return SC_OK;
	if (!a->last || !sc_se_alike(a->last, f))
		s = count_block(a, stage, block, err);
	a->last = f;
	a->to->gain += own_gain(a->p->request->aim, f);
	for (size_t k = 0; k < a->p->problem.budgets && !s; k++)
		if (!sc_add(&a->to->cost[k], a->cost[k]))
			s = sc_fail(err, SC_ERANGE, "the %s of a plan do not fit in 63 bits",
				sc_plan_column_name(a->p->limit[k].column));
	return s;
}

static sc_status add_blocks(adder *a, size_t stage, const sc_plan_who *w, sc_err *err)
{
	const sc_sheet_row *row = &a->sheet->row[stage + 1];
	sc_status s = SC_OK;
	a->last = NULL;
	if (a->p->request->per == SC_PER_block)
		return add_block(a, stage, w->block, err);
	for (uint32_t b = 0; b < row->blocks && !s; b++)
		s = add_block(a, stage, b, err);
	return s;
}

static sc_status count_choice(
	sc_plan *p, const sc_plan_who *w, size_t ratio_index, sc_plan_choice *out, sc_err *err)
{
	sc_status s = SC_OK;
	if (!p->request->ratio[ratio_index])
		return SC_OK;
	adder a = {.p = p, .sheet = sc_plan_sheet(p, ratio_index), .to = out};
	if (w->stage != SIZE_MAX)
		return add_blocks(&a, w->stage, w, err);
	for (size_t i = 0; i + 2 < a.sheet->rows && !s; i++)
		s = add_blocks(&a, i, w, err);
	return s;
}

/* the same block again costs what it cost before */
static bool is_repeated(const sc_plan *p, size_t u)
{
	const sc_plan_who *w = &p->who[u];
	if (p->request->per != SC_PER_block || !u || w[-1].stage != w->stage)
		return false;
	for (size_t c = 0; c < p->request->ratios; c++) {
		const sc_se_fact *fact;
		if (!p->request->ratio[c])
			continue;
		fact = sc_plan_sheet(p, c)->row[w->stage + 1].fact;
		if (!sc_se_alike(&fact[w->block], &fact[w[-1].block]))
			return false;
	}
	return true;
}

static sc_status fill_unit(sc_plan *p, size_t u, sc_plan_unit *unit, sc_err *err)
{
	const sc_plan_request *r = p->request;
	sc_plan_who *w = &p->who[u];
	sc_plan_choice *choice = sc_arena_alloc(&p->memory->arena, r->ratios * sizeof *choice);
	sc_status s = SC_OK;
	w->option = sc_arena_alloc(&p->memory->arena, r->ratios);
	if (!choice || !w->option)
		return sc_plan_no_memory(err);
	*unit = (sc_plan_unit){choice, 0};
	for (size_t c = 0; c < r->ratios && !s; c++) {
		bool known = true;
		int64_t gain = 0;
		if (r->aim == SC_AIM_gain)
			gain = sc_plan_file_gain(p, w, r->ratio[c], &known);
		if (!known) {
			p->without_gain++;
			continue;
		}
		w->option[unit->choices] = (uint8_t)c;
		s = count_choice(p, w, c, &choice[unit->choices], err);
		if (r->aim == SC_AIM_gain)
			choice[unit->choices].gain = gain;
		unit->choices++;
	}
	if (!s && !unit->choices)
		s = sc_fail(err, SC_EINVAL,
			"the gain file says nothing of any choice of '%s', and 'off' is none of "
			"the choices",
			w->stage == SIZE_MAX ? "the network"
					     : p->study->model->stages.item[w->stage].name);
	return s;
}

sc_status sc_plan_set_units(sc_plan *p, sc_err *err)
{
	sc_status s = find_who(p, err);
	if (s)
		return s;
	sc_plan_unit *unit = sc_arena_alloc(&p->memory->arena, p->problem.units * sizeof *unit);
	p->problem.unit = unit;
	if (!unit)
		return sc_plan_no_memory(err);
	for (size_t u = 0; u < p->problem.units && !s; u++) {
		if (!is_repeated(p, u)) {
			s = fill_unit(p, u, &unit[u], err);
			continue;
		}
		unit[u] = unit[u - 1];
		p->who[u].option = p->who[u - 1].option;
	}
	return s;
}
