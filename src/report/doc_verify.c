#include <stdio.h>
#include <string.h>

#include "report/about.h"
#include "report/say.h"

void sc_verdict_columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "quantity", "figure", 0);
	sc_grid_column(g, SC_COLUMN_text, "published", "published", 0);
	sc_grid_column(g, SC_COLUMN_exact, "counted", "counted", 0);
	sc_grid_column(g, SC_COLUMN_change, "difference", "difference", 0);
	sc_grid_column(g, SC_COLUMN_text, "agrees", "agrees", 0);
	sc_grid_column(g, SC_COLUMN_text, "rule", "rule", 0);
	sc_grid_column(g, SC_COLUMN_text, "source", "source", 0);
}

static void header(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_verdict_columns(g);
	sc_grid_column(g, SC_COLUMN_text, "input", "input", 0);
	sc_grid_column(g, SC_COLUMN_text, "reason", "reason for a difference", 0);
	sc_grid_column(g, SC_COLUMN_text, "file", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
}

void sc_counted_cells(sc_grid *g, const sc_verdict *v)
{
	if (v->known) {
		sc_grid_count(g, v->counted);
		sc_grid_change(g, v->difference);
	} else {
		sc_grid_unknown(g);
		sc_grid_unknown(g);
	}
}

static void row(sc_grid *g, const sc_verdict *v)
{
	char input[48];
	snprintf(input, sizeof input, "%u×%u×%u", v->input.c, v->input.h, v->input.w);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, v->model->name);
	sc_grid_text(g, sc_quantity_name(v->quantity));
	sc_grid_text(g, v->figure->text);
	sc_counted_cells(g, v);
	sc_grid_text(g, v->agrees	    ? "yes"
			: v->expect->reason ? "no, explained"
			: v->known	    ? "NO"
					    : "unknown");
	sc_grid_text(g, v->rule->name);
	sc_grid_text(g, v->expect->source);
	if (v->input.c)
		sc_grid_text(g, input);
	else
		sc_grid_nothing(g);
	if (v->agrees || !v->expect->reason)
		sc_grid_nothing(g);
	else
		sc_grid_text(g, v->expect->reason);
	if (!v->file) {
		sc_grid_nothing(g);
		sc_grid_nothing(g);
		return;
	}
	sc_grid_text(g, v->file);
	sc_grid_count(g, v->line);
}

/* the rows that nothing counts; returns how many */
static size_t undescribed(sc_grid *g, const sc_published_figures *published)
{
	size_t n = 0;
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_grid_column(g, SC_COLUMN_text, "quantity", "figure", 0);
	sc_grid_column(g, SC_COLUMN_text, "published", "published", 0);
	sc_grid_column(g, SC_COLUMN_text, "source", "source", 0);
	for (size_t i = 0; i < published->count; i++) {
		const sc_published_figure *f = &published->item[i];
		if (f->description)
			continue;
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, f->network);
		sc_grid_text(g, sc_quantity_name(f->quantity));
		sc_grid_text(g, f->expect.figure[f->quantity].text);
		sc_grid_text(g, f->expect.source);
		n++;
	}
	return n;
}

/* --- what it comes to --- */

typedef struct tally {
	size_t figures, agree, explained, differ;
} tally;

static void add(tally *t, const sc_verdict *v)
{
	t->figures++;
	t->agree += v->agrees;
	t->explained += !v->agrees && v->expect->reason;
	t->differ += !v->agrees && !v->expect->reason;
}

static bool is_of(const sc_verdict *v, const sc_published_figures *published)
{
	size_t i = 0;
	while (i < published->count && v->expect != &published->item[i].expect)
		i++;
	return i < published->count;
}

/* as its sources call them; those with a description only, or all */
static size_t networks(const sc_published_figures *published, bool described)
{
	size_t n = 0;
	for (size_t i = 0; i < published->count; i++) {
		size_t j = 0;
		while (j < i && strcmp(published->item[j].network, published->item[i].network))
			j++;
		n += j == i && (!described || published->item[i].description);
	}
	return n;
}

static void say(sc_document *doc, const char *figures, const tally *t)
{
	if (t->figures)
		sc_document_answer(doc,
			"%s: %zu; agreeing to the digits printed %zu, differing for a reason that "
			"is "
			"given %zu, differing without one %zu.",
			figures, t->figures, t->agree, t->explained, t->differ);
}

static void say_published(sc_document *doc, const sc_published_figures *published, size_t unknown)
{
	if (published->count)
		sc_document_answer(doc,
			"%zu of the %zu published networks have a description; %zu figures are of "
			"those that have none.",
			networks(published, true), networks(published, false), unknown);
}

static void say_why(sc_document *doc, const sc_verdict *v)
{
	if (!v->agrees)
		sc_document_note(doc, "%s, %s %s of %s: %s", v->model->name,
			sc_quantity_name(v->quantity), v->figure->text, v->expect->source,
			v->expect->reason ? v->expect->reason : "no reason is known");
}

static sc_grid *verdicts(sc_document *doc, const sc_verdict *verdict, size_t n,
	const sc_published_figures *published)
{
	tally own = {0}, table = {0};
	sc_grid *g = sc_grid_new("verify", "agreement is to the precision that was printed");
	sc_grid_narrow(g, "network,quantity,published,counted;agrees");
	sc_about_verdicts(doc, verdict, n);
	header(g);
	for (size_t i = 0; i < n; i++) {
		row(g, &verdict[i]);
		say_why(doc, &verdict[i]);
		add(is_of(&verdict[i], published) ? &table : &own, &verdict[i]);
	}
	say(doc, "Published figures", &table);
	say(doc, "Figures in descriptions", &own);
	return g;
}

sc_document *sc_verify_document(
	const sc_verdict *verdict, size_t n, const sc_published_figures *published)
{
	sc_document *doc = sc_document_new("Published figures against what is counted");
	sc_grid *none =
		sc_grid_new("undescribed", "figures of networks that no description counts");
	sc_document_grid(doc, verdicts(doc, verdict, n, published));
	size_t rows = undescribed(none, published);
	say_published(doc, published, rows);
	if (rows)
		sc_document_grid(doc, none);
	else
		sc_grid_free(none);
	return doc;
}
