/* `secost bench`: measure, or compute again what a file has samples of, and show it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/bench.h"

enum { ROUNDS = 41, SHORT_RUN = 20 };

static const double ROUGH_ROOF = 0.001; /* seconds for each bandwidth */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

/* a second Ctrl-C ends the program as ever */
static void catch_interrupt(struct sigaction *before)
{
	struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, before);
}

static bool is_interrupted(void *user)
{
	(void)user;
	return interrupted;
}

static void show_progress(void *user, const sc_progress *p)
{
	(void)user;
	fprintf(stderr,
		"\rround %zu of %zu, %zu of %zu cells known well enough, %.0f s left \x1b[K",
		p->round, p->rounds, p->precise, p->subjects, p->seconds_left);
	fflush(stderr);
}

static void warn(void *user, const char *text)
{
	(void)user;
	complain("%s", text);
}

/* --- options --- */

static bool real_number(const char *what, const char *text, double least, double most, double *out)
{
	char *end;
	if (!text)
		return true;
	double x = strtod(text, &end);
	end += *end == '%';
	if (end == text || *end || !(x >= least && x <= most)) {
		complain("'%s' is '%.40s', must be %g … %g", what, text, least, most);
		return false;
	}
	*out = x;
	return true;
}

static bool read_timing(const sc_options *o, sc_timing_options *out)
{
	sc_timing_options t = sc_timing_default();
	double percent = o->quick ? 5 : 2, seconds = o->quick ? 0.2 : 2;
	unsigned seed = 1;
	if (!real_number("--precision", o->precision, 0.01, 100, &percent) ||
		!real_number("--max-time", o->max_time, 0.001, 86400, &seconds) ||
		!real_number("--time", o->time, 1, 86400, &t.total_seconds) ||
		(o->seed && !whole_number("--seed", o->seed, 0xffffffff, &seed)))
		return false;
	t.precision = percent / 100;
	t.max_seconds = seconds;
	if (o->time && o->max_time)
		return complain("'--time' is for all cells, '--max-time' for each: give one of "
				"them"),
		       false;
	t.rounds = ROUNDS;
	t.seed = seed;
	t.stop = is_interrupted;
	if (isatty(STDERR_FILENO) && !o->quiet)
		t.progress = show_progress;
	*out = t;
	return true;
}

/* what a measurement is made of; the filter is of a replay, too, and comes first */
enum { MEASURED_BY = 15 };

typedef struct given {
	const char *name, *value;
} given;

static void measured_by(const sc_options *o, given option[MEASURED_BY])
{
	const given all[MEASURED_BY] = {{"filter", o->filter}, {"ratios", o->ratios},
		{"batch", o->batch}, {"threads", o->threads}, {"layout", o->layout},
		{"dtype", o->dtype}, {"isa", o->isa}, {"squeeze", o->squeeze}, {"gate", o->gate},
		{"fused", o->fused}, {"cache", o->cache}, {"precision", o->precision},
		{"time", o->time}, {"max-time", o->max_time}, {"seed", o->seed}};
	memcpy(option, all, sizeof all);
}

/* what to type to do it again */
static void arguments(const sc_options *o, const char *network, sc_text *out)
{
	given option[MEASURED_BY];
	measured_by(o, option);
	sc_text_add(out, network);
	for (size_t i = 0; i < MEASURED_BY; i++)
		if (option[i].value)
			sc_text_addf(out, "%s--%s %s", out->length ? " " : "", option[i].name,
				option[i].value);
	for (size_t i = 0; i < texts_count(o->sets); i++)
		sc_text_addf(out, " --set '%s'", o->sets[i]);
	sc_text_addf(out, "%s%s", o->in_place ? " --in-place" : "", o->quick ? " --quick" : "");
	sc_text_add(out, o->chain ? " --chain" : "");
	if (!out->failed && out->s)
		sc_text_make_line(out->s);
}

/* --- results --- */

static int save(const sc_options *o, const sc_bench *b, int code)
{
	if (!o->save)
		return code;
	json_t *json = sc_bench_json(b);
	sc_text out = {0};
	sc_json_write(json, &out);
	json_decref(json);
	if (out.failed)
		code = complain("no memory for '%s'", o->save);
	else
		code = write_file(o->save, out.s, out.length, code);
	sc_text_release(&out);
	return code;
}

static int show(const sc_options *o, const sc_bench *b)
{
	int code = save(o, b, b->complete ? EXIT_DONE : EXIT_MEASUREMENT);
	if (!o->quiet)
		sc_bench_warnings(b, warn, NULL);
	sc_document *doc = sc_bench_document(b);
	return doc ? finish(o, doc, code) : complain("no memory for the tables");
}

static void compare_machines(const sc_options *o, const sc_bench *b)
{
	char print[17], here[96];
	sc_machine_fingerprint(&b->machine, print);
	if (!sc_machine_is_this(&b->machine, here) && !o->quiet)
		complain("'%s' was measured on another machine: %s (%s), this is %s", o->replay,
			b->machine.cpu, print, here);
}

/* is it a result of a whole network? */
static bool is_of_network(const char *path)
{
	sc_text text = {0};
	json_t *root = NULL;
	sc_json_read(path, &text, &root, NULL);
	const char *schema = json_string_value(json_object_get(root, "schema"));
	bool is = schema && !strncmp(schema, "secost.network/", 15);
	json_decref(root);
	sc_text_release(&text);
	return is;
}

/* an option that a replay can't follow is refused, not ignored */
static bool only_replays(const sc_options *o)
{
	given option[MEASURED_BY];
	const char *other = o->in_place		   ? "in-place"
			    : o->quick		   ? "quick"
			    : o->chain		   ? "chain"
			    : texts_count(o->sets) ? "set"
						   : NULL;
	measured_by(o, option);
	for (size_t i = 1; i < MEASURED_BY && !other; i++)
		other = option[i].value ? option[i].name : NULL;
	if (other)
		complain("'--replay' measures nothing, so that '--%s' has no meaning; '--filter' "
			 "picks cells of the file",
			other);
	return !other;
}

static int replay(const sc_options *o)
{
	sc_bench *b;
	sc_err err = {0};
	if (o->arg_count)
		return complain("'--replay' shows what a file has; leave out '%s'", o->args[0]);
	if (!only_replays(o))
		return EXIT_USAGE;
	input_add(o->replay);
	if (is_of_network(o->replay))
		return o->filter ? complain("'--filter' picks cells of SE's latency; '%.80s' has "
					    "times of a whole network",
					   o->replay)
				 : replay_network(o);
	if (sc_bench_load(o->replay, &b, &err))
		return tell(&err, NULL);
	compare_machines(o, b);
	int code = bench_filter(o, b) ? show(o, b) : EXIT_USAGE;
	sc_bench_free(b);
	return code;
}

static int measure(const sc_options *o, const char *name, size_t se_blocks, const cases *list,
	const sc_layers *pass)
{
	sc_bench_plan plan = {.network = name,
		.pass = pass,
		.se_blocks = se_blocks,
		.item = list->item,
		.count = list->count,
		.roof_seconds = o->quick ? ROUGH_ROOF : 0.005,
		.chain = o->chain != 0};
	sc_bench *b = NULL;
	sc_err err = {0};
	sc_text typed = {0};
	struct sigaction before;
	if (!read_timing(o, &plan.timing) || !may_write(o->save) || !may_write(o->output))
		return EXIT_USAGE;
	if (o->save && sc_file_try(o->save, &err))
		return tell(&err, NULL);
	if (plan.timing.total_seconds > 0 && plan.timing.total_seconds < SHORT_RUN)
		plan.roof_seconds = ROUGH_ROOF;
	arguments(o, o->arg_count ? o->args[0] : "", &typed);
	plan.arguments = sc_text_get(&typed);
	catch_interrupt(&before);
	sc_status s = sc_bench_run(&plan, &b, &err);
	sigaction(SIGINT, &before, NULL);
	if (plan.timing.progress)
		fprintf(stderr, "\r\x1b[K");
	sc_text_release(&typed);
	if (s) {
		tell(&err, NULL);
		return EXIT_MEASUREMENT;
	}
	int code = show(o, b);
	sc_bench_free(b);
	return code;
}

static void name_cases(const cases *list)
{
	char name[256];
	for (size_t i = 0; i < list->count; i++) {
		case_name(&list->item[i], name, sizeof name);
		complain("%s", name);
	}
}

static int network_of(const sc_model *model, sc_study **out)
{
	const sc_rules rules = sc_rules_default();
	sc_err err = {0};
	return sc_study_new(model, &rules, 1, out, &err) ? tell(&err, NULL) : 0;
}

static int bench_network(const sc_options *o, const axes *a)
{
	sc_model *model = NULL;
	sc_study *study = NULL;
	cases list = {0};
	int code = o->arg_count ? load_model(o, o->args[0], &model) : 0;
	if (!code)
		code = model ? cases_of_network(a, model, &list) : cases_of_grid(a, &list);
	size_t se_blocks =
		code || !model ? 0
			       : sc_bench_blocks_in_use(list.item, list.count, sizeof *list.item);
	if (!code && !cases_filter(o, &list))
		code = EXIT_USAGE;
	if (!code && o->verbose)
		name_cases(&list);
	if (!code && model)
		code = network_of(model, &study);
	const sc_sheet *sheet = study ? &study->setup[0].sheet : NULL;
	if (!code)
		code = measure(o, model ? model->name : "", se_blocks, &list,
			sheet && sheet->layers.trunk_known ? &sheet->layers : NULL);
	sc_study_free(study);
	free(list.item);
	sc_model_free(model);
	return code;
}

int run_bench(const sc_options *o)
{
	axes a;
	if (o->replay)
		return replay(o);
	if (o->network)
		return run_network(o);
	if (o->arg_count > 1 || (!o->arg_count && !o->save))
		return complain("'bench' needs one network: secost bench NET; or, for a grid of "
				"shapes, --save FILE");
	if (o->chain && !o->arg_count)
		return complain("'--chain' runs the blocks of a network: name one");
	return axes_read(o, &a) ? bench_network(o, &a) : EXIT_USAGE;
}
