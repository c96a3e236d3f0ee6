/** \file
 * The ways to forecast a case, from the inside. Each returns SC_EINVAL when it does not apply. */
#ifndef SC_BENCH_FORECAST_H
#define SC_BENCH_FORECAST_H

#include "secost/bench.h"

/** Do two cases have the same setting, as far as the shape of a block goes: all but C, H·W, r, the
 * activation, the gate, biases and the kernel's row? */
bool sc_forecast_matches(const sc_bench_case *a, const sc_bench_case *b);
/** From the same shape at other ratios, of which 3 must have been measured: t = a + b/r, and what
 * the two nearest ratios say beside it. Cell `left_out` is taken for not measured, none when it is
 * `cells`. SC_ERANGE when r lies outside of them and `extrapolate` is false. */
sc_status sc_forecast_line(const sc_bench *b, const sc_bench_case *k, size_t left_out,
	bool extrapolate, sc_forecast *out, sc_err *err);
/** From shapes near it. */
sc_status sc_forecast_plane(
	const sc_bench *b, const sc_bench_case *k, bool extrapolate, sc_forecast *out, sc_err *err);

#endif
