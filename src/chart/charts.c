/* The table of charts, and how one is drawn. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "chart/chart.h"
#include "chart/gnuplot.h"

static const sc_chart *const table[] = {
#define CHART(name) &sc_chart_##name,
#include "chart/charts.def"
#undef CHART
};

static const char *const pictures[] = {"svg", "png"};

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
	sc_status s = path.failed || text->failed
			      ? sc_fail(err, SC_ENOMEM, "no memory for the chart '%s'", name)
			      : sc_file_write(path.s, sc_text_get(text), text->length, err);
	sc_text_release(&path);
	return s;
}

/* Give a finished picture its name, or remove what there is of it. */
static bool settle(
	const char *folder, const char *name, const char *extension, const char *suffix, bool keep)
{
	sc_text temporary = {0}, final = {0};
	struct stat st;
	sc_text_addf(&temporary, "%s/%s.%s%s", folder, name, extension, suffix);
	sc_text_addf(&final, "%s/%s.%s", folder, name, extension);
	bool ok = !temporary.failed && !final.failed;
	if (ok && keep)
		ok = !stat(temporary.s, &st) && st.st_size > 0 && !rename(temporary.s, final.s);
	if (!temporary.failed && (!keep || !ok))
		unlink(temporary.s);
	if (!final.failed && (!keep || !ok))
		unlink(final.s); /* of an earlier run, and of other data */
	sc_text_release(&temporary);
	sc_text_release(&final);
	return ok;
}

static void draw(const char *folder, const sc_chart_options *options, sc_chart_outcome *outcome)
{
	char suffix[48];
	const char *name = outcome->chart->name;
	snprintf(suffix, sizeof suffix, ".%ld.tmp", (long)getpid());
	sc_gnuplot_run(options, folder, suffix, outcome);
	for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
		if (!settle(folder, name, pictures[i], suffix, outcome->drawn)) {
			outcome->drawn = false;
			snprintf(outcome->message, sizeof outcome->message,
				"gnuplot ended well but left no %s.%s", name, pictures[i]);
		}
}

sc_status sc_chart_draw(const sc_chart *chart, const sc_document *doc, const char *folder, bool run,
	const sc_chart_options *options, sc_chart_outcome *outcome, sc_err *err)
{
	sc_text data = {0}, script = {0};
	*outcome = (sc_chart_outcome){.chart = chart};
	sc_status s = chart->write(doc, &data, &script, err);
	if (!s)
		s = put(folder, chart->name, "dat", &data, err);
	if (!s)
		s = put(folder, chart->name, "gp", &script, err);
	sc_text_release(&data);
	sc_text_release(&script);
	if (!s && run)
		draw(folder, options, outcome);
	else if (!s)
		snprintf(outcome->message, sizeof outcome->message,
			"not tried, since gnuplot did not finish another");
	return s;
}
