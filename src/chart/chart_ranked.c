/* Every setup's extra parameters and FLOPs, ranked. Setups that cost the same share a bar. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "chart/chart.h"

enum { ROWS_MAX = 24 };

/* A setup as a row of a table says it, and how many others add the same. */
typedef struct row {
	const char *name, *group;
	double params, flops;
	size_t order, others;
} row;

/* All setups, then the rows that are shown, and of how many. */
typedef struct ranking {
	row *setup, *row;
	size_t setups, setup_room, shown, all;
} ranking;

static bool same(const row *a, const row *b)
{
	return a->params == b->params && a->flops == b->flops;
}

static int by_cost(const void *a, const void *b)
{
	const row *p = a, *q = b;
	if (p->params != q->params)
		return p->params < q->params ? 1 : -1;
	if (p->flops != q->flops)
		return p->flops < q->flops ? 1 : -1;
	return (p->order > q->order) - (p->order < q->order);
}

static bool has_setups(const sc_grid *g)
{
	return sc_grid_find(g, "se_params_change") != SC_NO_COLUMN;
}

static bool add_setup(ranking *r, const sc_grid *g, size_t i)
{
	row *more = sc_array_reserve(r->setup, &r->setup_room, r->setups + 1, sizeof *more);
	if (!more)
		return false;
	r->setup = more;
	r->setup[r->setups] = (row){sc_chart_word_at(g, i, "setup"),
		sc_chart_word_at(g, i, "group"), sc_chart_number_at(g, i, "se_params"),
		sc_chart_number_at(g, i, "se_flops"), r->setups, 0};
	r->setups++;
	return true;
}

/* every table of setups begins with the baseline, which counts once */
static bool collect(const sc_document *doc, ranking *r)
{
	const sc_grid *g;
	bool good = true;
	*r = (ranking){0};
	for (size_t t = 0; (g = sc_document_table(doc, t)) && good; t++)
		for (size_t i = r->setups ? 1 : 0; has_setups(g) && i < sc_grid_rows(g) && good;
			i++)
			good = add_setup(r, g, i);
	return good;
}

static void release(ranking *r)
{
	free(r->setup);
	free(r->row);
}

/* where every setup adds the same there is no rank */
static bool applies(const sc_document *doc)
{
	ranking r;
	bool differ = false, good = collect(doc, &r);
	for (size_t i = 1; i < r.setups && good; i++)
		differ = differ || !same(&r.setup[0], &r.setup[i]);
	release(&r);
	return differ;
}

static bool rank(const sc_document *doc, ranking *r)
{
	if (!collect(doc, r) || !(r->row = calloc(r->setups + 1, sizeof *r->row))) {
		release(r);
		return false;
	}
	for (size_t i = 0; i < r->setups; i++) {
		size_t k = 0;
		while (k < r->all && !same(&r->row[k], &r->setup[i]))
			k++;
		if (k < r->all)
			r->row[k].others++;
		else
			r->row[r->all++] = r->setup[i];
	}
	qsort(r->row, r->all, sizeof *r->row, by_cost);
	r->shown = r->all < ROWS_MAX ? r->all : ROWS_MAX;
	return true;
}

/* "r = 2", "pre (placement)": a bare word needs the name of its group */
static void name_of(const row *s, size_t max, sc_text *out)
{
	size_t letters = sc_chart_letters(s->name) + sc_chart_letters(s->group) + 3;
	sc_chart_plain(out, s->name, max);
	if (*s->group && !strpbrk(s->name, " =") && strcmp(s->group, "baseline") &&
		letters <= max) {
		sc_text_add(out, " (");
		sc_chart_plain(out, s->group, max);
		sc_text_add(out, ")");
	}
}

/* "baseline, r = 16, all stages +3" as far as there is room */
static void label(const ranking *all_of, const row *r, size_t room, sc_text *out)
{
	enum { MORE = 8 }; /* ", 9 more" */
	sc_text all = {0};
	size_t named = 0, more;
	name_of(r, r->others ? room - MORE : room, &all);
	for (size_t i = r->order + 1; i < all_of->setups && named < r->others; i++) {
		const row *s = &all_of->setup[i];
		size_t length = sc_chart_letters(sc_text_get(&all));
		if (!same(s, r))
			continue;
		if (length + 2 + sc_chart_letters(s->name) + MORE > room)
			break;
		sc_text_add(&all, ", ");
		sc_chart_plain(&all, s->name, room);
		named++;
	}
	more = r->others - named;
	if (more)
		sc_text_addf(&all, ", %zu more", more);
	sc_chart_cell(out, sc_text_get(&all), room + 2);
	out->failed = out->failed || all.failed;
	sc_text_release_into(&all, out);
}

static void write_data(const ranking *r, size_t room, sc_text *data)
{
	sc_text_add(data, "# place, extra parameters, for people, extra FLOPs, for people, is it "
			  "the baseline, setups\n");
	for (size_t i = 0; i < r->shown; i++) {
		sc_text_addf(data, "%zu %.0f \"", i, r->row[i].params);
		sc_chart_number(data, (uint64_t)r->row[i].params);
		sc_text_addf(data, "\" %.0f \"", r->row[i].flops);
		sc_chart_number(data, (uint64_t)r->row[i].flops);
		sc_text_addf(data, "\" %d ", r->row[i].order == 0);
		label(r, &r->row[i], room, data);
		sc_text_add(data, "\n");
	}
}

/* "20.1 M parameters (r = 2)" */
static void amount(const row *r, const char *what, sc_text *out)
{
	sc_chart_number(out, (uint64_t)r->params);
	sc_text_add(out, what);
	sc_chart_plain(out, r->name, 24);
	sc_text_add(out, ")");
}

/* without SE nothing is added, which is no news */
static void finding(const ranking *r, sc_text *out)
{
	const row *high = &r->row[0], *low = &r->row[r->all - 1];
	while (low > high && !(low->params > 0) && !(low->flops > 0))
		low--;
	if (low->params == high->params) {
		sc_text_add(out, "Setups that add parameters add ");
		sc_chart_number(out, (uint64_t)high->params);
		return;
	}
	sc_text_add(out, "The setups add from ");
	amount(low, " (", out);
	sc_text_add(out, " to ");
	amount(high, " parameters (", out);
}

/* Where the names end, and the bars of both panels stand, in a picture of either kind. */
static const struct {
	size_t letters;
	double left[2], right[2], row, head, foot;
} page = {40, {320, 700}, {670, 980}, 22, 96, 36}, column = {20, {150, 258}, {250, 354}, 15, 18, 2};

/* Bars and their numbers; the baseline's bar is the darker one. */
static void panel(sc_text *script, const sc_canvas *c, const sc_box *plot, bool flops, double top)
{
	const double NUMBER = 7.5 * c->letter; /* room for one */
	int key = flops ? 4 : 2;
	double width = plot->right - plot->left;
	const char *colors[] = {flops ? "#dda9c6" : "#a8a8a8", flops ? "#a83f7f" : "#333333"};
	sc_chart_place(script, c, plot);
	sc_text_addf(script,
		"set label 4 '%s%s' at graph 0, graph 1 left offset 0,0.6 font small "
		"textcolor rgb '%s'\nset xrange [0:%g]\nplot ",
		c->paper ? "" : "extra ", flops ? "FLOPs" : "parameters", colors[1],
		top > 0 ? top * width / (width - NUMBER) : 1);
	for (int baseline = 0; baseline < 2; baseline++)
		sc_text_addf(script,
			"data using ($6 == %d ? $%d/2 : NaN):1:(0):%d:($1-0.36):($1+0.36) with "
			"boxxyerror fillstyle solid 1 noborder fillcolor rgb '%s' notitle, \\\n  ",
			baseline, key, key, colors[baseline]);
	sc_text_addf(script, "data using %d:1:%d with labels left offset 0.6,0 font tiny notitle",
		key, key + 1);
	if (!flops)
		sc_text_add(script, ", \\\n  data using (0):1:7 with labels right offset -0.8,0 "
				    "font tiny notitle\nunset label");
	sc_text_add(script, "\n");
}

static void note(const ranking *r, sc_text *text)
{
	sc_text_add(text, "darker: the baseline. Setups that add the same share a bar.");
	if (r->shown < r->all)
		sc_text_addf(text, " Left out: the %zu that add least.", r->all - r->shown);
}

static void write_script(const sc_grid *of, const ranking *r, bool for_paper, sc_text *script)
{
	sc_text title = {0}, under = {0};
	double rows = (double)(r->shown < 3 ? 3 : r->shown), flops = 0;
	double head = for_paper ? column.head : page.head,
	       foot = for_paper ? column.foot : page.foot,
	       high = head + foot + rows * (for_paper ? column.row : page.row);
	const sc_canvas canvas = sc_canvas_new(for_paper, high, high);
	for (size_t i = 0; i < r->shown; i++)
		flops = r->row[i].flops > flops ? r->row[i].flops : flops;
	finding(r, &title);
	note(r, &under);
	sc_chart_begin(script, &canvas, of, "ranked", sc_text_get(&title), sc_text_get(&under));
	sc_text_addf(script,
		"set yrange [%.0f-0.4:-0.6]\nunset tics\nunset grid\nunset border\nset "
		"multiplot\n",
		rows);
	for (int k = 0; k < 2; k++) {
		const sc_box plot = {for_paper ? column.left[k] : page.left[k], foot,
			for_paper ? column.right[k] : page.right[k], high - head};
		panel(script, &canvas, &plot, k, k ? flops : r->row[0].params);
	}
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "ranked");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static const sc_grid *first_table(const sc_document *doc)
{
	const sc_grid *g;
	size_t i = 0;
	while ((g = sc_document_table(doc, i)) && !has_setups(g))
		i++;
	return g;
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	ranking r;
	script->failed = !rank(doc, &r);
	if (script->failed)
		return;
	write_data(&r, for_paper ? column.letters : page.letters, data);
	write_script(first_table(doc), &r, for_paper, script);
	release(&r);
}

/* every setup, those that share a bar, too */
static sc_grid *rows(const sc_document *doc)
{
	ranking r;
	sc_grid *out = sc_grid_new("ranked", "what setups add");
	sc_grid_column(out, SC_COLUMN_text, "group", "group", 0);
	sc_grid_column(out, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(out, SC_COLUMN_count, "se_params", "SE params", 0);
	sc_grid_column(out, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	if (!collect(doc, &r)) {
		release(&r);
		sc_grid_free(out);
		return NULL;
	}
	qsort(r.setup, r.setups, sizeof *r.setup, by_cost);
	for (size_t i = 0; i < r.setups; i++) {
		sc_grid_row(out, SC_ROW_plain);
		sc_grid_text(out, r.setup[i].group);
		sc_grid_text(out, r.setup[i].name);
		sc_grid_count(out, (uint64_t)r.setup[i].params);
		sc_grid_count(out, (uint64_t)r.setup[i].flops);
	}
	release(&r);
	return out;
}

static void describe(const sc_document *doc, sc_text *out)
{
	ranking r;
	if (!rank(doc, &r)) {
		out->failed = true;
		return;
	}
	sc_text_add(out, "Ranked bars of extra parameters and extra FLOPs. ");
	finding(&r, out);
	sc_text_add(out, ".");
	release(&r);
}

const sc_chart sc_chart_ranked = {"ranked", "every setup's extra parameters and FLOPs, ranked",
	applies, write, rows, describe};
