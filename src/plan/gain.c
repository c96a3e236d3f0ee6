/* Gains of a file for what chooses. What is said of a whole is spread evenly over its blocks. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "plan/plan.h"

static const char *stage_word(const void *of, size_t i)
{
	const sc_model *m = of;
	return i < m->stages.count ? m->stages.item[i].name : NULL;
}

static bool has_stage(const sc_model *m, const char *name)
{
	for (size_t i = 0; i < m->stages.count; i++)
		if (!strcmp(m->stages.item[i].name, name))
			return true;
	return false;
}

sc_status sc_plan_check_gains(const sc_plan *p, sc_err *err)
{
	const sc_gain_spec *spec = p->request->gains;
	const sc_model *m = p->study->model;
	for (size_t i = 0; i < spec->gains.count; i++) {
		const sc_gain *g = &spec->gains.item[i];
		sc_tail tail;
		sc_quoted quoted;
		if (!g->stage || has_stage(m, g->stage))
			continue;
		sc_fail(err, SC_EINVAL, "'%.80s' has no stage %s%s", m->name,
			sc_quote(g->stage, &quoted),
			sc_must_be_one_of(g->stage, stage_word, m, NULL, &tail));
		if (err) {
			sc_mark at = sc_field_mark("gain", &g->given, "stage");
			snprintf(err->file, sizeof err->file, "%s", spec->file);
			err->line = (int)at.line;
			err->column = (int)at.column;
		}
		return SC_EINVAL;
	}
	return SC_OK;
}

static uint32_t blocks_of(const sc_plan *p, const char *stage)
{
	const sc_sheet *sheet = &p->study->setup[0].sheet;
	uint32_t n = 0;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		if (!stage || !strcmp(stage, sheet->row[i].name))
			n += sheet->row[i].se_blocks;
	return n;
}

/* does a line say something of this unit? */
static bool is_of(const sc_plan *p, const sc_plan_who *w, const sc_gain *g)
{
	return !g->stage || (w->stage != SIZE_MAX &&
				    !strcmp(p->study->model->stages.item[w->stage].name, g->stage));
}

/* of the whole network, gains of all its stages */
static double sum_of_stages(const sc_gain_spec *spec, uint32_t ratio, bool *known)
{
	double sum = 0;
	*known = false;
	for (size_t i = 0; i < spec->gains.count; i++) {
		const sc_gain *g = &spec->gains.item[i];
		if (g->ratio && g->ratio != ratio)
			continue;
		sum += sc_gain_value(spec, g);
		*known = true;
	}
	return sum;
}

int64_t sc_plan_file_gain(const sc_plan *p, const sc_plan_who *w, uint32_t ratio, bool *known)
{
	const sc_gain_spec *spec = p->request->gains;
	*known = true;
	if (!ratio)
		return 0;
	if (w->stage == SIZE_MAX && spec->gains.item[0].stage)
		return llround(sum_of_stages(spec, ratio, known) * SC_GAIN_UNIT);
	for (size_t i = 0; i < spec->gains.count; i++) {
		const sc_gain *g = &spec->gains.item[i];
		if (!is_of(p, w, g) || (g->ratio && g->ratio != ratio))
			continue;
		double share = (double)w->blocks / (double)blocks_of(p, g->stage);
		return llround(sc_gain_value(spec, g) * share * SC_GAIN_UNIT);
	}
	*known = false;
	return 0;
}
