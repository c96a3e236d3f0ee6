#include "chart/chart_bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double sc_measured_at(const sc_measured *m, size_t row, const char *key)
{
	return sc_chart_number_at(m->grid, row, key);
}

bool sc_measured_is_in(
	const sc_measured *m, const sc_grid *g, size_t row, const char *stage, const char *cache)
{
	const char *setting = sc_chart_word_at(g, row, "setting");
	size_t n = cache ? strlen(cache) : strcspn(setting, ",");
	return (!stage || !strcmp(sc_chart_word_at(g, row, "stage"), stage)) &&
	       (!cache || !strncmp(setting, cache, n)) && !strcmp(setting + n, m->shown);
}

bool sc_measured_is(const sc_measured *m, size_t row, const char *stage, const char *cache)
{
	return !isnan(sc_measured_at(m, row, "latency_median_us")) &&
	       sc_measured_is_in(m, m->grid, row, stage, cache);
}

bool sc_measured_in_use(const sc_measured *m, size_t row)
{
	return sc_grid_rank(m->grid, row) == SC_ROW_plain;
}

/* as far as they are there, coldest last; then what has another name */
static void note_caches(sc_measured *m)
{
	static const char *const by_temperature[] = {"hot", "cold-weights", "cold"};
	size_t rows = sc_grid_rows(m->grid);
	for (size_t k = 0; k < sizeof by_temperature / sizeof *by_temperature; k++)
		for (size_t r = 0; r < rows; r++)
			if (sc_measured_is(m, r, NULL, by_temperature[k]))
				sc_words_note(&m->cache, by_temperature[k]);
	for (size_t r = 0; r < rows; r++)
		if (sc_measured_is(m, r, NULL, NULL))
			sc_words_note(&m->cache, sc_chart_word_at(m->grid, r, "cache"));
}

sc_measured sc_measured_look(const sc_document *doc)
{
	sc_measured m = {.grid = sc_document_find(doc, "latency")};
	if (!m.grid || !sc_grid_rows(m.grid))
		return (sc_measured){0};
	const char *first = sc_chart_word_at(m.grid, 0, "setting");
	m.shown = first + strcspn(first, ",");
	for (size_t r = 0; r < sc_grid_rows(m.grid); r++) {
		const char *setting = sc_chart_word_at(m.grid, r, "setting");
		sc_words_note(&m.stage, sc_chart_word_at(m.grid, r, "stage"));
		sc_words_note(&m.setting, setting + strcspn(setting, ","));
	}
	note_caches(&m);
	return m;
}

void sc_measured_release(sc_measured *m)
{
	free(m->stage.item);
	free(m->cache.item);
	free(m->setting.item);
}

void sc_measured_say(const sc_measured *m, sc_text *out)
{
	if (m->setting.count < 2)
		return;
	sc_text_add(out, "; shown is ");
	sc_chart_plain(out, *m->shown ? m->shown + 2 : m->shown, 80);
	sc_text_addf(out, ", the first of %zu settings; the tables have all", m->setting.count);
}

size_t sc_measured_letters(const sc_measured *m, size_t max)
{
	size_t most = 0;
	for (size_t s = 0; s < m->stage.count; s++) {
		size_t n = sc_chart_letters(m->stage.item[s]);
		most = n > most ? n : most;
	}
	return most < max ? most : max;
}

bool sc_chart_measures_use(const sc_document *doc)
{
	sc_measured m = sc_measured_look(doc);
	bool any = false;
	for (size_t r = 0; m.grid && r < sc_grid_rows(m.grid); r++)
		any = any || (sc_measured_in_use(&m, r) && sc_measured_is(&m, r, NULL, NULL));
	sc_measured_release(&m);
	return any;
}
