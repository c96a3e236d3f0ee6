/* What charts read of a document. */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "chart/chart.h"

double sc_chart_number_at(const sc_grid *g, size_t row, const char *key)
{
	return sc_grid_number(g, row, sc_grid_find(g, key));
}

const char *sc_chart_word_at(const sc_grid *g, size_t row, const char *key)
{
	return sc_grid_word(g, row, sc_grid_find(g, key));
}

size_t sc_chart_total(const sc_grid *g)
{
	size_t row = 0;
	while (row < sc_grid_rows(g) && sc_grid_rank(g, row) != SC_ROW_total)
		row++;
	return row;
}

void sc_words_note(sc_words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (!strcmp(words->item[i], word))
			return;
	const char **item =
		sc_array_reserve(words->item, &words->room, words->count + 1, sizeof *item);
	words->failed = words->failed || !item;
	if (!item)
		return;
	words->item = item;
	words->item[words->count++] = word;
}

const sc_grid *sc_chart_se_stages(const sc_document *doc)
{
	static const char *const names[] = {"stages", "stages-with-se"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const sc_grid *g = sc_document_find(doc, names[i]);
		if (g && sc_chart_number_at(g, sc_chart_total(g), "se_params") > 0)
			return g;
	}
	return NULL;
}

size_t sc_chart_heaviest(const sc_grid *g)
{
	size_t best = sc_grid_rows(g);
	double most = 0;
	for (size_t r = 0; r < sc_grid_rows(g); r++) {
		double n = sc_chart_number_at(g, r, "se_params");
		if (sc_grid_rank(g, r) == SC_ROW_total || !(n > most))
			continue;
		most = n;
		best = r;
	}
	return best;
}
