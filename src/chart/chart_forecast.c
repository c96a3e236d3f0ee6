/* Forecast against measured, each cell left out in turn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { PAGE_HEIGHT = 560, PAPER_HEIGHT = 270, NAME_MAX_LETTERS = 24 };

static bool applies(const sc_document *doc)
{
	return sc_document_find(doc, "forecasts") && sc_document_find(doc, "forecast-errors");
}

static void finding(const sc_document *doc, sc_text *out)
{
	const sc_grid *g = sc_document_find(doc, "forecast-errors");
	sc_text_addf(out,
		"Half of %.0f forecasts are within %.1f %% of what was measured, 95 %% within %.0f "
		"%%",
		sc_chart_number_at(g, 0, "cells"), 100 * sc_chart_number_at(g, 0, "error_median"),
		100 * sc_chart_number_at(g, 0, "error_most"));
}

static sc_words states(const sc_grid *g)
{
	sc_words w = {0};
	for (size_t r = 0; r < sc_grid_rows(g); r++)
		sc_words_note(&w, sc_chart_word_at(g, r, "cache"));
	return w;
}

static void write_data(const sc_grid *g, const sc_words *state, sc_text *data)
{
	sc_text_add(data, "# A block for each cache state: measured µs, forecast ÷ measured\n");
	for (size_t s = 0; s < state->count; s++) {
		for (size_t r = 0; r < sc_grid_rows(g); r++)
			if (!strcmp(sc_chart_word_at(g, r, "cache"), state->item[s]))
				sc_text_addf(data, "%.9g %.9g\n",
					sc_chart_number_at(g, r, "measured_us"),
					sc_chart_number_at(g, r, "of_measured"));
		sc_text_add(data, "\n\n");
	}
}

/* in print without colours the states differ by what is filled and what is light */
static void plot(const sc_words *state, sc_text *script)
{
	sc_text_add(script, "plot 1 with lines linecolor rgb '#555555' notitle, \\\n"
			    "  1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \\\n"
			    "  1/1.1 with lines dashtype 2 linecolor rgb '#999999' notitle");
	for (size_t s = 0; s < state->count; s++) {
		sc_text_addf(script,
			", \\\n  data index %zu using 1:2 with points pointtype %d "
			"pointsize 0.7 linecolor rgb '%s' title ",
			s, sc_chart_mark(0, sc_chart_state_filled(s)), sc_chart_state_color(s));
		sc_chart_quote(script, state->item[s], NAME_MAX_LETTERS);
	}
	sc_text_add(script, "\n");
}

static void axes(const sc_grid *g, sc_text *script)
{
	double reach = 1.2;
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		double x = sc_chart_number_at(g, r, "of_measured");
		reach = fmax(reach, fmax(x, 1 / x) * 1.05);
	}
	sc_text_addf(script,
		"set logscale xy\nset format x '%%g'\nset yrange [%.4g:%.4g]\nset ytics "
		"(0.2, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5)\nset xlabel 'measured, µs "
		"(log scale)'\nset ylabel 'forecast ÷ measured (log scale)'\n",
		1 / reach, reach);
}

static void note(const sc_document *doc, sc_text *out)
{
	sc_text_addf(out, "each cell left out in turn; the worst is %.0f %% off; dashed: 10 %% off",
		100 * sc_chart_number_at(
			      sc_document_find(doc, "forecast-errors"), 0, "error_worst"));
}

static void write_script(
	const sc_document *doc, const sc_words *state, bool for_paper, sc_text *script)
{
	const sc_grid *g = sc_document_find(doc, "forecasts");
	sc_text title = {0}, under = {0};
	sc_names names = {.count = state->count};
	for (size_t s = 0; s < state->count; s++) {
		size_t n = sc_chart_letters(state->item[s]);
		names.letters = n > names.letters ? n : names.letters;
	}
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {
		&canvas, 1, 1, for_paper ? 60 : 96, for_paper ? 46 : 54, 0, SC_NOTE_FOOT, names};
	sc_box area = sc_layout_plot(&l, 0);
	finding(doc, &title);
	note(doc, &under);
	sc_chart_begin(script, &canvas, g, "forecast", sc_text_get(&title), sc_text_get(&under));
	sc_chart_place(script, &canvas, &area);
	axes(g, script);
	sc_chart_names(script, &l);
	plot(state, script);
	sc_chart_end(script, "forecast");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	const sc_grid *g = sc_document_find(doc, "forecasts");
	sc_words state = states(g);
	write_data(g, &state, data);
	write_script(doc, &state, for_paper, script);
	script->failed = script->failed || state.failed;
	free(state.item);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"stage", "ratio", "batch", "threads", "cache",
		"measured_us", "forecast_us", "of_measured", NULL};
	return sc_grid_pick(sc_document_find(doc, "forecasts"), "forecast", keys, NULL, NULL);
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(out, "Points of forecast over measured time against measured time. ");
	finding(doc, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_forecast = {"forecast",
	"forecasts of latency against measurements, each left out in turn", applies, write, rows,
	describe};
