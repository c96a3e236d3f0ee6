#include "chart/chart_bench.h"

#include <string.h>

size_t sc_chart_bench_stages(const sc_bench *b, const char *name[SC_CHART_STAGES])
{
	size_t n = 0;
	for (size_t i = 0; i < b->cells; i++) {
		size_t k = 0;
		while (k < n && strcmp(name[k], b->cell[i].what.stage) != 0)
			k++;
		if (k == n && n < SC_CHART_STAGES)
			name[n++] = b->cell[i].what.stage;
	}
	return n;
}

static bool same_setting(const sc_bench *b, const sc_bench_cell *cell, sc_cache_state state)
{
	sc_bench_case first = b->cell[0].what;
	first.cache = state;
	return cell->summary.n && sc_case_same_setting(&first, &cell->what);
}

size_t sc_chart_bench_states(const sc_bench *b, sc_cache_state state[SC_STATE__N])
{
	size_t n = 0;
	for (int s = 0; s < SC_STATE__N; s++)
		for (size_t i = 0; i < b->cells; i++)
			if (same_setting(b, &b->cell[i], (sc_cache_state)s)) {
				state[n++] = (sc_cache_state)s;
				break;
			}
	return n;
}

bool sc_chart_bench_is(
	const sc_bench *b, const sc_bench_cell *cell, const char *stage, sc_cache_state state)
{
	return (!stage || !strcmp(stage, cell->what.stage)) && same_setting(b, cell, state);
}

/* settings that differ in more than the cache state, of which one is drawn */
static size_t settings(const sc_bench *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->cells; i++) {
		sc_bench_case a = b->cell[i].what;
		size_t k = 0;
		while (k < i) {
			sc_bench_case other = b->cell[k].what;
			other.cache = a.cache;
			if (sc_case_same_setting(&a, &other))
				break;
			k++;
		}
		n += k == i;
	}
	return n;
}

void sc_chart_bench_under(const sc_bench *b, sc_text *out)
{
	char print[17];
	const sc_bench_case *k = &b->cell[0].what;
	sc_machine_fingerprint(&b->machine, print);
	sc_chart_plain(out, b->network[0] ? b->network : "grid of shapes", 32);
	sc_text_add(out, " · ");
	sc_chart_plain(out, b->machine.cpu, 40);
	sc_text_addf(out, " (%.8s) · batch %zu · threads %u · %s · %s · kernel ", print,
		k->config.n, k->config.threads, sc_word_name(SC_WORD_layout, k->config.layout),
		sc_word_name(SC_WORD_dtype, k->config.map));
	sc_chart_plain(out, k->row, 16);
	if (settings(b) > 1)
		sc_text_addf(
			out, " · the first of %zu settings; all are in the tables", settings(b));
	if (!b->complete)
		sc_text_add(out, " · incomplete");
}

bool sc_chart_measures_use(const sc_study *study)
{
	const sc_bench *b = study->bench;
	bool any = false;
	for (size_t i = 0; b && b->network[0] && i < b->cells; i++)
		any = any || (b->cell[i].what.in_use && b->cell[i].summary.n);
	return any;
}
