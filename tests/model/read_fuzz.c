/* The fuzzer's target over all that the repository has, so that what it once found stays found. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	cr_assert(f != NULL, "%s", path);
	static uint8_t data[1 << 20];
	size_t n = fread(data, 1, sizeof data, f);
	fclose(f);
	LLVMFuzzerTestOneInput(data, n);
}

Test(model_read_fuzz, the_corpus_crashes_nothing)
{
	static const char *const patterns[] = {"tests/fuzz/corpus/*", "tests/data/good/*.yaml",
		"tests/data/bad/*.yaml", "configs/*/*.yaml"};
	size_t replayed = 0;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		glob_t found = {0};
		if (!glob(patterns[i], 0, NULL, &found))
			for (size_t j = 0; j < found.gl_pathc; j++, replayed++)
				replay(found.gl_pathv[j]);
		globfree(&found);
	}
	cr_expect(replayed > 400, "only %zu", replayed);
}
