/* `secost bench --network NET`: the whole network, with SE in every way, without it, and as setups
 * of it. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/bench.h"
#include "cli/counted.h"
#include "secost/network.h"

enum { SECONDS = 60 };

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

static bool stop(void *context, double done)
{
	if (context)
		fprintf(stderr, "\r%3.0f %%", 100 * done);
	return interrupted;
}

static int read_timing(const sc_options *o, sc_network_timing *out)
{
	double seconds = SECONDS;
	unsigned batch, threads = 1, seed = 1;
	char *end;
	if (o->time) {
		seconds = strtod(o->time, &end);
		if (end == o->time || *end || !(seconds > 0) || seconds > 86400)
			return complain(
				"'--time' is '%.40s', must be a number of seconds up to 86400",
				o->time);
	}
	if (!pick_batch(o, &batch) ||
		(o->threads && !whole_number("--threads", o->threads, 1024, &threads)) ||
		(o->seed && !whole_number("--seed", o->seed, 1000000000, &seed)))
		return EXIT_USAGE;
	*out = (sc_network_timing){.batch = batch,
		.threads = threads,
		.seconds = seconds,
		.seed = seed,
		.stop = stop,
		.context = isatty(2) && !o->quiet ? stderr : NULL};
	return 0;
}

/* the network in every way, then what else was asked for, by the kernel */
static size_t subjects_of(const sc_study *study, sc_network_subject *out)
{
	size_t n = 0;
	for (int se = 0; se < SC_NETWORK__N; se++)
		out[n++] = (sc_network_subject){
			"as described", &study->setup[0].sheet.layers, (sc_network_se)se};
	for (size_t i = 1; i < study->setups; i++)
		out[n++] = (sc_network_subject){
			study->setup[i].name, &study->setup[i].sheet.layers, SC_NETWORK_kernel};
	return n;
}

static int time_all(const sc_study *study, const sc_network_timing *timing, sc_network_result *out)
{
	sc_network_subject *subject = calloc(SC_NETWORK__N + study->setups, sizeof *subject);
	struct sigaction catch = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND}, before;
	sc_err err = {0};
	if (!subject)
		return complain("no memory for the networks to time");
	size_t n = subjects_of(study, subject);
	interrupted = 0;
	sigaction(SIGINT, &catch, &before);
	sc_status s = sc_network_time(subject, n, timing, out, &err);
	sigaction(SIGINT, &before, NULL);
	free(subject);
	if (timing->context)
		fprintf(stderr, "\r\x1b[K");
	if (!s)
		return 0;
	if (s == SC_EINVAL && err.line)
		snprintf(err.file, sizeof err.file, "%s", study->model->file);
	tell(&err, NULL);
	return s == SC_EINVAL ? EXIT_USAGE : EXIT_MEASUREMENT;
}

/* --- what is known of it beside its times --- */

static int forecast_of(const sc_options *o, const sc_sheet *sheet, sc_network_result *r)
{
	sc_bench *b;
	sc_err err = {0};
	char from[512];
	if (!o->profiles)
		return 0;
	if (sc_bench_load(o->profiles[0], &b, &err))
		return tell(&err, NULL);
	sc_latency *row = calloc(sheet->rows + 1, sizeof *row);
	int code = row ? forecast_sheet(o, b, sheet, row, from)
		       : complain("no memory for the forecast");
	if (!code) {
		const sc_latency *all = &row[sheet->rows];
		r->forecast.ns = all->ns;
		r->forecast.ci95 = (sc_interval){all->low, all->high};
		forecast_setting(o, b, sheet->batch, from, sizeof from);
		snprintf(r->forecast.profile, sizeof r->forecast.profile,
			"%.40s of %.20s, %.80s, %.40s", b->network[0] ? b->network : "a grid",
			b->settings.date, from, b->machine.cpu);
	}
	free(row);
	sc_bench_free(b);
	return code;
}

static void describe(const sc_sheet *sheet, sc_network_result *r)
{
	sc_machine machine;
	sc_machine_look(&machine);
	sc_machine_fingerprint(&machine, r->fingerprint);
	snprintf(r->machine, sizeof r->machine, "%s", machine.cpu);
	snprintf(r->network, sizeof r->network, "%s", sheet->model->name);
	for (size_t p = 0; p < r->parts && p < sheet->rows; p++) {
		snprintf(r->part[p].name, sizeof r->part[p].name, "%s", sheet->row[p].name);
		r->part[p].se_blocks = sheet->row[p].se_blocks;
	}
}

/* --- results --- */

static int save(const sc_options *o, const sc_network_result *r, int code)
{
	sc_err err = {0};
	sc_text text = {0};
	if (!o->save)
		return code;
	json_t *json = sc_network_json(r);
	sc_json_write(json, &text);
	json_decref(json);
	if (text.failed)
		code = complain("no memory for '%s'", o->save);
	else if (sc_file_write(o->save, text.s, text.length, &err))
		code = tell(&err, NULL);
	sc_text_release(&text);
	return code;
}

static int show(const sc_options *o, const sc_network_result *r)
{
	int code = save(o, r, r->interrupted ? EXIT_MEASUREMENT : EXIT_DONE);
	sc_document *doc = sc_network_document(r);
	return doc ? finish(o, doc, code) : complain("no memory for the tables");
}

int replay_network(const sc_options *o)
{
	sc_network_result r;
	sc_err err = {0};
	char here[96];
	if (sc_network_load(o->replay, &r, &err))
		return tell(&err, NULL);
	sc_machine_cpu(here);
	if (strcmp(here, r.machine) != 0 && !o->quiet)
		complain("'%s' was measured on another machine: %s (%s), this is %s", o->replay,
			r.machine, r.fingerprint, here);
	int code = show(o, &r);
	sc_network_result_release(&r);
	return code;
}

static int run(const sc_options *o, const sc_model *model, const sc_network_timing *timing)
{
	sc_study *study;
	sc_network_result result = {0};
	sc_err err = {0};
	const sc_rules rules = sc_rules_default();
	if (sc_study_new(model, &rules, timing->batch, &study, &err))
		return tell(&err, NULL);
	int code = o->save && sc_file_try(o->save, &err) ? tell(&err, NULL) : add_setups(o, study);
	if (!code && !study->setup[0].sheet.total.known)
		code = complain("'%.80s' can't be run: its trunk is not described", model->name);
	if (!code)
		code = time_all(study, timing, &result);
	if (!code) {
		describe(&study->setup[0].sheet, &result);
		code = forecast_of(o, &study->setup[0].sheet,
			&result); /* what was measured is shown all the same */
		int shown = show(o, &result);
		code = code ? code : shown;
	}
	sc_network_result_release(&result);
	sc_study_free(study);
	return code;
}

int run_network(const sc_options *o)
{
	sc_network_timing timing;
	sc_model *model;
	if (o->arg_count != 1)
		return complain("'bench --network' needs one network: secost bench --network NET");
	int code = read_timing(o, &timing);
	if (!code)
		code = load_model(o, o->args[0], &model);
	if (code)
		return code;
	code = run(o, model, &timing);
	sc_model_free(model);
	return code;
}
