/** \file
 * Time any function honestly, and say what samples show.
 *
 * - **samples**: numbers in, statements out. Medians with intervals, comparisons, a fit of
 *   t = a + b·x. Nothing is measured; everything is deterministic, random numbers come from a seed.
 * - **a stopwatch** for any function: many *subjects* interleaved in random order, each until its
 *   median is known well enough or its time is up.
 *
 * Times are nanoseconds of one call, in doubles. Nothing here prints, exits or sets anything for
 * the whole process. */
#ifndef SECOST_TIMING_H
#define SECOST_TIMING_H

#include <stdbool.h>

#include "secost/base.h"

/* --- samples --- */

typedef struct sc_interval {
	double low, high;
} sc_interval;

/** What samples of one thing say. */
typedef struct sc_summary {
	size_t n;
	double min, p25, median, p75, max;
	double mad;	  /**< median absolute deviation, times 1.4826 */
	sc_interval ci95; /**< 95 % interval of the median */
	double effective; /**< independent samples that the interval stands on: fewer than n when
			     neighbours resemble each other */
	size_t outliers;  /**< beyond the quartiles by more than 1.5 times their distance; counted,
			     never dropped */
	double drift;	  /**< median of the later half over that of the earlier, less 1 */
	bool drifts;	  /**< a trend that chance does not explain, and more than 2 % of it */
	bool bimodal;	  /**< two clusters far apart: two machine states, not one time */
	double mode[2];	  /**< medians of the clusters, when bimodal */
} sc_summary;

/** Summarise `ns[0..n)`, which is in order of time and stays as it is. The interval is by order
 * statistics: exact binomial ranks, interpolated as Hettmansperger and Sheather do (1986); below 6
 * samples it is all of them, which covers less than 95 %. SC_EINVAL when n is 0 or a sample is not
 * a finite number above 0; SC_ENOMEM. */
SC_API sc_status sc_summarise(const double *ns, size_t n, sc_summary *out, sc_err *err);

/** A against B. */
typedef struct sc_comparison {
	double ratio;	  /**< median of A over median of B */
	sc_interval ci95; /**< 95 % bootstrap interval of the ratio */
	double p;	  /**< Mann–Whitney, two-sided: chance of such ranks from equal sources */
	bool differs;	  /**< p under 5 % and the interval without 1 */
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
	sc_interval a_ci95, b_ci95;	   /**< 95 %, from the scatter of the samples */
	double r2;			   /**< of the medians, each weighted by 1/median² */
	double lack_of_fit, lack_of_fit_x; /**< the median farthest from the line, over the line,
				    less 1; and where it is */
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

#endif
