/* Shares of the stages side by side: of SE's parameters, FLOPs, bytes and measured time. */
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { COUNTED = 3, PAGE_HEIGHT = 540, PAPER_HEIGHT = 290, NAME_MAX_LETTERS = 18 };
static const char *const counted_key[COUNTED] = {"se_params", "se_flops", "se_bytes"},
			 *const counted_name[COUNTED] = {"parameters", "FLOPs", "bytes"};

/* what is counted is the same in every cache state; then the time in each of them */
typedef struct view {
	sc_measured m;
	size_t stages, measures;
	double *share; /* 0 … 1: measures × stages */
} view;

static const char *state_of(const view *v, size_t measure)
{
	return v->m.cache.item[measure < COUNTED ? 0 : measure - COUNTED];
}

/* of one row, all blocks of its stage */
static double value(const view *v, size_t row, size_t measure)
{
	return measure < COUNTED ? sc_measured_at(&v->m, row, counted_key[measure])
				 : sc_measured_at(&v->m, row, "latency_median_us") *
					   sc_measured_at(&v->m, row, "blocks");
}

static double *share(const view *v, size_t measure, size_t stage)
{
	return &v->share[measure * v->stages + stage];
}

static void fill(view *v, size_t measure)
{
	double all = 0;
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
			if (sc_measured_in_use(&v->m, r) &&
				sc_measured_is(&v->m, r, v->m.stage.item[s], state_of(v, measure)))
				*share(v, measure, s) += value(v, r, measure);
		all += *share(v, measure, s);
	}
	for (size_t s = 0; s < v->stages && all > 0; s++)
		*share(v, measure, s) /= all;
}

static bool look(const sc_document *doc, view *v)
{
	*v = (view){.m = sc_measured_look(doc)};
	v->stages = v->m.stage.count;
	v->measures = COUNTED + v->m.cache.count;
	v->share = calloc(v->measures * (v->stages + 1), sizeof *v->share);
	for (size_t m = 0; m < v->measures && v->share; m++)
		fill(v, m);
	return v->share && !v->m.stage.failed && !v->m.cache.failed;
}

static void release(view *v)
{
	sc_measured_release(&v->m);
	free(v->share);
}

/* the state that a network is most like: cold weights, else the last */
static size_t typical(const view *v)
{
	for (size_t i = 0; i < v->m.cache.count; i++)
		if (!strcmp(v->m.cache.item[i], "cold-weights"))
			return i;
	return v->m.cache.count - 1;
}

static size_t largest(const view *v, size_t measure)
{
	size_t most = 0;
	for (size_t s = 0; s < v->stages; s++)
		most = *share(v, measure, s) > *share(v, measure, most) ? s : most;
	return most;
}

/* where most parameters are, and what that takes of the time */
static void finding(const view *v, sc_text *out)
{
	size_t stage = largest(v, 0), time = COUNTED + typical(v);
	double params = *share(v, 0, stage), takes = *share(v, time, stage);
	sc_chart_plain(out, v->m.stage.item[stage], 16);
	sc_text_addf(out, " has %.0f %% of SE’s parameters %s takes %.0f %% of its time",
		100 * params, takes < params / 2 ? "but" : "and", 100 * takes);
}

static void note(const view *v, sc_text *out)
{
	sc_text_addf(out,
		"at the ratios in use, all blocks of a stage; time: medians of one block, times "
		"the "
		"blocks; in the title: %s",
		v->m.cache.item[typical(v)]);
	sc_measured_say(&v->m, out);
}

static void measure_name(const view *v, size_t m, bool is_short, sc_text *out)
{
	if (m < COUNTED) {
		sc_text_add(out, m || !is_short ? counted_name[m] : "params");
		return;
	}
	const char *state = state_of(v, m), *dash = strchr(state, '-');
	sc_text_add(out, "time\\n");
	sc_text_add_bytes(out, state, dash ? (size_t)(dash - state) : strlen(state));
	sc_text_addf(out, dash ? "\\n%s" : "%s", dash ? dash + 1 : "");
}

static void write_data(const view *v, const char *sign, sc_text *data)
{
	sc_text_add(data, "# A block for each stage: place, from, to (%), middle, for people\n");
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t m = 0; m < v->measures; m++) {
			double from = 0, part = 100 * *share(v, m, s);
			for (size_t k = 0; k < s; k++)
				from += 100 * *share(v, m, k);
			sc_text_addf(data, "%zu %.9g %.9g %.9g \"", m, from, from + part,
				from + part / 2);
			if (part >= 4)
				sc_text_addf(data, "%.0f%s\"\n", part, sign);
			else
				sc_text_add(data, " \"\n");
		}
		sc_text_add(data, "\n\n");
	}
}

static void plot(const view *v, bool for_paper, sc_text *script)
{
	char color[8];
	sc_text_add(script, "set xtics scale 0 (");
	for (size_t m = 0; m < v->measures; m++) {
		sc_text_add(script, m ? ", \"" : "\"");
		measure_name(v, m, for_paper, script);
		sc_text_addf(script, "\" %zu", m);
	}
	sc_text_addf(script, ")\nset xrange [-0.6:%.1f]\nplot \\\n", (double)v->measures - 0.4);
	for (size_t s = 0; s < v->stages; s++) {
		sc_text_addf(script,
			"  data index %zu using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror "
			"fillstyle "
			"solid 1 border linecolor rgb '#ffffff' fillcolor rgb '%s' title ",
			s, sc_chart_color(s, color));
		sc_chart_quote(script, v->m.stage.item[s], NAME_MAX_LETTERS);
		sc_text_add(script, ", \\\n");
	}
	for (size_t s = 0; s < v->stages; s++)
		sc_text_addf(script,
			"  data index %zu using 1:4:5 with labels textcolor rgb '%s' font "
			"small notitle%s\n",
			s, sc_chart_ink(s), s + 1 < v->stages ? ", \\" : "");
}

static void write_script(const view *v, bool for_paper, sc_text *script)
{
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {&canvas, 1, 1, for_paper ? 56 : 80, for_paper ? 52 : 84, 0, 6,
		{v->stages, sc_measured_letters(&v->m, NAME_MAX_LETTERS), true, 0}};
	sc_box area = sc_layout_plot(&l, 0);
	sc_text title = {0}, under = {0};
	finding(v, &title);
	note(v, &under);
	sc_chart_begin(
		script, &canvas, v->m.grid, "time", sc_text_get(&title), sc_text_get(&under));
	sc_chart_place(script, &canvas, &area);
	sc_text_add(script, "set yrange [0:100]\nset ylabel 'share of all of SE (%)'\n");
	sc_chart_names(script, &l);
	plot(v, for_paper, script);
	sc_chart_end(script, "time");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	view v;
	bool good = look(doc, &v);
	if (good) {
		write_data(&v, for_paper ? "" : " %", data);
		write_script(&v, for_paper, script);
	}
	release(&v);
	script->failed = script->failed || !good;
}

static sc_grid *rows(const sc_document *doc)
{
	view v;
	sc_grid *out = sc_grid_new("time", "shares of the stages");
	bool good = look(doc, &v);
	sc_grid_column(out, SC_COLUMN_text, "measure", "measure", 0);
	sc_grid_column(out, SC_COLUMN_text, "cache", "cache", 0);
	sc_grid_column(out, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(out, SC_COLUMN_share, "share", "share", 0);
	for (size_t i = 0; good && i < v.measures * v.stages; i++) {
		size_t m = i / v.stages;
		sc_grid_row(out, SC_ROW_plain);
		sc_grid_text(out, m < COUNTED ? counted_key[m] : "time");
		sc_grid_text(out, m < COUNTED ? "" : state_of(&v, m));
		sc_grid_text(out, v.m.stage.item[i % v.stages]);
		sc_grid_share(out, v.share[i]);
	}
	release(&v);
	if (good)
		return out;
	sc_grid_free(out);
	return NULL;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v;
	sc_text_add(out, "Stacked bars of each stage's share of SE's parameters, FLOPs, bytes and "
			 "measured time: ");
	if (look(doc, &v))
		finding(&v, out);
	else
		out->failed = true;
	sc_text_add(out, ".");
	release(&v);
}

const sc_chart sc_chart_time = {"time",
	"each stage's share of SE's parameters, FLOPs, bytes and measured time",
	sc_chart_measures_use, write, rows, describe};
