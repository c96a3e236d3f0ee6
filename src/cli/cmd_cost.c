#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* the models and sheets of the networks named */
typedef struct networks {
	sc_model **model;
	sc_sheet *sheet;
	const sc_sheet **sheets; /* pointers to them */
	size_t count;
} networks;

static void release(networks *n)
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
	const sc_options *o, const char *path, const sc_rules *rules, uint32_t batch, networks *n)
{
	sc_err err = {0};
	int code = load_model(o, path, &n->model[n->count]);
	if (code)
		return code;
	if (sc_sheet_make(n->model[n->count], rules, batch, NULL, &n->sheet[n->count], &err)) {
		sc_model_free(n->model[n->count]);
		return tell(&err, NULL);
	}
	n->count++;
	return 0;
}

static int count_all(const sc_options *o, const sc_rules *rules, uint32_t batch, networks *n)
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

static sc_document *document(const sc_options *o, const networks *n, bool all_rules)
{
	for (size_t i = 0; i < n->count; i++)
		n->sheets[i] = &n->sheet[i];
	return all_rules ? sc_rules_document(n->sheets, n->count)
			 : sc_cost_document(n->sheets, n->count, o->by ? o->by : "stage");
}

static bool by_is_known(const char *by)
{
	static const char *const known[] = {"network", "stage", "block", "layer"};
	for (size_t i = 0; by && i < 4; i++)
		if (!strcmp(by, known[i]))
			return true;
	if (by)
		complain("'--by' is '%s', must be one of: network, stage, block, layer", by);
	return !by;
}

int run_cost(const sc_options *o)
{
	sc_rules rules;
	uint32_t batch;
	bool all_rules;
	networks n = {0};
	if (!o->arg_count)
		return complain("'cost' needs a network: secost cost NET…");
	if (!by_is_known(o->by) || !pick_rules(o, &rules, &all_rules) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	int code = count_all(o, &rules, batch, &n);
	if (!code) {
		sc_document *doc = document(o, &n, all_rules);
		code = doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the tables");
	}
	release(&n);
	return code;
}
