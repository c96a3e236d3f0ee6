/* Extra parameters by stage, stacked, one bar for each value of the sweep. Bars lie, so that their
 * names can be long. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "chart/chart.h"

enum { NAME_MAX_LETTERS = 24, SHARE_WIDTH = 36, NAME_HEIGHT = 26 };

/* A table with a row for each stage and the total. Each number of the total's row is a bar, whose
 * name heads its column: the values of a sweep; or the column "se_params" of one network. */
typedef struct view {
	const sc_grid *grid;
	size_t total;	     /* its row */
	size_t first, after; /* columns of the bars */
} view;

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n >= m && !strcmp(s + n - m, end);
}

static bool look(const sc_document *doc, view *v)
{
	const sc_grid *g;
	for (size_t i = 0; (g = sc_document_table(doc, i)); i++)
		if (ends_with(sc_grid_name(g), "-by-stage")) {
			*v = (view){g, sc_chart_total(g), 1, sc_grid_columns(g)};
			for (size_t c = v->first; c < v->after; c++)
				if (sc_grid_number(g, v->total, c) > 0)
					return true;
		}
	g = sc_chart_se_stages(doc);
	if (!g)
		return false;
	size_t column = sc_grid_find(g, "se_params");
	*v = (view){g, sc_chart_total(g), column, column + 1};
	return true;
}

static bool applies(const sc_document *doc)
{
	view v;
	return look(doc, &v);
}

static bool is_sweep(const view *v)
{
	return ends_with(sc_grid_name(v->grid), "-by-stage");
}

static const char *bar_name(const view *v, size_t column)
{
	return is_sweep(v) ? sc_grid_key(v->grid, column)
			   : sc_chart_word_at(v->grid, v->total, "network");
}

static double params(const view *v, size_t row, size_t column)
{
	double n = sc_grid_number(v->grid, row, column);
	return n > 0 ? n : 0;
}

static bool has_se(const view *v, size_t row)
{
	for (size_t c = v->first; c < v->after; c++)
		if (params(v, row, c) > 0)
			return true;
	return false;
}

static double most(const view *v)
{
	double n = 0;
	for (size_t c = v->first; c < v->after; c++)
		n = params(v, v->total, c) > n ? params(v, v->total, c) : n;
	return n;
}

/* letters of the longest name of a bar, and of a stage */
static size_t bar_letters(const view *v, size_t max)
{
	size_t most = 0;
	for (size_t c = v->first; c < v->after; c++) {
		size_t n = sc_chart_letters(bar_name(v, c));
		most = n > most ? n : most;
	}
	return most < max ? most : max;
}

static sc_names stage_names(const view *v)
{
	sc_names names = {0};
	for (size_t r = 0; r < v->total; r++) {
		size_t n = sc_chart_letters(sc_chart_word_at(v->grid, r, "stage"));
		if (!has_se(v, r))
			continue;
		names.count++;
		names.letters = n > names.letters ? n : names.letters;
	}
	names.letters = names.letters < NAME_MAX_LETTERS ? names.letters : NAME_MAX_LETTERS;
	return names;
}

/* a bar's share is written where it has room for that */
static void write_stage(const view *v, size_t row, double width, sc_text *data)
{
	for (size_t c = v->first; c < v->after; c++) {
		double n = params(v, row, c), below = 0, all = params(v, v->total, c);
		for (size_t r = 0; r < row; r++)
			below += params(v, r, c);
		sc_text_addf(data, "%zu %.0f %.0f %.0f ", c - v->first, n, below, below + n);
		sc_text_addf(data, n * width >= SHARE_WIDTH * most(v) ? "\"%.0f %%\" " : "\"\" ",
			all > 0 ? 100 * n / all : 0);
		sc_chart_cell(data, bar_name(v, c), NAME_MAX_LETTERS);
		sc_text_add(data, "\n");
	}
	sc_text_add(data, "\n\n");
}

static void write_totals(const view *v, sc_text *data)
{
	for (size_t c = v->first; c < v->after; c++) {
		double n = params(v, v->total, c);
		sc_text_addf(data, "%zu %.0f \"", c - v->first, n);
		sc_chart_number(data, (uint64_t)n);
		sc_text_add(data, "\" ");
		sc_chart_cell(data, bar_name(v, c), NAME_MAX_LETTERS);
		sc_text_add(data, "\n");
	}
}

static void write_data(const view *v, double width, sc_text *data)
{
	sc_text_add(data,
		"# One block for each stage: bar, extra parameters, from, to, share, setup.\n"
		"# The last block: bar, extra parameters, the same for people, setup.\n");
	for (size_t r = 0; r < v->total; r++)
		if (has_se(v, r))
			write_stage(v, r, width, data);
	write_totals(v, data);
}

static void finding(const sc_document *doc, const view *v, sc_text *out)
{
	const sc_grid *g = sc_chart_se_stages(doc);
	g = g ? g : v->grid;
	size_t column = g == v->grid ? v->first : sc_grid_find(g, "se_params"), heaviest = 0;
	size_t total = sc_chart_total(g);
	for (size_t r = 1; r < total; r++)
		if (!(sc_grid_number(g, r, column) <= sc_grid_number(g, heaviest, column)) &&
			sc_grid_number(g, r, column) > 0)
			heaviest = r;
	double all = sc_grid_number(g, total, column);
	sc_chart_plain(out, sc_chart_word_at(g, heaviest, "stage"), 24);
	sc_text_addf(
		out, " holds %.0f %% of the ", 100 * sc_grid_number(g, heaviest, column) / all);
	sc_chart_number(out, (uint64_t)all);
	sc_text_add(out, " parameters that SE adds");
	for (size_t c = v->first; is_sweep(v) && c < v->after; c++)
		if (params(v, v->total, c) == all) {
			sc_text_add(out, " (");
			sc_chart_plain(out, bar_name(v, c), NAME_MAX_LETTERS);
			sc_text_add(out, ")");
			return;
		}
}

static size_t plot_bars(const view *v, sc_text *script)
{
	char color[8];
	size_t n = 0;
	for (size_t r = 0; r < v->total; r++) {
		if (!has_se(v, r))
			continue;
		sc_text_addf(script,
			"  data index %zu using "
			"($4/unit):1:($3/unit):($4/unit):($1-0.36):($1+0.36) with boxxyerror "
			"fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '%s' "
			"title ",
			n, sc_chart_color(n, color));
		sc_chart_quote(script, sc_chart_word_at(v->grid, r, "stage"), NAME_MAX_LETTERS);
		sc_text_add(script, ", \\\n");
		n++;
	}
	return n;
}

static void plot(const view *v, sc_text *script)
{
	sc_text_add(script, "plot \\\n");
	size_t n = plot_bars(v, script);
	for (size_t k = 0; k < n; k++)
		sc_text_addf(script,
			"  data index %zu using (($3+$4)/2/unit):1:5 with labels font tiny "
			"textcolor rgb '%s' notitle, \\\n",
			k, sc_chart_ink(k));
	sc_text_addf(script,
		"  data index %zu using ($2/unit):1:3 with labels left offset 0.5,0 notitle\n", n);
}

static void axes(const view *v, const sc_layout *l, size_t letters, sc_text *script)
{
	const double NUMBER = 8 * l->canvas->letter; /* room for one */
	unsigned power = sc_number_power((uint64_t)most(v));
	sc_box area = sc_layout_plot(l, 0);
	double width = area.right - area.left,
	       longest = most(v) / pow(10, power) * width / (width - NUMBER);
	sc_chart_place(script, l->canvas, &area);
	sc_text_addf(script,
		"unit = 1e%u\nset yrange [%zu-0.4:-0.6]\nset xrange [0:%g]\nset ytics scale 0 (",
		power, v->after - v->first, longest);
	for (size_t c = v->first; c < v->after; c++) {
		sc_text_add(script, c > v->first ? ", " : "");
		sc_chart_quote(script, bar_name(v, c), letters);
		sc_text_addf(script, " %zu", c - v->first);
	}
	sc_text_addf(script,
		")\nset grid noytics xtics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n"
		"set xlabel 'extra parameters%s%s%s'\n",
		power ? " (" : "", sc_number_prefix(power), power ? ")" : "");
	sc_chart_tics(script, "x", longest, 8);
	sc_chart_names(script, l);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	view v;
	sc_text title = {0};
	look(doc, &v);
	size_t bars = v.after - v.first,
	       letters = bar_letters(&v, for_paper ? 16 : NAME_MAX_LETTERS);
	sc_names names = stage_names(&v);
	double thick = bars <= 2 ? 64 : bars <= 8 ? 42 : 24, all = thick * (double)bars;
	const sc_canvas any = sc_canvas_new(for_paper, 0, 0),
			canvas = sc_canvas_new(for_paper,
				152 + fmax(all, NAME_HEIGHT * (double)names.count),
				62 + sc_names_head(&names, &any) + 0.6 * all);
	const sc_layout l = {&canvas, 1, 1, 16 + canvas.letter * (double)letters,
		for_paper ? 46 : 54, 0, 20, names};
	sc_box area = sc_layout_plot(&l, 0);
	write_data(&v, area.right - area.left, data);
	finding(doc, &v, &title);
	sc_chart_begin(script, &canvas, v.grid, "stages", sc_text_get(&title), NULL);
	axes(&v, &l, letters, script);
	plot(&v, script);
	sc_chart_end(script, "stages");
	sc_text_release_into(&title, script);
}

static sc_grid *rows(const sc_document *doc)
{
	view v;
	sc_grid *out = sc_grid_new("stages", "extra parameters by stage");
	sc_grid_column(out, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(out, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(out, SC_COLUMN_count, "se_params", "SE params", 0);
	look(doc, &v);
	for (size_t c = v.first; c < v.after; c++)
		for (size_t r = 0; r <= v.total; r++) {
			if (!has_se(&v, r))
				continue;
			sc_grid_row(out, r < v.total ? SC_ROW_plain : SC_ROW_total);
			sc_grid_text(out, bar_name(&v, c));
			sc_grid_text(out, sc_chart_word_at(v.grid, r, "stage"));
			sc_grid_count(out, (uint64_t)params(&v, r, c));
		}
	return out;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v;
	look(doc, &v);
	sc_text_add(out, "Stacked bars of the parameters that SE adds in each stage: ");
	finding(doc, &v, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_stages = {"stages",
	"extra parameters by stage, stacked, a bar for each value of the sweep", applies, write,
	rows, describe};
