/* Writing a report, top to bottom: the document, the tables one by one, JSON, the charts,
 * report.md, index.html. Every file is complete or absent. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

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
	sc_status s = sc_grid_write(grid, format, &style, &content, err);
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

static bool is_wanted(const sc_study *study, const sc_chart *chart)
{
	const sc_texts *wanted = study->spec ? &study->spec->charts : NULL;
	for (size_t i = 0; wanted && i < wanted->count; i++)
		if (!strcmp(wanted->item[i], chart->name))
			return true;
	return !wanted || !wanted->count;
}

static sc_status check_names(const sc_study *study, sc_err *err)
{
	const sc_texts *wanted = study->spec ? &study->spec->charts : NULL;
	for (size_t i = 0; wanted && i < wanted->count; i++)
		if (!sc_chart_named(wanted->item[i]))
			return sc_fail(err, SC_ESCHEMA,
				"unknown chart '%.40s'; 'secost list charts' has them all",
				wanted->item[i]);
	return SC_OK;
}

/* all that apply, into a folder of the report's */
static sc_status draw_into(const char *sub, const sc_report *r, const sc_chart_options *options,
	sc_report_result *result, sc_err *err)
{
	sc_text path = {0};
	bool hung = false; /* once is enough: each would take all of its time */
	sc_text_addf(&path, "%s/%s", r->folder, sub);
	sc_status s = path.failed ? no_memory(err) : sc_file_make_folder(path.s, err);
	for (size_t i = 0; sc_chart_at(i) && result->charts < SC_CHARTS_MAX && !s; i++) {
		const sc_chart *chart = sc_chart_at(i);
		if (!is_wanted(r->study, chart) || !chart->applies(r->doc))
			continue;
		sc_chart_outcome *outcome = &result->chart[result->charts++];
		s = sc_chart_draw(chart, r->doc, path.s, !hung, options, outcome, err);
		if (!s && options->stop && options->stop(options->user))
			s = sc_fail(err, SC_EIO, "stopped while charts were drawn");
		hung = hung || outcome->timed_out;
		result->missing += !outcome->drawn;
	}
	sc_text_release(&path);
	return s;
}

/* the page's, then the same for a paper */
static sc_status draw_charts(
	const sc_report *r, const sc_chart_options *options, sc_report_result *result, sc_err *err)
{
	sc_chart_options each = options ? *options : (sc_chart_options){0};
	sc_report_result paper = {0};
	bool for_paper = each.for_paper;
	each.for_paper = false;
	sc_status s = draw_into("charts", r, &each, result, err);
	each.for_paper = true;
	if (!s && for_paper)
		s = draw_into("paper", r, &each, &paper, err);
	for (size_t i = 0; i < paper.charts; i++)
		result->paper[i] = paper.chart[i];
	result->missing += paper.missing;
	result->papers = paper.charts;
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

sc_status sc_report_write(const sc_study *study, const char *folder,
	const sc_chart_options *options, sc_report_result *result, sc_err *err)
{
	sc_report_result done = {0};
	sc_report report = {study, folder, sc_study_document(study), &done};
	sc_status s = report.doc ? sc_document_check(report.doc, err) : no_memory(err);
	if (!s)
		s = check_names(study, err);
	if (!s)
		s = make_folder(folder, NULL, err);
	if (!s)
		s = remove_stale(folder, err);
	if (!s)
		s = write_tables(folder, report.doc, err);
	if (!s)
		s = write_json(folder, report.doc, err);
	if (!s)
		s = draw_charts(&report, options, &done, err);
	if (!s)
		s = write_pages(&report, err);
	sc_document_free(report.doc);
	if (!s)
		*result = done;
	return s;
}
