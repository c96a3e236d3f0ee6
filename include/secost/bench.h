/** \file
 * The bench of SE blocks: a list of cases in, a record of the machine, its roofs and every sample
 * out, and what follows from that. A bench is written as JSON (`secost.bench/2`) and read back;
 * what is shown of it is computed from the samples both times, so that it comes out the same.
 *
 * Times are nanoseconds of one call, in doubles. Nothing here prints, exits or sets anything for
 * the whole process; only `sc_bench_run` binds the calling thread, and puts it back. */
#ifndef SECOST_BENCH_H
#define SECOST_BENCH_H

#include <stdbool.h>

#include "secost/se.h"
#include "secost/timing.h"

struct json_t;

/* --- the machine --- */

typedef struct sc_cache {
	unsigned level; /**< 1 for the fastest, 2, 3 … */
	size_t bytes;	/**< it holds */
	unsigned cores; /**< that share one */
} sc_cache;

enum { SC_CACHES_MAX = 4 };

/** What a measurement was made on. Unknown texts are "", unknown numbers 0. */
typedef struct sc_machine {
	char cpu[96], features[160], governor[32],
		system[96]; /**< model and what it can, "avx2 fma"; frequency governor; operating
			       system */
	char compiler[96], flags[256], library[64]; /**< that this library was built with; its
						       options; the version of this library */
	unsigned cores, threads;		    /**< that this process may use */
	unsigned machine_threads;		    /**< that the machine has */
	bool smt, can_bind, caches_found; /**< are cores shared by two threads; can a thread be
					     bound to one; did the system tell of caches */
	sc_cache cache[SC_CACHES_MAX];	  /**< by level, the fastest first */
	size_t caches;			  /**< how many of them, 0 when the system tells of none */
	double mhz[2];			  /**< measured by counting cycles, before and after */
	double load[2]; /**< runs that wanted a core, over the last minute, before and after */
	double steal;	/**< part of the time that the hypervisor gave to others, while measuring */
} sc_machine;

/** Look at this machine. */
SC_API void sc_machine_look(sc_machine *out);
/** The model of this machine's CPU, "" when unknown; asks /proc only. */
SC_API void sc_machine_cpu(char out[96]);
/** Has this machine the CPU and features of `machine`? Its own CPU goes into `here`. Asks /proc
 * only, so that nothing is measured or searched. */
SC_API bool sc_machine_is_this(const sc_machine *machine, char here[96]);
/** Bytes of the last-level cache; 32 MiB when none was found. */
SC_API size_t sc_machine_last_cache(const sc_machine *machine);
/** Sixteen hexadecimal digits that stand for CPU, features, caches and cores. */
SC_API void sc_machine_fingerprint(const sc_machine *machine, char out[17]);

/** A step of a sweep of footprints: nanoseconds of a load that waits for the one before, anywhere
 * within so many bytes. */
typedef struct sc_sweep_step {
	size_t bytes; /**< footprint */
	double ns;    /**< of a load */
} sc_sweep_step;

/** A level of memory that a thread really has. */
typedef struct sc_level {
	size_t bytes; /**< what it holds; 0 for memory, which is the last */
	double ns;    /**< of a load */
} sc_level;

enum { SC_SWEEP_MAX = 64, SC_LEVELS_MAX = SC_CACHES_MAX + 1 };

/** `= {0}` is "not measured". */
typedef struct sc_sweep {
	sc_sweep_step step[SC_SWEEP_MAX]; /**< by ascending size */
	size_t steps;			  /**< how many of them; 0 when not measured */
	sc_level level[SC_LEVELS_MAX];	  /**< the fastest first, memory last */
	size_t levels;			  /**< how many of them; 0 when not found */
} sc_sweep;

/** Find the levels in a sweep: plateaus, at least a doubling of footprint long, each a third or
 * more slower than the one before. Noise does not make one. Returns how many, at least 1 of at
 * least one step. */
SC_API size_t sc_levels_find(const sc_sweep_step *step, size_t n, sc_level out[SC_LEVELS_MAX]);
/** Sweep from 8 KiB to four times the last cache reported, at least 64 and at most 256 MiB, in less
 * than a second, on the calling thread. SC_ENOMEM says how much was wanted. */
SC_API sc_status sc_sweep_measure(
	const sc_machine *machine, unsigned long seed, sc_sweep *out, sc_err *err);

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
	sc_traffic traffic; /**< what was moved, and how */
	unsigned threads;   /**< that moved it at once, 1 or more */
	size_t bytes;	    /**< touched, over all buffers and threads */
	double gbps;	    /**< bandwidth, 10⁹ bytes a second */
} sc_roof;

enum { SC_ROOFS_MAX = 512, SC_THREADS_MAX = 64 };

/** What the machine can do. `= {0}` is "not measured". */
typedef struct sc_roofs {
	sc_roof roof[SC_ROOFS_MAX]; /**< in the order measured */
	size_t count;		    /**< how many of them; 0 when not measured */
	struct {
		unsigned threads; /**< that computed at once */
		double gflops;	  /**< 10⁹ fused multiply-adds and others a second, a multiply-add
				     being 2 */
	} peak[SC_THREADS_MAX];
	size_t peaks; /**< how many of them; 0 when not measured */
	char row[16]; /**< instruction set that was used */
} sc_roofs;

/** Measure bandwidths from 16 KiB to four times the last cache, and the peak of fused
 * multiply-adds, with each number of threads. SC_ENOMEM says how much was wanted. */
SC_API sc_status sc_roofs_measure(size_t last_cache, const unsigned *threads, size_t n,
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
	SC_STATE_cold_weights, /**< what a network sees: the map was just written, and since the
				  weights were read all else was touched that a pass of the
				  network touches; where no network is known, the map was just
				  read and the weights are in memory */
	SC_STATE_cold,	       /**< everything is in memory */
	SC_STATE__N
} sc_cache_state;

/** Settings that are words, for options and files. */
typedef enum sc_word {
	SC_WORD_cache,	    /**< sc_cache_state: hot, cold-weights, cold */
	SC_WORD_layout,	    /**< sc_se_layout: nchw, nhwc */
	SC_WORD_dtype,	    /**< sc_se_dtype: fp32, bf16, fp16, int8 */
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
	char stage[64];	      /**< its name, "" for a grid */
	uint32_t blocks;      /**< such blocks in the stage */
	double ratio;	      /**< asked for */
	bool in_use;	      /**< the ratio that the network has here */
	sc_se_config config;  /**< `row` is set when the plan is made */
	char row[16];	      /**< wanted, "" for the best */
	bool bias, in_place;  /**< both layers have biases; the map is scaled where it lies */
	sc_cache_state cache; /**< what is in the caches when a call begins */
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
	uint64_t bytes, flops; /**< read and written; operations, a multiply-add being 2 */
} sc_phase;

/** What one call of a case moves and computes, by phase. Each phase reads its inputs and weights
 * once and writes its result once; FLOPs are those of the counting rule `exact`. SC_ERANGE. */
SC_API sc_status sc_case_phases(const sc_bench_case *c, sc_phase out[SC_PHASE__N], sc_err *err);
/** Parameters of one block. */
SC_API uint64_t sc_case_params(const sc_bench_case *c);
/** Time that the roofs allow: for every phase the longer of traffic and arithmetic; 0 when they
 * were not measured. A cold case is held to the bandwidth of memory. */
SC_API double sc_case_roof(const sc_bench_case *c, const sc_roofs *roofs);
/** Are two cases, of whatever stage and number of blocks, one and the same thing to run? */
SC_API bool sc_case_same_block(const sc_bench_case *a, const sc_bench_case *b);
/** Are two cases the same but for the ratio? */
SC_API bool sc_case_same_setting(const sc_bench_case *a, const sc_bench_case *b);

/** A case and what came of it. */
typedef struct sc_bench_cell {
	sc_bench_case what;	       /**< what was run */
	sc_timing timing;	       /**< its samples */
	sc_summary summary;	       /**< n 0 when there are no samples */
	sc_phase phase[SC_PHASE__N];   /**< what a phase moves and computes, in one call */
	uint64_t params, bytes, flops; /**< of one call */
	double roof_ns, efficiency;    /**< 0 when unknown */
	double share; /**< of the time of all blocks of the network in the same setting; 0 for a
			 grid */
} sc_bench_cell;

/** How a bench was run. */
typedef struct sc_bench_settings {
	double precision;     /**< width of an interval over its median that is enough */
	double max_seconds;   /**< for each cell, when total_seconds is 0 */
	double total_seconds; /**< for the whole run; 0 for no limit */
	unsigned long seed;   /**< of the order of samples and the placement of buffers */
	size_t evicted_bytes; /**< read to empty the caches; 0 when nothing was */
	size_t pass_bytes;    /**< of maps and weights that a pass of the network touches, at the
				 ratios in use; 0 when cold weights are not those of a pass */
	double cold_part; /**< of a probe in the caches, what was in memory after that, 0 … 1 */
	char arguments[512]; /**< of the command, as typed */
	char date[32];	     /**< when it began, UTC */
} sc_bench_settings;

/** Everything of one run. */
typedef struct sc_bench {
	char network[128];  /**< "" for a grid */
	size_t se_blocks;   /**< of the network, measured or not; 0 for a grid and where unknown */
	sc_machine machine; /**< what it ran on */
	sc_clock clock;	    /**< `now` NULL when read from a file */
	sc_sweep sweep;	    /**< the levels of memory that were found */
	sc_roofs roofs;	    /**< what the machine can do */
	sc_bench_settings settings; /**< how it was run */
	bool complete;		    /**< false when it was stopped before its end */
	bool without_rounds;	    /**< read from secost.bench/1, whose samples are of one round */
	sc_bench_cell *cell;	    /**< in the order of the plan; owned */
	size_t cells;		    /**< how many of them */
	sc_drift drift; /**< what all cells share, in the rounds that all of them have */
	/** All SE blocks at the ratios in use, one after the other, each on its own buffers, in the
	 * setting of the first cell; blocks 0 when that was not measured. */
	struct {
		size_t blocks;
		sc_timing timing;   /**< its samples */
		sc_summary summary; /**< what they say; n 0 when there are none */
	} chain;
} sc_bench;

/** What to run. */
typedef struct sc_bench_plan {
	const char *network;	   /**< "" for a grid */
	size_t se_blocks;	   /**< of the network, whether or not they are among the cases */
	const sc_bench_case *item; /**< in the order to be told in */
	size_t count;		   /**< how many of them, 1 or more */
	sc_timing_options timing;  /**< how long and how precisely */
	const char *arguments;	   /**< as typed, for the record */
	double roof_seconds;	   /**< for each roof; 0 measures none */
	/** the network's layers, for cold weights as a pass leaves them; borrowed, NULL when not
	 * known */
	const struct sc_layers *pass;
	bool chain; /**< time all blocks in use one after the other, too */
} sc_bench_plan;

/** Measure. Binds the calling thread and what it starts to the first cores where the system lets
 * it, and undoes that. SC_ENOMEM says how much was wanted; SC_EINVAL when a case can't be planned.
 * Being stopped leaves `complete` false. `*out` is the caller's to free. */
SC_API sc_status sc_bench_run(const sc_bench_plan *plan, sc_bench **out, sc_err *err);
/** SE blocks of the network at the ratios in use in one setting, of `count` cases that lie `stride`
 * bytes apart. */
SC_API size_t sc_bench_blocks_in_use(const sc_bench_case *item, size_t count, size_t stride);
/** Keep the cells that are wanted, at least one, in their order. Intervals and shares stay those
 * that all cells gave; the chain goes when a cell does. */
SC_API void sc_bench_keep(sc_bench *bench,
	bool (*wanted)(const sc_bench_case *what, const void *state), const void *state);
/** Sizes of the caches that are counted with, ascending: measured where a sweep was made, else
 * reported. Returns how many. */
SC_API size_t sc_bench_caches(const sc_bench *bench, size_t bytes[SC_CACHES_MAX]);
/** The largest of them; 32 MiB when there is none. */
SC_API size_t sc_bench_last_cache(const sc_bench *bench);
/** NULL is allowed. */
SC_API void sc_bench_free(sc_bench *bench);

/** A record of the bench as JSON, `secost.bench/2`; NULL when out of memory. */
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
	sc_fit fit;		    /**< t = a + b/r, nanoseconds */
	sc_matter verdict;	    /**< does b/r matter, at the ratio in use? */
} sc_stage_fit;
/** Fit every stage that has at least 3 ratios. `*out` is malloc'ed. */
SC_API sc_status sc_bench_fits(const sc_bench *bench, sc_stage_fit **out, size_t *n, sc_err *err);

/** What all SE blocks of the network take in one setting: a forward pass's share of SE. */
typedef struct sc_bench_total {
	const sc_bench_cell *first; /**< a cell of the setting; borrowed */
	size_t setting;		    /**< number of its first cell, for telling settings apart */
	bool in_use;		    /**< at the ratios that the network has, else all at `ratio` */
	double ratio;		    /**< 0 when several are in use */
	size_t blocks;		    /**< that the total is over */
	sc_estimate total;     /**< nanoseconds; next95 {0, 0}, unknown, without enough rounds */
	const char *heaviest;  /**< stage that takes most of it; borrowed */
	double heaviest_share; /**< its part of the total, 0 … 1 */
} sc_bench_total;
/** Totals by setting, in use first, then by ascending ratio, of those that every stage was measured
 * at. None for a grid. `*out` is malloc'ed. SC_ENOMEM. */
SC_API sc_status sc_bench_totals(
	const sc_bench *bench, sc_bench_total **out, size_t *n, sc_err *err);
/** The same without a stage; all of it when NULL. */
SC_API sc_status sc_bench_total_without(const sc_bench *bench, const sc_bench_total *total,
	const char *stage, sc_estimate *out, sc_err *err);
/** What `to` takes less than `from`, both of one setting. */
SC_API sc_status sc_bench_total_saved(const sc_bench *bench, const sc_bench_total *from,
	const sc_bench_total *to, sc_estimate *out, sc_err *err);

/* --- a forecast --- */

/** A time that was not measured, from a bench in which its neighbours were. */
typedef struct sc_forecast {
	double ns;	   /**< of one call */
	sc_interval ci95;  /**< nanoseconds */
	bool extrapolated; /**< outside of the shapes or ratios that were measured */
	bool interpolated; /**< between two batches or numbers of threads */
} sc_forecast;

/** Forecast a case from the cells of `bench` (borrowed) that have its layout, types and cache
 * state. A ratio of a shape that was measured at 3 others or more lies on t = a + b/r; another
 * shape is interpolated over log C, log H·W and log r; a batch or a number of threads between two
 * that were measured is taken from both. A case that was measured is forecast as measured.
 * SC_EINVAL when there are too few cells, or when the case lies outside of them and `extrapolate`
 * is false; a batch or threads outside always. */
SC_API sc_status sc_bench_forecast(const sc_bench *bench, const sc_bench_case *c, bool extrapolate,
	sc_forecast *out, sc_err *err);

/** Error of forecasts of cells that were left out one at a time: |forecast ÷ measured − 1|. */
typedef struct sc_forecast_error {
	size_t n;		    /**< how many cells were left out, each once */
	double median, most, worst; /**< `most`: what 95 % stay within */
} sc_forecast_error;
/** `each`, which may be NULL, gets forecast ÷ measured of every cell, 0 where there is none.
 * SC_EINVAL when there is nothing to leave out. */
SC_API sc_status sc_bench_leave_one_out(
	const sc_bench *bench, double *each, sc_forecast_error *out, sc_err *err);

#endif
