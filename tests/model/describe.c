#include "describe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(FILE *out, const sc_err *err)
{
	const char *slash = strrchr(err->file, '/');
	fprintf(out, "%s:", slash ? slash + 1 : err->file);
	if (err->line)
		fprintf(out, "%d:%d:", err->line, err->column);
	fprintf(out, " %s\n", err->message);
}

static void count(FILE *out, const sc_model *model)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet = {0};
	sc_err err = {0};
	if (sc_sheet_make(model, &rules, 1, NULL, &sheet, &err))
		add(out, &err);
	else
		sc_sheet_release(&sheet);
}

static char *describe(const char *name, const char *text, size_t n)
{
	char *s = NULL;
	size_t size;
	FILE *out = open_memstream(&s, &size);
	sc_model *model = NULL;
	sc_errs errs = {0};
	sc_status status = text ? sc_model_parse(name, text, n, &model, &errs)
				: sc_model_load(name, &model, &errs);
	for (size_t i = 0; i < errs.count; i++)
		add(out, &errs.item[i]);
	if (errs.total > errs.count)
		fprintf(out, "and %zu more\n", errs.total - errs.count);
	if (!status)
		count(out, model);
	sc_model_free(model);
	fclose(out);
	return s;
}

char *describe_file(const char *path)
{
	return describe(path, NULL, 0);
}

char *describe_text(const char *name, const char *text, size_t n)
{
	return describe(name, text, n);
}
