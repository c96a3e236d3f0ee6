#define _XOPEN_SOURCE 700 /* realpath */
/* Completion in the shells themselves: a line is typed, then a tab. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "base/text.h"

/* what is typed, and what it becomes */
static const char *const typed[][2] = {
	{"secost comple", "secost completion"},
	{"secost cost se-resnet-15", "secost cost se-resnet-152"},
	{"secost cost se-resnet-50 --by bl", "secost cost se-resnet-50 --by block"},
	{"secost cost se-resnet-50 --for", "secost cost se-resnet-50 --format"},
	{"secost cost se-resnet-50 --format la", "secost cost se-resnet-50 --format latex"},
	{"secost cost se-resnet-50 --rules learnable,pape",
		"secost cost se-resnet-50 --rules learnable,paper"},
	{"secost cost se-resnet-50 --set stages.conv5",
		"secost cost se-resnet-50 --set stages.conv5_x."},
	{"secost cost se-resnet-50 --set se.gate=ta",
		"secost cost se-resnet-50 --set se.gate=tanh"},
	{"secost compare se-vgg-16 --ablate pla", "secost compare se-vgg-16 --ablate placement"},
	{"secost list netw", "secost list networks"},
	{"secost report ablation-e", "secost report ablation-excitation"},
	{"secost explain se-resnet-50 stages.conv2_x.se.cr",
		"secost explain se-resnet-50 stages.conv2_x.se.crossover"},
	{"secost bench --cache hot,cold-", "secost bench --cache hot,cold-weights"},
};
enum { LINES = sizeof typed / sizeof *typed };

static bool has(const char *program)
{
	char line[64];
	snprintf(line, sizeof line, "command -v %s >/dev/null", program);
	return system(line) == 0;
}

static void folder_of_command(char out[4096])
{
	const char *path = getenv("SECOST");
	cr_assert(realpath(path ? path : "build/release/secost", out) != NULL);
	*strrchr(out, '/') = '\0';
}

static char *output(const char *line)
{
	enum { OUTPUT_MAX = 8192 };
	char *out = calloc(1, OUTPUT_MAX);
	FILE *p = popen(line, "r");
	cr_assert(p && out);
	size_t n = fread(out, 1, OUTPUT_MAX - 1, p);
	cr_assert_eq(pclose(p), 0, "%s", line);
	(void)n;
	return out;
}

static void same_lines(const char *shell, char *out)
{
	int i = 0;
	for (char *line = strtok(out, "\n"); line && i < LINES; line = strtok(NULL, "\n"), i++) {
		size_t n = strlen(line);
		while (n && line[n - 1] == ' ')
			line[--n] = '\0';
		cr_expect(eq(str, line, (char *)typed[i][1]), "%s", shell);
	}
	cr_expect(eq(int, i, LINES), "%s", shell);
}

/* in a terminal, as tests/cli/complete.zsh types */
static void type_into(const char *shell)
{
	char folder[64], path[96], bin[4096], line[4400];
	folder_new(folder);
	folder_of_command(bin);
	snprintf(path, sizeof path, "%s/lines", folder);
	FILE *f = fopen(path, "w");
	cr_assert(f != NULL);
	for (int i = 0; i < LINES; i++)
		fprintf(f, "%s\n", typed[i][0]);
	fclose(f);
	snprintf(line, sizeof line, "zsh -f tests/cli/complete.zsh %s %s <%s 2>&1", shell, bin,
		path);
	char *out = output(line);
	same_lines(shell, out);
	free(out);
	folder_remove(folder);
}

Test(cli_completion, bash_completes_what_is_typed)
{
	if (has("zsh") && has("bash"))
		type_into("bash");
}

Test(cli_completion, zsh_completes_what_is_typed)
{
	if (has("zsh"))
		type_into("zsh");
}

/* fish tells what it would complete to */
Test(cli_completion, fish_completes_what_is_typed)
{
	char bin[4096], home[64];
	sc_text line = {0};
	if (!has("fish"))
		return;
	folder_new(home);
	folder_of_command(bin);
	sc_text_addf(&line,
		"HOME=%s fish --no-config -c 'set PATH \"%s\" $PATH; secost completion "
		"fish | "
		"source",
		home, bin);
	for (int i = 0; i < LINES; i++)
		sc_text_addf(&line, "; complete -C \"%s\"", typed[i][0]);
	sc_text_add(&line, "' 2>/dev/null");
	char *out = output(line.s), *at = out;
	for (int i = 0; i < LINES; i++) {
		const char *word = strrchr(typed[i][1], ' ') + 1;
		size_t n = strlen(word);
		bool same = !strncmp(at, word, n) && strchr("\n\t", at[n]);
		cr_assert(same, "%s: %.60s", word, at);
		at += strcspn(at, "\n") + 1;
	}
	free(out);
	sc_text_release(&line);
	folder_remove(home);
}

static char *words(const char *const *args)
{
	command_result r = command_run(args, NULL);
	cr_assert(zero(int, r.code), "%s", r.err);
	free(r.err);
	return r.out;
}

static void completes(const char *const *args, const char *candidates)
{
	char *out = words(args);
	cr_expect(eq(str, out, (char *)candidates));
	free(out);
}

Test(cli_completion, an_own_file_has_its_stages_offered)
{
	completes((const char *[]){"completion", "words", "--", "cost",
			  "configs/networks/se-vgg-16.yaml", "--set", "stages.conv1", NULL},
		"stages.conv1.\n");
}

Test(cli_completion, every_option_with_words_offers_them)
{
	completes((const char *[]){"completion", "words", "--", "cost", "--by", "", NULL},
		"network\nstage\nblock\nlayer\n");
	completes((const char *[]){"completion", "words", "--", "cost", "--color=a", NULL},
		"--color=auto\n--color=always\n");
	completes((const char *[]){"completion", "words", "--", "cost", "-f", "m", NULL}, "md\n");
	completes(
		(const char *[]){"completion", "words", "--", "cost", "-o", "", NULL}, ":files\n");
	completes((const char *[]){"completion", "words", "--", "completion", "", NULL},
		"bash\nzsh\nfish\n");
}

Test(cli_completion, each_kind_of_list_and_each_command_is_offered)
{
	const struct {
		const char *last, *list;
	} all[] = {{"list", "blocks"}, {"list", "studies"}, {"list", "commands"}};
	char *kinds = words((const char *[]){"completion", "words", "--", "list", "", NULL});
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		cr_expect(ne(ptr, strstr(kinds, all[i].list), NULL));
	free(kinds);
}

Test(cli_completion, a_line_of_nonsense_offers_nothing)
{
	completes((const char *[]){"completion", "words", "--", "nonsense", "a", NULL}, "");
	completes((const char *[]){"completion", "words", "--", "cost", "--nonsense=", NULL}, "");
	completes((const char *[]){"completion", "words", "--", "explain", "nowhere", "stages.",
			  NULL},
		"");
}

Test(cli_man, passes_mandoc)
{
	char line[4200], bin[4096];
	if (!has("mandoc"))
		return;
	folder_of_command(bin);
	snprintf(line, sizeof line, "%s/secost man | mandoc -Tlint -Wstyle 2>&1 || true", bin);
	char *out = output(line);
	cr_assert(eq(str, out, ""));
	free(out);
}
