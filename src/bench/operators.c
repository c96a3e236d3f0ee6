/* What the forward kernel can do is a column of the tables of squeezes and functions, so that a new
 * line there is known here. */
#include "bench/operators.h"

enum { NO_KERNEL = -1, NO_ACT = -1, NO_GATE = -1, PASSES_MAX = 4 };
#define KERNEL(x) SC_SE_##x
#define ACT(x) SC_SE_##x
#define GATE(x) SC_SE_##x
#define POOLS(...) {__VA_ARGS__}, sizeof((const sc_op_index[]){__VA_ARGS__}) / sizeof(sc_op_index)

static const struct {
	const char *word;
	int pool;
	sc_op_index op[PASSES_MAX];
	unsigned passes;
} squeeze[] = {
#define SQUEEZE(name, text, pools, kernel, meaning) {text, kernel, pools},
#include "secost/squeezes.def"
#undef SQUEEZE
};
enum { SQUEEZES = sizeof squeeze / sizeof *squeeze };

static const struct {
	int act, gate;
} function[] = {
#define FUNCTION(name, counted, kept, act, gate, meaning) {act, gate},
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

const sc_op *sc_pool_op(sc_se_pool pool, unsigned i)
{
	return i < sc_pool_passes(pool) ? sc_op_at(squeeze[row_of(pool)].op[i]) : NULL;
}

unsigned sc_pool_passes(sc_se_pool pool)
{
	size_t row = row_of(pool);
	return row < SQUEEZES ? squeeze[row].passes : 0;
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
