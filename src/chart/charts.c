/* The table of charts, and how one is drawn. */
#define _GNU_SOURCE /* memmem */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "chart/chart.h"
#include "chart/glyphs.h"
#include "chart/gnuplot.h"

static const sc_chart *const table[] = {
#define CHART(name) &sc_chart_##name,
#include "chart/charts.def"
#undef CHART
};

/* A picture that was written to its end has this there; blanks may follow. */
typedef struct picture {
	const char *extension, *end;
	size_t bytes;
} picture;

static const char png_end[] = "IEND\xae\x42\x60\x82";
enum { PICTURES = 3, FOR_PAPER = 2 }; /* the last two are for a paper, too */
static const picture pictures[PICTURES] = {
	{"svg", "</svg>", 6},
	{"png", png_end, sizeof png_end - 1},
	{"pdf", "%%EOF", 5},
};

const sc_chart *sc_chart_at(size_t i)
{
	return i < sizeof table / sizeof *table ? table[i] : NULL;
}

const sc_chart *sc_chart_named(const char *name)
{
	for (size_t i = 0; sc_chart_at(i); i++)
		if (!strcmp(table[i]->name, name))
			return table[i];
	return NULL;
}

static sc_status put(const char *folder, const char *name, const char *extension,
	const sc_text *text, sc_err *err)
{
	sc_text path = {0};
	sc_text_addf(&path, "%s/%s.%s", folder, name, extension);
	sc_status s = path.failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart '%s'", name)
				  : sc_file_write(path.s, sc_text_get(text), text->length, err);
	sc_text_release(&path);
	return s;
}

static bool is_complete(const char *path, const picture *p)
{
	char tail[64];
	FILE *f = fopen(path, "rbe");
	size_t n = 0;
	if (f && (!fseek(f, -(long)sizeof tail, SEEK_END) || !fseek(f, 0, SEEK_SET)))
		n = fread(tail, 1, sizeof tail, f);
	if (f)
		fclose(f);
	while (n && (tail[n - 1] == '\n' || tail[n - 1] == '\r' || tail[n - 1] == ' '))
		n--;
	return n >= p->bytes && !memcmp(tail + n - p->bytes, p->end, p->bytes);
}

/* Give a finished picture its name, or remove what there is of it. */
static bool settle(
	const char *folder, const char *name, const picture *p, const char *suffix, bool keep)
{
	sc_text temporary = {0}, final = {0};
	sc_text_addf(&temporary, "%s/%s.%s%s", folder, name, p->extension, suffix);
	sc_text_addf(&final, "%s/%s.%s", folder, name, p->extension);
	bool ok = !temporary.failed && !final.failed;
	if (ok && keep)
		ok = !rename(temporary.s, final.s);
	if (!temporary.failed && (!keep || !ok))
		unlink(temporary.s);
	if (!final.failed && (!keep || !ok))
		unlink(final.s); /* of an earlier run, and of other data */
	sc_text_release(&temporary);
	sc_text_release(&final);
	return ok;
}

/* Blanks for the date that cairo puts in a PDF, where it can be read: the same data give the same
 * file. */
static bool undate(const char *path)
{
	enum { PDF_MAX = 64 << 20 };
	static const char key[] = "/CreationDate (";
	sc_text text = {0};
	bool ok = !sc_file_read(path, PDF_MAX, &text, NULL);
	char *at = ok ? memmem(text.s, text.length, key, sizeof key - 1) : NULL,
	     *end = at ? memchr(at, ')', text.length - (size_t)(at - text.s)) : NULL;
	FILE *f = end ? fopen(path, "r+be") : NULL;
	if (f) {
		memset(at, ' ', (size_t)(end + 1 - at));
		ok = !fseek(f, at - text.s, SEEK_SET) &&
		     fwrite(at, 1, (size_t)(end + 1 - at), f) == (size_t)(end + 1 - at);
		ok = !fclose(f) && ok;
	}
	sc_text_release(&text);
	return ok && (!end || f);
}

static bool is_there(const char *folder, const char *name, const picture *p, const char *suffix)
{
	sc_text path = {0};
	sc_text_addf(&path, "%s/%s.%s%s", folder, name, p->extension, suffix);
	bool there = !path.failed && is_complete(path.s, p);
	there = there && (strcmp(p->extension, "pdf") || undate(path.s));
	sc_text_release(&path);
	return there;
}

/* what is known: what there is of the picture, and what gnuplot said */
static void lacks(
	const char *folder, const char *suffix, const picture *p, sc_chart_outcome *outcome)
{
	char said[sizeof outcome->message];
	const char *name = outcome->chart->name;
	sc_text path = {0};
	sc_text_addf(&path, "%s/%s.%s%s", folder, name, p->extension, suffix);
	bool begun = !path.failed && !access(path.s, F_OK);
	sc_text_release(&path);
	snprintf(said, sizeof said, "%s", outcome->message);
	outcome->drawn = false;
	snprintf(outcome->message, sizeof outcome->message,
		"gnuplot ended with status 0 but %s %s.%s%s%s%.150s", begun ? "left" : "wrote no",
		name, p->extension, begun ? " without its end" : "", *said ? "; it said: " : "",
		said);
}

static void unnamed(sc_chart_outcome *outcome, const picture *p)
{
	outcome->drawn = false;
	snprintf(outcome->message, sizeof outcome->message,
		"%s.%s was drawn but can't be given its name", outcome->chart->name, p->extension);
}

/* all pictures or none */
static void draw(const char *folder, const sc_chart_options *options, sc_chart_outcome *outcome)
{
	char suffix[48];
	size_t first = options && options->for_paper ? PICTURES - FOR_PAPER : 0;
	const char *name = outcome->chart->name;
	snprintf(suffix, sizeof suffix, ".%ld.tmp", (long)getpid());
	sc_gnuplot_run(options, folder, suffix, outcome);
	for (size_t i = first; i < PICTURES && outcome->drawn; i++)
		if (!is_there(folder, name, &pictures[i], suffix))
			lacks(folder, suffix, &pictures[i], outcome);
	for (size_t i = first; i < PICTURES; i++)
		if (!settle(folder, name, &pictures[i], suffix, outcome->drawn) && outcome->drawn)
			unnamed(outcome, &pictures[i]);
	if (outcome->drawn)
		outcome->message[0] = '\0'; /* a remark about a picture that is whole */
}

/* what it shows, for programs */
static sc_status put_rows(
	const sc_chart *chart, const sc_document *doc, const char *folder, sc_err *err)
{
	sc_text csv = {0};
	const sc_style style = {.exact = true};
	sc_grid *rows = chart->rows(doc);
	sc_status s = rows ? sc_grid_write(rows, sc_format_named("csv"), &style, &csv, err)
			   : sc_fail(err, SC_ENOMEM, "no memory for the chart '%s'", chart->name);
	if (!s)
		s = put(folder, chart->name, "csv", &csv, err);
	sc_grid_free(rows);
	sc_text_release(&csv);
	return s;
}

/* the figure with its caption */
static sc_status put_figure(
	const sc_chart *chart, const sc_document *doc, const char *folder, sc_err *err)
{
	sc_text tex = {0}, words = {0};
	chart->describe(doc, &words);
	sc_text_addf(&tex,
		"%% \\usepackage{graphicx}\n\\begin{figure}\n\\centering\n"
		"\\includegraphics[width=\\columnwidth]{%s.pdf}\n\\caption{",
		chart->name);
	sc_latex_text(sc_text_get(&words), &tex);
	sc_text_addf(&tex, "}\n\\label{fig:");
	sc_latex_label(sc_document_title(doc), &tex);
	sc_text_addf(
		&tex, "%s%s}\n\\end{figure}\n", *sc_document_title(doc) ? "-" : "", chart->name);
	sc_status s = tex.failed || words.failed
			      ? sc_fail(err, SC_ENOMEM, "no memory for the chart '%s'", chart->name)
			      : put(folder, chart->name, "tex", &tex, err);
	sc_text_release(&tex);
	sc_text_release(&words);
	return s;
}

static sc_status put_script(const sc_document *doc, const char *folder,
	const sc_chart_options *options, sc_chart_outcome *outcome, sc_err *err)
{
	sc_text data = {0}, script = {0};
	const sc_chart *chart = outcome->chart;
	chart->write(doc, options && options->for_paper, &data, &script);
	outcome->replaced = sc_glyphs_replace(options, &data, &script);
	sc_status s = data.failed || script.failed
			      ? sc_fail(err, SC_ENOMEM, "no memory for the chart '%s'", chart->name)
			      : SC_OK;
	if (!s)
		s = put(folder, chart->name, "dat", &data, err);
	if (!s)
		s = put(folder, chart->name, "gp", &script, err);
	sc_text_release(&data);
	sc_text_release(&script);
	return s;
}

sc_status sc_chart_draw(const sc_chart *chart, const sc_document *doc, const char *folder, bool run,
	const sc_chart_options *options, sc_chart_outcome *outcome, sc_err *err)
{
	bool for_paper = options && options->for_paper;
	*outcome = (sc_chart_outcome){.chart = chart};
	sc_status s = put_script(doc, folder, options, outcome, err);
	if (!s)
		s = put_rows(chart, doc, folder, err);
	if (!s && for_paper)
		s = put_figure(chart, doc, folder, err);
	if (!s && run)
		draw(folder, options, outcome);
	else if (!s)
		snprintf(outcome->message, sizeof outcome->message,
			"not tried, since gnuplot did not finish another");
	return s;
}
