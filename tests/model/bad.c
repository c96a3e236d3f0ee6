/* Every description in tests/data/bad with exactly what a person sees of it, in the .err beside it.
 * SECOST_BLESS=1 in the environment rewrites the .err files; read what it wrote. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "describe.h"

#define FOLDER "tests/data/bad/"

typedef struct bad_case {
	char name[256];
} bad_case;

static int is_description(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return dot && !strcmp(dot, ".yaml");
}

ParameterizedTestParameters(model_bad, is_told_exactly)
{
	struct dirent **entry;
	int n = scandir(FOLDER, &entry, is_description, alphasort);
	bad_case *cases = cr_malloc(sizeof *cases * (size_t)(n > 0 ? n : 1));
	for (int i = 0; i < n; i++) {
		snprintf(cases[i].name, sizeof cases[i].name, "%s", entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	return cr_make_param_array(bad_case, cases, (size_t)(n > 0 ? n : 0));
}

static void bless(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");
	cr_assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

ParameterizedTest(bad_case *c, model_bad, is_told_exactly)
{
	char path[320], expected_path[324];
	snprintf(path, sizeof path, FOLDER "%s", c->name);
	snprintf(expected_path, sizeof expected_path, "%.*s.err", (int)strlen(path) - 5, path);
	char *told = describe_file(path);
	cr_expect(strlen(told) > 0, "%s: nothing is wrong with it", c->name);
	if (getenv("SECOST_BLESS"))
		bless(expected_path, told);
	char *expected = file_text(expected_path);
	cr_expect(expected && !strcmp(told, expected), "%s:\n-- told:\n%s-- expected:\n%s", c->name,
		told, expected ? expected : "(no .err file)\n");
	free(expected);
	free(told);
}

Test(model_bad, there_are_at_least_200)
{
	struct dirent **entry;
	int n = scandir(FOLDER, &entry, is_description, alphasort);
	cr_assert(n >= 200, "only %d", n);
	for (int i = 0; i < n; i++)
		free(entry[i]);
	free(entry);
}
