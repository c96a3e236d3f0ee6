/* Why a plan has SE somewhere, or none: what it was asked for is in the description, so it is asked
 * again, and every choice of the place is held against the plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/networks.h"
#include "cli/planned.h"

bool asks_of_plan(const sc_options *o)
{
	const char *path = o->args[1];
	size_t n = strlen(path);
	return !strncmp(path, "stages", 6) && n > 3 && !strcmp(path + n - 3, ".se");
}

/* --- the options again --- */

/* What the options point to, owned. */
typedef struct again {
	sc_options options;
	char **budgets, **sets, **rules;
	char *profiles[3];
	const char *args[1];
	sc_text network, gain, profile, times, batch;
} again;

static char **list_of(const sc_texts *texts, bool *good)
{
	char **list = texts->count ? calloc(texts->count + 1, sizeof *list) : NULL;
	*good = *good && (list || !texts->count);
	for (size_t i = 0; list && i < texts->count; i++)
		list[i] = (char *)(uintptr_t)texts->item[i];
	return list;
}

/* a file from the folder of `file` if there is one, else as it is said */
static char *place(const char *file, const char *said, sc_text *out)
{
	const char *slash = strrchr(file, '/');
	if (!said)
		return NULL;
	if (slash && *said != '/')
		sc_text_add_bytes(out, file, (size_t)(slash - file) + 1);
	sc_text_add(out, said);
	return access(sc_text_get(out), F_OK) ? (char *)(uintptr_t)said : out->s;
}

static bool ask_again(const sc_options *o, const sc_model *m, again *a)
{
	const sc_planned *p = &m->plan;
	bool good = true;
	*a = (again){.budgets = list_of(&p->budgets, &good),
		.sets = list_of(&p->set, &good),
		.rules = list_of(&p->rules, &good)};
	a->args[0] = place(m->file, p->network, &a->network);
	a->profiles[0] = place(m->file, p->profile, &a->profile);
	if (a->profiles[0])
		a->profiles[1] = place(m->file, p->times, &a->times);
	if (p->batch)
		sc_text_addf(&a->batch, "%u", p->batch);
	a->options = (sc_options){.per = (char *)(uintptr_t)p->per,
		.choices = (char *)(uintptr_t)p->choices,
		.maximise = (char *)(uintptr_t)(p->gain ? NULL : p->maximise),
		.gain = place(m->file, p->gain, &a->gain),
		.cache = (char *)(uintptr_t)p->cache,
		.extrapolate = p->extrapolate == SC_YES,
		.batch = a->batch.s,
		.budgets = a->budgets,
		.sets = a->sets,
		.rules = a->rules,
		.profiles = a->profiles[0] ? a->profiles : NULL,
		.quiet = o->quiet,
		.args = a->args,
		.arg_count = 1};
	return good && !a->network.failed && !a->gain.failed && !a->profile.failed &&
	       !a->times.failed && !a->batch.failed;
}

static void release(again *a)
{
	free(a->budgets);
	free(a->sets);
	free(a->rules);
	sc_text_release(&a->network);
	sc_text_release(&a->gain);
	sc_text_release(&a->profile);
	sc_text_release(&a->times);
	sc_text_release(&a->batch);
}

/* --- the answer --- */

/* "stages.conv5_x.se", "stages[3].blocks[0].se" */
static sc_status read_place(const char *text, const sc_model *m, sc_plan_place *at, sc_err *err)
{
	sc_path path = {text, text + strlen("stages"), NULL};
	sc_status s = sc_path_stage(&path, m, &at->stage, err);
	if (!s)
		s = sc_path_block(&path, m, at->stage, &at->is_block, &at->block, err);
	if (s && err->column)
		snprintf(err->file, sizeof err->file, "%s", sc_explain_file());
	return !s && strcmp(path.p, ".se")
		       ? sc_fail(err, SC_EINVAL, "'%.80s' must end in .se of a stage or a block",
				 text)
		       : s;
}

static int say(const sc_options *o, const sc_model *m, const sc_sheet *sheet, const sc_plan *plan)
{
	sc_plan_place at = {0};
	sc_err err = {0};
	if (!plan->best)
		return complain("no plan keeps to the budgets of '%s' any more", m->file);
	if (read_place(o->args[1], m, &at, &err))
		return tell(&err, o->args[1]);
	sc_document *doc = sc_plan_why_document(plan, sheet, &at, &err);
	return doc ? finish(o, doc, EXIT_DONE) : tell(&err, o->args[1]);
}

static int with_plan(const sc_options *o, const sc_model *m, const sc_options *asked)
{
	plan_job job = {0};
	sc_model *network = NULL;
	sc_sheet sheet = {0};
	sc_rules rules;
	uint32_t batch;
	bool all;
	sc_err err = {0};
	if (!pick_rules(asked, &rules, &all) || !pick_batch(asked, &batch))
		return EXIT_USAGE;
	int code = plan_job_read(asked, &job);
	if (!code)
		code = load_model(asked, asked->args[0], &network);
	if (!code)
		code = plan_job_make(&job, network, &rules, batch);
	if (!code && sc_sheet_make(m, &rules, batch, NULL, &sheet, &err))
		code = tell(&err, NULL);
	if (!code) {
		code = say(o, m, &sheet, job.plan);
		sc_sheet_release(&sheet);
	}
	plan_job_release(&job);
	sc_model_free(network);
	return code;
}

int explain_plan(const sc_options *o, const sc_model *m)
{
	again a;
	if (!m->plan.given.at.line)
		return complain("'%s' asks why a plan has SE there or not, and '%s' was not "
				"written by 'secost plan -o'",
			o->args[1], o->args[0]);
	if (!m->plan.network)
		return complain("'%s' does not say of which network it is a plan", o->args[0]);
	if (o->rules || o->batch || o->sets)
		return complain("a plan says its own rules, batch and overrides; leave out "
				"--rules, --batch and --set");
	int code = ask_again(o, m, &a) ? with_plan(o, m, &a.options)
				       : complain("no memory to plan again");
	release(&a);
	return code;
}
