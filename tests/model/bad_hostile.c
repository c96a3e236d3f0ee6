/* Files made to take for ever or all the memory there is. Each ends at once, with a message. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "describe.h"

typedef struct hostile {
	const char *start, *again, *end; /**< `again` a number of times */
	unsigned times;
	const char *told; /**< how the first line of what is told begins, after "hostile:" */
} hostile;

static const hostile files[] = {
	{"stages: ", "[", "", 10000, "1:73: nested 65 levels deep"},
	{"stages: ", "[", "", 5000000, "1:73: nested 65 levels deep"},
	{"", "{a: ", "", 10000, "1:261: nested 65 levels deep"},
	{"", "- ", "", 1000000, "1:131: nested 65 levels deep"},
	{"", "? ", "", 1000000, "1:131: nested 65 levels deep"},
	{"stages: [", "&a x,", "]", 1000000, "1:10: a stage is 'x'"},
	{"a: &a x\nstages: [", "*a,", "]", 2000000, "2:9: aliases expand this"},
	{"a: &a {}\nstages: [", "*a,", "]", 1900000, " the description takes more than 512 MiB"},
	{"a: &a {x: 1}\nstages: [", "*a,", "]", 600000, "1:1: unknown key 'a'"},
	{"", "%TAG ! tag:x\n", "---\na: 1\n", 500000, "1:1: '%TAG' has no use"},
	{"stages: [", "a,", "]", 7000000, "1:4000004: more than 2000000 values"},
	{"", "\n", "", 16000000, "1:1: there is nothing in it"},
	{"", " ", "", 16000000, "1:1: there is nothing in it"},
	{"# ", "x", "", 16000000, "1:1: there is nothing in it"},
	{"name: ", "x", "\n", 16000000, "1:1: a network needs 'stages'"},
	{"name: \"", "\\x41", "\"\n", 4000000, "1:1: a network needs 'stages'"},
	{"", "x", ": 1\n", 16000000, "1:16000001: mapping values are not allowed"},
	{"name: \"", "x ", "", 8000000, "1:16000008: while scanning a quoted scalar"},
	{"{", "a: 1,", "}", 400000, "1:7: duplicate key 'a'"},
	{"se: {se_ratio: 0.", "3", "}\n", 15000000, "1:1: a network needs 'stages'"},
	{"input: [3, 8, ", "9", "]\n", 15000000, "1:1: a network needs 'stages'"},
	{"a: &a {k: 1, l: 2}\nb:\n", "  - <<: *a\n", "", 250000, "1:1: unknown key 'a'"},
	{"input: [3, 8, 8]\nstages: [", "{block: plane},", "]", 200000, "2:18: 'block' is 'plane'"},
	{"input: [3, 8, 8]\nstages: [", "{name: x, block: plain, channels: 8},", "]", 50000,
		"2:54: two stages are called 'x'"},
	{"input: [3, 8, 8]\nstages: [{block: plain, channels: 8, blocks: 1000000, overrides: [",
		"{se: {ratio: 2}},", "]}]", 100000, "2:66: overrides times blocks"},
	{"input: [3, 8, 8]\nstages: [{block: branches, modules: [", "m,", "]}]", 500000,
		"2:37: there is no module 'm'"},
};

static char *make(const hostile *h, size_t *n)
{
	size_t start = strlen(h->start), again = strlen(h->again), end = strlen(h->end);
	*n = start + again * h->times + end;
	char *text = malloc(*n + 1), *p = text;
	cr_assert(text != NULL);
	memcpy(p, h->start, start);
	p += start;
	for (unsigned i = 0; i < h->times; i++, p += again)
		memcpy(p, h->again, again);
	memcpy(p, h->end, end + 1);
	return text;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* a bound that no slow machine or sanitizer reaches, and anything quadratic does */
enum { SECONDS_MAX = 30 };

Test(model_bad, hostile_files_end_at_once)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		size_t n, told = strlen(files[i].told);
		char *text = make(&files[i], &n);
		double before = seconds();
		char *said = describe_text("hostile", text, n);
		double took = seconds() - before;
		cr_expect(0 == strncmp(said, "hostile:", 8) &&
				  !strncmp(said + 8, files[i].told, told),
			"file %zu: %.200s", i, said);
		cr_expect(took < SECONDS_MAX, "file %zu took %.1f s", i, took);
		if (getenv("SECOST_TIMES"))
			fprintf(stderr, "%5.2f s %.60s\n", took, said);
		free(said);
		free(text);
	}
}

Test(model_bad, a_file_that_is_none_is_told_without_a_place)
{
	char *missing = describe_file("tests/data/bad/no-such-file.yaml");
	char *folder = describe_file("tests/data/bad");
	cr_expect(eq(str, missing,
		"no-such-file.yaml: can't open 'tests/data/bad/no-such-file.yaml': No such file or "
		"directory\n"));
	cr_expect(eq(str, folder, "bad: can't read 'tests/data/bad': Is a directory\n"));
	free(missing);
	free(folder);
}

Test(model_bad, an_endless_file_is_too_large)
{
	char *said = describe_file("/dev/zero");
	cr_expect(eq(str, said, "zero: '/dev/zero' is larger than 16 MiB\n"));
	free(said);
}

Test(model_bad, twenty_errors_are_kept_in_file_order_and_all_are_counted)
{
	char text[4096] = "stages:\n";
	for (int i = 0; i < 30; i++)
		snprintf(text + strlen(text), 100, "  - {block: plain, channels: x%d}\n", i);
	sc_errs errs = {0};
	sc_model *m = NULL;
	cr_assert(sc_model_parse("x", text, strlen(text), &m, &errs) == SC_ESCHEMA);
	cr_expect(errs.count == SC_ERRS_MAX && errs.total == 31);
	for (size_t i = 1; i < errs.count; i++)
		cr_expect(errs.item[i - 1].line <= errs.item[i].line);
	cr_expect(errs.item[0].line == 1, "what is missing comes first, though it was found last");
	cr_expect(m == NULL);
}

Test(model_bad, a_hundred_thousand_blocks_are_read_in_time_and_memory_in_proportion)
{
	size_t n;
	const hostile stages = {"input: [3, 8, 8]\nstages:\n",
		"  - {block: bottleneck, channels: 64}\n", "", 20000, ""};
	char *text = make(&stages, &n);
	double before = seconds();
	char *said = describe_text("big", text, n);
	cr_expect(eq(str, said, ""));
	cr_expect(seconds() - before < SECONDS_MAX);
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	cr_expect(use.ru_maxrss < 2000000, "%ld KiB", use.ru_maxrss);
	free(said);
	free(text);
}
