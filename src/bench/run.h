/** \file
 * A bench from the inside. */
#ifndef SC_BENCH_RUN_H
#define SC_BENCH_RUN_H

#include "bench/machine.h"

/** Compute everything that follows from cases, samples and roofs. */
sc_status sc_bench_derive(sc_bench *bench, sc_err *err);

/** Bytes of a case's map. */
size_t sc_stand_bytes(const sc_bench_case *k);
/** Bytes of a case's weights. */
double sc_stand_weights(const sc_bench_case *k);
/** Numbers between -1 and 1 of either type. */
void sc_stand_fill(unsigned char *to, size_t bytes, unsigned long seed);
/** A plan for a case, with weights that leave the gate at 1. */
sc_status sc_stand_plan(const sc_bench_case *k, sc_se_plan **plan, sc_err *err);

/** Buffers that several plans share, at new places; SC_ENOMEM says how much was wanted. */
typedef struct sc_maps {
	sc_buffer x, y, shortcut;
	size_t bytes; /**< of the largest map */
	size_t count; /**< 2, or 3 with a shortcut */
} sc_maps;
/** How large they must be for some cases. */
sc_maps sc_maps_for(const sc_bench_case *item, size_t count);
sc_status sc_maps_new(sc_maps *maps, gsl_rng *rng, sc_err *err);
void sc_maps_release(sc_maps *maps);

/** All blocks of a network, ready to run one after the other, each on buffers of its own. `= {0}`
 * is empty. */
typedef struct sc_chain {
	struct sc_link *link;
	size_t blocks;
	sc_binding *binding;
} sc_chain;
/** The blocks at the ratios in use in the setting of the bench's first cell. SC_ENOMEM says how
 * much was wanted; then `*out` may hold a part and is to be released, too. */
sc_status sc_chain_new(
	const sc_bench *bench, sc_binding *binding, gsl_rng *rng, sc_chain *out, sc_err *err);
/** Bytes that its maps and weights take. */
double sc_chain_bytes(const sc_bench *bench);
void sc_chain_release(sc_chain *chain);
sc_subject sc_chain_subject(sc_chain *chain);

#endif
