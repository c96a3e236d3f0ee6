/* Every JSON that a program gets is what `secost schema OUTPUT` says, judged by a validator that
 * knows nothing of secost (python3-jsonschema). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "base/text.h"
#include "secost/report.h"

static const struct {
	const char *output;
	const char *args[16];
} outputs[] = {
	{"cost", {"cost", "se-resnet-50"}},
	{"cost", {"cost", "resnet-50", "efficientnet-b0", "se-inception-resnet-v2"}},
	{"cost", {"cost", "mobilenet-v3-large", "--by", "block"}},
	{"cost", {"cost", "se-bn-inception", "--by", "layer"}},
	{"cost", {"cost", "tests/data/good/short-form.yaml"}},
	{"cost", {"cost", "tests/data/good/everything.yaml", "--by", "block"}},
	{"cost", {"cost", "se-resnet-50", "--set", "stages.conv4_x.se.ratio=[2,4,off,8,16,32]"}},
	{"cost", {"cost", "se-resnet-50", "--profile", "tests/data/bench/grid.json",
			 "--extrapolate"}},
	{"compare", {"compare", "se-resnet-50", "--ablate", "ratio", "--ablate", "stages"}},
	{"compare", {"compare", "ablation-ratio"}},
	{"compare", {"compare", "tests/data/good/short-form.yaml", "--setup", "se=off"}},
	{"report", {"compare", "se-resnet-50", "--setup", "a: se.ratio=8; stages[0].se=off"}},
	{"bench", {"bench", "--replay", "tests/data/bench/readme.json", "-q"}},
	{"bench", {"bench", "--replay", "tests/data/bench/grid.json", "-q"}},
	{"bench", {"bench", "--replay", "tests/data/bench/se-resnet-50.json", "-q"}},
	{"bench", {"bench", "--replay", "tests/data/bench/se-resnet-50.json", "--filter", "conv5_x",
			  "-q"}},
	{"network", {"bench", "--replay", "tests/data/bench/network.json", "-q"}},
	{"plan", {"plan", "se-resnet-50", "--budget", "params=+3%"}},
	{"plan", {"plan", "se-resnet-50", "--per", "block", "--budget", "params=+3%", "--budget",
			 "flops=+0.1%", "--maximise", "width"}},
	{"plan", {"plan", "se-resnet-50", "--choices", "8", "--budget", "params=+3%"}},
	{"plan", {"plan", "se-resnet-50", "--gain", "se-resnet-50-ratio"}},
	{"plan", {"plan", "se-resnet-50", "--profile", "tests/data/bench/grid.json",
			 "--extrapolate", "--budget", "latency=2ms"}},
	{"explain", {"explain", "se-resnet-50", "stages.conv5_x.se.params"}},
	{"explain", {"explain", "se-resnet-50", "stages.conv5_x.se.width"}},
	{"explain", {"explain", "se-resnet-50", "total.flops"}},
	{"verify", {"verify", "se-resnet-50"}},
	{"verify", {"verify"}},
	{"table", {"list", "fields"}},
	{"table", {"list", "networks"}},
	{"table", {"cost", "se-resnet-50", "--rules", "all"}},
	{"table", {"compare", "--profile", "tests/data/bench/grid.json", "--profile",
			  "tests/data/bench/grid.json"}},
};
enum { OUTPUTS = sizeof outputs / sizeof *outputs };

static bool can_validate(void)
{
	return system("python3 -c 'import jsonschema, yaml' 2>/dev/null") == 0;
}

static void write_output(const char *const *given, const char *path)
{
	const char *args[20];
	size_t n = 0;
	for (; given[n]; n++)
		args[n] = given[n];
	args[n++] = "-o";
	args[n++] = path;
	args[n] = NULL;
	command_result r = command_run(args, NULL);
	cr_assert(r.code == 0 || r.code == 1, "%s: %s", given[0], r.err);
	command_release(&r);
}

/* what the validator refuses, "" for nothing */
static char *refused(const char *command)
{
	enum { ROOM = 1 << 16 };
	char *out = calloc(1, ROOM);
	FILE *p = popen(command, "r");
	cr_assert(p && out);
	size_t n = fread(out, 1, ROOM - 1, p);
	cr_assert(pclose(p) == 0, "%.200s: %zu", command, n);
	return out;
}

static void outputs_of(const char *name, const char *folder)
{
	char path[128];
	sc_text line = {0};
	snprintf(path, sizeof path, "%s/schema-%s.json", folder, name);
	write_output((const char *[]){"schema", name, NULL}, path);
	sc_text_addf(&line, "python3 tests/support/validate.py %s", path);
	for (size_t i = 0; i < OUTPUTS; i++) {
		if (strcmp(outputs[i].output, name) != 0)
			continue;
		snprintf(path, sizeof path, "%s/%zu.json", folder, i);
		write_output(outputs[i].args, path);
		sc_text_addf(&line, " %s", path);
	}
	char *told = refused(line.s);
	cr_expect(zero(sz, strlen(told)), "%s: describe it in src/report/outputs.def:\n%s", name,
		told);
	free(told);
	sc_text_release(&line);
}

Test(cli_schemas, every_output_is_what_its_schema_says)
{
	char folder[64];
	if (!can_validate())
		cr_skip("no python3-jsonschema");
	folder_new(folder);
	for (size_t i = 0; sc_output_at(i); i++)
		outputs_of(sc_output_at(i)->name, folder);
	folder_remove(folder);
}

Test(cli_schemas, every_key_of_every_output_is_documented)
{
	char folder[64], path[128];
	if (!can_validate())
		cr_skip("no python3-jsonschema");
	folder_new(folder);
	for (size_t i = 0; sc_output_at(i); i++) {
		sc_text line = {0};
		snprintf(path, sizeof path, "%s/%s.json", folder, sc_output_at(i)->name);
		write_output((const char *[]){"schema", sc_output_at(i)->name, NULL}, path);
		sc_text_addf(&line, "python3 tests/support/undocumented.py %s", path);
		char *told = refused(line.s);
		cr_expect(eq(str, told, ""), "%s", sc_output_at(i)->name);
		free(told);
		sc_text_release(&line);
	}
	folder_remove(folder);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;
	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

static char *refused_descriptions(const char *folder, const char *files)
{
	char path[128], line[512];
	snprintf(path, sizeof path, "%s/schema.json", folder);
	write_output((const char *[]){"schema", NULL}, path);
	snprintf(line, sizeof line, "timeout 100 python3 tests/support/validate.py %s %s", path,
		files);
	return refused(line);
}

Test(cli_schemas, an_editor_takes_every_good_description)
{
	char folder[64];
	if (!can_validate())
		cr_skip("no python3-jsonschema");
	folder_new(folder);
	char *told =
		refused_descriptions(folder, "configs/networks/*.yaml configs/studies/*.yaml "
					     "tests/data/good/*.yaml | grep -v unreadable || true");
	cr_expect(zero(sz, strlen(told)), "%s", told);
	free(told);
	folder_remove(folder);
}

/* Mistakes of meaning: not of YAML, of a file's bytes, or many at once. What of them a schema can't
 * say is listed, with why, in tests/data/beyond-a-schema. */
#define MEANING "$(ls tests/data/bad/*.yaml | grep -vE '/(yaml|file|hostile|many)-')"

static size_t lines_that(const char *command)
{
	char line[512];
	snprintf(line, sizeof line, "%s | wc -l", command);
	char *number = refused(line);
	size_t n = strtoul(number, NULL, 10);
	free(number);
	return n;
}

static size_t still_beyond(const char *told)
{
	char name[256], mark[300];
	size_t n = 0;
	FILE *list = fopen("tests/data/beyond-a-schema", "r");
	cr_assert(list != NULL);
	while (fgets(name, sizeof name, list)) {
		name[strcspn(name, "\n")] = '\0';
		if (*name == '#')
			continue;
		snprintf(mark, sizeof mark, "/%s.yaml: $", name);
		cr_expect(strstr(told, mark) == NULL, "%s is refused: take it off the list", name);
		snprintf(mark, sizeof mark, "tests/data/bad/%s.yaml", name);
		cr_expect(access(mark, R_OK) == 0, "there is no %s any more", mark);
		n++;
	}
	fclose(list);
	return n;
}

Test(cli_schemas, an_editor_refuses_nine_of_ten_mistakes_that_a_schema_can_say)
{
	char folder[64];
	if (!can_validate())
		cr_skip("no python3-jsonschema: what an editor refuses is not measured");
	folder_new(folder);
	char *told = refused_descriptions(folder, MEANING " | grep -v unreadable");
	size_t can_be_said =
		lines_that("for f in " MEANING "; do echo $f; done") - still_beyond(told);
	cr_expect(ge(sz, 10 * lines_of(told), 9 * can_be_said),
		"%zu of %zu: say them in src/report/schema_rules.c, or why not in "
		"tests/data/beyond-a-schema",
		lines_of(told), can_be_said);
	free(told);
	folder_remove(folder);
}

Test(cli_schemas, an_editor_refuses_gains_that_nothing_can_be_made_of)
{
	char folder[64];
	if (!can_validate())
		cr_skip("no python3-jsonschema");
	folder_new(folder);
	char *told = refused_descriptions(folder, "configs/gains/*.yaml tests/data/gains/*.yaml");
	static const char *const bad[] = {
		"alias-in-itself", "both", "empty", "nan", "negative", "off", "unknown-key"};
	enum { BAD = sizeof bad / sizeof *bad };
	for (size_t i = 0; i < BAD; i++)
		cr_expect(strstr(told, bad[i]) != NULL, "%s is taken", bad[i]);
	cr_expect(eq(sz, lines_of(told), (size_t)BAD), "%s", told);
	free(told);
	folder_remove(folder);
}
