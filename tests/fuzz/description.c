/* Any bytes as a description: it is refused, or it loads, expands, counts and takes overrides. The
 * bytes after a line "%%" are overrides, one a line. As a fuzzer:
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L \
 *             tests/fuzz/description.c src/{base,cost,block,model,study}/?*.c -lyaml -lm -o fuzz
 *     ./fuzz -max_len=4096 corpus tests/data/bad tests/data/good configs/networks */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "secost/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* counting a million blocks is right and slow */
static uint64_t blocks_of(const sc_model *m)
{
	uint64_t n = 0;
	for (size_t i = 0; i < m->stages.count; i++)
		n += m->stages.item[i].blocks;
	return n;
}

static void count(const sc_model *m)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet;
	sc_err err;
	if (blocks_of(m) < 2000 && !sc_sheet_make(m, &rules, 1, NULL, &sheet, &err))
		sc_sheet_release(&sheet);
}

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
		count(m);
	else if (!errs.count)
		abort();
	sc_model_free(m);
}

static const char *end_of_description(const char *text, size_t n)
{
	for (size_t i = 0; i + 4 <= n; i++)
		if (!memcmp(text + i, "\n%%\n", 4))
			return text + i + 1;
	return text + n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	size_t n = (size_t)(end_of_description(text, size) - text);
	sc_model *m;
	sc_errs errs = {0};
	if (!sc_model_parse("fuzz", text, n, &m, &errs)) {
		count(m);
		override(m, text + n);
		sc_model_free(m);
	} else if (!errs.count || !errs.item[0].message[0]) {
		abort();
	}
	free(text);
	return 0;
}
