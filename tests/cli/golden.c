/* Golden commands: tests/golden/<case>/cmd has one argument a line; out, err and code are what must
 * come back. With SECOST_BLESS=1 they are rewritten instead, and the diff is for reading. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"

struct golden {
	char folder[200];
};

ParameterizedTestParameters(cli_golden, prints_what_it_must)
{
	glob_t found;
	cr_assert(glob("tests/golden/*", 0, NULL, &found) == 0);
	struct golden *all = cr_malloc(found.gl_pathc * sizeof *all);
	size_t n = found.gl_pathc;
	for (size_t i = 0; i < n; i++)
		snprintf(all[i].folder, sizeof all[i].folder, "%s", found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct golden, all, n);
}

static size_t split_lines(char *text, const char **args, size_t room)
{
	size_t n = 0;
	for (char *line = strtok(text, "\n"); line && n + 1 < room; line = strtok(NULL, "\n"))
		args[n++] = line;
	args[n] = NULL;
	return n;
}

static void path_of(const struct golden *g, const char *file, char out[256])
{
	snprintf(out, 256, "%s/%s", g->folder, file);
}

static void bless(const struct golden *g, const char *file, const char *text)
{
	char path[256];
	path_of(g, file, path);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(text, f) >= 0);
	fclose(f);
}

static void same(const struct golden *g, const char *file, const char *got)
{
	char path[256];
	path_of(g, file, path);
	char *want = file_text(path);
	cr_assert(want && !strcmp(want, got), "%s differs; it is now:\n%s", path, got);
	free(want);
}

ParameterizedTest(struct golden *g, cli_golden, prints_what_it_must)
{
	char path[256], code[16];
	const char *args[64];
	path_of(g, "cmd", path);
	char *cmd = file_text(path);
	cr_assert(cmd != NULL);
	split_lines(cmd, args, 64);
	command_result r = command_run(args, NULL);
	snprintf(code, sizeof code, "%d\n", r.code);
	void (*check)(const struct golden *, const char *, const char *) =
		getenv("SECOST_BLESS") ? bless : same;
	check(g, "code", code);
	check(g, "err", r.err);
	check(g, "out", r.out);
	command_release(&r);
	free(cmd);
}
