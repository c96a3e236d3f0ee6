/* `secost list KIND` has everything there is of a kind, in every format. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "secost/se.h"

static char *listed(const char *kind)
{
	command_result r =
		command_run((const char *[]){"list", kind, "--format", "csv", NULL}, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_expect(eq(str, r.err, ""));
	free(r.err);
	return r.out;
}

/* "row,NAME,…" */
static bool has_row(const char *csv, const char *name, size_t n)
{
	for (const char *line = csv; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, "row,", 4) && !strncmp(line + 4, name, n) && line[4 + n] == ',')
			return true;
	}
	return false;
}

Test(cli_lists, everything_that_is_bundled_is_listed_by_its_name)
{
	static const char *const kinds[] = {"networks", "studies", "gains"};
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		char pattern[64], *csv = listed(kinds[k]);
		glob_t found;
		snprintf(pattern, sizeof pattern, "configs/%s/*.yaml", kinds[k]);
		cr_assert(glob(pattern, 0, NULL, &found) == 0);
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *name = strrchr(found.gl_pathv[i], '/') + 1;
			cr_expect(has_row(csv, name, strlen(name) - 5), "%s has no %s", kinds[k],
				name);
		}
		globfree(&found);
		free(csv);
	}
}

Test(cli_lists, kernels_are_the_librarys_and_say_whether_they_run_here)
{
	char *csv = listed("kernels");
	for (size_t i = 0; sc_se_row_name(i); i++) {
		char row[64];
		snprintf(row, sizeof row, "\nrow,%s,%s,", sc_se_row_name(i),
			sc_se_row_can_run(i) ? "yes" : "no");
		cr_expect(strstr(csv, row) != NULL, "%s in %s", row, csv);
	}
	free(csv);
}
