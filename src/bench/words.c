#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "bench/operators.h"
#include "secost/bench.h"

/* switches without a default: a value that is added to an enum has no word until it gets one here
 */

static const char *cache_word(size_t i)
{
	switch ((sc_cache_state)i) {
	case SC_STATE_hot:
		return "hot";
	case SC_STATE_cold_weights:
		return "cold-weights";
	case SC_STATE_cold:
		return "cold";
	case SC_STATE__N:
		break;
	}
	return NULL;
}

static const char *layout_word(size_t i)
{
	switch ((sc_se_layout)i) {
	case SC_SE_NCHW:
		return "nchw";
	case SC_SE_NHWC:
		return "nhwc";
	}
	return NULL;
}

static const char *dtype_word(size_t i)
{
	switch ((sc_se_dtype)i) {
	case SC_SE_F32:
		return "fp32";
	case SC_SE_BF16:
		return "bf16";
	case SC_SE_F16:
		return "fp16";
	case SC_SE_INT8:
		return "int8";
	}
	return NULL;
}

static const char *fused_word(size_t i)
{
	switch ((sc_se_epilogue)i) {
	case SC_SE_SCALE:
		return "none";
	case SC_SE_SCALE_ADD:
		return "add";
	case SC_SE_SCALE_ADD_RELU:
		return "add_relu";
	}
	return NULL;
}

const char *sc_word_name(sc_word word, size_t i)
{
	switch (word) {
	case SC_WORD_cache:
		return cache_word(i);
	case SC_WORD_layout:
		return layout_word(i);
	case SC_WORD_dtype:
		return dtype_word(i);
	case SC_WORD_squeeze:
		return sc_pool_word(i);
	case SC_WORD_activation:
		return sc_act_word(i);
	case SC_WORD_gate:
		return sc_gate_word(i);
	case SC_WORD_fused:
		return fused_word(i);
	case SC_WORD__N:
		break;
	}
	return NULL;
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
