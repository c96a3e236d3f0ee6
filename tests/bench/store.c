#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "secost/bench.h"

static const char sample[] = "tests/data/bench/se-resnet-50.json";

static sc_bench *load(const char *path)
{
	sc_bench *b = NULL;
	sc_err err = {0};
	cr_assert(eq(int, sc_bench_load(path, &b, &err), SC_OK), "%s:%d: %s", err.file, err.line,
		err.message);
	return b;
}

static char *dump(const sc_bench *b)
{
	json_t *json = sc_bench_json(b);
	char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
	json_decref(json);
	return text;
}

/* version 1 had no rounds: its samples are one */
Test(bench_store, a_file_of_version_1_is_one_round_and_is_written_as_version_2)
{
	char folder[64], path[100];
	folder_new(folder);
	snprintf(path, sizeof path, "%s/two.json", folder);
	sc_bench *one = load(sample);
	char *text = dump(one);
	FILE *f = fopen(path, "w");
	cr_assert(fputs(text, f) >= 0 && !fclose(f));
	sc_bench *two = load(path);
	char *again = dump(two);
	cr_assert(eq(sz, one->cell[0].timing.rounds, 1));
	cr_assert(eq(dbl, one->cell[0].summary.next95.high, 0));
	cr_assert(strstr(text, "\"schema\": \"secost.bench/2\"") != NULL);
	cr_assert(eq(str, text, again));
	free(text);
	free(again);
	sc_bench_free(one);
	sc_bench_free(two);
	folder_remove(folder);
}

Test(bench_store, shares_of_a_setting_add_up_and_the_ratio_is_free_where_it_is)
{
	sc_bench *b = load(sample);
	double sum = 0;
	sc_stage_fit *fit;
	size_t n;
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].what.in_use && b->cell[i].what.cache == SC_STATE_hot)
			sum += b->cell[i].share;
	cr_assert(epsilon_eq(dbl, sum, 1, 1e-9));
	cr_assert(eq(int, sc_bench_fits(b, &fit, &n, NULL), SC_OK));
	cr_assert(eq(sz, n, 8));
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(fit[i].first->what.stage, "conv2_x"))
			cr_assert(fit[i].verdict != SC_MATTERS);
		if (!strcmp(fit[i].first->what.stage, "conv5_x"))
			cr_assert(eq(int, fit[i].verdict, SC_MATTERS));
	}
	free(fit);
	sc_bench_free(b);
}

Test(bench_store, another_machine_is_told)
{
	const char *args[] = {"bench", "--replay", "tests/data/bench/other-machine.json", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 0));
	cr_assert(strstr(r.err, "was measured on another machine: Another CPU (") != NULL, "%s",
		r.err);
	command_release(&r);
}

Test(bench_store, the_committed_samples_give_the_committed_table_byte_for_byte)
{
	const char *args[] = {"bench", "--replay", "reports/bench/se-resnet-50.json", "-q", NULL};
	command_result r = command_run(args, NULL);
	char *table = file_text("reports/bench/se-resnet-50.txt");
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(eq(str, r.out, table));
	free(table);
	command_release(&r);
}

/* "takes 17.4 % of SE's time": what stands in the README is what was measured, rounded */
Test(bench_store, what_the_readme_says_of_the_last_stage_the_committed_samples_say)
{
	const char *args[] = {"bench", "--replay", "reports/bench/se-resnet-50.json", "-q",
		"--filter", "conv5_x r=16 cold-weights", "--columns", "time_share", "--format",
		"csv", NULL};
	char said[64];
	double share = NAN;
	command_result r = command_run(args, NULL);
	char *readme = file_text("README.md"), *row = strstr(r.out, "\nrow,");
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(row && sscanf(row, "\nrow,%lf", &share) == 1, "%s", r.out);
	snprintf(said, sizeof said, "\n%.1f %% of SE's time, as [measured]", 100 * share);
	cr_expect(ne(ptr, strstr(readme, said), NULL), "it must say:%s", said);
	free(readme);
	command_release(&r);
}
