/** \file
 * Running gnuplot and what it needs: no shell, a deadline, and what went wrong as a message. */
#ifndef SC_CHART_GNUPLOT_H
#define SC_CHART_GNUPLOT_H

#include <stdbool.h>

#include "secost/chart.h"

/** Run gnuplot with `folder` as its working folder on the script of `outcome->chart` there, with
 * the variable `suffix` set to what the script shall append to the names of its pictures. The
 * outcome says how that went. Our own working folder and signals are left alone. */
void sc_gnuplot_run(const sc_chart_options *options, const char *folder, const char *suffix,
	sc_chart_outcome *outcome);
/** Run a program of the PATH, `argv[0]`, in the same way: does it end well, and is `word` in the
 * beginning of what it says? */
bool sc_program_says(const sc_chart_options *options, char **argv, const char *word);

#endif
