/* Each stage's share of SE's parameters, of its FLOPs and of the bytes that it gates. */
#include <string.h>

#include "chart/chart.h"

enum { MEASURES = 3, PAGE_HEIGHT = 500, PAPER_HEIGHT = 230, NAME_MAX_LETTERS = 18 };
/* Elements stand for bytes: every one of them is gated at the same width. */
static const char *const measure[MEASURES] = {"SE parameters", "SE FLOPs", "gated bytes"},
			 *const key[MEASURES] = {"se_params", "se_flops", "se_elements"},
			 *const share_key[MEASURES] = {
				 "se_params_share", "se_flops_share", "se_bytes_share"};

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

static void write_stage(const sc_grid *g, size_t row, double shift, const char *sign, sc_text *data)
{
	for (int m = 0; m < MEASURES; m++) {
		double share = percent(g, row, m);
		bool tiny = share > 0 && share < 0.5;
		sc_text_addf(data, "%.6f \"%s\" %.9g \"", m + shift, measure[m], share);
		if (tiny)
			sc_text_addf(data, "<1%s\"\n", sign);
		else
			sc_text_addf(data, "%.0f%s\"\n", share, sign);
	}
	sc_text_add(data, "\n\n");
}

/* longest name */
static size_t letters(const sc_grid *g)
{
	size_t n = 0;
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		size_t of = has_se(g, r) ? sc_chart_letters(sc_chart_word_at(g, r, "stage")) : 0;
		n = of > n ? of : n;
	}
	return n < NAME_MAX_LETTERS ? n : NAME_MAX_LETTERS;
}

/* How many names of bars stand side by side, with a sign, without one, or turned, on a page and in
 * a column. */
enum { SIGNED = 6, LEVEL = 12, COLUMN_LEVEL = 5, COLUMN_TURNED = 8 };

static bool is_level(size_t n, bool for_paper)
{
	return n <= (for_paper ? COLUMN_LEVEL : LEVEL);
}

static const char *turned(size_t n, bool for_paper)
{
	if (is_level(n, for_paper))
		return n <= SIGNED ? "offset 0,0.7 font small" : "offset 0,0.7 font tiny";
	if (for_paper && n <= COLUMN_TURNED)
		return "left rotate by 90 offset 0,0.4 font tiny";
	return "left rotate by 90 offset 0,0.4 font 'DejaVu Sans,7'";
}

static void plot(const sc_grid *g, size_t n, bool for_paper, sc_text *script)
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
		sc_chart_quote(script, sc_chart_word_at(g, r, "stage"), NAME_MAX_LETTERS);
		sc_text_add(script, ", \\\n");
		k++;
	}
	sc_text_addf(script, "  data using 1:3:4 with labels %s notitle\n", turned(n, for_paper));
}

static void write_data(const sc_grid *g, size_t n, double step, const char *sign, sc_text *data)
{
	size_t k = 0;
	sc_text_add(data, "# One block for each stage: place, measure, share (%), for people\n");
	for (size_t r = 0; r < sc_grid_rows(g); r++)
		if (has_se(g, r))
			write_stage(g, r, ((double)k++ - ((double)n - 1) / 2) * step, sign, data);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	const sc_grid *g = sc_chart_se_stages(doc);
	size_t n = count_stages(g);
	double step = 0.86 / (double)n;
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {&canvas, 1, 1, for_paper ? 50 : 74, for_paper ? 22 : 44, 16, 4,
		{n, letters(g), false, 0}};
	sc_box area = sc_layout_plot(&l, 0);
	sc_text title = {0};
	write_data(g, n, step, for_paper || n > SIGNED ? "" : " %", data);
	finding(doc, &title);
	sc_chart_begin(script, &canvas, g, "shares", sc_text_get(&title), NULL);
	sc_chart_place(script, &canvas, &area);
	sc_text_addf(script,
		"half = %.6f\nset xrange [-0.5:2.5]\nset yrange [0:*]\nset offsets 0, 0, graph "
		"%.2f, 0\nset xtics scale 0 ('%s' 0, '%s' 1, '%s' 2)\nset ylabel 'share of all of "
		"SE (%%)'\n",
		step * (n > 1 ? 0.47 : 0.25), is_level(n, for_paper) ? 0.1 : 0.16, measure[0],
		measure[1], measure[2]);
	sc_chart_names(script, &l);
	plot(g, n, for_paper, script);
	sc_chart_end(script, "shares");
	sc_text_release_into(&title, script);
}

static sc_grid *rows(const sc_document *doc)
{
	const sc_grid *g = sc_chart_se_stages(doc);
	sc_grid *out = sc_grid_new("shares", "shares of SE by stage");
	sc_grid_column(out, SC_COLUMN_text, "stage", "stage", 0);
	for (int m = 0; m < MEASURES; m++)
		sc_grid_column(out, SC_COLUMN_share, share_key[m], measure[m], 0);
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		if (!has_se(g, r))
			continue;
		sc_grid_row(out, SC_ROW_plain);
		sc_grid_text(out, sc_chart_word_at(g, r, "stage"));
		for (int m = 0; m < MEASURES; m++)
			sc_grid_share(out, percent(g, r, m) / 100);
	}
	return out;
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(
		out, "Bars of each stage's share of SE's parameters, SE's FLOPs and gated bytes: ");
	finding(doc, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_shares = {"shares",
	"each stage's share of SE's parameters, FLOPs and gated bytes", applies, write, rows,
	describe};
