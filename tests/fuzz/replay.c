/* Every fuzzer over what it begins with and what it once found, so that what was mended stays so.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "fuzz.h"

static const fuzzer table[] = {
#define FUZZER(name, seeds) {#name, seeds, fuzz_##name},
#include "fuzzers.def"
#undef FUZZER
};

enum { BYTES_MAX = 1 << 20 };

static void replay(const fuzzer *f, const char *path)
{
	FILE *file = fopen(path, "rb");
	cr_assert(file != NULL, "%s", path);
	char *text = malloc(BYTES_MAX + 1);
	cr_assert(text != NULL);
	size_t n = fread(text, 1, BYTES_MAX, file);
	text[n] = '\0';
	fclose(file);
	f->run(text, n);
	free(text);
}

static size_t replay_all(const fuzzer *f, const char *pattern)
{
	glob_t found;
	size_t n = 0;
	if (!glob(pattern, 0, NULL, &found)) {
		for (; n < found.gl_pathc; n++)
			replay(f, found.gl_pathv[n]);
		globfree(&found);
	}
	return n;
}

/* by number: pointers are another process's */
ParameterizedTestParameters(fuzz_replay, its_corpus_breaks_nothing)
{
	size_t n = sizeof table / sizeof *table;
	size_t *all = cr_malloc(n * sizeof *all);
	for (size_t i = 0; i < n; i++)
		all[i] = i;
	return cr_make_param_array(size_t, all, n);
}

ParameterizedTest(size_t *which, fuzz_replay, its_corpus_breaks_nothing)
{
	const fuzzer *f = &table[*which];
	char own[96], seeds[256];
	snprintf(own, sizeof own, "tests/fuzz/corpus/%s/*", f->name);
	snprintf(seeds, sizeof seeds, "%s", f->seeds);
	cr_log_info("%s", f->name);
	size_t n = replay_all(f, own);
	for (char *one = strtok(seeds, " "); one; one = strtok(NULL, " ")) {
		size_t more = replay_all(f, one);
		cr_expect(more > 0, "%s: nothing is called %s", f->name, one);
		n += more;
	}
	cr_expect(n >= 2, "%s begins with %zu files", f->name, n);
}
