/** \file
 * What a pass of a network touches, layer by layer, so that a block finds its weights as cold as
 * the rest of a pass leaves them: in memory where the network is larger than the last cache, and
 * partly in it where it is not. */
#ifndef SC_BENCH_PASS_H
#define SC_BENCH_PASS_H

#include "bench/run.h"
#include "secost/cost.h"

/** `= {0}` is none. */
typedef struct sc_pass {
	struct sc_pass_step *step; /**< layers that read weights or maps of their own */
	size_t steps;
	unsigned char *weights; /**< of all of them, one after the other */
	unsigned char *spare;	/**< a map beside the two that a block reads and writes */
} sc_pass;

/** Bytes that its largest map takes in the largest of these cases; 0 without layers. */
size_t sc_pass_map(const sc_layers *layers, const sc_bench_case *item, size_t count);
/** Bytes of maps and weights that a pass touches at the ratios in use, for one of these cases. */
double sc_pass_bytes(const sc_layers *layers, const sc_bench_case *item);
/** Without layers, none. Maps take `map_bytes` at most. SC_ENOMEM says how much was wanted;
 * SC_ERANGE. */
sc_status sc_pass_new(const sc_layers *layers, const sc_bench_case *item, size_t count,
	size_t map_bytes, sc_pass *out, sc_err *err);
void sc_pass_release(sc_pass *pass);
/** Touch what a pass does from the end of a block to its beginning, the last of it the block's
 * map. Maps lie in x, y and the spare one, which take turns; a block's shortcut is written where
 * the layers of its own block begin. */
void sc_pass_rest(const sc_pass *pass, const sc_bench_case *item, const sc_maps *maps,
	sc_binding *binding, unsigned cores);

#endif
