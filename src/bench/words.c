#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "bench/operators.h"
#include "secost/bench.h"

enum { WORDS_MAX = 7 };

static const char *const names[SC_WORD__N][WORDS_MAX] = {
	[SC_WORD_cache] = {"hot", "cold-weights", "cold"},
	[SC_WORD_layout] = {"nchw", "nhwc"},
	[SC_WORD_dtype] = {"fp32", "bf16"},
	[SC_WORD_fused] = {"none", "add", "add_relu"},
};

const char *sc_word_name(sc_word word, size_t i)
{
	static const char *(*const operators[SC_WORD__N])(size_t) = {
		[SC_WORD_squeeze] = sc_pool_word,
		[SC_WORD_activation] = sc_act_word,
		[SC_WORD_gate] = sc_gate_word,
	};
	if (operators[word])
		return operators[word](i);
	return i < WORDS_MAX ? names[word][i] : NULL;
}

sc_status sc_word_value(
	sc_word word, const char *what, const char *text, unsigned *out, sc_err *err)
{
	sc_nearest near = sc_nearest_to(text);
	char list[128] = "";
	size_t n = 0;
	for (unsigned i = 0; sc_word_name(word, i); i++) {
		const char *name = sc_word_name(word, i);
		if (!strcmp(name, text)) {
			*out = i;
			return SC_OK;
		}
		sc_nearest_offer(&near, name);
		n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", name);
	}
	return sc_fail(err, SC_EINVAL, "%s is '%.40s', must be one of: %s%s%s%s", what, text, list,
		near.best ? "; did you mean '" : "", near.best ? near.best : "",
		near.best ? "'?" : "");
}
