/* An explanation: the value, the expression that bc evaluates to it, the terms behind it, the lines
 * of the description that it depends on. */
#include "base/json.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "secost/report.h"

enum { LINES_SHOWN = 40 };

static void add_product(const sc_term *t, bool symbols, sc_text *out)
{
	for (unsigned i = 0; i < t->count; i++) {
		if (symbols)
			sc_text_addf(out, "%s%s", i ? "·" : "", t->factor[i].symbol);
		else
			sc_text_addf(out, "%s%" PRIu64, i ? "*" : "", t->factor[i].value);
	}
}

static void term_row(sc_grid *g, const sc_explained_term *t)
{
	sc_text symbols = {0}, numbers = {0}, layer = {0};
	uint64_t value = 0;
	add_product(&t->term, true, &symbols);
	add_product(&t->term, false, &numbers);
	sc_text_addf(&layer, t->layer.part ? "%s.%s" : "%s", t->layer.name, t->layer.part);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_count(g, t->occurrences);
	sc_grid_text(g, sc_text_whole(&layer));
	sc_grid_text(g, sc_count_name(t->term.kind));
	sc_grid_count(g, t->coefficient);
	sc_grid_text(g, sc_text_whole(&symbols));
	sc_grid_text(g, sc_text_whole(&numbers));
	if (sc_term_value(&t->term, &value, NULL))
		sc_grid_unknown(g);
	else
		sc_grid_count(g, value);
	if (t->layer.line)
		sc_grid_count(g, t->layer.line);
	else
		sc_grid_nothing(g);
	sc_text_release(&symbols);
	sc_text_release(&numbers);
	sc_text_release(&layer);
}

static sc_grid *terms(const sc_explanation *e)
{
	sc_grid *g = sc_grid_new("terms", "terms");
	sc_grid_column(g, SC_COLUMN_exact, "times", "times", 0);
	sc_grid_column(g, SC_COLUMN_text, "layer", "layer", 0);
	sc_grid_column(g, SC_COLUMN_text, "kind", "kind", 0);
	sc_grid_column(g, SC_COLUMN_exact, "coefficient", "coefficient", 0);
	sc_grid_column(g, SC_COLUMN_text, "formula", "formula", 0);
	sc_grid_column(g, SC_COLUMN_text, "numbers", "numbers", 0);
	sc_grid_column(g, SC_COLUMN_exact, "value", "value", 0);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
	sc_grid_narrow(g, "layer,kind,value,times,coefficient,formula,numbers");
	for (size_t i = 0; i < e->terms; i++)
		term_row(g, &e->term[i]);
	return g;
}

/* line `number` of the text, without its end; "" past the last */
static void line_of(const char *text, uint32_t number, sc_text *out)
{
	for (uint32_t i = 1; text && i < number; i++) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	if (text)
		sc_text_add_bytes(out, text, strcspn(text, "\r\n"));
}

static void lines(sc_document *doc, const sc_sheet *sheet, const sc_explanation *e)
{
	for (size_t i = 0; i < e->marks && i < LINES_SHOWN; i++) {
		sc_text line = {0};
		uint32_t number = e->mark[i].line;
		const char *whole, *file = sc_model_file_of(sheet->model, &number, &whole);
		line_of(whole, number, &line);
		const char *text = sc_text_whole(&line);
		if (text)
			sc_document_note(doc, "%s:%u: %s", file, number, text + strspn(text, " "));
		else
			sc_document_fail(doc);
		sc_text_release(&line);
	}
	if (e->marks > LINES_SHOWN)
		sc_document_note(doc, "… and %zu more lines", e->marks - LINES_SHOWN);
}

typedef struct subject {
	const char *path;
	const sc_explanation *e;
	const sc_model *model;
} subject;

static json_t *lines_json(sc_json *j, const sc_model *model, const sc_explanation *e)
{
	json_t *all = json_array();
	for (size_t i = 0; i < e->marks; i++) {
		sc_text line = {0};
		line_of(model->text, e->mark[i].line, &line);
		const char *text = sc_text_get(&line);
		j->failed = j->failed || line.failed;
		sc_json_append(j, all,
			json_pack("{s:s, s:I, s:s}", "file", model->file, "line",
				(json_int_t)e->mark[i].line, "text", text + strspn(text, " ")));
		sc_text_release(&line);
	}
	return all;
}

static json_t *terms_json(const sc_explanation *e)
{
	sc_grid *g = terms(e);
	json_t *rows = g ? sc_grid_records(g) : NULL;
	sc_grid_free(g);
	return rows;
}

static json_t *json(const void *of)
{
	sc_json made = {0}, *j = &made;
	const subject *asked = of;
	const sc_explanation *e = asked->e;
	json_t *o = json_object();
	sc_json_set(j, o, "schema", sc_json_text("secost.explain/1"));
	sc_json_set(j, o, "path", sc_json_text(asked->path));
	sc_json_set(j, o, "value", sc_json_text(e->value));
	sc_json_set(j, o, "expression", sc_json_text(e->expression));
	sc_json_set(j, o, "formula", sc_json_text(e->formula));
	sc_json_set(j, o, "rule", e->rule ? sc_json_text(e->rule->name) : json_null());
	sc_json_set(j, o, "terms", terms_json(e));
	sc_json_set(j, o, "lines", lines_json(j, asked->model, e));
	return sc_json_done(j, o);
}

sc_document *sc_explain_document(const sc_sheet *sheet, const char *path, const sc_explanation *e)
{
	sc_document *doc = sc_document_new(NULL);
	sc_document_about(doc, sheet->model->name);
	sc_document_about(doc, path);
	sc_document_heading(doc, "%s = %s", path, e->value);
	sc_document_heading(doc, "= %s", e->expression);
	sc_document_heading(doc, "formula: %s", e->formula);
	if (e->rule)
		sc_document_heading(doc, "rule %s: %s", e->rule->name, e->rule->meaning);
	if (e->terms)
		sc_document_grid(doc, terms(e));
	lines(doc, sheet, e);
	sc_document_json(doc, json, &(subject){path, e, sheet->model}, sizeof(subject));
	return doc;
}
