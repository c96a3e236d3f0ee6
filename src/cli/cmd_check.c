/* `secost check`: limits for a user's own CI. Exit 0 when all hold, 1 when one does not or can't be
 * shown to, 2 when the question is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

typedef struct checked {
	const sc_options *o;
	const sc_sheet *sheet;
	sc_check check[SC_BUDGETS_MAX];
	size_t count, violated;
} checked;

static int read_max(const char *text, sc_budget *out)
{
	sc_err err = {0};
	sc_status s = sc_budget_parse(text, out, &err);
	if (!s && out->column == SC_PLAN_COLUMN_latency)
		return complain("'--max' counts: '%s' is measured, and 'secost plan --profile' "
				"forecasts it",
			text);
	if (s)
		snprintf(err.file, sizeof err.file, "--max");
	return s ? tell(&err, text) : 0;
}

static int tell_double(const char *text, sc_plan_column column)
{
	sc_err err = {0};
	sc_fail(&err, SC_EINVAL, "there are two limits of '%s', must be one",
		sc_plan_column_name(column));
	snprintf(err.file, sizeof err.file, "--max");
	err.line = err.column = 1;
	return tell(&err, text);
}

static int read_maxima(const sc_options *o, sc_budget *out, size_t *n)
{
	size_t count = texts_count(o->maxima);
	if (!count)
		return complain("'check' needs a limit: secost check NET --max params=+4%%");
	if (count > SC_BUDGETS_MAX)
		return complain("more than %d limits", SC_BUDGETS_MAX);
	int code = 0;
	for (*n = 0; *n < count && !code; ++*n)
		code = read_max(o->maxima[*n], &out[*n]);
	for (size_t i = 0; i < *n && !code; i++)
		for (size_t k = 0; k < i && !code; k++)
			if (out[i].column == out[k].column)
				code = tell_double(o->maxima[i], out[i].column);
	return code;
}

/* --- forms --- */

/* a workflow command's text keeps to one line, and a '%' starts an escape there */
static void add_github(const checked *c, size_t i, const char *said, sc_text *out)
{
	if (c->check[i].holds)
		return;
	sc_text_addf(out, "::error file=%s,title=secost %s::%s: ", c->sheet->model->file,
		c->o->maxima[i], c->sheet->model->name);
	for (; *said; said++)
		sc_text_addf(out, *said == '%' ? "%%25" : "%c", *said);
	sc_text_add(out, "\n");
}

static void add_xml(const char *s, sc_text *out)
{
	for (; *s; s++)
		sc_text_addf(out, strchr("<>&\"", *s) ? "&#%d;" : "%c", *s);
}

static void add_junit(const checked *c, size_t i, const char *said, sc_text *out)
{
	if (!i) {
		sc_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				 "<testsuite name=\"secost check ");
		add_xml(c->sheet->model->name, out);
		sc_text_addf(out, "\" tests=\"%zu\" failures=\"%zu\">\n", c->count, c->violated);
	}
	sc_text_add(out, "  <testcase classname=\"secost.check\" name=\"");
	add_xml(c->o->maxima[i], out);
	sc_text_add(out, c->check[i].holds ? "\"/>\n" : "\"><failure message=\"");
	if (!c->check[i].holds) {
		add_xml(said, out);
		sc_text_add(out, "\"/></testcase>\n");
	}
	if (i + 1 == c->count)
		sc_text_add(out, "</testsuite>\n");
}

static int print_form(const checked *c, int code)
{
	sc_text out = {0};
	for (size_t i = 0; i < c->count; i++) {
		sc_text said = {0};
		sc_check_say(&c->check[i], &said);
		if (said.s)
			sc_text_make_harmless(said.s);
		(c->o->format[0] == 'g' ? add_github : add_junit)(c, i, sc_text_get(&said), &out);
		sc_text_release_into(&said, &out);
	}
	if (out.failed)
		code = complain("no memory for the check");
	else
		fputs(sc_text_get(&out), stdout);
	sc_text_release(&out);
	return code;
}

static int show(const checked *c, const sc_saved *saved)
{
	const sc_options *o = c->o;
	int code = c->violated ? EXIT_CHECK_FAILED : EXIT_DONE;
	bool own = o->format && (!strcmp(o->format, "github") || !strcmp(o->format, "junit"));
	if (own && o->output)
		return complain("the forms github and junit go to standard output");
	if (own)
		return print_form(c, code);
	sc_document *doc = sc_check_document(c->sheet, c->check, c->count, saved);
	return doc ? finish(o, doc, code) : complain("no memory for the check");
}

static int check_sheet(const sc_options *o, const sc_sheet *sheet, const sc_budget *max, size_t n)
{
	sc_saved saved = {0};
	sc_err err = {0};
	checked c = {.o = o, .sheet = sheet, .count = n};
	input_add(o->baseline);
	if (o->baseline && sc_saved_load(o->baseline, sheet->model->name, &saved, &err))
		return tell(&err, NULL);
	for (size_t i = 0; i < n; i++) {
		c.check[i] = sc_check_limit(sheet, o->baseline ? &saved : NULL, &max[i]);
		c.violated += !c.check[i].holds;
	}
	int code = show(&c, o->baseline ? &saved : NULL);
	sc_saved_release(&saved);
	return code;
}

int run_check(const sc_options *o)
{
	sc_budget max[SC_BUDGETS_MAX];
	sc_rules rules;
	uint32_t batch;
	size_t n = 0;
	bool all;
	sc_model *model;
	sc_sheet sheet;
	sc_err err = {0};
	if (o->arg_count != 1)
		return complain("'check' needs a network: secost check NET --max params=+4%%");
	if (!pick_rules(o, &rules, &all) || !pick_batch(o, &batch) || read_maxima(o, max, &n))
		return EXIT_USAGE;
	if (all)
		return complain("'--rules all' is for 'secost cost'");
	int code = load_model(o, o->args[0], &model);
	if (code)
		return code;
	if (sc_sheet_make(model, &rules, batch, NULL, &sheet, &err)) {
		code = tell(&err, NULL);
	} else {
		code = check_sheet(o, &sheet, max, n);
		sc_sheet_release(&sheet);
	}
	sc_model_free(model);
	return code;
}
