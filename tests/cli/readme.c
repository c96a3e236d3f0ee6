/* What README.md shows as output is output: the text between `<!-- generated: COMMAND -->` and
 * `<!-- end -->` is what COMMAND prints now. With SECOST_BLESS=1 it is rewritten. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/program.h"
#include "base/text.h"

static const char begin[] = "<!-- generated: ", end_of_begin[] = " -->\n", end[] = "<!-- end -->";

/* words of a command line; '…' keeps blanks */
static void split(char *line, const char **args, size_t room)
{
	size_t n = 0;
	while (*line && n + 1 < room) {
		char stop = *line == '\'' ? '\'' : ' ';
		line += stop == '\'';
		args[n++] = line;
		line += strcspn(line, stop == ' ' ? " " : "'");
		if (*line)
			*line++ = '\0';
		line += strspn(line, " ");
	}
	args[n] = NULL;
}

static void add_output(const char *command, sc_text *out)
{
	char line[512];
	const char *args[32], *fence = strstr(command, "--format md") ? "" : "```";
	snprintf(line, sizeof line, "%s", command);
	split(line, args, 32);
	bool file = !strcmp(args[0], "cat");
	command_result r = {0};
	char *text = file ? file_text(args[1]) : NULL;
	if (!file) {
		r = command_run(args + 1, NULL);
		text = r.out;
	}
	cr_assert(text && *text, "'%s' prints nothing; %s", command, r.err ? r.err : "");
	if (*fence)
		sc_text_addf(out, "%s%s\n", fence, file ? "yaml" : "");
	if (!file)
		sc_text_addf(out, *fence ? "$ %s\n" : "", command);
	sc_text_add(out, text);
	if (*fence)
		sc_text_addf(out, "%s\n", fence);
	free(text);
	free(r.err);
}

Test(cli_golden_readme, shows_what_the_commands_print)
{
	char *readme = file_text("README.md");
	sc_text now = {0};
	const char *p = readme;
	cr_assert(readme != NULL);
	for (const char *at; (at = strstr(p, begin));) {
		const char *stop = strstr(at, end_of_begin), *after = strstr(at, end);
		char command[512];
		cr_assert(stop && after, "an unfinished generated part");
		snprintf(command, sizeof command, "%.*s", (int)(stop - at - (long)strlen(begin)),
			at + strlen(begin));
		sc_text_add_bytes(&now, p, (size_t)(stop - p) + strlen(end_of_begin));
		add_output(command, &now);
		p = after;
	}
	sc_text_add(&now, p);
	if (getenv("SECOST_BLESS")) {
		FILE *f = fopen("README.md", "w");
		cr_assert(f && fputs(now.s, f) >= 0);
		fclose(f);
	} else {
		cr_assert_str_eq(now.s, readme);
	}
	sc_text_release(&now);
	free(readme);
}

/* the first fenced part of a language, without its fence */
static char *fenced(const char *language)
{
	char *readme = file_text("README.md"), fence[16];
	snprintf(fence, sizeof fence, "```%s\n", language);
	char *start = strstr(readme, fence);
	cr_assert(start != NULL);
	start += strlen(fence);
	char *text = strndup(start, (size_t)(strstr(start, "```") - start));
	free(readme);
	return text;
}

Test(cli_readme, has_a_program_that_prints_what_it_says)
{
	char *readme = file_text("README.md"), *source = fenced("c");
	char *out = program_output(source, "yaml-0.1 jansson gsl hwloc"), said[256];
	snprintf(said, sizeof said, "It prints `%.*s`.", (int)strcspn(out, "\n"), out);
	cr_assert(strstr(readme, said) != NULL, "%s", said);
	free(out);
	free(source);
	free(readme);
}

/* field `n` of a line of CSV without quotes before it */
static const char *csv_field(const char *line, int n)
{
	while (n-- && line)
		line = strchr(line, ',') ? strchr(line, ',') + 1 : NULL;
	return line;
}

static int csv_column(const char *table, const char *key)
{
	int n = 0;
	const char *at = strstr(table, key);
	cr_assert(at != NULL, "%s", key);
	for (const char *p = table; p < at; p++)
		n += *p == ',';
	return n;
}

/* "operators" is quoted and has three commas of its own */
Test(cli_readme, says_of_time_what_was_measured)
{
	char *table = file_text("reports/latency/tables/latency.csv"), said[64];
	char *readme = file_text("README.md");
	int share = csv_column(table, "time_share") + 3;
	for (char *line = strtok(table, "\n"); line; line = strtok(NULL, "\n")) {
		if (strncmp(line, "row,conv5_x,3,2048,7,7,16,", 26) ||
			!strstr(line, ",cold-weights,"))
			continue;
		snprintf(said, sizeof said, "%.1f %% of SE's time",
			100 * atof(csv_field(line, share)));
		cr_expect(strstr(readme, said) != NULL, "README lacks '%s'", said);
	}
	free(readme);
	free(table);
}

Test(cli_readme, is_short)
{
	char *readme = file_text("README.md");
	size_t lines = 0;
	for (const char *p = readme; (p = strchr(p, '\n')); p++)
		lines++;
	cr_expect(lines <= 200, "%zu lines", lines);
	free(readme);
}
