/* A plan as overrides, as few as there are levels for: a stage whose blocks all choose alike says
 * so once, unless that would turn SE on in more blocks than it says it for; a block that is then
 * still another than chosen is set by itself. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plan/plan.h"

#define NO_SE UINT32_MAX /* a block that the plan leaves alone */

typedef struct writer {
	const sc_plan *p;
	sc_arena *arena;
	sc_texts texts;
	size_t room;
	bool failed;
} writer;

static void add(writer *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void add(writer *w, const char *fmt, ...)
{
	char text[128];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (w->texts.count == w->room) {
		size_t room = 2 * w->room + 16;
		const char **item = sc_arena_alloc(w->arena, room * sizeof *item);
		if (item && w->room)
			memcpy(item, w->texts.item, w->room * sizeof *item);
		w->failed = w->failed || !item;
		if (!item)
			return;
		w->texts.item = item;
		w->room = room;
	}
	const char *copy = sc_arena_strdup(w->arena, text);
	w->failed = w->failed || !copy;
	w->texts.item[w->texts.count++] = copy;
}

/* what the point wants of every block of every stage, one after the other */
static uint32_t *chosen(const sc_plan *p, const sc_plan_point *point, sc_arena *arena)
{
	const sc_sheet *sheet = &p->study->setup[0].sheet;
	size_t n = 0, u = 0;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		n += sheet->row[i].blocks;
	uint32_t *ratio = sc_arena_alloc(arena, (n + 1) * sizeof *ratio), *at = ratio;
	for (size_t i = 1; ratio && i + 1 < sheet->rows; i++) {
		const sc_sheet_row *row = &sheet->row[i];
		for (uint32_t b = 0; b < row->blocks; b++) {
			*at++ = row->fact[b].squeezed ? sc_plan_ratio(p, point, u) : NO_SE;
			u += p->request->per == SC_PER_block && row->fact[b].squeezed;
		}
		u += p->request->per == SC_PER_stage && row->se_blocks;
	}
	return ratio;
}

static sc_se_block wanted(const sc_model *m, size_t stage, uint32_t block, uint32_t ratio)
{
	sc_se_block se = sc_model_se(m, stage, block);
	if (ratio == NO_SE)
		return se;
	if (!ratio)
		return (sc_se_block){0};
	se.width = 0;
	se.se_ratio = 0;
	se.ratio = ratio;
	return se;
}

static bool is_as_wanted(
	const sc_model *m, const sc_model *now, size_t stage, uint32_t block, uint32_t ratio)
{
	sc_se_block want = wanted(m, stage, block, ratio), is = sc_model_se(now, stage, block);
	return sc_se_same(&want, &is);
}

/* the ratio that all blocks with SE want; NO_SE when they differ */
static uint32_t common(const uint32_t *ratio, uint32_t blocks)
{
	uint32_t found = NO_SE;
	for (uint32_t b = 0; b < blocks; b++) {
		if (ratio[b] == NO_SE)
			continue;
		if (found != NO_SE && found != ratio[b])
			return NO_SE;
		found = ratio[b];
	}
	return found;
}

/* how many blocks of a stage `now` are another than wanted */
static size_t others(const writer *w, const sc_model *now, size_t stage, const uint32_t *ratio)
{
	const sc_model *m = w->p->study->model;
	size_t n = 0;
	for (uint32_t b = 0; b < m->stages.item[stage].blocks; b++)
		n += !is_as_wanted(m, now, stage, b, ratio[b]);
	return n;
}

/* `tried` is the network with all stages set, NULL before that is known */
static void set_stage(writer *w, const sc_model *tried, size_t stage, const uint32_t *ratio)
{
	const sc_model *m = w->p->study->model;
	uint32_t all = common(ratio, m->stages.item[stage].blocks);
	size_t untouched = others(w, m, stage, ratio);
	if (all == NO_SE || !untouched || (tried && others(w, tried, stage, ratio) >= untouched))
		return;
	if (all)
		add(w, "stages[%zu].se.ratio=%u", stage, all);
	else
		add(w, "stages[%zu].se=off", stage);
}

static void set_stages(writer *w, const sc_model *tried, const uint32_t *ratio)
{
	const sc_model *m = w->p->study->model;
	w->texts.count = 0;
	for (size_t i = 0; i < m->stages.count; ratio += m->stages.item[i++].blocks)
		set_stage(w, tried, i, ratio);
}

static void set_blocks(writer *w, const sc_model *now, size_t stage, const uint32_t *ratio)
{
	const sc_model *m = w->p->study->model;
	for (uint32_t b = 0; b < m->stages.item[stage].blocks; b++) {
		if (is_as_wanted(m, now, stage, b, ratio[b]))
			continue;
		if (ratio[b] && ratio[b] != NO_SE)
			add(w, "stages[%zu].blocks[%u].se.ratio=%u", stage, b, ratio[b]);
		else
			add(w, "stages[%zu].blocks[%u].se=off", stage, b);
	}
}

static sc_status apply(const writer *w, sc_model **now, sc_err *err)
{
	size_t failed;
	sc_status s =
		w->failed ? sc_plan_no_memory(err) : sc_model_clone(w->p->study->model, now, err);
	if (s)
		return s;
	s = sc_model_set_all(*now, &w->texts, &failed, err);
	if (s)
		sc_model_free(*now);
	return s;
}

/* a stage is set as a whole where that is right of more blocks than leaving it */
static sc_status write_all(writer *w, const uint32_t *ratio, sc_err *err)
{
	const sc_model *m = w->p->study->model;
	sc_model *now = NULL;
	set_stages(w, NULL, ratio);
	sc_status s = apply(w, &now, err);
	if (s)
		return s;
	set_stages(w, now, ratio);
	sc_model_free(now);
	s = apply(w, &now, err);
	if (s)
		return s;
	for (size_t i = 0; i < m->stages.count; ratio += m->stages.item[i++].blocks)
		set_blocks(w, now, i, ratio);
	sc_model_free(now);
	return w->failed ? sc_plan_no_memory(err) : SC_OK;
}

sc_status sc_plan_sets(const sc_plan *p, const sc_plan_point *point, sc_texts *out, sc_err *err)
{
	writer w = {.p = p, .arena = &p->memory->arena};
	uint32_t *ratio = chosen(p, point, w.arena);
	sc_status s = ratio ? write_all(&w, ratio, err) : sc_plan_no_memory(err);
	if (!s)
		*out = w.texts;
	return s;
}
