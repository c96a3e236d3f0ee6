/* From a network to what is measured: nothing that differs is merged, nothing is lost. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/net.h"
#include "../support/overrides.h"
#include "secost/bench.h"

static json_t *bench_of(const char *text)
{
	char dir[64], path[128];
	json_error_t error;
	folder_new(dir);
	snprintf(path, sizeof path, "%s/net.yaml", dir);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(text, f) >= 0 && !fclose(f));
	command_result r =
		command_run((const char *[]){"bench", path, "-q", "--ratios", "16", "--max-time",
				    "0.001", "--cache", "hot", "--format", "json", NULL},
			NULL);
	json_t *root = json_loads(r.out, 0, &error);
	cr_assert(root != NULL, "%s%s", r.err, error.text);
	command_release(&r);
	folder_remove(dir);
	return root;
}

static uint64_t number(const json_t *cell, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(cell, key));
}

Test(bench_cases, blocks_that_differ_are_cases_of_their_own_and_add_up_to_what_cost_counts)
{
	json_t *root = bench_of(overrides_net), *cell;
	sc_model *m = net_parse(overrides_net);
	sc_sheet sheet = net_count(m);
	uint64_t params = 0;
	size_t i, in_use = 0;
	json_array_foreach(json_object_get(root, "results"), i,
		cell) if (json_is_true(json_object_get(cell, "in_use")))
	{
		in_use++;
		params += number(cell, "params") * number(cell, "blocks");
	}
	cr_expect(eq(sz, in_use, 5 + 2));
	cr_expect(eq(u64, params, sheet.total.se.params));
	sc_sheet_release(&sheet);
	sc_model_free(m);
	json_decref(root);
}

Test(bench_cases, every_word_is_the_word_of_its_value)
{
	for (int word = 0; word < SC_WORD__N; word++) {
		cr_expect(sc_word_name((sc_word)word, 0) != NULL);
		for (unsigned i = 0; sc_word_name((sc_word)word, i); i++) {
			unsigned value = 99;
			cr_expect(eq(int,
				sc_word_value((sc_word)word, "", sc_word_name((sc_word)word, i),
					&value, NULL),
				SC_OK));
			cr_expect(eq(uint, value, i));
		}
	}
}
