/* What an option may be, from the tables that say so: for the help and for completion. */
#include <string.h>

#include "base/choices.h"
#include "cli/cli.h"

static const char *format_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_format_at(i) ? sc_format_at(i)->name : NULL;
}

static const char *ablation_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_ablation_at(i) ? sc_ablation_at(i)->name : NULL;
}

static const char *rule_word(const void *unused, size_t i)
{
	(void)unused;
	if (!i)
		return "all";
	return sc_rule_at(i - 1) ? sc_rule_at(i - 1)->name : NULL;
}

static const char *kernel_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_se_row_name(i);
}

static const char *bench_word(const void *word, size_t i)
{
	return sc_word_name((sc_word)(uintptr_t)word, i);
}

static const struct {
	const char *option;
	sc_word_at *at;
	const void *of;
} values[] = {
#define VALUES(option, at, of) {option, at, (const void *)(uintptr_t)(of)},
#include "cli/values.def"
#undef VALUES
};

const char *value_word(const void *option, size_t i)
{
	for (size_t v = 0; v < sizeof values / sizeof *values; v++)
		if (!strcmp(values[v].option, option))
			return values[v].at(values[v].of, i);
	return NULL;
}
