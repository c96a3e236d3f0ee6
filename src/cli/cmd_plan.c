/* `secost plan`: options to a request, the answer as a document, and the plan as a description. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "cli/networks.h"
#include "cli/planned.h"

const char plan_choices[] = "off,64,32,16,8,4,2";

static const char *per_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_plan_per_name(i);
}

static const char *aim_word(const void *unused, size_t i)
{
	(void)unused;
	return i < SC_AIM_gain ? sc_plan_aim_name(i) : NULL;
}

/* index of a word; false when told that it is none */
static bool pick_word(const char *option, const char *text, sc_word_at *words, unsigned *out)
{
	sc_tail tail;
	for (size_t i = 0; words(NULL, i); i++)
		if (!strcmp(words(NULL, i), text)) {
			*out = (unsigned)i;
			return true;
		}
	complain("'%s' is '%.40s'%s", option, text,
		sc_must_be_one_of(text, words, NULL, NULL, &tail));
	return false;
}

static int pick_gains(const sc_options *o, plan_job *job)
{
	sc_text path = {0};
	sc_errs errs = {0};
	if (o->maximise)
		return complain(
			"'--gain' and '--maximise' are two answers to one question: give one");
	if (!named_path("gains", o->gain, &path))
		return EXIT_USAGE;
	input_add(path.s);
	sc_status s = sc_gain_spec_load(path.s, &job->gains, &errs);
	sc_text_release(&path);
	job->request.aim = SC_AIM_gain;
	job->request.gains = job->gains;
	return s ? tell_all(&errs) : 0;
}

static int pick_aim(const sc_options *o, plan_job *job)
{
	unsigned aim = SC_AIM_channels, per = SC_PER_stage;
	int code = o->gain ? pick_gains(o, job) : 0;
	if (code)
		return code;
	if (o->maximise && !pick_word("--maximise", o->maximise, aim_word, &aim))
		return EXIT_USAGE;
	if (!o->gain)
		job->request.aim = (sc_plan_aim)aim;
	else if (!job->gains->gains.item[0].stage)
		per = SC_PER_network;
	if (o->per && !pick_word("--per", o->per, per_word, &per))
		return EXIT_USAGE;
	job->request.per = (sc_plan_per)per;
	return 0;
}

/* two budgets of one column are told at the second */
static int pick_budget(const char *text, sc_plan_request *r)
{
	sc_err err = {0};
	sc_budget *b = &r->budget[r->budgets];
	if (r->budgets == SC_BUDGETS_MAX)
		return complain("more than %d budgets", SC_BUDGETS_MAX);
	if (sc_budget_parse(text, b, &err))
		return tell(&err, text);
	for (size_t i = 0; i < r->budgets; i++)
		if (r->budget[i].column == b->column) {
			sc_fail(&err, SC_EINVAL, "there are two budgets of '%s', must be one",
				sc_plan_column_name(b->column));
			snprintf(err.file, sizeof err.file, "--budget");
			err.line = err.column = 1;
			return tell(&err, text);
		}
	r->budgets++;
	return 0;
}

int plan_job_read(const sc_options *o, plan_job *job)
{
	const char *choices = o->choices ? o->choices : plan_choices;
	sc_err err = {0};
	*job = (plan_job){.options = o};
	int code = pick_aim(o, job);
	if (!code && sc_plan_choices_parse(choices, job->request.ratio, &job->request.ratios, &err))
		code = tell(&err, choices);
	for (size_t i = 0; i < texts_count(o->budgets) && !code; i++)
		code = pick_budget(o->budgets[i], &job->request);
	return code ? code : plan_job_read_profiles(o, job);
}

void plan_job_release(plan_job *job)
{
	sc_plan_free(job->plan);
	sc_gain_spec_free(job->gains);
	profiles_release(&job->profiles);
}

/* --- the description --- */

static bool is_description(const char *path)
{
	const char *dot = path ? strrchr(path, '.') : NULL;
	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* of the network with the options' overrides, and then the plan's */
static int write_description(const sc_options *o, const plan_job *job)
{
	const sc_plan *plan = job->plan;
	sc_text text = {0};
	sc_err err = {0};
	size_t given = texts_count(o->sets), n = plan->best->set.count;
	const char **item = calloc(given + n + 1, sizeof *item);
	if (!item)
		return complain("no memory for the description");
	for (size_t i = 0; i < given; i++)
		item[i] = o->sets[i];
	for (size_t i = 0; i < n; i++)
		item[given + i] = plan->best->set.item[i];
	const sc_texts sets = {item, given + n};
	int code = 0;
	if (sc_model_describe(plan->study->model, &sets, &text, &err)) {
		code = tell(&err, NULL);
	} else {
		planned_write(job, &text);
		code = text.failed ? complain("no memory for the description")
				   : write_file(o->output, sc_text_get(&text), text.length, 0);
	}
	free(item);
	sc_text_release(&text);
	return code;
}

static int show(const sc_options *o, const plan_job *job)
{
	sc_options shown = *o;
	bool yaml = is_description(o->output) && !o->format;
	int code = job->plan->best ? EXIT_DONE : EXIT_CHECK_FAILED;
	if (yaml && job->plan->best && write_description(o, job))
		return EXIT_USAGE;
	if (yaml)
		shown.output = NULL;
	sc_document *doc = sc_plan_document(job->plan);
	return doc ? finish(&shown, doc, code) : complain("no memory for the plan");
}

static int plan_network(const sc_options *o, plan_job *job)
{
	sc_rules rules;
	uint32_t batch;
	bool all;
	sc_model *model;
	if (!pick_rules(o, &rules, &all) || !pick_batch(o, &batch))
		return EXIT_USAGE;
	if (all)
		return complain("'--rules all' is for 'secost cost'; name one rule for each "
				"quantity here");
	int code = load_model(o, o->args[0], &model);
	if (code)
		return code;
	code = plan_job_make(job, model, &rules, batch);
	if (!code)
		code = show(o, job);
	sc_plan_free(job->plan);
	job->plan = NULL;
	sc_model_free(model);
	return code;
}

int run_plan(const sc_options *o)
{
	plan_job job = {0};
	if (o->arg_count != 1)
		return complain("'plan' needs a network: secost plan NET --budget params=+3%%");
	int code = plan_job_read(o, &job);
	if (!code)
		code = plan_network(o, &job);
	plan_job_release(&job);
	return code;
}
