/** \file
 * Drawing a chart; see sc_chart for what a chart is. */
#ifndef SC_REPORT_CHART_H
#define SC_REPORT_CHART_H

#include "secost/report.h"

/** Write `folder`/NAME.dat and NAME.gp, and let gnuplot draw NAME.svg and NAME.png beside them. A
 * chart that could not be drawn is told in `outcome`; errors are files that can't be written, and
 * memory. */
sc_status sc_chart_draw(const sc_chart *chart, const sc_study *study, const char *folder,
	const sc_report_options *options, sc_chart_outcome *outcome, sc_err *err);

#endif
