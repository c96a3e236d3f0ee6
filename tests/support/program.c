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

static void write_source(const char *folder, const char *name, const char *source)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(source, f) >= 0);
	fclose(f);
}

/* `compile` is a compiler and its flags, `name` the source's file */
static char *output_of(
	const char *compile, const char *name, const char *source, const char *libraries)
{
	enum { OUTPUT_MAX = 4096 };
	char dir[64], line[1024], *out = calloc(1, OUTPUT_MAX);
	const char *command = setting("SECOST", "build/release/secost");
	int build = (int)(strrchr(command, '/') - command);
	cr_assert(out != NULL);
	folder_new(dir);
	write_source(dir, name, source);
	snprintf(line, sizeof line,
		"%s -Wall -Wextra -Wpedantic -Werror -Iinclude %s -o %s/program %s/%s "
		"%.*s/libsecost.a "
		"%s%s%s -pthread -lm && %s/program",
		compile, setting("MODE_LINK", ""), dir, dir, name, build, command,
		*libraries ? "$(pkg-config --libs " : "", libraries, *libraries ? ")" : "", dir);
	FILE *p = popen(line, "r");
	cr_assert(p != NULL);
	cr_assert(fread(out, 1, OUTPUT_MAX - 1, p) > 0, "%s", line);
	cr_assert_eq(pclose(p), 0, "%s", line);
	folder_remove(dir);
	return out;
}

char *program_output(const char *source, const char *libraries)
{
	char compile[256];
	snprintf(compile, sizeof compile, "%s -std=c17", setting("CC", "cc"));
	return output_of(compile, "program.c", source, libraries);
}

char *cxx_program_output(const char *compiler, const char *source, const char *libraries)
{
	char compile[256];
	snprintf(compile, sizeof compile, "%s -std=c++17", compiler);
	return output_of(compile, "program.cc", source, libraries);
}
