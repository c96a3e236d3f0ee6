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
	double low, high; /**< nanoseconds, or what the value is in; low ≤ high */
} sc_interval;

/** Samples in order of time, ns[0..n), taken in rounds: between two rounds everything was set up
 * anew, so that what differs from run to run (where buffers lie, what the machine does for seconds
 * at a time) differs from round to round. Borrowed. */
typedef struct sc_samples {
	const double *ns;  /**< 0-based, in order of time */
	size_t n;	   /**< how many of them, 1 or more */
	const size_t *end; /**< of round i: its samples lie before ns[end[i]]; NULL for one round */
	size_t rounds;	   /**< how many of them, 1 or more */
} sc_samples;
/** ns[0..n) as one round. */
SC_API sc_samples sc_samples_of(const double *ns, size_t n);

enum {
	SC_ROUNDS_MIN = 6,   /**< from here on an interval is taken from rounds */
	SC_ROUNDS_MAX = 1024 /**< kept of one subject */
};

/** What samples of one thing say. Times in nanoseconds. */
typedef struct sc_summary {
	size_t n, rounds;	   /**< samples, and the rounds that they were taken in */
	double min, p25, max, p75; /**< of all samples */
	double median;		   /**< of the rounds' medians; of all samples when there are fewer
				      than SC_ROUNDS_MIN rounds */
	double mad;		   /**< median absolute deviation of all samples, times 1.4826 */
	sc_interval ci95;	   /**< 95 % interval of the median */
	sc_interval next95; /**< where the median of a next run falls; {0, 0}, unknown, with fewer
			       than SC_ROUNDS_MIN rounds */
	double within;	    /**< scatter of samples about their round's median, as a part of it */
	double between;	    /**< scatter of rounds that samples do not explain, as a part of the
			       median; 0 when unknown */
	double effective;   /**< independent rounds, or samples, that the interval stands on: fewer
			       when neighbours resemble each other */
	size_t outliers; /**< beyond the quartiles by more than 1.5 times their distance; counted,
			    never dropped */
	double drift;	 /**< median of the later half over that of the earlier, less 1 */
	bool drifts;	 /**< a trend that chance does not explain, and more than 2 % of it */
	bool bimodal;	 /**< two clusters far apart: two machine states, not one time */
	double mode[2];	 /**< medians of the clusters, when bimodal */
} sc_summary;

/** Summarise samples. The interval is taken from rounds, as `sc_over_rounds` does; with fewer than
 * SC_ROUNDS_MIN by order statistics of all samples (exact binomial ranks, interpolated as
 * Hettmansperger and Sheather do, 1986; below 6 samples it is all of them, which covers less than
 * 95 %), and it reaches at least over the rounds' medians. SC_EINVAL when n is 0 or a sample is not
 * a time of a picosecond … 11 days; SC_ENOMEM. */
SC_API sc_status sc_summarise(const sc_samples *samples, sc_summary *out, sc_err *err);

/** A value that every round of a run tells anew: a time, a sum of times, a slope. */
typedef struct sc_estimate {
	double value;	    /**< median over rounds */
	sc_interval ci95;   /**< of it */
	sc_interval next95; /**< where a next run's value falls */
	double effective;   /**< independent rounds */
} sc_estimate;
/** From value[0..rounds), in order of time, by order statistics of rounds, each round whole,
 * whatever their distribution: the interval of their median as in `sc_summarise`; a next run is
 * taken to have as many rounds. SC_EINVAL with fewer than SC_ROUNDS_MIN, more than SC_ROUNDS_MAX or
 * a value that is not finite. */
SC_API sc_status sc_over_rounds(const double *value, size_t rounds, sc_estimate *out, sc_err *err);
/** What all that is measured in a run shares: rounds in which the machine was slower for all of it,
 * and how far the level of another run may lie. */
typedef struct sc_drift {
	size_t rounds;		      /**< 0 when unknown */
	double common[SC_ROUNDS_MAX]; /**< of each round: logarithm of how much slower all was */
	double reach; /**< what 95 % of the levels of runs stay within, as a part of it */
} sc_drift;
/** From `n` values in each of `rounds` rounds, value[i·rounds + k] above 0, in order of time:
 * what they share is the median over the n, and a run's level wanders as that makes likely. A shift
 * that lasts longer than a run, and has no part in it, can't be seen from within. SC_EINVAL with
 * fewer than SC_ROUNDS_MIN rounds or a value that is no time; SC_ENOMEM. */
SC_API sc_status sc_drift_find(
	const double *value, size_t n, size_t rounds, sc_drift *out, sc_err *err);
/** As `sc_over_rounds`, of a value that shares in `drift`: its own scatter from what the rounds'
 * common part leaves, and the run's level beside it, in the interval and in that of a next run. The
 * same as `sc_over_rounds` when `drift` is NULL, or has fewer than SC_ROUNDS_MIN rounds or more
 * than the value; rounds that only the value has are no part of its scatter. */
SC_API sc_status sc_over_drifting_rounds(
	const double *value, size_t rounds, const sc_drift *drift, sc_estimate *out, sc_err *err);
/** Medians of every round into `out[0..rounds)`; SC_ENOMEM. */
SC_API sc_status sc_round_medians(const sc_samples *samples, double *out, sc_err *err);

/** A against B. */
typedef struct sc_comparison {
	double ratio;	  /**< median of A over median of B */
	sc_interval ci95; /**< 95 % interval of the ratio */
	bool differs;	  /**< the interval, as it is printed, is without 1 */
} sc_comparison;

enum { SC_RESAMPLES = 2000 }; /**< bootstrap draws that give two stable digits */

/** Compare two sets of samples, at least 2 each. When both have rounds, the interval is taken from
 * them: from the ratio in each round when `paired`, which is for subjects of one run; else it is a
 * bootstrap of `resamples` draws of samples, for which the same `seed` gives the same interval.
 * SC_EINVAL, SC_ENOMEM. */
SC_API sc_status sc_compare_samples(const sc_samples *a, const sc_samples *b, bool paired,
	size_t resamples, unsigned long seed, sc_comparison *out, sc_err *err);
/** Set `differs` from the interval. */
SC_API void sc_comparison_judge(sc_comparison *c);
/** Write "A is 4.1 % faster than B [3.2, 5.0]" or "no difference shown between A and B" into
 * `text`, cut to `size` bytes. */
SC_API void sc_comparison_say(
	const sc_comparison *c, const char *a, const char *b, char *text, size_t size);

/** Samples at one x: for SE, x is squeezed width ÷ channels, which is 1/r. */
typedef struct sc_fit_point {
	double x;	    /**< a number of any unit */
	sc_samples samples; /**< what was measured there */
} sc_fit_point;

/** What a part of a time is, compared with a threshold. */
typedef enum sc_matter {
	SC_FREE,      /**< the whole interval of b·x is under 2 % of t */
	SC_MATTERS,   /**< the whole interval is over it */
	SC_NOT_SHOWN, /**< neither */
	SC_MATTER__N
} sc_matter;
/** "free", "matters", "not shown" */
SC_API const char *sc_matter_name(size_t matter);

/** t = a + b·x; times in nanoseconds. */
typedef struct sc_fit {
	double a, b;		    /**< nanoseconds, and nanoseconds for each unit of x */
	sc_interval a_ci95, b_ci95; /**< 95 %, from rounds, else from the scatter of the samples */
	double r2;		    /**< of the medians, each weighted by 1/median² */
	double lack_of_fit, lack_of_fit_x; /**< the median farthest from the line, over the line,
				    less 1; and where it is */
	size_t points, samples, rounds;
} sc_fit;

/** Fit a line. With rounds: a weighted line (1/median²) through each round's medians, over which
 * `sc_over_rounds` is taken; else by robust regression (bisquare, GSL) of all samples. SC_EINVAL
 * with fewer than 3 different x; SC_ENOMEM. */
SC_API sc_status sc_fit_line(const sc_fit_point *point, size_t n, sc_fit *out, sc_err *err);
/** Part of t that is b·x. */
SC_API double sc_fit_share(const sc_fit *fit, double x);
/** 95 % interval of that part: the interval of b over the fitted t. */
SC_API sc_interval sc_fit_share_ci95(const sc_fit *fit, double x);
/** Does b·x matter, by that interval, rounded as it is printed, to a tenth of a percent? */
SC_API sc_matter sc_fit_verdict(const sc_fit *fit, double x);
/** How many times narrower the interval must be for a verdict, if the estimate stays where it is;
 * at least 1. */
SC_API double sc_fit_narrower(const sc_fit *fit, double x);

/* --- a stopwatch --- */

/** A clock and what it can tell. `now` returns nanoseconds from any beginning. */
typedef struct sc_clock {
	double (*now)(void *state); /**< nanoseconds from any beginning */
	void *state;		    /**< what it is given */
	double resolution_ns;	    /**< smallest step seen */
	double overhead_ns;	    /**< median of two readings in a row */
} sc_clock;
/** The system's monotonic clock, its resolution and overhead measured now. */
SC_API sc_clock sc_clock_system(void);

/** A thing to time. */
typedef struct sc_subject {
	void (*prepare)(void *state); /**< before every sample, not timed; NULL for nothing */
	void (*call)(void *state);    /**< what is timed */
	void *state;		      /**< what `prepare` and `call` are given */
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
	double *ns;	 /**< in order of time, rounded to a picosecond */
	size_t n;	 /**< of samples kept */
	size_t *end;	 /**< of every round, as in sc_samples */
	size_t rounds;	 /**< how many of them */
	size_t loops;	 /**< calls that one sample is the mean of */
	double first_ns; /**< the very first call, nothing prepared */
	size_t warm_up;	 /**< samples that were thrown away before the first kept one */
	bool settled;	 /**< did the last of those agree? */
	bool coarse;	 /**< a sample lasts less than 100 times what the clock can tell */
	sc_stop stop;	 /**< why sampling ended */
} sc_timing;
SC_API void sc_timing_release(sc_timing *timing);
/** Its samples; borrowed. */
SC_API sc_samples sc_timing_samples(const sc_timing *timing);

/** How far a measurement has come. */
typedef struct sc_progress {
	size_t round, rounds;	  /**< done, planned */
	size_t precise, subjects; /**< known well enough, all */
	double seconds_left;	  /**< at most */
} sc_progress;

/** How to time. */
typedef struct sc_timing_options {
	double precision;     /**< width of the interval over the median, 0.02 */
	double max_seconds;   /**< for each subject, what prepares it included: 2; shared out */
	double total_seconds; /**< for all of them together, never exceeded by more than a round's
				 beginning; 0 for max_seconds each */
	size_t min_samples, max_samples; /**< of each subject: 20, 1000 */
	size_t rounds; /**< at most; fewer when their beginnings would take half of the time: 1 */
	/** Set everything up anew before a round but the first; what the subjects point to stays.
	 * NULL for nothing. Its failure ends the measurement and is returned. */
	sc_status (*renew)(void *ground, size_t round, sc_err *err);
	unsigned long seed;	  /**< of the order: 1 */
	bool (*stop)(void *user); /**< asked after every sample; NULL for never */
	/** Told every now and then; NULL for nobody. */
	void (*progress)(void *user, const sc_progress *progress);
	void *user;   /**< of stop and progress */
	void *ground; /**< of renew */
} sc_timing_options;
SC_API sc_timing_options sc_timing_default(void);

/** Time `subject[0..n)` into `out[0..n)`, each of which must be empty. Calls are looped until a
 * sample outlasts 100 times the clock's resolution and overhead; samples are thrown away until the
 * last ones agree. Then rounds, spread evenly over the time there is: everything is set up anew,
 * two samples of each subject are thrown away, then passes, one sample of each subject in a new
 * random order. Every subject is part of every round; what is known well enough gets the least
 * samples, the rest of the time is for the others; the end is when all are. Being stopped is not an
 * error. SC_EINVAL, SC_ENOMEM, or what `renew` says; then `out` is empty. */
SC_API sc_status sc_time(const sc_clock *clock, const sc_subject *subject, size_t n,
	const sc_timing_options *options, sc_timing *out, sc_err *err);

#endif
