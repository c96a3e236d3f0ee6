/* Extra parameters by stage, stacked, one bar for each value of the sweep. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "chart/chart.h"

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

static void write_stage(const view *v, size_t row, sc_text *data)
{
	for (size_t c = v->first; c < v->after; c++) {
		double n = params(v, row, c), below = 0, all = params(v, v->total, c);
		for (size_t r = 0; r < row; r++)
			below += params(v, r, c);
		sc_text_addf(data, "%zu %.0f %.0f %.0f ", c - v->first, n, below, below + n);
		sc_text_addf(data, 25 * n >= most(v) ? "\"%.0f %%\" " : "\"\" ",
			all > 0 ? 100 * n / all : 0);
		sc_chart_cell(data, bar_name(v, c), 40);
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
		sc_chart_cell(data, bar_name(v, c), 24);
		sc_text_add(data, "\n");
	}
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# One block for each stage: bar, extra parameters, bottom, top, share, setup.\n"
		"# The last block: bar, extra parameters, the same for people, setup.\n");
	for (size_t r = 0; r < v->total; r++)
		if (has_se(v, r))
			write_stage(v, r, data);
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
}

/* names too long to stand side by side stand aslant */
static bool is_slanted(const view *v)
{
	enum { SHOWN = 24, ROOM = 75 };
	size_t longest = 0;
	for (size_t c = v->first; c < v->after; c++) {
		size_t letters = sc_chart_letters(bar_name(v, c));
		longest = letters > longest ? letters : longest;
	}
	return (v->after - v->first) * (longest < SHOWN ? longest : SHOWN) > ROOM;
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
			"1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror "
			"fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '%s' "
			"title ",
			n, sc_chart_color(n, color));
		sc_chart_quote(script, sc_chart_word_at(v->grid, r, "stage"), 18);
		sc_text_add(script, ", \\\n");
		n++;
	}
	return n;
}

static void plot(const view *v, sc_text *script)
{
	size_t bars = v->after - v->first;
	sc_text_add(script, "plot \\\n");
	size_t n = plot_bars(v, script);
	for (size_t k = 0; k < n && bars <= 12; k++)
		sc_text_addf(script,
			"  data index %zu using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu "
			"Sans,10' textcolor rgb '%s' notitle, \\\n",
			k, sc_chart_ink(k));
	if (bars <= 16)
		sc_text_addf(script,
			"  data index %zu using 1:($2/unit):3 with labels offset 0,0.7 notitle, "
			"\\\n",
			n);
	sc_text_addf(script, "  data index %zu using 1:(0):4 with labels %s notitle\n", n,
		is_slanted(v) ? "right rotate by 35 offset 0.5,-0.8" : "center offset 0,-1");
}

static void axes(const view *v, sc_text *script)
{
	unsigned power = sc_number_power((uint64_t)most(v));
	sc_text_addf(script,
		"unit = 1e%u\nset xrange [-0.7:%zu-0.3]\nset yrange [0:%g]\nunset xtics\n", power,
		v->after - v->first, 1.1 * most(v) / pow(10, power));
	sc_text_addf(script, "set ylabel 'extra parameters%s%s%s'\n", power ? " (" : "",
		sc_number_prefix(power), power ? ")" : "");
	sc_text_add(script, "set key at screen 0.815, screen 0.84 left top Left reverse samplen "
			    "1.2 invert noautotitle\n");
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	view v;
	sc_text title = {0};
	look(doc, &v);
	write_data(&v, data);
	finding(doc, &v, &title);
	sc_chart_begin(script, v.grid, "stages", 1000, 560, sc_text_get(&title));
	sc_chart_margins(script, 0.09, 0.80, is_slanted(&v) ? 0.22 : 0.10, 0.86);
	axes(&v, script);
	plot(&v, script);
	sc_chart_end(script, "stages");
	sc_text_release_into(&title, script);
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
	describe};
