#include "net.h"

#include <criterion/criterion.h>
#include <string.h>

static sc_model *demand(sc_status s, sc_model *m, const sc_errs *errs)
{
	if (s)
		cr_assert(false, "%s:%d:%d: %s", errs->item[0].file, errs->item[0].line,
			errs->item[0].column, errs->item[0].message);
	return m;
}

sc_model *net_parse(const char *text)
{
	sc_model *m = NULL;
	sc_errs errs = {0};
	sc_status s = sc_model_parse("test.yaml", text, strlen(text), &m, &errs);
	return demand(s, m, &errs);
}

sc_model *net_load(const char *path)
{
	sc_model *m = NULL;
	sc_errs errs = {0};
	sc_status s = sc_model_load(path, &m, &errs);
	return demand(s, m, &errs);
}

sc_sheet net_count(const sc_model *model)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet = {0};
	sc_err err = {0};
	if (sc_sheet_make(model, &rules, 1, NULL, &sheet, &err))
		cr_assert(false, "%s:%d: %s", err.file, err.line, err.message);
	return sheet;
}

void net_set(sc_model *model, const char *const *assignments)
{
	sc_err err = {0};
	for (; *assignments; assignments++)
		if (sc_model_set(model, *assignments, &err))
			cr_assert(false, "%s: %s", *assignments, err.message);
}
