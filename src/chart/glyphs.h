/** \file
 * Characters that can't be drawn. gnuplot's PNG and PDF have a box for one that no font has, larger
 * than the picture and over everything else in it. */
#ifndef SC_CHART_GLYPHS_H
#define SC_CHART_GLYPHS_H

#include "base/text.h"
#include "secost/chart.h"

/** Put '?' for each character in a chart's data and script that no font here has; returns for how
 * many. fontconfig's fc-list is asked about those that are rare; where it can't be asked, they
 * count as missing. */
unsigned sc_glyphs_replace(const sc_chart_options *options, sc_text *data, sc_text *script);

#endif
