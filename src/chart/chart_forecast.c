/* Forecast against measured, each cell left out in turn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { HEIGHT = 600 };

static bool applies(const sc_document *doc)
{
	return sc_document_find(doc, "forecasts") && sc_document_find(doc, "forecast-errors");
}

static void finding(const sc_document *doc, sc_text *out)
{
	const sc_grid *g = sc_document_find(doc, "forecast-errors");
	sc_text_addf(out,
		"Forecasts of %.0f cells left out in turn: half within %.1f %%, 95 %% within %.0f "
		"%%, "
		"worst %.0f %% off",
		sc_chart_number_at(g, 0, "cells"), 100 * sc_chart_number_at(g, 0, "error_median"),
		100 * sc_chart_number_at(g, 0, "error_most"),
		100 * sc_chart_number_at(g, 0, "error_worst"));
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

static void plot(const sc_words *state, sc_text *script)
{
	static const char *const color[] = {"#d55e00", "#0072b2", "#56b4e9"};
	enum { COLORS = sizeof color / sizeof *color };
	sc_text_add(script, "plot 1 with lines linecolor rgb '#555555' notitle, \\\n"
			    "  1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \\\n"
			    "  1/1.1 with lines dashtype 2 linecolor rgb '#999999' notitle");
	for (size_t s = 0; s < state->count; s++) {
		sc_text_addf(script,
			", \\\n  data index %zu using 1:2 with points pointtype 7 "
			"pointsize 0.7 linecolor rgb '%s' title ",
			s, color[s % COLORS]);
		sc_chart_quote(script, state->item[s], 24);
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
	sc_chart_margins(script, 0.09, 0.84, 0.15, 0.85);
	sc_text_addf(script,
		"set logscale xy\nset format x '%%g'\nset yrange [%.4g:%.4g]\nset ytics "
		"(0.2, "
		"0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5)\nset xlabel 'measured, µs "
		"(log "
		"scale)'\nset ylabel 'forecast ÷ measured (log scale)'\nset key at screen 0.855, "
		"screen 0.85 left top "
		"Left reverse samplen 1.2 noautotitle\n",
		1 / reach, reach);
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	const sc_grid *g = sc_document_find(doc, "forecasts");
	sc_words state = states(g);
	sc_text title = {0};
	write_data(g, &state, data);
	finding(doc, &title);
	sc_chart_begin(script, g, "forecast", 1000, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT, "dashed: 10 % off");
	axes(g, script);
	plot(&state, script);
	sc_chart_end(script, "forecast");
	script->failed = script->failed || state.failed;
	free(state.item);
	sc_text_release_into(&title, script);
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(out, "Points of forecast over measured time against measured time. ");
	finding(doc, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_forecast = {"forecast",
	"forecasts of latency against measurements, each left out in turn", applies, write,
	describe};
