/** \file
 * A bench from the inside. */
#ifndef SC_BENCH_RUN_H
#define SC_BENCH_RUN_H

#include "secost/bench.h"

/** Compute everything that follows from cases, samples and roofs. */
sc_status sc_bench_derive(sc_bench *bench, sc_err *err);

#endif
