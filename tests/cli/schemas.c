/* Every JSON that a program gets is what `secost schema OUTPUT` says, judged by a validator that
 * knows nothing of secost (python3-jsonschema). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* those of shapes, sums, names and YAML itself are beyond a schema */
Test(cli_schemas, an_editor_refuses_nine_of_ten_mistakes_of_meaning)
{
	char folder[64];
	size_t all = 0;
	static const char *const kinds[] = {"key", "layer", "together", "value"};
	if (!can_validate())
		cr_skip("no python3-jsonschema");
	for (size_t i = 0; i < 4; i++) {
		char pattern[64];
		snprintf(pattern, sizeof pattern, "%s-*.yaml", kinds[i]);
		all += folder_count("tests/data/bad", pattern);
	}
	folder_new(folder);
	char *told = refused_descriptions(folder,
		"tests/data/bad/key-*.yaml tests/data/bad/layer-*.yaml "
		"tests/data/bad/together-*.yaml tests/data/bad/value-*.yaml");
	cr_expect(gt(sz, 10 * lines_of(told), 9 * all), "%zu of %zu", lines_of(told), all);
	free(told);
	folder_remove(folder);
}
