/* Characters that no font has, in charts: with a fc-list that says what this test wants. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../support/command.h"
#include "../support/folder.h"

/* a network with a Chinese stage, a Georgian one, a Greek one */
static const char network[] =
	"name: \"\xe7\xbd\x91\xe7\xbb\x9c\"\ninput: [3, 32, 32]\nse: {ratio: 2}\nstages:\n"
	"  - {name: \"\xe9\x98\xb6\", block: basic, blocks: 1, channels: 8}\n"
	"  - {name: \"\xe1\x83\x90\", block: basic, blocks: 1, channels: 16}\n"
	"  - {name: \"\xce\xb1 \xe2\x86\x92 \xc3\xa9\", block: basic, blocks: 1, channels: 16}\n";

static int has(const char *text, const char *words)
{
	return text && strstr(text, words) != NULL;
}

static void put(const char *folder, const char *name, const char *text)
{
	char path[160];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(text, f) >= 0 && !fclose(f) && !chmod(path, 0755));
}

/* Draw the stages of a network with this fc-list, NULL for none; the script is the caller's. */
static char *script_of(const char *described, const char *fc_list, command_result *r)
{
	char dir[64], path[160], gp[160];
	folder_new(dir);
	put(dir, "net.yaml", described);
	put(dir, "study.yaml",
		"network: net.yaml\ncharts: [stages]\nsetups: [{name: a, set: {se.ratio: 4}}]\n");
	if (fc_list)
		put(dir, "fc-list", fc_list);
	snprintf(path, sizeof path, "PATH=%s", dir);
	*r = command_run((const char *[]){"report", "study.yaml", "-o", "out", "--gnuplot",
				 "/bin/false", NULL},
		&(command_setup){.folder = dir, .variable = path});
	snprintf(gp, sizeof gp, "%s/out/study/charts/stages.gp", dir);
	char *script = file_text(gp);
	cr_assert(ne(ptr, script, NULL), "%s", r->err);
	folder_remove(dir);
	return script;
}

static char *script_with(const char *fc_list, command_result *r)
{
	return script_of(network, fc_list, r);
}

Test(cli_glyphs, what_no_font_has_is_a_question_mark_and_told)
{
	/* one that has Chinese alone, one that has nothing, none at all, one that fails */
	static const struct {
		const char *fc_list;
		int chinese;
	} cases[] = {
		{"#!/bin/sh\ncase $2 in *10d0*) ;; *) echo found ;; esac\n", 1},
		{"#!/bin/sh\necho Fontconfig error >&2\n", 0},
		{NULL, 0},
		{"#!/bin/sh\necho found; exit 1\n", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		command_result r;
		char *script = script_with(cases[i].fc_list, &r);
		cr_expect(eq(int, has(script, "\xe9\x98\xb6"), cases[i].chinese), "case %zu", i);
		cr_expect(eq(int, has(script, "\xe1\x83\x90"), 0), "case %zu", i);
		cr_expect(eq(int, has(script, "\xce\xb1 \xe2\x86\x92 \xc3\xa9"), 1), "case %zu", i);
		cr_expect(eq(int, has(r.err, "chart 'stages' has '?' for "), 1), "case %zu: %s", i,
			r.err);
		free(script);
		command_release(&r);
	}
}

Test(cli_glyphs, what_a_font_has_is_drawn)
{
	command_result r;
	char *script = script_with("#!/bin/sh\necho found\n", &r);
	cr_expect(eq(int, has(script, "\xe9\x98\xb6") && has(script, "\xe1\x83\x90"), 1));
	cr_expect(eq(int, has(r.err, "no font here has"), 0), "%s", r.err);
	free(script);
	command_release(&r);
}

/* a letter of the line under the title is about 7.8 units wide, the picture 1,000 */
Test(cli_glyphs, the_line_under_the_title_ends_before_the_picture_does)
{
	command_result r;
	char described[512], name[181];
	memset(name, 'w', 180);
	name[180] = '\0';
	snprintf(described, sizeof described,
		"name: %s\nstages: [{name: s, blocks: 1, channels: 8, size: 4}]\nse: {ratio: 2}\n",
		name);
	char *script = script_of(described, NULL, &r);
	const char *from = strstr(script, "set label 2 '"),
		   *to = from ? strchr(from + 13, '\'') : NULL;
	cr_assert(ne(ptr, (void *)to, NULL));
	cr_expect(le(sz, (size_t)(to - from - 13), 128), "%.*s", (int)(to - from), from);
	free(script);
	command_release(&r);
}
