#include "program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"

static const char *setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);
	return value && *value ? value : otherwise;
}

static void write_source(const char *folder, const char *source)
{
	char path[96];
	snprintf(path, sizeof path, "%s/program.c", folder);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(source, f) >= 0);
	fclose(f);
}

char *program_output(const char *source, const char *libraries)
{
	enum { OUTPUT_MAX = 4096 };
	char dir[64], line[1024], *out = calloc(1, OUTPUT_MAX);
	const char *command = setting("SECOST", "build/release/secost");
	int build = (int)(strrchr(command, '/') - command);
	cr_assert(out != NULL);
	folder_new(dir);
	write_source(dir, source);
	snprintf(line, sizeof line,
		"%s -std=c17 -Wall -Wextra -Werror -Iinclude %s -o %s/program %s/program.c "
		"%.*s/libsecost.a "
		"%s%s%s -pthread -lm && %s/program",
		setting("CC", "cc"), setting("MODE_LINK", ""), dir, dir, build, command,
		*libraries ? "$(pkg-config --libs " : "", libraries, *libraries ? ")" : "", dir);
	FILE *p = popen(line, "r");
	cr_assert(p != NULL);
	cr_assert(fread(out, 1, OUTPUT_MAX - 1, p) > 0, "%s", line);
	cr_assert_eq(pclose(p), 0, "%s", line);
	folder_remove(dir);
	return out;
}
