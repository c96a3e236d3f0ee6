#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/charts.h"
#include "cli/networks.h"
#include "secost/network.h"

/* reports/<name of the study's file> */
static void folder_of(const sc_options *o, const char *study, sc_text *out)
{
	const char *slash = strrchr(study, '/'), *name = slash ? slash + 1 : study;
	size_t n = is_standard_input(study) ? 0 : strcspn(name, ".");
	sc_text_addf(out, "%s/%.*s", o->output ? o->output : "reports", n ? (int)n : 6,
		n ? name : "report");
}

static int tell_all_charts(const sc_options *o, const sc_report_result *result)
{
	for (size_t i = 0; i < result->charts; i++)
		tell_chart(&result->chart[i]);
	for (size_t i = 0; i < result->papers; i++)
		tell_chart(&result->paper[i]);
	return result->missing && o->require_charts ? EXIT_CHECK_FAILED : EXIT_DONE;
}

static int write_report(const sc_options *o, const sc_study *study)
{
	sc_text folder = {0};
	sc_err err = {0};
	sc_report_result *result = calloc(1, sizeof *result);
	const sc_chart_options options = {
		.gnuplot = o->gnuplot, .stop = is_interrupted, .for_paper = o->paper};
	folder_of(o, o->args[0], &folder);
	if (folder.failed || !result) {
		sc_text_release(&folder);
		free(result);
		return complain("no memory for the report");
	}
	catch_signals();
	sc_status s = sc_report_write(study, folder.s, &options, result, &err);
	end_if_interrupted();
	int code = tell_all_charts(o, result);
	if (s)
		code = tell(&err, NULL);
	if (code != EXIT_USAGE && !o->quiet)
		printf("%s/index.html\n%s/report.md\n", folder.s, folder.s);
	sc_text_release(&folder);
	free(result);
	return code;
}

/* A file that can't be read is told where the study names it. */
static int tell_of(const sc_study_spec *spec, const char *key, sc_err *err)
{
	const sc_mark at = sc_study_spec_mark(spec, key);
	if (err->status == SC_EIO && !err->line) {
		snprintf(err->file, sizeof err->file, "%s", spec->file);
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
	return tell(err, NULL);
}

/* measurements that the study names under this key */
static int load_measured(
	const sc_study_spec *spec, const char *key, const char *path, const sc_bench **out)
{
	sc_bench *b = NULL;
	sc_err err = {0};
	if (path && sc_bench_load(path, &b, &err))
		return tell_of(spec, key, &err);
	*out = b;
	return 0;
}

static int load_times(const sc_study_spec *spec, sc_network_result *into, sc_study *study)
{
	sc_err err = {0};
	if (spec->times_path && sc_network_load(spec->times_path, into, &err))
		return tell_of(spec, "times", &err);
	study->times = spec->times_path ? into : NULL;
	return 0;
}

static int report_measured(const sc_options *o, const sc_study_spec *spec, sc_study *study)
{
	sc_network_result *times = calloc(1, sizeof *times);
	if (!times)
		return complain("no memory for the report");
	int code = load_measured(spec, "bench", spec->bench_path, &study->bench);
	if (!code)
		code = load_measured(spec, "profile", spec->profile_path, &study->profile);
	if (!code)
		code = load_times(spec, times, study);
	if (!code)
		code = write_report(o, study);
	sc_network_result_release(times);
	free(times);
	sc_bench_free((sc_bench *)(uintptr_t)study->bench);
	sc_bench_free((sc_bench *)(uintptr_t)study->profile);
	return code;
}

/* a bundled study knows where its measurements were, and they are in no executable */
static int may_measure(const sc_options *o, const sc_study_spec *spec)
{
	const char *key = spec->bench ? "bench" : spec->profile ? "profile" : "times";
	if (strncmp(spec->file, "secost:", 7) != 0 ||
		!(spec->bench || spec->profile || spec->times))
		return 0;
	return complain("'%.60s' shows measurements, which are not inside the executable: 'secost "
			"show %.60s > mine.yaml', and let '%s' name what 'secost bench --save' "
			"wrote, beside it",
		o->args[0], o->args[0], key);
}

int run_report(const sc_options *o)
{
	sc_errs errs = {0};
	sc_study_spec *spec = NULL;
	sc_model *model = NULL;
	sc_study *study = NULL;
	if (o->arg_count != 1)
		return complain("'report' needs a study: secost report se-resnet-50");
	int code = load_spec(o->args[0], &spec);
	if (!code)
		code = may_measure(o, spec);
	if (!code && sc_study_open(spec, &model, &study, &errs))
		code = tell_all(&errs);
	if (!code)
		code = report_measured(o, spec, study);
	sc_study_free(study);
	sc_model_free(model);
	sc_study_spec_free(spec);
	return code;
}
