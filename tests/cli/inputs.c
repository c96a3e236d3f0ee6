/* Nothing that is read is written over, whatever it is called. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

static void copy(const char *from, const char *folder, const char *name)
{
	char path[128], *text = file_text(from);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	cr_assert(text && f && fputs(text, f) >= 0 && !fclose(f));
	free(text);
}

static void work_folder(char dir[64])
{
	char net[96], other[96];
	folder_new(dir);
	copy("tests/faults/net.yaml", dir, "net.yaml");
	copy("tests/faults/study.yaml", dir, "study.yaml");
	copy("tests/data/bench/grid.json", dir, "bench.json");
	snprintf(net, sizeof net, "%s/net.yaml", dir);
	snprintf(other, sizeof other, "%s/hard.csv", dir);
	cr_assert(eq(int, link(net, other), 0));
	snprintf(other, sizeof other, "%s/soft.csv", dir);
	cr_assert(eq(int, symlink("net.yaml", other), 0));
}

static void expect_refused(const char *const *args, const char *changed)
{
	char dir[64], path[96];
	work_folder(dir);
	const command_setup here = {.folder = dir};
	snprintf(path, sizeof path, "%s/%s", dir, changed);
	char *before = file_text(path);
	command_result r = command_run(args, &here);
	char *after = file_text(path);
	cr_expect(eq(int, r.code, 2), "%s", r.err);
	cr_expect(strstr(r.err, "is what is read") != NULL, "%s", r.err);
	cr_expect(eq(str, after, before));
	command_release(&r);
	free(before);
	free(after);
	folder_remove(dir);
}

#define REFUSED(changed, ...) expect_refused((const char *const[]){__VA_ARGS__, NULL}, changed)

Test(cli_inputs, a_network_is_not_its_own_result_through_a_link_or_another_spelling)
{
	REFUSED("net.yaml", "cost", "net.yaml", "-f", "csv", "-o", "net.yaml");
	REFUSED("net.yaml", "cost", "net.yaml", "-f", "csv", "-o", ".//net.yaml");
	REFUSED("net.yaml", "cost", "net.yaml", "-o", "hard.csv");
	REFUSED("net.yaml", "cost", "net.yaml", "-o", "soft.csv");
	REFUSED("net.yaml", "show", "./net.yaml", "-o", "soft.csv");
}

Test(cli_inputs, the_network_of_a_study_is_safe)
{
	REFUSED("net.yaml", "compare", "study.yaml", "-f", "csv", "-o", "net.yaml");
	REFUSED("study.yaml", "compare", "study.yaml", "-f", "csv", "-o", "study.yaml");
}

Test(cli_inputs, measurements_are_safe)
{
	REFUSED("bench.json", "cost", "net.yaml", "--profile", "bench.json", "--extrapolate", "-o",
		"bench.json");
	REFUSED("bench.json", "compare", "--profile", "bench.json", "--profile", "bench.json", "-o",
		"bench.json");
	REFUSED("bench.json", "bench", "--replay", "bench.json", "-o", "bench.json");
	REFUSED("bench.json", "bench", "--replay", "bench.json", "--save", "bench.json");
}

Test(cli_inputs, a_bench_is_refused_before_it_measures)
{
	REFUSED("net.yaml", "bench", "net.yaml", "--max-time", "60", "--save", "net.yaml");
}
