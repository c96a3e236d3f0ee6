/* The page and the report around it: the same bytes every time, nothing from outside, and harmless
 * whatever names the setups have. */
#include <criterion/criterion.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/study.h"

static const char study_path[] = "configs/studies/se-resnet-50.yaml";

static void write_report(const char *study, const char *folder)
{
	study_files files = study_read(study);
	sc_report_result result;
	sc_err err = {0};
	cr_assert(!sc_report_write(files.study, folder, NULL, &result, &err), "%s", err.message);
	cr_assert_eq(result.missing, 0, "%s", result.chart[0].message);
	study_release(&files);
}

static char *page_of(const char *folder)
{
	char path[96];
	snprintf(path, sizeof path, "%s/index.html", folder);
	char *page = file_text(path);
	cr_assert(page != NULL);
	return page;
}

static char *page_of_study(void)
{
	char folder[64];
	folder_new(folder);
	write_report(study_path, folder);
	char *page = page_of(folder);
	folder_remove(folder);
	return page;
}

static void same_files(const char *a, const char *b, const char *pattern)
{
	char whole[160];
	glob_t found;
	snprintf(whole, sizeof whole, "%s/%s", a, pattern);
	cr_assert(!glob(whole, 0, NULL, &found), "%s", whole);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char other[256];
		snprintf(other, sizeof other, "%s%s", b, found.gl_pathv[i] + strlen(a));
		char *one = file_text(found.gl_pathv[i]), *two = file_text(other);
		cr_assert(one && two && !strcmp(one, two), "%s differs", other);
		free(one);
		free(two);
	}
	globfree(&found);
}

Test(report_page, is_the_same_byte_for_byte_every_time)
{
	char a[64], b[64];
	folder_new(a);
	folder_new(b);
	write_report(study_path, a);
	write_report(study_path, b);
	same_files(a, b, "*.*");
	same_files(a, b, "tables/*");
	same_files(a, b, "charts/*");
	folder_remove(a);
	folder_remove(b);
}

/* xmlns says what SVG is and loads nothing */
Test(report_page, needs_nothing_from_outside)
{
	char *page = page_of_study();
	for (char *p = strstr(page, "://"); p; p = strstr(p + 3, "://"))
		cr_assert(!strncmp(p, "://www.w3.org/", 14), "%.60s", p - 8);
	cr_assert(!strstr(page, "<script") && !strstr(page, "<link") && !strstr(page, " src="));
	cr_assert(!strstr(page, "<!DOCTYPE svg") && !strstr(page, "<?xml"));
	free(page);
}

Test(report_page, has_every_id_once_and_every_reference_to_one)
{
	char *page = page_of_study();
	size_t ids = 0;
	for (char *p = strstr(page, " id="); p; p = strstr(p + 4, " id="), ids++) {
		char id[96], other = p[4];
		size_t n = strcspn(p + 5, (char[]){other, 0});
		snprintf(id, sizeof id, " id=%c%.*s%c", other, (int)n, p + 5, other);
		cr_assert(!strstr(p + 4, id), "%s is there twice", id);
	}
	cr_assert(ids > 5);
	for (char *p = strstr(page, "href=\"#"); p; p = strstr(p + 7, "href=\"#")) {
		char id[96];
		snprintf(id, sizeof id, "%.*s\"", (int)strcspn(p + 7, "\""), p + 7);
		char *target = strstr(page, "id=\"");
		while (target && strncmp(target + 4, id, strlen(id)))
			target = strstr(target + 4, "id=\"");
		char *single = strstr(page, "id='");
		id[strlen(id) - 1] = '\'';
		while (single && strncmp(single + 4, id, strlen(id)))
			single = strstr(single + 4, "id='");
		cr_assert(target || single, "nothing has the id %s", id);
	}
	free(page);
}

static const char hostile[] =
	"title: \"<script>alert(1)</script> `touch pwned` $(touch pwned) | & \\\\\\\\ "
	"\U0001F600\"\n"
	"network: %s/configs/networks/se-resnet-50.yaml\n"
	"setups:\n"
	"  - {name: \"'; set output 'pwned'; !touch pwned; '\", group: \"../../pwned\", set: {se: "
	"off}}\n"
	"  - {name: \"`touch pwned`\", group: \"g\\\"; system('touch pwned')\", set: {se.ratio: "
	"8},\n"
	"     published: {top1_error: 22.5, top5_error: 6.5, source: \"<img src=x "
	"onerror=alert(1)>\"}}\n"
	"  - {name: \"\\\"$(touch pwned)\\\" | & <b>\\u0022>\", group: \"a|b&c\", set: {se.ratio: "
	"4},\n"
	"     published: {top1_error: 22.4, top5_error: 6.4, source: "
	"\"\\\\end{tabular}\\\\input{x}\"}}\n"
	"  - {name: \"line; feed \U0001F600 %% # {/:Bold x} @~_^\", group: \"-rf\", set: "
	"{se.ratio: 2}}\n"
	"sweeps:\n"
	"  - {name: \"<svg onload=alert(1)>\", field: se.ratio, values: [2, 4, 8]}\n";

static void write_hostile(const char *folder, char path[128])
{
	char here[PATH_MAX];
	cr_assert(getcwd(here, sizeof here) != NULL);
	snprintf(path, 128, "%s/study.yaml", folder);
	FILE *f = fopen(path, "w");
	cr_assert(f && fprintf(f, hostile, here) > 0 && !fclose(f));
}

Test(report_page, names_that_attack_it_are_only_names)
{
	char in[64], out[64], study[128];
	folder_new(in);
	folder_new(out);
	write_hostile(in, study);
	write_report(study, out);
	char *page = page_of(out);
	cr_assert(!strstr(page, "<script") && !strstr(page, "<img") && !strstr(page, "<svg on") &&
		  !strstr(page, "<b>"));
	cr_assert(strstr(page, "&lt;script&gt;") != NULL);
	cr_assert_eq(folder_count(out, "pwned*"), 0);
	cr_assert_eq(folder_count(out, "*/pwned*"), 0);
	cr_assert_eq(folder_count(out, "../pwned*"), 0);
	cr_assert_eq(access("pwned", F_OK), -1);
	free(page);
	folder_remove(in);
	folder_remove(out);
}

Test(report_page, opens_with_the_answer_then_the_main_chart_and_folds_long_tables)
{
	char *page = page_of_study();
	const char *answer = strstr(page, "class=\"answer\""), *chart = strstr(page, "<figure>");
	const char *tables = strstr(page, "<h2>Tables</h2>");
	cr_assert(answer && chart && tables);
	cr_expect(answer < chart && chart < tables);
	free(page);
}

static size_t times_in(const char *page, const char *what)
{
	size_t n = 0;
	for (; (page = strstr(page, what)); page++)
		n++;
	return n;
}

Test(report_page, explains_a_word_once_below_what_uses_it_first)
{
	char *page = page_of_study();
	const char *chart = strstr(page, "<figure>"), *table = strstr(page, "<table>");
	const char *exactly = strstr(page, "<dt>exactly</dt>"),
		   *base = strstr(page, "<dt>of base</dt>");
	cr_assert(chart && table && exactly && base);
	cr_expect(exactly < chart, "the answer says 'exactly'");
	cr_expect(base > table, "only tables have shares of the base");
	cr_expect(strstr(page, "<th class=\"n\">of base</th>") < base);
	cr_expect_eq(times_in(page, "<dt>of base</dt>"), 1);
	cr_expect_eq(times_in(page, "<dt>cold"), 0, "no word that the page does not use");
	free(page);
}

Test(report_page, says_of_every_group_of_setups_what_to_see)
{
	char *page = page_of_study();
	cr_expect(strstr(page, "SE parameters: from 25,392 (only conv2_x) to 2,530,992") != NULL);
	cr_expect(strstr(page, "the same SE parameters; SE FLOPs: from ") != NULL, "squeeze");
	cr_expect(strstr(page, "SE costs the same in all of them") != NULL, "gate");
	free(page);
}

Test(report_page, has_the_chart_that_a_study_names_first_as_its_main_one)
{
	char in[64], out[64], path[96];
	folder_new(in);
	folder_new(out);
	snprintf(path, sizeof path, "%s/s.yaml", in);
	FILE *f = fopen(path, "w");
	cr_assert(f != NULL);
	fputs("network: se-resnet-18\nablate: [ratio]\ncharts: [ratio, stages]\n", f);
	fclose(f);
	write_report(path, out);
	char *page = page_of(out);
	const char *first = strstr(page, "ratio-"), *second = strstr(page, "stages-");
	cr_expect(
		first && second && first < second, "gnuplot's ids have the chart's name in front");
	free(page);
	folder_remove(in);
	folder_remove(out);
}
