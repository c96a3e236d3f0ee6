/** \file
 * What the statistics share. */
#ifndef SC_TIMING_STATS_H
#define SC_TIMING_STATS_H

#include "secost/timing.h"

/** SC_EINVAL when there are none, or one is not a finite number above 0: GSL must not see it. */
sc_status sc_samples_check(const double *ns, size_t n, sc_err *err);
/** Median of at least one number in ascending order. */
double sc_sorted_median(const double *sorted, size_t n);
/** How many independent samples they are worth. */
double sc_effective(const double *ns, size_t n, double median);
/** Width of the interval of the median over the median. `work` has room for n. */
double sc_median_width(const double *ns, size_t n, double *work);

#endif
