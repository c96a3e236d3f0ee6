#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"
#include "cli/counted.h"
#include "cli/networks.h"
#include "cli/sweep.h"

/* the models go into `other`, which must outlive the study */
static int add_networks(const sc_options *o, sc_study *study, sc_model **other)
{
	sc_err err = {0};
	int code = 0;
	for (size_t i = 1; i < o->arg_count && !code; i++) {
		code = load_model(o, o->args[i], &other[i]);
		if (!code && sc_study_add_network(study, other[i], &err))
			code = tell(&err, NULL);
	}
	return code;
}

static int add_sweep(const sc_options *o, sc_study *study)
{
	sc_sweep *sweep = NULL;
	if (!o->sweeps)
		return 0;
	int code = sweep_make(o, study->model, &study->rules, study->batch, &sweep);
	if (!code)
		code = sweep_table(sweep, study);
	sc_sweep_free(sweep);
	return code;
}

/* one setup a line, no more than one in memory */
static int stream_sweep(const sc_options *o, const sc_rules *rules, uint32_t batch)
{
	sc_model *model;
	sc_sweep *sweep = NULL;
	int code = load_model(o, o->args[0], &model);
	if (code)
		return code;
	code = sweep_make(o, model, rules, batch, &sweep);
	if (!code)
		code = sweep_stream(o, sweep);
	sc_sweep_free(sweep);
	sc_model_free(model);
	return code;
}

/* what of the options makes a sweep a table, where setups do not stream; NULL for nothing */
static const char *makes_a_table(const sc_options *o)
{
	return o->arg_count > 1		 ? "a second network"
	       : names_study(o->args[0]) ? "a study"
	       : o->ablate		 ? "'--ablate'"
	       : o->setups		 ? "'--setup'"
	       : o->profiles		 ? "'--profile'"
	       : o->front		 ? "'--front'"
	       : o->columns		 ? "'--columns'"
	       : o->charts		 ? "'--charts'"
					 : NULL;
}

static bool is_of_streams(const sc_options *o)
{
	return o->shard || o->resume || (o->format && !strcmp(o->format, "jsonl")) ||
	       (o->output && !o->format && strlen(o->output) > 6 &&
		       !strcmp(o->output + strlen(o->output) - 6, ".jsonl"));
}

static bool sweep_options_fit(const sc_options *o)
{
	bool streams = o->sweeps && sweep_streams(o);
	if ((o->shard || o->resume) && !streams)
		return complain("'--shard' and '--resume' are for a --sweep that is written as CSV "
				"or "
				"JSON lines: --format csv or jsonl, -o FILE.csv or FILE.jsonl"),
		       false;
	if (streams && is_of_streams(o) && makes_a_table(o))
		return complain("%s makes a table of a sweep, and '--shard', '--resume' and JSON "
				"lines are for one that streams, a setup a line",
			       makes_a_table(o)),
		       false;
	return true;
}

static int time_setups(
	const sc_options *o, const sc_study *study, sc_latency *out, double *ns, char from[512])
{
	sc_bench *bench = NULL;
	sc_err err = {0};
	unsigned state;
	if (o->cache && sc_word_value(SC_WORD_cache, "'--cache'", o->cache, &state, &err))
		return tell(&err, NULL);
	input_add(o->profiles[0]);
	if (sc_bench_load(o->profiles[0], &bench, &err))
		return tell(&err, NULL);
	int code = 0;
	for (size_t i = 0; i < study->setups && !code; i++) {
		const sc_sheet *sheet = &study->setup[i].sheet;
		sc_latency *row = calloc(sheet->rows + 1, sizeof *row);
		code = row ? forecast_sheet(o, bench, sheet, row, from)
			   : complain("no memory for the forecasts");
		if (!code) {
			out[i] = row[sheet->rows];
			ns[i] = out[i].ns;
		}
		free(row);
	}
	sc_bench_free(bench);
	return code;
}

static int show(const sc_options *o, const sc_study *study)
{
	size_t n = study->setups;
	sc_latency *latency = calloc(n, sizeof *latency);
	double *ns = calloc(n, sizeof *ns);
	sc_front front = {0};
	char from[512] = "";
	sc_err err = {0};
	int code = latency && ns ? 0 : complain("no memory for %zu setups", n);
	if (!code && o->profiles)
		code = time_setups(o, study, latency, ns, from);
	bool has_front = o->front || sc_study_has_front(study);
	if (!code && has_front &&
		sc_study_front(study, o->front, o->profiles ? ns : NULL, &front, &err))
		code = tell(&err, o->front);
	if (!code) {
		const sc_compare_extras extras = {
			o->profiles ? latency : NULL, from, has_front ? &front : NULL};
		sc_document *doc = sc_compare_document_with(study, &extras);
		code = doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the tables");
	}
	free(latency);
	free(ns);
	sc_front_release(&front);
	return code;
}

/* the study, and what the command line adds to it */
static int show_with_options(const sc_options *o, sc_study *study)
{
	int code = add_setups(o, study);
	if (!code)
		code = add_sweep(o, study);
	return code ? code : show(o, study);
}

static int compare_models(
	const sc_options *o, const sc_rules *rules, uint32_t batch, sc_model **model)
{
	sc_study *study = NULL;
	sc_err err = {0};
	int code = load_model(o, o->args[0], &model[0]);
	if (!code && sc_study_new(model[0], rules, batch, &study, &err))
		code = tell(&err, NULL);
	if (!code)
		code = add_networks(o, study, model);
	if (!code)
		code = show_with_options(o, study);
	sc_study_free(study);
	return code;
}

static int compare_networks(const sc_options *o, const sc_rules *rules, uint32_t batch)
{
	sc_model **model = calloc(o->arg_count, sizeof *model);
	if (!model)
		return complain("no memory for %zu networks", o->arg_count);
	int code = compare_models(o, rules, batch, model);
	for (size_t i = 0; i < o->arg_count; i++)
		sc_model_free(model[i]);
	free(model);
	return code;
}

static int compare_study(const sc_options *o)
{
	sc_errs errs = {0};
	sc_study_spec *spec = NULL;
	sc_model *model = NULL;
	sc_study *study = NULL;
	int code = load_spec(o->args[0], &spec);
	if (!code && sc_study_open(spec, &model, &study, &errs))
		code = tell_all(&errs);
	if (!code)
		code = show_with_options(o, study);
	sc_study_free(study);
	sc_model_free(model);
	sc_study_spec_free(spec);
	return code;
}

static int compare_profiles(const sc_options *o)
{
	enum { PROFILES_MAX = 16 };
	sc_bench *bench[PROFILES_MAX] = {NULL};
	size_t n = texts_count(o->profiles);
	sc_err err = {0};
	int code = 0;
	if (o->arg_count)
		return complain("setups are forecast from one profile; comparing profiles takes no "
				"network: secost compare --profile A --profile B");
	if (n < 2 || n > PROFILES_MAX)
		return complain(
			"comparing profiles takes 2 … %d of them: secost compare --profile A "
			"--profile B; with a network, one forecasts its setups",
			PROFILES_MAX);
	for (size_t i = 0; i < n && !code; i++) {
		input_add(o->profiles[i]);
		if (sc_bench_load(o->profiles[i], &bench[i], &err))
			code = tell(&err, NULL);
	}
	if (!code) {
		sc_document *doc = sc_profiles_document((const sc_bench *const *)bench, n);
		code = doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the tables");
	}
	for (size_t i = 0; i < n; i++)
		sc_bench_free(bench[i]);
	return code;
}

int run_compare(const sc_options *o)
{
	sc_rules rules;
	uint32_t batch;
	bool all;
	if (o->profiles && !(o->arg_count && texts_count(o->profiles) == 1))
		return compare_profiles(o);
	if (!o->arg_count)
		return complain(
			"'compare' needs a network or a study: secost compare NET --ablate stages");
	if (!pick_rules(o, &rules, &all) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	if (all)
		return complain(
			"'--rules all' is for 'secost cost'; name one rule for each quantity here");
	if (!sweep_options_fit(o))
		return EXIT_USAGE;
	if (o->sweeps && sweep_streams(o) && !makes_a_table(o))
		return stream_sweep(o, &rules, batch);
	if (o->arg_count > 1 || !names_study(o->args[0]))
		return compare_networks(o, &rules, batch);
	if (texts_count(o->rules) || texts_count(o->sets) || o->batch)
		return complain("a study says its own rules and overrides; leave out --rules, "
				"--set and --batch");
	return compare_study(o);
}
