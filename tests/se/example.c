/* The program in the manual of secost/se.h compiles against the built library and runs. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"

/* what stands between \code and \endcode in the header, without the comment's margin */
static void extract(const char *path)
{
	char *header = file_text("include/secost/se.h");
	char *line = strstr(header, "\\code\n"), *end = strstr(header, " * \\endcode");
	cr_assert(ne(ptr, line, NULL));
	cr_assert(ne(ptr, end, NULL));
	FILE *f = fopen(path, "w");
	cr_assert(ne(ptr, f, NULL));
	*end = '\0';
	for (line = strtok(line, "\n"); (line = strtok(NULL, "\n"));)
		fprintf(f, "%s\n", strncmp(line, " * ", 3) ? "" : line + 3);
	fclose(f);
	free(header);
}

static const char *setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);
	return value && *value ? value : otherwise;
}

Test(se_example, the_program_in_the_manual_compiles_and_runs)
{
	char dir[64], source[128], line[1024], out[1024] = "";
	folder_new(dir);
	snprintf(source, sizeof source, "%s/example.c", dir);
	extract(source);
	const char *command = setting("SECOST", "build/release/secost");
	int build = (int)(strrchr(command, '/') - command);
	snprintf(line, sizeof line,
		"%s -std=c17 -Wall -Wextra -Werror -Iinclude -o %s/example %s %.*s/libsecost.a %s "
		"-pthread -lm && %s/example",
		setting("CC", "cc"), dir, source, build, command, setting("MODE_LINK", ""), dir);
	FILE *p = popen(line, "r");
	cr_assert(ne(ptr, p, NULL));
	size_t n = fread(out, 1, sizeof out - 1, p);
	out[n] = '\0';
	cr_expect(zero(int, pclose(p)), "%s", line);
	cr_expect(zero(int, strncmp(out, "row: ", 5)), "%s", out);
	cr_expect(ne(ptr, strstr(out, "\ny[0] = -"), NULL), "%s", out);
	folder_remove(dir);
}
