/** \file
 * Time things honestly, say what the samples show, and what the machine could have done.
 *
 * Three layers, each usable alone:
 *
 * - **samples**: numbers in, statements out. Medians with intervals, comparisons, a fit of
 *   t = a + b·x, a forecast. Nothing is measured; everything is deterministic, random numbers come
 *   from a seed.
 * - **a stopwatch** for any function: many *subjects* interleaved in random order, each until its
 *   median is known well enough or its time is up.
 * - **the bench** of SE blocks: a list of cases in, a record of the machine, its roofs and every
 *   sample out. A bench is written as JSON (`secost.bench/1`) and read back; what is shown of it is
 *   computed from the samples both times, so that it comes out the same.
 *
 * Times are nanoseconds of one call, in doubles. Nothing here prints, exits or sets anything for
 * the whole process; only `sc_bench_run` binds the calling thread, and puts it back. */
#ifndef SECOST_BENCH_H
#define SECOST_BENCH_H

#include <stdbool.h>

#include "secost/se.h"

struct json_t;

/* --- samples --- */

typedef struct sc_interval {
	double low, high;
} sc_interval;

/** What samples of one thing say. */
typedef struct sc_summary {
	size_t n;
	double min, p25, median, p75, max;
	double mad;	    /**< median absolute deviation, times 1.4826 */
	sc_interval likely; /**< 95 % interval of the median */
	double effective;   /**< independent samples that the interval stands on: fewer than n when
			       neighbours resemble each other */
	size_t outliers; /**< beyond the quartiles by more than 1.5 times their distance; counted,
			    never dropped */
	double drift;	 /**< median of the later half over that of the earlier, less 1 */
	bool drifts;	 /**< a trend that chance does not explain, and more than 2 % of it */
	bool two_humps;	 /**< two clusters far apart: two machine states, not one time */
	double hump[2];	 /**< medians of the clusters, when two_humps */
} sc_summary;

/** Summarise `ns[0..n)`, which is in order of time and stays as it is. The interval is by order
 * statistics: exact binomial ranks, interpolated as Hettmansperger and Sheather do (1986); below 6
 * samples it is all of them, which covers less than 95 %. SC_EINVAL when n is 0 or a sample is not
 * a finite number above 0; SC_ENOMEM. */
SC_API sc_status sc_summarise(const double *ns, size_t n, sc_summary *out, sc_err *err);

/** A against B. */
typedef struct sc_comparison {
	double ratio;	    /**< median of A over median of B */
	sc_interval likely; /**< 95 % bootstrap interval of the ratio */
	double p;     /**< Mann–Whitney, two-sided: chance of such ranks from equal sources */
	bool differs; /**< p under 5 % and the interval without 1 */
} sc_comparison;

enum { SC_RESAMPLES = 2000 }; /**< bootstrap draws that give two stable digits */

/** Compare two sets of samples, at least 2 each. The same `seed` gives the same interval.
 * SC_EINVAL, SC_ENOMEM. */
SC_API sc_status sc_compare_samples(const double *a, size_t na, const double *b, size_t nb,
	size_t resamples, unsigned long seed, sc_comparison *out, sc_err *err);
/** Write "A is 4.1 % faster than B [3.2, 5.0]" or "no difference shown between A and B" into
 * `text`, cut to `size` bytes. */
SC_API void sc_comparison_say(
	const sc_comparison *c, const char *a, const char *b, char *text, size_t size);

/** Samples at one x: for SE, x is squeezed width ÷ channels, which is 1/r. */
typedef struct sc_fit_point {
	double x;
	const double *ns;
	size_t n;
} sc_fit_point;

/** t = a + b·x. */
typedef struct sc_fit {
	double a, b;
	sc_interval a_likely, b_likely; /**< 95 %, from the scatter of the samples */
	double r2;			/**< of the medians, each weighted by 1/median² */
	double misfit, misfit_x; /**< the median farthest from the line, over the line, less 1;
				    and where it is */
	size_t points, samples;
} sc_fit;

/** Fit a line by robust regression (bisquare, GSL) of all samples, relative to their medians.
 * SC_EINVAL with fewer than 3 different x; SC_ENOMEM. */
SC_API sc_status sc_fit_line(const sc_fit_point *point, size_t n, sc_fit *out, sc_err *err);
/** Part of t that is b·x. */
SC_API double sc_fit_share(const sc_fit *fit, double x);
/** Largest part of t that the interval of b allows at `x`. */
SC_API double sc_fit_share_at_most(const sc_fit *fit, double x);
/** "The ratio is free": the interval of b covers 0, or b·x is under 2 % of t. */
SC_API bool sc_fit_is_free(const sc_fit *fit, double x);

/* --- a stopwatch --- */

/** A clock and what it can tell. `now` returns nanoseconds from any beginning. */
typedef struct sc_clock {
	double (*now)(void *state);
	void *state;
	double resolution_ns; /**< smallest step seen */
	double overhead_ns;   /**< median of two readings in a row */
} sc_clock;
/** The system's monotonic clock, its resolution and overhead measured now. */
SC_API sc_clock sc_clock_system(void);

/** A thing to time. */
typedef struct sc_subject {
	void (*prepare)(void *state); /**< before every sample, not timed; NULL for nothing */
	void (*call)(void *state);    /**< what is timed */
	void *state;
	bool single; /**< one call a sample: what `prepare` sets up lasts for one only */
} sc_subject;

/** Why sampling ended. */
typedef enum sc_stop {
	SC_STOP_none,	     /**< no sample was taken */
	SC_STOP_precision,   /**< the interval of the median is narrow enough */
	SC_STOP_time,	     /**< time was up */
	SC_STOP_samples,     /**< as many as are kept */
	SC_STOP_interrupted, /**< somebody asked to stop */
	SC_STOP__N
} sc_stop;
SC_API const char *sc_stop_name(size_t stop);

/** Samples of one subject. `= {0}` is empty; release it when done. */
typedef struct sc_timing {
	double *ns; /**< in order of time, rounded to a picosecond */
	size_t n;
	size_t loops;	 /**< calls that one sample is the mean of */
	double first_ns; /**< the very first call, nothing prepared */
	size_t warm_up;	 /**< samples that were thrown away before the first kept one */
	bool settled;	 /**< did the last of those agree? */
	bool coarse;	 /**< a sample lasts less than 100 times what the clock can tell */
	sc_stop stop;
} sc_timing;
SC_API void sc_timing_release(sc_timing *timing);

/** How to time. */
typedef struct sc_timing_options {
	double precision;   /**< width of the interval over the median, 0.02 */
	double max_seconds; /**< for each subject, what prepares it included */
	size_t min_samples, max_samples;
	unsigned long seed;	  /**< of the order */
	bool (*stop)(void *user); /**< asked after every sample; NULL for never */
	/** Told after every round; NULL for nobody. */
	void (*progress)(void *user, size_t done, size_t all, double seconds_left);
	void *user;
} sc_timing_options;
/** 2 %, 2 seconds, 20 … 1000 samples, seed 1. */
SC_API sc_timing_options sc_timing_default(void);

/** Time `subject[0..n)` into `out[0..n)`, each of which must be empty. Calls are looped until a
 * sample outlasts 100 times the clock's resolution and overhead; samples are thrown away until the
 * last ones agree; then one of each subject, in a new random order every round, so that whatever
 * the machine does meanwhile hits all alike. Being stopped is not an error. SC_EINVAL, SC_ENOMEM;
 * then `out` is empty. */
SC_API sc_status sc_time(const sc_clock *clock, const sc_subject *subject, size_t n,
	const sc_timing_options *options, sc_timing *out, sc_err *err);

/* --- the machine --- */

typedef struct sc_cache {
	unsigned level;
	size_t bytes;
	unsigned cores; /**< that share one */
} sc_cache;

enum { SC_CACHES_MAX = 4 };

/** What a measurement was made on. Unknown texts are "", unknown numbers 0. */
typedef struct sc_machine {
	char cpu[96], features[160], governor[32], system[96];
	char compiler[96], flags[256], library[64];
	unsigned cores, threads;  /**< that this process may use */
	unsigned machine_threads; /**< that the machine has */
	bool smt, can_bind, caches_found;
	sc_cache cache[SC_CACHES_MAX];
	size_t caches;
	double mhz[2]; /**< measured by counting cycles, before and after */
	double load[2];
	double steal; /**< part of the time that the hypervisor gave to others, while measuring */
} sc_machine;

/** Look at this machine. */
SC_API void sc_machine_look(sc_machine *out);
/** Bytes of the last-level cache; 32 MiB when none was found. */
SC_API size_t sc_machine_last_cache(const sc_machine *machine);
/** Sixteen hexadecimal digits that stand for CPU, features, caches and cores. */
SC_API void sc_machine_fingerprint(const sc_machine *machine, char out[17]);

/** Ways to move memory. */
typedef enum sc_traffic {
	SC_TRAFFIC_read,   /**< sum of a buffer */
	SC_TRAFFIC_copy,   /**< y = x */
	SC_TRAFFIC_update, /**< x = 2·x in place */
	SC_TRAFFIC__N
} sc_traffic;
SC_API const char *sc_traffic_name(size_t traffic);

/** One measured bandwidth: bytes read and written over time. */
typedef struct sc_roof {
	sc_traffic traffic;
	unsigned threads;
	size_t bytes; /**< touched, over all buffers and threads */
	double gbps;
} sc_roof;

enum { SC_ROOFS_MAX = 512, SC_THREADS_MAX = 64 };

/** What the machine can do. `= {0}` is "not measured". */
typedef struct sc_roofs {
	sc_roof roof[SC_ROOFS_MAX];
	size_t count;
	struct {
		unsigned threads;
		double gflops;
	} peak[SC_THREADS_MAX];
	size_t peaks;
	char row[16]; /**< instruction set that was used */
} sc_roofs;

/** Measure bandwidths from 16 KiB to four times the last cache, and the peak of fused
 * multiply-adds, with each number of threads. SC_ENOMEM says how much was wanted. */
SC_API sc_status sc_roofs_measure(const sc_machine *machine, const unsigned *threads, size_t n,
	double seconds, sc_roofs *out, sc_err *err);
/** Bandwidth for a footprint, interpolated; 0 when not measured. */
SC_API double sc_roofs_gbps(
	const sc_roofs *roofs, sc_traffic traffic, unsigned threads, double bytes);
/** Peak in GFLOP/s; 0 when not measured. */
SC_API double sc_roofs_gflops(const sc_roofs *roofs, unsigned threads);

/* --- the bench --- */

/** What is in the caches when a call begins: a named experiment. */
typedef enum sc_cache_state {
	SC_STATE_hot,	       /**< the same call just ran */
	SC_STATE_cold_weights, /**< the map was just read, the weights are in memory: what a network
				  sees */
	SC_STATE_cold,	       /**< everything is in memory */
	SC_STATE__N
} sc_cache_state;

/** Settings that are words, for options and files. */
typedef enum sc_word {
	SC_WORD_cache,	    /**< sc_cache_state: hot, cold-weights, cold */
	SC_WORD_layout,	    /**< sc_se_layout: nchw, nhwc */
	SC_WORD_dtype,	    /**< sc_se_dtype: fp32, bf16 */
	SC_WORD_squeeze,    /**< sc_se_pool: avg, max, avg+max */
	SC_WORD_activation, /**< sc_se_act: relu, relu6, … */
	SC_WORD_gate,	    /**< sc_se_gate: sigmoid, hard_sigmoid, … */
	SC_WORD_fused,	    /**< sc_se_epilogue: none, add, add_relu */
	SC_WORD__N
} sc_word;
/** Value `i` as a word; NULL past the end. */
SC_API const char *sc_word_name(sc_word word, size_t i);
/** The value of a word, which fills `*out`; SC_EINVAL with the list of words and the nearest one.
 * `what` names it in the message: "'--cache'". */
SC_API sc_status sc_word_value(
	sc_word word, const char *what, const char *text, unsigned *out, sc_err *err);

/** One thing to measure: an SE block in one setting. */
typedef struct sc_bench_case {
	char stage[64];
	uint32_t blocks;     /**< such blocks in the stage */
	double ratio;	     /**< asked for */
	bool in_use;	     /**< the ratio that the network has here */
	sc_se_config config; /**< `row` is set when the plan is made */
	char row[16];	     /**< wanted, "" for the best */
	bool bias, in_place;
	sc_cache_state cache;
} sc_bench_case;

/** Squeeze, excite, scale. */
typedef enum sc_phase_kind {
	SC_PHASE_squeeze,
	SC_PHASE_excite,
	SC_PHASE_scale,
	SC_PHASE__N
} sc_phase_kind;
SC_API const char *sc_phase_name(size_t phase);

/** Bytes that must move between kernel and memory, and operations. */
typedef struct sc_phase {
	uint64_t bytes, flops;
} sc_phase;

/** What one call of a case moves and computes, by phase. Each phase reads its inputs and weights
 * once and writes its result once; FLOPs are those of the counting rule `exact`. SC_ERANGE. */
SC_API sc_status sc_case_phases(const sc_bench_case *c, sc_phase out[SC_PHASE__N], sc_err *err);
/** Parameters of one block. */
SC_API uint64_t sc_case_params(const sc_bench_case *c);
/** Time that the roofs allow: for every phase the longer of traffic and arithmetic; 0 when they
 * were not measured. A cold case is held to the bandwidth of memory. */
SC_API double sc_case_roof(const sc_bench_case *c, const sc_roofs *roofs);
/** Are two cases the same but for the ratio? */
SC_API bool sc_case_same_setting(const sc_bench_case *a, const sc_bench_case *b);

/** A case and what came of it. */
typedef struct sc_bench_cell {
	sc_bench_case what;
	sc_timing timing;
	sc_summary summary; /**< n 0 when there are no samples */
	sc_phase phase[SC_PHASE__N];
	uint64_t params, bytes, flops; /**< of one call */
	double roof_ns, efficiency;    /**< 0 when unknown */
	double share; /**< of the time of all blocks of the network in the same setting; 0 for a
			 grid */
} sc_bench_cell;

/** How a bench was run. */
typedef struct sc_bench_settings {
	double precision, max_seconds;
	unsigned long seed;
	size_t evicted_bytes; /**< touched to empty the caches; 0 when nothing was */
	char arguments[512];
	char date[32]; /**< when it began, UTC */
} sc_bench_settings;

/** Everything of one run. */
typedef struct sc_bench {
	char network[128]; /**< "" for a grid */
	sc_machine machine;
	sc_clock clock; /**< `now` NULL when read from a file */
	sc_roofs roofs;
	sc_bench_settings settings;
	bool complete;
	sc_bench_cell *cell;
	size_t cells;
	/** All SE blocks at the ratios in use, one after the other, each on its own buffers, in the
	 * setting of the first cell; blocks 0 when that was not measured. */
	struct {
		size_t blocks;
		sc_timing timing;
		sc_summary summary;
	} chain;
} sc_bench;

/** What to run. */
typedef struct sc_bench_plan {
	const char *network; /**< "" for a grid */
	const sc_bench_case *item;
	size_t count;
	sc_timing_options timing;
	const char *arguments; /**< as typed, for the record */
	double roof_seconds;   /**< for each roof; 0 measures none */
	bool chain;	       /**< time all blocks in use one after the other, too */
} sc_bench_plan;

/** Measure. Binds the calling thread and what it starts to the first cores where the system lets
 * it, and undoes that. SC_ENOMEM says how much was wanted; SC_EINVAL when a case can't be planned.
 * Being stopped leaves `complete` false. `*out` is the caller's to free. */
SC_API sc_status sc_bench_run(const sc_bench_plan *plan, sc_bench **out, sc_err *err);
/** NULL is allowed. */
SC_API void sc_bench_free(sc_bench *bench);

/** A record of the bench as JSON, `secost.bench/1`; NULL when out of memory. */
SC_API struct json_t *sc_bench_json(const sc_bench *bench);
/** Read one. Every derived number is computed again. SC_EIO; SC_EPARSE, SC_ESCHEMA with the place
 * in the file. */
SC_API sc_status sc_bench_load(const char *path, sc_bench **out, sc_err *err);

/** Tell what is wrong with a measurement and what to do about it, one sentence at a time. */
SC_API void sc_bench_warnings(
	const sc_bench *bench, void (*tell)(void *user, const char *text), void *user);

/** Where the ratio matters: one fit for each stage and setting. */
typedef struct sc_stage_fit {
	const sc_bench_cell *first; /**< a cell of it; borrowed */
	double x;		    /**< 1/r in use, as it came out */
	double ratio;		    /**< in use, as asked for */
	double crossover;	    /**< r* */
	sc_fit fit;
	bool free;
} sc_stage_fit;
/** Fit every stage that has at least 3 ratios. `*out` is malloc'ed. */
SC_API sc_status sc_bench_fits(const sc_bench *bench, sc_stage_fit **out, size_t *n, sc_err *err);

/* --- a forecast --- */

/** A time that was not measured, from a bench in which its neighbours were. */
typedef struct sc_forecast {
	double ns;
	sc_interval likely; /**< 95 % */
	bool extrapolated;
} sc_forecast;

/** Forecast a case from the cells of `bench` (borrowed) that have its batch, threads, layout, types
 * and cache state: the ratio of measured to possible time is interpolated over log C, log H·W and
 * log r. SC_EINVAL when there are too few, or when the case lies outside of them and `extrapolate`
 * is false. */
SC_API sc_status sc_bench_forecast(const sc_bench *bench, const sc_bench_case *c, bool extrapolate,
	sc_forecast *out, sc_err *err);

/** Error of forecasts of cells that were left out one at a time: |forecast ÷ measured − 1|. */
typedef struct sc_forecast_error {
	size_t n;
	double median, most, worst; /**< `most`: what 95 % stay within */
} sc_forecast_error;
/** `each`, which may be NULL, gets forecast ÷ measured of every cell, 0 where there is none.
 * SC_EINVAL when there is nothing to leave out. */
SC_API sc_status sc_bench_leave_one_out(
	const sc_bench *bench, double *each, sc_forecast_error *out, sc_err *err);

#endif
