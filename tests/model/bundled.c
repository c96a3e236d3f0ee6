/* Descriptions inside the library. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/net.h"

static size_t same_as_files(const char *kind)
{
	char pattern[64], path[128];
	glob_t found;
	snprintf(pattern, sizeof pattern, "configs/%s/*.*", kind);
	cr_assert(zero(int, glob(pattern, 0, NULL, &found)));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char *text = file_text(found.gl_pathv[i]);
		snprintf(path, sizeof path, "secost:%s", found.gl_pathv[i] + strlen("configs/"));
		const sc_bundled *b = sc_bundled_file(path);
		cr_assert(ne(ptr, (void *)b, NULL), "%s", path);
		cr_expect(eq(str, (char *)b->text, text), "%s", path);
		cr_expect(eq(str, (char *)b->kind, (char *)kind));
		free(text);
	}
	size_t n = found.gl_pathc;
	globfree(&found);
	return n;
}

Test(model_bundled, every_file_of_configs_is_inside_and_nothing_else)
{
	size_t files = same_as_files("networks") + same_as_files("studies") +
		       same_as_files("gains") + same_as_files("published"),
	       inside = 0;
	while (sc_bundled_at(inside))
		inside++;
	cr_assert(eq(sz, inside, files));
}

Test(model_bundled, each_network_is_found_by_its_name_and_by_the_name_that_it_gives_itself)
{
	for (size_t i = 0; sc_bundled_at(i); i++) {
		const sc_bundled *b = sc_bundled_at(i);
		sc_model *m;
		if (strcmp(b->kind, "networks") != 0)
			continue;
		cr_expect(eq(ptr, (void *)sc_bundled_named(b->kind, b->name), (void *)b));
		cr_assert(zero(int, (int)sc_model_load_bundled(b->name, &m, NULL)), "%s", b->name);
		cr_expect(eq(ptr, (void *)sc_bundled_named(b->kind, m->name), (void *)b), "%s",
			m->name);
		sc_model_free(m);
	}
}

Test(model_bundled, case_and_punctuation_are_of_no_matter)
{
	static const char *const names[] = {
		"SE-ResNeXt-50 (32x4d)", "se_resnext_50_32x4d", "SERESNEXT50 32X4D"};
	for (size_t i = 0; i < 3; i++) {
		const sc_bundled *b = sc_bundled_named("networks", names[i]);
		cr_assert(ne(ptr, (void *)b, NULL), "%s", names[i]);
		cr_expect(eq(str, (char *)b->name, "se-resnext-50-32x4d"));
	}
	cr_assert(eq(ptr, (void *)sc_bundled_named("networks", "se-resnet-5"), NULL));
	cr_assert(eq(ptr, (void *)sc_bundled_named("networks", ""), NULL));
	cr_assert(eq(ptr, (void *)sc_bundled_named("studies", "se-resnet-101"), NULL));
}

Test(model_bundled, an_unknown_name_is_an_error_that_names_it)
{
	sc_model *m = NULL;
	sc_errs errs = {0};
	cr_assert(eq(int, (int)sc_model_load_bundled("resnet-49", &m, &errs), SC_EINVAL));
	cr_assert(eq(str, errs.item[0].message, "no network 'resnet-49' is bundled"));
	cr_assert(eq(ptr, m, NULL));
}

Test(model_bundled, a_study_inside_finds_its_network_inside)
{
	for (size_t i = 0; sc_bundled_at(i); i++) {
		sc_study_spec *spec;
		if (strcmp(sc_bundled_at(i)->kind, "studies") != 0)
			continue;
		cr_assert(zero(int, (int)sc_study_spec_load(sc_bundled_at(i)->path, &spec, NULL)));
		cr_expect(ne(ptr, (void *)sc_bundled_file(spec->network_path), NULL), "%s",
			spec->network_path);
		sc_study_spec_free(spec);
	}
}

Test(model_bundled, a_model_keeps_its_text)
{
	sc_model *m;
	const sc_bundled *b = sc_bundled_named("networks", "se-resnet-50");
	cr_assert(zero(int, (int)sc_model_load(b->path, &m, NULL)));
	cr_assert(eq(str, (char *)m->text, (char *)b->text));
	cr_assert(eq(str, (char *)m->file, (char *)b->path));
	sc_model_free(m);
}
