/* Each stage's share of SE's parameters, of its FLOPs and of the bytes that it gates. */
#include <string.h>

#include "chart/chart.h"

enum { MEASURES = 3, STAGES_MAX = 64 };
static const char *const measure[MEASURES] = {"SE parameters", "SE FLOPs", "gated bytes"};

static bool applies(const sc_study *study)
{
	return sc_chart_main_setup(study) != NULL;
}

/* Elements stand for bytes: every one of them is gated at the same width. */
static double share(const sc_sheet *sheet, size_t stage, int what)
{
	const sc_se_totals *part = &sheet->row[stage + 1].t.se, *all = &sheet->total.se;
	return what == 0   ? sc_share(part->params, all->params)
	       : what == 1 ? sc_share(part->flops, all->flops)
			   : sc_share(part->elements, all->elements);
}

static void finding(const sc_study *study, sc_text *out)
{
	const sc_setup *s = sc_chart_main_setup(study);
	const sc_sheet_row *row = sc_heaviest_stage(&s->sheet);
	size_t i = row ? (size_t)(row - s->sheet.row) - 1 : 0;
	sc_chart_plain(out, s->sheet.row[i + 1].name, 24);
	sc_text_addf(out,
		" has %.0f %% of SE's parameters, %.0f %% of its FLOPs and %.0f %% of the bytes it "
		"gates",
		100 * share(&s->sheet, i, 0), 100 * share(&s->sheet, i, 1),
		100 * share(&s->sheet, i, 2));
}

static void plot(const sc_sheet *sheet, const size_t *stage, size_t n, sc_text *script)
{
	char color[8];
	sc_text_add(script, "plot \\\n");
	for (size_t k = 0; k < n; k++) {
		sc_text_addf(script,
			"  data index %zu using 1:3:($1-half):($1+half):(0):3 with boxxyerror "
			"fillstyle solid 1 "
			"border linecolor rgb '#ffffff' fillcolor rgb '%s' title ",
			k, sc_chart_color(k, color));
		sc_chart_quote(script, sheet->row[stage[k] + 1].name, 18);
		sc_text_add(script, ", \\\n");
	}
	sc_text_addf(script, "  data using 1:3:4 with labels %s notitle\n",
		n <= 6	  ? "offset 0,0.7"
		: n <= 12 ? "left rotate by 90 offset 0,0.4 font 'DejaVu Sans,10'"
			  : "left rotate by 90 offset 0,0.4 font 'DejaVu Sans,7'");
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	const sc_sheet *sheet = &sc_chart_main_setup(study)->sheet;
	size_t stage[STAGES_MAX], n = sc_chart_se_stages(study, stage, STAGES_MAX);
	double step = 0.86 / (double)n;
	sc_text title = {0};
	sc_text_add(data, "# One block for each stage: place, measure, share (%), for people\n");
	for (size_t k = 0; k < n; k++) {
		for (int m = 0; m < MEASURES; m++) {
			double percent = 100 * share(sheet, stage[k], m);
			bool tiny = percent > 0 && percent < 0.5;
			sc_text_addf(data, "%.6f \"%s\" %.9g \"",
				m + ((double)k - ((double)n - 1) / 2) * step, measure[m], percent);
			sc_text_addf(data, tiny ? "<1 %%\"\n" : "%.0f %%\"\n", percent);
		}
		sc_text_add(data, "\n\n");
	}
	finding(study, &title);
	sc_chart_begin(script, study, "shares", 1000, 520, sc_text_get(&title));
	sc_chart_margins(script, 0.08, 0.80, 0.10, 0.84);
	sc_text_addf(script,
		"half = %.6f\nset xrange [-0.5:2.5]\nset yrange [0:*]\nset offsets 0, 0, graph "
		"0.1, 0\n"
		"set xtics scale 0 ('%s' 0, '%s' 1, '%s' 2)\nset ylabel 'share of all of SE "
		"(%%)'\n",
		step * (n > 1 ? 0.47 : 0.25), measure[0], measure[1], measure[2]);
	sc_text_add(script, "set key at screen 0.815, screen 0.83 left top Left reverse samplen "
			    "1.2 noautotitle\n");
	plot(sheet, stage, n, script);
	sc_chart_end(script, "shares");
	bool failed = data->failed || script->failed || title.failed;
	sc_text_release_into(&title, script);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'shares'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(
		out, "Bars of each stage's share of SE's parameters, SE's FLOPs and gated bytes: ");
	finding(study, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_shares = {"shares",
	"each stage's share of SE's parameters, FLOPs and gated bytes", applies, write, describe};
