#include <stdlib.h>
#include <string.h>

#include "cli/networks.h"

static int add_groups(const sc_options *o, sc_study *study)
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

static int show(const sc_options *o, const sc_study *study)
{
	sc_document *doc = sc_compare_document(study);
	return doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the tables");
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
		code = add_groups(o, study);
	if (!code)
		code = show(o, study);
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
		code = add_groups(o, study);
	if (!code)
		code = show(o, study);
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
	if (o->arg_count || n < 2 || n > PROFILES_MAX)
		return complain("comparing profiles takes 2 … %d of them and no network: secost "
				"compare --profile A --profile B",
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
	if (o->profiles)
		return compare_profiles(o);
	if (!o->arg_count)
		return complain(
			"'compare' needs a network or a study: secost compare NET --ablate stages");
	if (!pick_rules(o, &rules, &all) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	if (all)
		return complain(
			"'--rules all' is for 'secost cost'; name one rule for each quantity here");
	if (o->arg_count > 1 || !names_study(o->args[0]))
		return compare_networks(o, &rules, batch);
	if (texts_count(o->rules) || texts_count(o->sets) || o->batch)
		return complain("a study says its own rules and overrides; leave out --rules, "
				"--set and --batch");
	return compare_study(o);
}
