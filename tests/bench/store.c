#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
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

Test(bench_store, what_is_read_is_written_again_byte_for_byte)
{
	sc_bench *b = load(sample);
	json_t *json = sc_bench_json(b);
	char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
	char *file = file_text(sample);
	cr_assert(eq(sz, strlen(file), strlen(text) + 1));
	cr_assert(eq(int, strncmp(text, file, strlen(text)), 0));
	free(text);
	free(file);
	json_decref(json);
	sc_bench_free(b);
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
			cr_assert(fit[i].free);
		if (!strcmp(fit[i].first->what.stage, "conv5_x"))
			cr_assert(not(fit[i].free));
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
