/** \file
 * Charts: a document's tables as pictures, drawn by gnuplot, a child process without a shell.
 *
 * A chart reads nothing but a document: tables by their names, columns by their keys. So it shows
 * what the tables say, and computes nothing but places in the picture. */
#ifndef SECOST_CHART_H
#define SECOST_CHART_H

#include "secost/paper.h"

/** A row of charts.def. A chart is drawn by gnuplot from two files, which stay beside the picture,
 * as does what it shows as CSV. There are two pictures of each: a page's, with title and
 * conditions; and one for a column of a paper, 3.3 inches wide, letters of 8 points, without
 * either, since the caption says them. */
typedef struct sc_chart {
	const char *name;    /**< of its files, too: [a-z]+ */
	const char *meaning; /**< a phrase that says what it shows */
	/** Does the document hold what this chart shows? */
	bool (*applies)(const sc_document *doc);
	/** Append the data file and the whole script, which reads <name>.dat and draws <name>.png,
	 * .pdf and, for a page, .svg in its working folder. Only for a document that it applies to.
	 * Without memory either text has `failed`. */
	void (*write)(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script);
	/** What it shows as a table, the caller's to free; NULL when out of memory. */
	sc_grid *(*rows)(const sc_document *doc);
	/** Append a sentence that says what the chart shows, for the page's alternative text. */
	void (*describe)(const sc_document *doc, sc_text *out);
} sc_chart;
/** The i-th chart, NULL past the last. */
SC_API const sc_chart *sc_chart_at(size_t i);
/** By name, or NULL. */
SC_API const sc_chart *sc_chart_named(const char *name);

/** What became of one chart. */
typedef struct sc_chart_outcome {
	const sc_chart *chart; /**< which one */
	bool drawn;	       /**< all pictures are there */
	bool timed_out;	       /**< gnuplot did not finish */
	char message[256];     /**< why it is not drawn, "" when it is */
	unsigned replaced;     /**< characters that no font here has, drawn as '?'; 0 and more */
} sc_chart_outcome;

/** How charts are drawn. `= {0}` will do. */
typedef struct sc_chart_options {
	const char *gnuplot;	  /**< program, found on the PATH; NULL for "gnuplot" */
	unsigned timeout_seconds; /**< for each run of gnuplot; 0 for 30 */
	bool (*stop)(void *user); /**< asked while gnuplot runs: true ends it, and the report; NULL
				     for never */
	void *user;		  /**< what `stop` is given */
	bool for_paper;		  /**< draw the picture for a column of a paper */
} sc_chart_options;

/** Write <folder>/<name>.csv, .dat and .gp, for a paper also .tex, a figure with its caption; with
 * `run` draw .png, .pdf and, for a page, .svg beside them. A chart
 * that could not be drawn is told in `outcome` and is no error: SC_EIO, SC_ENOMEM are about the
 * data and the script. */
SC_API sc_status sc_chart_draw(const sc_chart *chart, const sc_document *doc, const char *folder,
	bool run, const sc_chart_options *options, sc_chart_outcome *outcome, sc_err *err);

#endif
