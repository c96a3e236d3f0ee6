#include <gsl/gsl_sort.h>
#include <time.h>

#include "timing/stats.h"

static double now(void *state)
{
	struct timespec t;
	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

sc_clock sc_clock_system(void)
{
	enum { READINGS = 1001 };
	double step[READINGS], smallest = 1e9;
	for (int i = 0; i < READINGS; i++) {
		double t0 = now(NULL), t1 = now(NULL);
		step[i] = t1 - t0;
		for (int again = 0; t1 <= t0 && again < 1000000; again++)
			t1 = now(NULL);
		smallest = t1 > t0 && t1 - t0 < smallest ? t1 - t0 : smallest;
	}
	gsl_sort(step, 1, READINGS);
	/* a step can't be told from the reading's own cost when every reading differs */
	return (sc_clock){now, NULL, smallest, sc_sorted_median(step, READINGS)};
}
