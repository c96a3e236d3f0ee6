#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/bench.h"
#include "cli/counted.h"
#include "cli/plan.h"

static sc_document *document(const sc_options *o, const counted *n, bool all_rules)
{
	return all_rules ? sc_rules_document(n->sheets, n->count)
			 : sc_cost_document(n->sheets, n->count, o->by ? o->by : "stage");
}

/* --- which SE under a budget, in one line --- */

static int say_plan(plan_job *job, const sc_sheet *sheet, sc_document *doc)
{
	sc_text text = {0};
	int code = plan_job_make(job, sheet->model, &sheet->rules, sheet->batch);
	if (!code) {
		sc_plan_say(job->plan, &text);
		sc_document_answer(doc, "%s", sc_text_get(&text));
	}
	sc_text_release(&text);
	sc_plan_free(job->plan);
	job->plan = NULL;
	return code;
}

static int say_plans(const sc_options *o, const counted *n, sc_document *doc)
{
	if (!o->budgets)
		return 0;
	plan_job job = {0};
	int code = plan_job_read(o, &job);
	for (size_t i = 0; i < n->count && !code; i++)
		code = say_plan(&job, n->sheets[i], doc);
	plan_job_release(&job);
	return code;
}

static int finish_cost(const sc_options *o, const counted *n, sc_document *doc)
{
	int code = doc ? say_plans(o, n, doc) : complain("no memory for the tables");
	if (!code)
		return finish(o, doc, EXIT_DONE);
	sc_document_free(doc);
	return code;
}

/* --- with a profile --- */

typedef struct timed {
	sc_latencies *of; /* each network */
	sc_latency **row;
	char from[512];
} timed;

static void release_timed(timed *t, size_t n)
{
	for (size_t i = 0; t->row && i < n; i++)
		free(t->row[i]);
	free(t->row);
	free(t->of);
}

static int forecast_all(const sc_options *o, const sc_bench *b, const counted *n, timed *t)
{
	int code = 0;
	t->of = calloc(n->count, sizeof *t->of);
	t->row = calloc(n->count, sizeof *t->row);
	for (size_t i = 0; i < n->count && !code; i++) {
		const sc_sheet *sheet = &n->sheet[i];
		if (t->of && t->row)
			t->row[i] = calloc(sheet->rows + 1, sizeof **t->row);
		if (!t->of || !t->row || !t->row[i])
			return complain("no memory for the forecasts");
		code = forecast_sheet(o, b, sheet, t->row[i], t->from);
		t->of[i] = (sc_latencies){t->row[i], t->from};
	}
	return code;
}

static int show_timed(const sc_options *o, const counted *n)
{
	profiles named = {0};
	timed t = {0};
	int code = profiles_read(o, "cost", &named);
	if (!code)
		code = forecast_all(o, named.bench, n, &t);
	if (!code) {
		sc_document *doc = sc_cost_document_timed(n->sheets, n->count, t.of);
		code = finish_cost(o, n, doc);
	}
	release_timed(&t, n->count);
	profiles_release(&named);
	return code;
}

static bool forecast_fits(const sc_options *o, bool all_rules)
{
	if (o->cache && !o->profiles)
		complain("'--cache' is for a forecast: name a --profile, too");
	else if (o->profiles && (all_rules || (o->by && strcmp(o->by, "stage") != 0)))
		complain("'--profile' forecasts stages: leave out --by and '--rules all'");
	else
		return true;
	return false;
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
	counted n = {0};
	if (!o->arg_count)
		return complain("'cost' needs a network: secost cost NET…");
	if (!by_is_known(o->by) || !pick_rules(o, &rules, &all_rules) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	if (!forecast_fits(o, all_rules))
		return EXIT_USAGE;
	int code = counted_make(o, &rules, batch, &n);
	if (!code && o->profiles) {
		code = show_timed(o, &n);
	} else if (!code) {
		sc_document *doc = document(o, &n, all_rules);
		code = finish_cost(o, &n, doc);
	}
	counted_release(&n);
	return code;
}
