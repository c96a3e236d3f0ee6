/* Each stage's share of SE's parameters, of its FLOPs and of the bytes that it gates. */
#include <string.h>

#include "chart/chart.h"

enum { MEASURES = 3 };
/* Elements stand for bytes: every one of them is gated at the same width. */
static const char *const measure[MEASURES] = {"SE parameters", "SE FLOPs", "gated bytes"},
			 *const key[MEASURES] = {"se_params", "se_flops", "se_elements"};

static bool applies(const sc_document *doc)
{
	return sc_chart_se_stages(doc) != NULL;
}

static bool has_se(const sc_grid *g, size_t row)
{
	return sc_grid_rank(g, row) != SC_ROW_total && sc_chart_number_at(g, row, "se_params") > 0;
}

static double percent(const sc_grid *g, size_t row, int what)
{
	return 100 * sc_chart_number_at(g, row, key[what]) /
	       sc_chart_number_at(g, sc_chart_total(g), key[what]);
}

static void finding(const sc_document *doc, sc_text *out)
{
	const sc_grid *g = sc_chart_se_stages(doc);
	size_t row = sc_chart_heaviest(g);
	sc_chart_plain(out, sc_chart_word_at(g, row, "stage"), 24);
	sc_text_addf(out,
		" has %.0f %% of SE's parameters, %.0f %% of its FLOPs and %.0f %% of the bytes it "
		"gates",
		percent(g, row, 0), percent(g, row, 1), percent(g, row, 2));
}

static size_t count_stages(const sc_grid *g)
{
	size_t n = 0;
	for (size_t r = 0; r < sc_grid_rows(g); r++)
		n += has_se(g, r);
	return n;
}

static void write_stage(const sc_grid *g, size_t row, double shift, sc_text *data)
{
	for (int m = 0; m < MEASURES; m++) {
		double share = percent(g, row, m);
		bool tiny = share > 0 && share < 0.5;
		sc_text_addf(data, "%.6f \"%s\" %.9g \"", m + shift, measure[m], share);
		sc_text_addf(data, tiny ? "<1 %%\"\n" : "%.0f %%\"\n", share);
	}
	sc_text_add(data, "\n\n");
}

static void plot(const sc_grid *g, size_t n, sc_text *script)
{
	char color[8];
	size_t k = 0;
	sc_text_add(script, "plot \\\n");
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		if (!has_se(g, r))
			continue;
		sc_text_addf(script,
			"  data index %zu using 1:3:($1-half):($1+half):(0):3 with boxxyerror "
			"fillstyle solid 1 "
			"border linecolor rgb '#ffffff' fillcolor rgb '%s' title ",
			k, sc_chart_color(k, color));
		sc_chart_quote(script, sc_chart_word_at(g, r, "stage"), 18);
		sc_text_add(script, ", \\\n");
		k++;
	}
	sc_text_addf(script, "  data using 1:3:4 with labels %s notitle\n",
		n <= 6	  ? "offset 0,0.7"
		: n <= 12 ? "left rotate by 90 offset 0,0.4 font 'DejaVu Sans,10'"
			  : "left rotate by 90 offset 0,0.4 font 'DejaVu Sans,7'");
}

static void write_data(const sc_grid *g, size_t n, double step, sc_text *data)
{
	size_t k = 0;
	sc_text_add(data, "# One block for each stage: place, measure, share (%), for people\n");
	for (size_t r = 0; r < sc_grid_rows(g); r++)
		if (has_se(g, r))
			write_stage(g, r, ((double)k++ - ((double)n - 1) / 2) * step, data);
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	const sc_grid *g = sc_chart_se_stages(doc);
	size_t n = count_stages(g);
	double step = 0.86 / (double)n;
	sc_text title = {0};
	write_data(g, n, step, data);
	finding(doc, &title);
	sc_chart_begin(script, g, "shares", 1000, 520, sc_text_get(&title));
	sc_chart_margins(script, 0.08, 0.80, 0.10, 0.84);
	sc_text_addf(script,
		"half = %.6f\nset xrange [-0.5:2.5]\nset yrange [0:*]\nset offsets 0, 0, graph "
		"0.1, 0\n"
		"set xtics scale 0 ('%s' 0, '%s' 1, '%s' 2)\nset ylabel 'share of all of SE "
		"(%%)'\n",
		step * (n > 1 ? 0.47 : 0.25), measure[0], measure[1], measure[2]);
	sc_text_add(script, "set key at screen 0.815, screen 0.83 left top Left reverse samplen "
			    "1.2 noautotitle\n");
	plot(g, n, script);
	sc_chart_end(script, "shares");
	sc_text_release_into(&title, script);
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(
		out, "Bars of each stage's share of SE's parameters, SE's FLOPs and gated bytes: ");
	finding(doc, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_shares = {"shares",
	"each stage's share of SE's parameters, FLOPs and gated bytes", applies, write, describe};
