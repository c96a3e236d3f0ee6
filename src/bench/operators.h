/** \file
 * The kernel's operators by the names that descriptions give them. */
#ifndef SC_BENCH_OPERATORS_H
#define SC_BENCH_OPERATORS_H

#include "secost/cost.h"
#include "secost/se.h"

/** The op that pools in pass `i`, NULL past the last. */
const sc_op *sc_pool_op(sc_se_pool pool, unsigned i);
/** Passes through the two layers: one for each pool. */
unsigned sc_pool_passes(sc_se_pool pool);
/** The word for a pool, an inner activation, a gate; NULL past the last. */
const char *sc_pool_word(size_t pool);
const char *sc_act_word(size_t act);
const char *sc_gate_word(size_t gate);
/** The function of an inner activation or a gate, as cost counts it. */
sc_function sc_act_function(sc_se_act act);
sc_function sc_gate_function(sc_se_gate gate);

#endif
