/** \file
 * A bench from the inside. */
#ifndef SC_BENCH_RUN_H
#define SC_BENCH_RUN_H

#include "bench/machine.h"

/** Compute everything that follows from cases, samples and roofs. */
sc_status sc_bench_derive(sc_bench *bench, sc_err *err);

/** Bytes of a case's map. */
size_t sc_stand_bytes(const sc_bench_case *k);
/** Numbers between -1 and 1 of either type. */
void sc_stand_fill(unsigned char *to, size_t bytes, unsigned long seed);
/** A plan for a case, with weights that leave the gate at 1. */
sc_status sc_stand_plan(const sc_bench_case *k, sc_se_plan **plan, sc_err *err);

/** All blocks of a network, ready to run one after the other, each on buffers of its own. `= {0}`
 * is empty. */
typedef struct sc_chain {
	struct sc_link *link;
	size_t blocks;
	sc_binding *binding;
} sc_chain;
/** The blocks at the ratios in use in the setting of the bench's first cell. SC_ENOMEM says how
 * much was wanted; then `*out` may hold a part and is to be released, too. */
sc_status sc_chain_new(const sc_bench *bench, sc_binding *binding, sc_chain *out, sc_err *err);
void sc_chain_release(sc_chain *chain);
sc_subject sc_chain_subject(sc_chain *chain);

#endif
