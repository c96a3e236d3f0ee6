/* What was published of a forward pass's time beside what was measured here. Machines differ, and
 * so do the milliseconds; what SE adds to a pass, as a part of it, is what can be compared. */
#include <stdio.h>
#include <string.h>

#include "report/network.h"

bool sc_has_published_times(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++)
		if (study->setup[i].published.inference_ms > 0)
			return true;
	return false;
}

/* the first published time of a setup that has SE, or has none; NULL when there is none */
static const sc_setup *published(const sc_study *study, bool se)
{
	for (size_t i = 0; i < study->setups; i++) {
		const sc_setup *s = &study->setup[i];
		if (s->published.inference_ms > 0 && (s->sheet.total.se.weights > 0) == se)
			return s;
	}
	return NULL;
}

static void published_row(sc_grid *g, const sc_setup *s, const sc_setup *base)
{
	double ms = s->published.inference_ms;
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, s->published.source ? s->published.source : "published");
	sc_grid_text(g, s->name);
	sc_grid_real(g, ms);
	if (base && s != base)
		sc_grid_share(g, ms / base->published.inference_ms - 1);
	else
		sc_grid_nothing(g);
	for (int i = 0; i < 3; i++)
		sc_grid_nothing(g);
}

/* a cell of text and two numbers of a part that SE adds; nothing for a pass without it */
static void over_cells(sc_grid *g, double value, const sc_interval *ci95)
{
	char text[64];
	for (int i = 0; i < 4 && !ci95; i++)
		sc_grid_nothing(g);
	if (!ci95)
		return;
	snprintf(text, sizeof text, "%+.2f … %+.2f %%", 100 * ci95->low, 100 * ci95->high);
	sc_grid_share(g, value);
	sc_grid_text(g, text);
	sc_grid_share(g, ci95->low);
	sc_grid_share(g, ci95->high);
}

static void measured_row(sc_grid *g, const sc_network_result *r, size_t k, size_t base)
{
	sc_estimate pass, over;
	char where[320];
	if (!r->of[k].described || sc_network_pass(r, k, &pass, NULL))
		return;
	snprintf(where, sizeof where, "here: %s, batch %u, %u thread%s", r->machine, r->batch,
		r->threads, r->threads > 1 ? "s" : "");
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, where);
	sc_grid_text(g, sc_network_se_words(r->of[k].se));
	sc_grid_real(g, pass.value / 1e6);
	bool known =
		k != base && base < r->count && !sc_network_added(r, k, base, true, &over, NULL);
	over_cells(g, known ? over.value : 0, known ? &over.ci95 : NULL);
}

static void peer_rows(sc_grid *g, const sc_network_peer *p)
{
	char where[128], with_se[96];
	const char *version = strstr(p->name, " (");
	snprintf(where, sizeof where, "here: %s", p->name);
	snprintf(with_se, sizeof with_se, "%.*s",
		version ? (int)(version - p->name) : (int)strlen(p->name), p->name);
	for (int with = 0; with < 2; with++) {
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, where);
		sc_grid_text(g, with ? with_se : "without SE");
		sc_grid_real(g, (with ? p->with_ns : p->without_ns) / 1e6);
		over_cells(g, p->over, with ? &p->over95 : NULL);
	}
}

sc_grid *sc_published_times_grid(const sc_study *study)
{
	sc_grid *g = sc_grid_new(
		"published_times", "time of a forward pass, as published and as measured here");
	const sc_setup *base = published(study, false);
	const sc_network_result *r = study->times;
	sc_grid_column(g, SC_COLUMN_text, "source", "source", 0);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_real, "pass_ms", "ms", 1);
	sc_grid_column(g, SC_COLUMN_share, "over_without", "over without", 2);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_share, "over_low", NULL, 4);
	sc_grid_column(g, SC_COLUMN_share, "over_high", NULL, 4);
	sc_grid_narrow(g, "setup,pass_ms,over_without,95 %,source");
	if (r)
		sc_grid_conditions(g, "%s · %s, batch %u, %u thread%s", r->network, r->machine,
			r->batch, r->threads, r->threads > 1 ? "s" : "");
	for (size_t i = 0; i < study->setups; i++)
		if (study->setup[i].published.inference_ms > 0)
			published_row(g, &study->setup[i], base);
	for (size_t k = 0; r && k < r->count; k++)
		measured_row(g, r, k, sc_network_subject_of(r, SC_NETWORK_without));
	for (size_t i = 0; r && i < r->peers; i++)
		peer_rows(g, &r->peer[i]);
	sc_grid_note(g, "over without: of a pass without SE on the same machine; published times "
			"come without an interval; measured here: sum of steps, each the median of "
			"its round");
	return g;
}

void sc_say_published_times(sc_document *doc, const sc_study *study)
{
	const sc_setup *base = published(study, false), *with = published(study, true);
	const sc_network_result *r = study->times;
	size_t without = r ? sc_network_subject_of(r, SC_NETWORK_without) : 0,
	       kernel = r ? sc_network_subject_of(r, SC_NETWORK_kernel) : 0;
	sc_estimate over;
	if (!base || !with)
		return;
	double said = with->published.inference_ms / base->published.inference_ms - 1;
	if (!r || without >= r->count || kernel >= r->count ||
		sc_network_added(r, kernel, without, true, &over, NULL)) {
		sc_document_answer(doc, "Published: %g ms → %g ms, %+.1f %%; not measured here.",
			base->published.inference_ms, with->published.inference_ms, 100 * said);
		return;
	}
	bool inside = said >= over.ci95.low && said <= over.ci95.high;
	sc_document_answer(doc,
		"Published: %g ms → %g ms, %+.1f %%. Measured here, on another machine and another "
		"implementation: %+.1f %% [%.1f, %.1f]; what was published lies %s that interval.",
		base->published.inference_ms, with->published.inference_ms, 100 * said,
		100 * over.value, 100 * over.ci95.low, 100 * over.ci95.high,
		inside ? "inside of" : "outside of");
	for (size_t i = 0; i < r->peers; i++) {
		const sc_network_peer *p = &r->peer[i];
		sc_document_answer(doc,
			"The same pair in %s: %.1f ms → %.1f ms, %+.1f %% [%.1f, %.1f].", p->name,
			p->without_ns / 1e6, p->with_ns / 1e6, 100 * p->over, 100 * p->over95.low,
			100 * p->over95.high);
	}
}
