/** \file
 * Drawing charts from a command: a signal ends gnuplot and removes what is half done. */
#ifndef SC_CLI_CHARTS_H
#define SC_CLI_CHARTS_H

#include "cli/cli.h"

/** From now on a signal is remembered; a second one does what it does. */
void catch_signals(void);
/** Has there been a signal? For sc_chart_options. */
bool is_interrupted(void *unused);
/** Let the signal that was remembered do what it does. */
void end_if_interrupted(void);
/** Tell what is wrong with a chart, if anything. */
void tell_chart(const sc_chart_outcome *outcome);
/** Draw every chart that applies to the document into the folder of --charts, if that is given.
 * Returns `code`, EXIT_USAGE after telling, or EXIT_CHECK_FAILED when a required one is missing. */
int draw_charts(const sc_options *options, const sc_document *doc, int code);

#endif
