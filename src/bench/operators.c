/* What the forward kernel can do is a column of the tables of squeezes and functions, so that a new
 * line there is known here; a row without a kernel has NONE. */
#include "bench/operators.h"

enum { SC_SE_NONE = -1, PASSES_MAX = 4 };
#define POOLS(...) \
	{ \
		__VA_ARGS__, NULL \
	}

static const struct {
	const char *word;
	int pool;
	const char *op[PASSES_MAX + 1];
} squeeze[] = {
#define SQUEEZE(name, text, pools, kernel) {text, SC_SE_##kernel, pools},
#include "secost/squeezes.def"
#undef SQUEEZE
};
enum { SQUEEZES = sizeof squeeze / sizeof *squeeze };

static const struct {
	int act, gate;
} function[] = {
#define FUNCTION(name, counted, kept, act, gate) {SC_SE_##act, SC_SE_##gate},
#include "secost/functions.def"
#undef FUNCTION
};

/* row of a pool, or past the last */
static size_t row_of(size_t pool)
{
	size_t i = 0;
	while (i < SQUEEZES && squeeze[i].pool != (int)pool)
		i++;
	return i;
}

const char *sc_pool_op(sc_se_pool pool, size_t i)
{
	return i < sc_pool_passes(pool) ? squeeze[row_of(pool)].op[i] : NULL;
}

unsigned sc_pool_passes(sc_se_pool pool)
{
	size_t row = row_of(pool);
	unsigned n = 0;
	while (row < SQUEEZES && squeeze[row].op[n])
		n++;
	return n;
}

const char *sc_pool_word(size_t pool)
{
	size_t row = row_of(pool);
	return row < SQUEEZES ? squeeze[row].word : NULL;
}

sc_function sc_act_function(sc_se_act act)
{
	size_t f = 0;
	while (f < SC_FUNCTION__N && function[f].act != (int)act)
		f++;
	return (sc_function)f;
}

sc_function sc_gate_function(sc_se_gate gate)
{
	size_t f = 0;
	while (f < SC_FUNCTION__N && function[f].gate != (int)gate)
		f++;
	return (sc_function)f;
}

const char *sc_act_word(size_t act)
{
	return sc_function_name(sc_act_function((sc_se_act)act));
}

const char *sc_gate_word(size_t gate)
{
	return sc_function_name(sc_gate_function((sc_se_gate)gate));
}
