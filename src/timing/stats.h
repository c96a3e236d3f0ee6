/** \file
 * What the statistics share. */
#ifndef SC_TIMING_STATS_H
#define SC_TIMING_STATS_H

#include "secost/timing.h"

/** SC_EINVAL when there are none, or one is no time that can be: GSL must not see it. */
sc_status sc_samples_check(const sc_samples *samples, sc_err *err);
/** Median of at least one number in ascending order. */
double sc_sorted_median(const double *sorted, size_t n);
/** The values `half` ranks below and above the middle, interpolated, within what there is. */
sc_interval sc_ranks_around(const double *sorted, size_t n, double half);
/** 95 % interval of the median of numbers that are worth `effective` independent ones. */
sc_interval sc_median_ci95(const double *sorted, size_t n, double effective);
/** How many independent samples they are worth. */
double sc_effective(const double *ns, size_t n, double median);
/** Width of the interval of the median over the median. `work` has room for twice n. */
double sc_median_width(const sc_samples *samples, double *work);

/** Do both have enough rounds? */
bool sc_has_rounds(const sc_samples *samples);
/** The samples of a round; how many. */
size_t sc_round(const sc_samples *samples, size_t round, const double **ns);
/** As sc_round_medians; `work` has room for n. */
void sc_round_medians_into(const sc_samples *samples, double *out, double *work);
/** As sc_over_rounds, without `next95`; `sorted` gets the values in
 * order. */
void sc_rounds_ci95(const double *value, size_t n, double *sorted, sc_estimate *out);
/** Fill `within` and `between`; `work` has room for n. */
void sc_scatter(const sc_samples *samples, const double *medians, sc_summary *out, double *work);

#endif
