#include <stdio.h>
#include <string.h>

#include "cli/planned.h"

static int explain(const sc_options *o, const sc_sheet *sheet)
{
	sc_err err = {0};
	sc_explanation e;
	if (sc_explain(sheet, o->args[1], &e, &err))
		return tell(&err, o->args[1]);
	int code = EXIT_DONE;
	if (o->quiet) {
		puts(e.expression);
	} else {
		sc_document *doc = sc_explain_document(sheet, o->args[1], &e);
		code = doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the explanation");
	}
	sc_explanation_release(&e);
	return code;
}

int run_explain(const sc_options *o)
{
	sc_rules rules;
	uint32_t batch;
	bool all;
	sc_model *model;
	sc_sheet sheet;
	sc_err err = {0};
	if (o->arg_count != 2)
		return complain("'explain' needs a network and a path: secost explain NET "
				"stages.conv5_x.se.params");
	if (!pick_rules(o, &rules, &all) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	if (all)
		return complain(
			"'--rules all' is for 'secost cost'; name one rule for each quantity here");
	int code = load_model(o, o->args[0], &model);
	if (code)
		return code;
	if (asks_of_plan(o)) {
		code = explain_plan(o, model);
	} else if (sc_sheet_make(model, &rules, batch, NULL, &sheet, &err)) {
		code = tell(&err, NULL);
	} else {
		code = explain(o, &sheet);
		sc_sheet_release(&sheet);
	}
	sc_model_free(model);
	return code;
}
