/* Fronts as two tables without columns for people. "front-axes" has a row for each column: its key
 * in the other table, its title, which way is better, its budget. "front-points" has a row for each
 * setup or plan: its label, what became of it, is it the answer, its values; its title says what
 * the labels are. */
#include "report/front.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "report/plan.h"
#include "report/say.h"

enum { EVERY_MAX = 4096, SAID_MAX = 12 };

/* --- the two tables --- */

static sc_grid *axes_grid(void)
{
	sc_grid *g = sc_grid_new("front-axes", "columns of the front");
	sc_grid_column(g, SC_COLUMN_text, "key", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "title", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "better", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "budget", NULL, 0);
	return g;
}

static void axis(sc_grid *g, const sc_front_column *column, double budget)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, column->name);
	sc_grid_text(g, column->title);
	sc_grid_text(g, column->higher ? "higher" : "lower");
	if (isnan(budget))
		sc_grid_nothing(g);
	else
		sc_grid_real(g, budget);
}

static sc_grid *points_grid(
	const char *title, const sc_sheet *sheet, const sc_front_column *column, size_t columns)
{
	sc_grid *g = sc_grid_new("front-points", title);
	sc_say_grid_conditions(g, sheet);
	sc_grid_column(g, SC_COLUMN_text, "setup", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "front", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "answer", NULL, 0);
	for (size_t k = 0; k < columns; k++)
		sc_grid_column(g, SC_COLUMN_real, column[k].name, NULL, 0);
	return g;
}

static void point(sc_grid *g, const char *label, sc_front_mark mark, bool is_answer)
{
	sc_grid_row(g, mark == SC_FRONT_on ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, label);
	sc_grid_text(g, sc_front_mark_name(mark));
	sc_grid_text(g, is_answer ? "yes" : "no");
}

static void value(sc_grid *g, double v)
{
	if (isnan(v))
		sc_grid_unknown(g);
	else
		sc_grid_real(g, v);
}

/* --- of setups --- */

void sc_front_grids(const sc_study *study, const sc_front *f, sc_document *doc)
{
	sc_grid *axes = axes_grid(),
		*points = points_grid("setups", &study->setup[0].sheet, f->column, f->columns);
	for (size_t k = 0; k < f->columns; k++)
		axis(axes, &f->column[k], NAN);
	for (size_t i = 0; i < f->setups; i++) {
		point(points, study->setup[i].name, f->mark[i], false);
		for (size_t k = 0; k < f->columns; k++)
			value(points, f->value[i * f->columns + k]);
	}
	sc_document_grid(doc, axes);
	sc_document_grid(doc, points);
}

const char *sc_front_names(const sc_front *f, char room[64])
{
	snprintf(room, 64, "%s,%s%s%s", f->column[0].name, f->column[1].name,
		f->columns > 2 ? "," : "", f->columns > 2 ? f->column[2].name : "");
	return room;
}

void sc_front_note(const sc_front *f, sc_grid *g)
{
	sc_grid_note(g, "front: no setup is at least as good in %s%s%s and %s, and better in one",
		f->column[0].name, f->columns > 2 ? ", " : "",
		f->columns > 2 ? f->column[1].name : "", f->column[f->columns - 1].name);
}

/* the next on the front by its first column, after `last`; `setups` when there is none */
static size_t next_on(const sc_front *f, size_t last)
{
	size_t best = f->setups, n = f->columns;
	for (size_t i = 0; i < f->setups; i++) {
		double v = f->value[i * n];
		if (f->mark[i] != SC_FRONT_on)
			continue;
		if (last < f->setups &&
			(v < f->value[last * n] || (v == f->value[last * n] && i <= last)))
			continue;
		if (best == f->setups || v < f->value[best * n])
			best = i;
	}
	return best;
}

void sc_front_table(const sc_study *study, const sc_front *f, sc_document *doc)
{
	size_t count[4] = {0};
	sc_grid *g = sc_grid_new("front", "setups that none beats");
	sc_say_grid_conditions(g, &study->setup[0].sheet);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	for (size_t k = 0; k < f->columns; k++)
		sc_grid_column(g, SC_COLUMN_real, f->column[k].name, f->column[k].title,
			strcmp(f->column[k].name, "error") ? 0 : 2);
	for (size_t i = next_on(f, f->setups); i < f->setups; i = next_on(f, i)) {
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, study->setup[i].name);
		for (size_t k = 0; k < f->columns; k++)
			value(g, f->value[i * f->columns + k]);
	}
	for (size_t i = 0; i < f->setups; i++)
		count[f->mark[i]]++;
	sc_front_note(f, g);
	sc_grid_note(g, "%zu of %zu setups; beaten: %zu; with a value that is not known: %zu",
		count[SC_FRONT_on], f->setups, count[SC_FRONT_off], count[SC_FRONT_unknown]);
	sc_document_grid(doc, g);
}

static void say_setup(const sc_study *study, const sc_front *f, size_t i, sc_text *out)
{
	sc_text_add(out, study->setup[i].name);
	for (size_t k = 0; k < f->columns; k++) {
		double v = f->value[i * f->columns + k];
		sc_digits d;
		sc_text_add(out, k ? ", " : " (");
		if (v == floor(v) && v < 9e15)
			sc_text_add(out, sc_number_exact(&d, (uint64_t)v));
		else
			sc_text_addf(out, "%.6g", v);
	}
	sc_text_add(out, ")");
}

void sc_front_say(const sc_study *study, const sc_front *f, sc_document *doc)
{
	sc_text text = {0};
	size_t on = 0, said = 0;
	for (size_t i = 0; i < f->setups; i++)
		on += f->mark[i] == SC_FRONT_on;
	sc_text_addf(&text, "%zu of %zu setups are on the front of ", on, f->setups);
	for (size_t k = 0; k < f->columns; k++)
		sc_text_addf(&text, "%s%s",
			!k		     ? ""
			: k + 1 < f->columns ? ", "
					     : " and ",
			f->column[k].title);
	for (size_t i = 0; i < f->setups && said < SAID_MAX; i++)
		if (f->mark[i] == SC_FRONT_on) {
			sc_text_add(&text, said++ ? ", " : ": ");
			say_setup(study, f, i, &text);
		}
	if (said < on)
		sc_text_addf(&text, " and %zu more", on - said);
	if (text.failed)
		sc_document_fail(doc);
	else
		sc_document_answer(doc, "%s.", sc_text_get(&text));
	sc_text_release(&text);
}

/* --- of plans --- */

typedef struct plans {
	const sc_plan *plan;
	sc_grid *grid;
	bool by_error;
} plans;

static bool speaks_of_errors(const sc_plan *p)
{
	return p->request->aim == SC_AIM_gain && sc_gain_is_error(p->request->gains);
}

static sc_front_mark mark_of(const sc_plan *p, const sc_plan_point *point)
{
	for (size_t k = 1; k < p->request->budgets; k++)
		if (point->cost[k] > p->limit[k].most)
			return SC_FRONT_over;
	const sc_plan_point *best = sc_plan_at_most(&p->front, point->cost[0]);
	return best && best->gain == point->gain && best->cost[0] == point->cost[0] ? SC_FRONT_on
										    : SC_FRONT_off;
}

static bool add_plan(void *user, const sc_plan_point *at)
{
	const plans *all = user;
	const sc_plan *p = all->plan;
	const sc_plan_point *best = p->best ? p->front.best : NULL;
	sc_text label = {0};
	double gain = sc_plan_gain(p, at->gain);
	bool timed = p->limit[0].column == SC_PLAN_COLUMN_latency;
	sc_plan_point_label(p, at, &label);
	point(all->grid, sc_text_whole(&label), mark_of(p, at),
		best && !memcmp(best->choice, at->choice, p->problem.units));
	value(all->grid, timed ? (double)at->cost[0] / 1e6 : (double)at->cost[0]);
	value(all->grid, all->by_error ? p->request->gains->without - gain : gain);
	sc_text_release(&label);
	return true;
}

/* "r of conv2_x · conv3_x", in the order of the labels */
static void name_labels(const sc_plan *p, sc_text *out)
{
	size_t last = SIZE_MAX;
	if (p->request->per == SC_PER_network) {
		sc_text_add(out, "plans, by r");
		return;
	}
	sc_text_add(out, "plans, by r of ");
	for (size_t u = 0; u < p->problem.units; u++) {
		if (p->who[u].stage != last)
			sc_text_addf(out, "%s%s", u ? "·" : "",
				p->study->model->stages.item[p->who[u].stage].name);
		last = p->who[u].stage;
	}
}

static void plan_axes(const sc_plan *p, sc_front_column out[2], sc_text *title)
{
	sc_plan_column c = p->limit[0].column;
	bool timed = c == SC_PLAN_COLUMN_latency;
	const char *name = sc_plan_column_name(c), *file = sc_plan_aim_text(p);
	if (!timed)
		sc_text_addf(title, "SE %s", name);
	out[0] = (sc_front_column){
		timed ? "latency" : name, timed ? "SE time, µs" : sc_text_get(title), false};
	if (p->request->aim != SC_AIM_gain)
		out[1] = (sc_front_column){sc_plan_aim_name(p->request->aim), file, true};
	else
		out[1] = (sc_front_column){speaks_of_errors(p) ? "error" : "gain",
			speaks_of_errors(p) ? "error by the gain file" : file,
			!speaks_of_errors(p)};
}

void sc_plan_front_grids(const sc_plan *p, sc_document *doc)
{
	const sc_plan_limit *l = &p->limit[0];
	sc_text labels = {0}, title = {0};
	sc_front_column column[2];
	sc_grid *axes = axes_grid();
	double scale = l->column == SC_PLAN_COLUMN_latency ? 1e6 : 1;
	bool few = sc_plan_space(&p->problem) <= EVERY_MAX;
	plan_axes(p, column, &title);
	name_labels(p, &labels);
	if (p->request->gains && p->request->gains->title)
		sc_text_addf(&labels, "; gains: %s", p->request->gains->title);
	if (!few)
		sc_text_add(&labels, "; the front's plans only");
	axis(axes, &column[0], l->most == SC_NO_BUDGET ? NAN : (double)l->most / scale);
	axis(axes, &column[1], NAN);
	plans all = {p, points_grid(sc_text_get(&labels), &p->study->setup[0].sheet, column, 2),
		speaks_of_errors(p)};
	if (few)
		sc_plan_every(&p->problem, EVERY_MAX, add_plan, &all, NULL);
	for (size_t i = 0; i < p->front.points && !few; i++)
		add_plan(&all, &p->front.point[i]);
	sc_document_grid(doc, axes);
	sc_document_grid(doc, all.grid);
	if (labels.failed || title.failed)
		sc_document_fail(doc);
	sc_text_release(&labels);
	sc_text_release(&title);
}
