/** \file
 * Running gnuplot: no shell, a deadline, and what went wrong as a message. */
#ifndef SC_REPORT_GNUPLOT_H
#define SC_REPORT_GNUPLOT_H

#include <stdbool.h>

#include "secost/report.h"

/** Run gnuplot with `folder` as its working folder on the script `name`.gp there, with the variable
 * `suffix` set to what the script shall append to the names of its pictures. True when it ended
 * well; else `message` says what happened. Our own working folder and signals are left alone. */
bool sc_gnuplot_run(const sc_report_options *options, const char *folder, const char *name,
	const char *suffix, char message[256]);

#endif
