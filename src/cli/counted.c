#include "cli/counted.h"

#include <stdlib.h>

void counted_release(counted *n)
{
	for (size_t i = 0; i < n->count; i++) {
		sc_sheet_release(&n->sheet[i]);
		sc_model_free(n->model[i]);
	}
	free(n->model);
	free(n->sheet);
	free(n->sheets);
}

static int count_one(
	const sc_options *o, const char *path, const sc_rules *rules, uint32_t batch, counted *n)
{
	sc_err err = {0};
	int code = load_model(o, path, &n->model[n->count]);
	if (code)
		return code;
	if (sc_sheet_make(n->model[n->count], rules, batch, NULL, &n->sheet[n->count], &err)) {
		sc_model_free(n->model[n->count]);
		return tell(&err, NULL);
	}
	n->sheets[n->count] = &n->sheet[n->count];
	n->count++;
	return 0;
}

int counted_make(const sc_options *o, const sc_rules *rules, uint32_t batch, counted *n)
{
	n->model = calloc(o->arg_count, sizeof *n->model);
	n->sheet = calloc(o->arg_count, sizeof *n->sheet);
	n->sheets = calloc(o->arg_count, sizeof *n->sheets);
	if (!n->model || !n->sheet || !n->sheets)
		return complain("no memory for %zu networks", o->arg_count);
	int code = 0;
	for (size_t i = 0; i < o->arg_count && !code; i++)
		code = count_one(o, o->args[i], rules, batch, n);
	return code;
}

int add_setups(const sc_options *o, sc_study *study)
{
	sc_err err = {0};
	for (size_t i = 0; i < texts_count(o->setups); i++)
		if (sc_study_add_text(study, o->setups[i], &err))
			return tell(&err, o->setups[i]);
	for (size_t i = 0; i < texts_count(o->ablate); i++)
		if (sc_study_ablate(study, o->ablate[i], &err))
			return tell(&err, NULL);
	return 0;
}
