/** \file
 * Charts: drawn by gnuplot, a child process without a shell. */
#ifndef SECOST_CHART_H
#define SECOST_CHART_H

#include "secost/paper.h"
#include "secost/study.h"

/** A row of charts.def. A chart is drawn by gnuplot from two files, which stay beside the picture.
 */
typedef struct sc_chart {
	const char *name, *meaning;
	/** Does the study hold what this chart shows? */
	bool (*applies)(const sc_study *study);
	/** Append the data file and the whole script, which reads <name>.dat and draws <name>.svg
	 * and <name>.png in its working folder. SC_ENOMEM. */
	sc_status (*write)(
		const sc_study *study, struct sc_text *data, struct sc_text *script, sc_err *err);
	/** Append a sentence that says what the chart shows, for the page's alternative text. */
	void (*describe)(const sc_study *study, struct sc_text *out);
} sc_chart;
SC_API const sc_chart *sc_chart_at(size_t i);
SC_API const sc_chart *sc_chart_named(const char *name);

/** What became of one chart. */
typedef struct sc_chart_outcome {
	const sc_chart *chart;
	bool drawn, timed_out;
	char message[256]; /**< why not */
} sc_chart_outcome;

/** How charts are drawn. */
typedef struct sc_report_options {
	const char *gnuplot;	  /**< program, found on the PATH; NULL for "gnuplot" */
	unsigned timeout_seconds; /**< for each run of gnuplot; 0 for 30 */
	bool (*stop)(
		void *user); /**< asked while gnuplot runs: true ends it, and the report; or NULL */
	void *user;
} sc_report_options;

/** Write <folder>/<name>.dat and .gp, and with `run` draw .svg and .png beside them. A chart that
 * could not be drawn is told in `outcome` and is no error: SC_EIO, SC_ENOMEM are about the data and
 * the script. */
SC_API sc_status sc_chart_draw(const sc_chart *chart, const sc_study *study, const char *folder,
	bool run, const sc_report_options *options, sc_chart_outcome *outcome, sc_err *err);

#endif
