/* The headers from C++. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/program.h"

static const char *const compilers[] = {"g++", "clang++"};

/* a library with sanitizers in it takes the linker of its own compiler */
static bool is_here(const char *compiler)
{
	const char *mode = getenv("MODE_LINK");
	if (mode && *mode && strcmp(compiler, "g++") != 0)
		return false;
	char line[64];
	snprintf(line, sizeof line, "command -v %s >/dev/null", compiler);
	return system(line) == 0;
}

static const char program[] =
	"#include <cinttypes>\n#include <cstdio>\n#include <secost/secost.h>\n"
	"int main()\n{\n"
	"	sc_model *model = nullptr;\n	sc_errs errs = {};\n	sc_err err = {};\n"
	"	sc_sheet sheet = {};\n	sc_cost cost = {};\n	sc_se_config config = {};\n"
	"	const sc_filter all = SC_EVERYTHING;\n	const sc_rules rules = "
	"sc_rules_default();\n"
	"	if (config.n || sc_model_load_bundled(\"se-resnet-50\", &model, &errs) ||\n"
	"		sc_sheet_make(model, &rules, 1, nullptr, &sheet, &err) ||\n"
	"		sc_count(&sheet.layers, &all, &cost, &err))\n		return 1;\n"
	"	std::printf(\"%\" PRIu64 \"\\n\", sheet.total.params);\n"
	"	sc_sheet_release(&sheet);\n	sc_model_free(model);\n}\n";

Test(base_cxx, a_program_compiles_without_a_warning_links_and_counts)
{
	for (size_t i = 0; i < 2; i++) {
		if (!is_here(compilers[i]))
			continue;
		char *out = cxx_program_output(compilers[i], program, "yaml-0.1 jansson gsl hwloc");
		cr_expect(eq(str, out, "28088024\n"), "%s", compilers[i]);
		free(out);
	}
}

Test(base_cxx, each_header_stands_alone)
{
	glob_t found;
	cr_assert(zero(int, glob("include/secost/*.h", 0, NULL, &found)));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char source[256];
		snprintf(source, sizeof source,
			"#include \"%s\"\n#include <cstdio>\nint main() { std::puts(\"\"); }\n",
			found.gl_pathv[i] + strlen("include/"));
		for (size_t k = 0; k < 2; k++)
			if (is_here(compilers[k]))
				free(cxx_program_output(compilers[k], source, ""));
	}
	globfree(&found);
}

/* the linkage is part of SC_API, so that a function without it could not be called */
Test(base_cxx, every_function_of_a_header_has_the_linkage)
{
	cr_assert(zero(int, system("! grep -nE '^[a-z].*[ *]sc_[a-z0-9_]+\\(' include/secost/*.h | "
				   "grep -vE 'SC_API|typedef|#define'")));
}
