/* Any bytes as a description: it is refused, or it loads, expands, counts and takes overrides. The
 * bytes after a line "%%" are overrides, one a line. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void override(const sc_model *original, char *lines)
{
	sc_model *m;
	sc_err err;
	if (sc_model_clone(original, &m, &err))
		return;
	for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n"))
		if (sc_model_set(m, line, &err) && !*err.message)
			abort();
	sc_errs errs = {0};
	if (!sc_model_check(m, &errs))
		fuzz_count(m);
	else
		fuzz_expect_told(&errs);
	sc_model_free(m);
}

static const char *end_of_description(const char *text, size_t n)
{
	for (size_t i = 0; i + 4 <= n; i++)
		if (!memcmp(text + i, "\n%%\n", 4))
			return text + i + 1;
	return text + n;
}

void fuzz_description(char *text, size_t size)
{
	size_t n = (size_t)(end_of_description(text, size) - text);
	sc_model *m;
	sc_errs errs = {0};
	if (sc_model_parse("fuzz", text, n, &m, &errs)) {
		fuzz_expect_told(&errs);
		return;
	}
	fuzz_count(m);
	override(m, text + n);
	sc_model_free(m);
}
