/* What SE adds to a forward pass of the whole network: as published, and as measured here. */
#include <math.h>
#include <string.h>

#include "chart/chart.h"

enum { NAME_MAX_LETTERS = 30, PAGE_ROW = 44, PAPER_ROW = 26 };

static const sc_grid *table(const sc_document *doc)
{
	return sc_document_find(doc, "published_times");
}

static double percent(const sc_grid *g, size_t row, const char *key)
{
	return 100 * sc_chart_number_at(g, row, key);
}

static bool is_drawn(const void *of, size_t row)
{
	return !isnan(percent(of, row, "over_without"));
}

/* a measured one has an interval */
static bool is_measured(const sc_grid *g, size_t row)
{
	return is_drawn(g, row) && !isnan(percent(g, row, "over_low"));
}

static size_t count(const sc_grid *g)
{
	size_t n = 0;
	for (size_t r = 0; g && r < sc_grid_rows(g); r++)
		n += is_drawn(g, r);
	return n;
}

static bool applies(const sc_document *doc)
{
	return count(table(doc)) >= 2;
}

static size_t first(const sc_grid *g, bool measured)
{
	size_t r = 0;
	while (r < sc_grid_rows(g) && !(is_drawn(g, r) && is_measured(g, r) == measured))
		r++;
	return r;
}

static void finding(const sc_grid *g, sc_text *out)
{
	size_t here = first(g, true), there = first(g, false);
	sc_text_add(out, "SE adds ");
	if (here < sc_grid_rows(g))
		sc_text_addf(out, "%.1f %% [%.1f, %.1f] to a pass here",
			percent(g, here, "over_without"), percent(g, here, "over_low"),
			percent(g, here, "over_high"));
	if (there < sc_grid_rows(g))
		sc_text_addf(out, "%s%.1f %% as published", here < sc_grid_rows(g) ? ", " : "",
			percent(g, there, "over_without"));
}

/* "published: SE-ResNet-50", "here: SE by the kernel" */
static void name_of(const sc_grid *g, size_t row, sc_text *out)
{
	sc_text_add(out, is_measured(g, row) ? "here: " : "published: ");
	sc_chart_plain(out, sc_chart_word_at(g, row, "setup"), NAME_MAX_LETTERS - 11);
}

static void write_data(const sc_grid *g, sc_text *data)
{
	size_t n = 0;
	sc_text_add(data, "# place, % over a pass without SE, from, to, for people\n");
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		double over = percent(g, r, "over_without");
		bool measured = is_measured(g, r);
		if (!is_drawn(g, r))
			continue;
		sc_text_addf(data, "%zu %.9g %.9g %.9g \"%s%.1f %%\"\n", n++, over,
			measured ? percent(g, r, "over_low") : over,
			measured ? percent(g, r, "over_high") : over, over < 0 ? "−" : "+",
			fabs(over));
	}
}

static size_t letters(const sc_grid *g, bool *failed)
{
	size_t most = 0;
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		sc_text name = {0};
		if (!is_drawn(g, r))
			continue;
		name_of(g, r, &name);
		size_t n = sc_chart_letters(sc_text_get(&name));
		most = n > most ? n : most;
		*failed = *failed || name.failed;
		sc_text_release(&name);
	}
	return most;
}

/* zero and every interval, with some air */
static void axes(const sc_grid *g, sc_text *script)
{
	double low = 0, high = 0;
	size_t n = 0;
	sc_text_add(script, "set ytics scale 0 (");
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		if (!is_drawn(g, r))
			continue;
		low = fmin(low, fmin(percent(g, r, "over_without"), percent(g, r, "over_low")));
		high = fmax(high, fmax(percent(g, r, "over_without"), percent(g, r, "over_high")));
		sc_text_add(script, n ? ", '" : "'");
		name_of(g, r, script);
		sc_text_addf(script, "' %zu", n++);
	}
	double air = 0.08 * (high - low);
	sc_text_addf(script,
		")\nset yrange [%zu-0.4:-0.6]\nset xrange [%.4g:%.4g]\n"
		"set xlabel '%% over a pass without SE'\nset grid noytics xtics linecolor rgb "
		"'#dddddd' linetype 1 linewidth 0.7\nset arrow from 0, graph 0 to 0, graph 1 "
		"nohead "
		"linecolor rgb '#555555'\nunset key\n",
		n, low - air, high + air);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	const sc_grid *g = table(doc);
	double rows = (double)count(g);
	sc_text title = {0};
	const sc_canvas canvas =
		sc_canvas_new(for_paper, 160 + PAGE_ROW * rows, 66 + PAPER_ROW * rows);
	const sc_layout l = {&canvas, 1, 1,
		18 + canvas.letter * (double)letters(g, &script->failed), for_paper ? 46 : 54, 0,
		SC_NOTE_FOOT, {0}};
	sc_box area = sc_layout_plot(&l, 0);
	write_data(g, data);
	finding(g, &title);
	sc_chart_begin(script, &canvas, g, "passes", sc_text_get(&title),
		"filled: measured here, with its 95 % interval; open: published, without one");
	sc_chart_place(script, &canvas, &area);
	axes(g, script);
	sc_text_add(script, "plot data using ($4 > $3 ? $2 : NaN):1:3:4 with xerrorbars pointtype "
			    "7 pointsize 1 "
			    "linewidth 2 linecolor rgb '#0072b2' notitle, \\\n"
			    "  data using ($4 > $3 ? NaN : $2):1 with points pointtype 6 pointsize "
			    "1.3 linewidth "
			    "2 linecolor rgb '#b33c00' notitle, \\\n"
			    "  data using 2:1:5 with labels offset 0,0.9 font small notitle\n");
	sc_chart_end(script, "passes");
	sc_text_release_into(&title, script);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {
		"source", "setup", "pass_ms", "over_without", "over_low", "over_high", NULL};
	return sc_grid_pick(table(doc), "passes", keys, NULL, NULL);
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(out,
		"Points of the time that SE adds to a forward pass, published and measured "
		"here with intervals: ");
	finding(table(doc), out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_passes = {"passes",
	"what SE adds to a forward pass of the whole network, published and measured", applies,
	write, rows, describe};
