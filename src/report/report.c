/* Writing a report, top to bottom: the document, the tables one by one, JSON, the charts,
 * report.md, index.html. Every file is complete or absent. */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "base/file.h"

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the report");
}

/* folder/name, written whole */
static sc_status write_file(
	const char *folder, const char *name, const sc_text *content, sc_err *err)
{
	sc_text path = {0};
	sc_text_addf(&path, "%s/%s", folder, name);
	sc_status s = path.failed || content->failed
			      ? no_memory(err)
			      : sc_file_write(path.s, sc_text_get(content), content->length, err);
	sc_text_release(&path);
	return s;
}

static sc_status make_folder(const char *folder, const char *sub, sc_err *err)
{
	sc_text path = {0};
	sc_text_addf(&path, "%s%s%s", folder, sub ? "/" : "", sub ? sub : "");
	sc_status s = path.failed ? no_memory(err) : sc_file_make_folder(path.s, err);
	sc_text_release(&path);
	return s;
}

/* what runs left that were killed */
static sc_status remove_stale(const char *folder, sc_err *err)
{
	static const char *const places[] = {"", "/tables", "/charts", "/paper"};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		sc_text path = {0};
		sc_text_addf(&path, "%s%s", folder, places[i]);
		if (path.failed)
			return no_memory(err);
		sc_file_remove_stale(path.s);
		sc_text_release(&path);
	}
	return SC_OK;
}

/* --- tables --- */

static sc_status write_table(
	const char *folder, const sc_document *doc, size_t i, const sc_format *format, sc_err *err)
{
	const sc_grid *grid = sc_document_table(doc, i);
	bool paper = !strcmp(format->name, "latex");
	const sc_style style = {.exact = !paper, .wide = !paper};
	sc_text content = {0}, name = {0};
	sc_text_addf(&name, "tables/%s", sc_grid_name(grid));
	sc_text_addf(&name, ".%s", format->extension);
	sc_status s = sc_grid_write_of(paper ? doc : NULL, grid, format, &style, &content, err);
	if (!s)
		s = name.failed ? no_memory(err) : write_file(folder, name.s, &content, err);
	sc_text_release(&content);
	sc_text_release(&name);
	return s;
}

static sc_status write_tables(const char *folder, const sc_document *doc, sc_err *err)
{
	static const char *const formats[] = {"csv", "md", "latex"};
	sc_status s = make_folder(folder, "tables", err);
	for (size_t i = 0; sc_document_table(doc, i) && !s; i++)
		for (size_t f = 0; f < sizeof formats / sizeof *formats && !s; f++)
			if (!f || sc_grid_is_shown(sc_document_table(doc, i)))
				s = write_table(folder, doc, i, sc_format_named(formats[f]), err);
	return s;
}

/* --- charts --- */

static bool is_wanted(const sc_study_spec *spec, const sc_chart *chart)
{
	for (size_t i = 0; spec && i < spec->charts.count; i++)
		if (!strcmp(spec->charts.item[i].text, chart->name))
			return true;
	return !spec || !spec->charts.count;
}

static const char *chart_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_chart_at(i) ? sc_chart_at(i)->name : NULL;
}

static void unknown_chart(const sc_study_spec *spec, const sc_placed *word, sc_err *err)
{
	sc_quoted quoted;
	sc_tail tail;
	sc_fail(err, SC_ESCHEMA, "%s is no chart%s", sc_quote(word->text, &quoted),
		sc_must_be_one_of(word->text, chart_word, NULL, NULL, &tail));
	snprintf(err->file, sizeof err->file, "%s", spec->file ? spec->file : "");
	err->line = (int)word->at.line;
	err->column = (int)word->at.column;
}

sc_status sc_report_check(const sc_study_spec *spec, sc_errs *errs)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < spec->charts.count; i++) {
		sc_err err;
		if (sc_chart_named(spec->charts.item[i].text))
			continue;
		unknown_chart(spec, &spec->charts.item[i], &err);
		s = sc_errs_add(errs, &err);
	}
	return s;
}

/* the same, one and no more */
static sc_status check_spec(const sc_study_spec *spec, sc_err *err)
{
	sc_err unused;
	for (size_t i = 0; spec && i < spec->charts.count; i++)
		if (!sc_chart_named(spec->charts.item[i].text)) {
			unknown_chart(spec, &spec->charts.item[i], err ? err : &unused);
			return SC_ESCHEMA;
		}
	return SC_OK;
}

/* Outcomes of the charts in one folder, SC_CHARTS_MAX at most. */
typedef struct outcomes {
	sc_chart_outcome *item;
	size_t *count, *missing;
} outcomes;

/* all that apply, into a folder of the report's */
static sc_status draw_into(const char *sub, const sc_report *r, const sc_chart_options *options,
	const outcomes *out, sc_err *err)
{
	sc_text path = {0};
	bool hung = false; /* once is enough: each would take all of its time */
	sc_text_addf(&path, "%s/%s", r->folder, sub);
	sc_status s = path.failed ? no_memory(err) : sc_file_make_folder(path.s, err);
	for (size_t i = 0; sc_chart_at(i) && *out->count < SC_CHARTS_MAX && !s; i++) {
		const sc_chart *chart = sc_chart_at(i);
		if (!is_wanted(r->study->spec, chart) || !chart->applies(r->doc))
			continue;
		sc_chart_outcome *outcome = &out->item[(*out->count)++];
		s = sc_chart_draw(chart, r->doc, path.s, !hung, options, outcome, err);
		if (!s && options->stop && options->stop(options->user))
			s = sc_fail(err, SC_EIO, "stopped while charts were drawn");
		hung = hung || outcome->timed_out;
		*out->missing += !outcome->drawn;
	}
	sc_text_release(&path);
	return s;
}

/* the page's, then the same for a paper */
static sc_status draw_charts(
	const sc_report *r, const sc_chart_options *options, sc_report_result *result, sc_err *err)
{
	sc_chart_options each = options ? *options : (sc_chart_options){0};
	const outcomes charts = {result->chart, &result->charts, &result->missing};
	const outcomes papers = {result->paper, &result->papers, &result->missing};
	bool for_paper = each.for_paper;
	each.for_paper = false;
	sc_status s = draw_into("charts", r, &each, &charts, err);
	each.for_paper = true;
	if (!s && for_paper)
		s = draw_into("paper", r, &each, &papers, err);
	return s;
}

/* --- pages --- */

static sc_status write_json(const char *folder, const sc_document *doc, sc_err *err)
{
	sc_text content = {0};
	const sc_style style = {0};
	sc_status s = sc_format_named("json")->write(doc, &style, &content, err);
	if (!s)
		s = write_file(folder, "study.json", &content, err);
	sc_text_release(&content);
	return s;
}

static sc_status write_pages(const sc_report *report, sc_err *err)
{
	sc_text md = {0}, html = {0};
	sc_report_markdown(report, &md);
	sc_status s = write_file(report->folder, "report.md", &md, err);
	if (!s)
		s = sc_report_html(report, &html, err);
	if (!s)
		s = write_file(report->folder, "index.html", &html, err);
	sc_text_release(&md);
	sc_text_release(&html);
	return s;
}

/* `*front` is the caller's to release after the document */
static sc_status make_document(
	const sc_study *study, sc_front *front, sc_document **out, sc_err *err)
{
	bool has_front = sc_study_has_front(study);
	sc_status s = has_front ? sc_study_front(study, NULL, NULL, front, err) : SC_OK;
	if (s)
		return s;
	*out = sc_study_document(study, has_front ? front : NULL);
	return *out ? SC_OK : no_memory(err);
}

static sc_status write_all(const sc_report *report, const sc_chart_options *options,
	sc_report_result *done, sc_err *err)
{
	const char *folder = report->folder;
	sc_status s = sc_document_check(report->doc, err);
	if (!s)
		s = check_spec(report->study->spec, err);
	if (!s)
		s = make_folder(folder, NULL, err);
	if (!s)
		s = remove_stale(folder, err);
	if (!s)
		s = write_tables(folder, report->doc, err);
	if (!s)
		s = write_json(folder, report->doc, err);
	if (!s)
		s = draw_charts(report, options, done, err);
	return s ? s : write_pages(report, err);
}

/* the result is too large for a small stack */
sc_status sc_report_write(const sc_study *study, const char *folder,
	const sc_chart_options *options, sc_report_result *result, sc_err *err)
{
	sc_report_result *done = calloc(1, sizeof *done);
	sc_front front = {0};
	sc_report report = {study, folder, NULL, done};
	sc_status s = done ? make_document(study, &front, &report.doc, err) : no_memory(err);
	if (!s)
		s = write_all(&report, options, done, err);
	sc_document_free(report.doc);
	sc_front_release(&front);
	if (done)
		*result = *done;
	free(done);
	return s;
}
