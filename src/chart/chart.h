/** \file
 * Drawing a chart, and what the charts share. A script is complete: `gnuplot NAME.gp` in its folder
 * reads NAME.dat and draws NAME.svg, NAME.png and NAME.pdf. User text gets into either file through
 * the functions here. */
#ifndef SC_CHART_CHART_H
#define SC_CHART_CHART_H

#include "base/text.h"
#include "secost/chart.h"

/** "#rrggbb" of the n-th stage with SE, the same in every chart; 7 of them, then lighter ones. */
const char *sc_chart_color(size_t stage, char out[8]);
/** The colour of words that stand on it: white on the dark ones, black on the others. */
const char *sc_chart_ink(size_t stage);
/** At most `max` characters of `s`, with "…" when there were more, without anything that a script,
 * a data file or a picture could take for more than a letter. */
void sc_chart_plain(sc_text *out, const char *s, size_t max);
/** The same as a string of a script, 'so', and as a column of a data file, "so". */
void sc_chart_quote(sc_text *out, const char *s, size_t max);
void sc_chart_cell(sc_text *out, const char *s, size_t max);
/** How many characters it shows. */
size_t sc_chart_letters(const char *s);

/** The script's beginning: pictures of `width`×`height`, the finding as title, a table's conditions
 * under it. */
void sc_chart_begin(sc_text *script, const sc_grid *of, const char *name, unsigned width,
	unsigned height, const char *finding);
/** A note at the picture's foot. */
void sc_chart_note(sc_text *script, unsigned height, const char *note);
/** Where the next plot stands, as parts of the picture. */
void sc_chart_margins(sc_text *script, double left, double right, double bottom, double top);
/** The script's end: draw the other pictures, too. */
void sc_chart_end(sc_text *script, const char *name);
/** "2.51 M" */
void sc_chart_number(sc_text *out, uint64_t n);

/** What stands in a row under a key: NaN or "" where there is nothing. */
double sc_chart_number_at(const sc_grid *g, size_t row, const char *key);
const char *sc_chart_word_at(const sc_grid *g, size_t row, const char *key);
/** The row of the totals; the number of rows when there is none. */
size_t sc_chart_total(const sc_grid *g);

/** Different words in order of appearance, borrowed. `= {0}` is none; free `item`. */
typedef struct sc_words {
	const char **item;
	size_t count, room;
	bool failed; /**< out of memory: not all are there */
} sc_words;
/** Add it unless it is there. */
void sc_words_note(sc_words *words, const char *word);

/** The table of costs by stage that has SE, NULL when no setup has any. */
const sc_grid *sc_chart_se_stages(const sc_document *doc);
/** The stage with most of SE's parameters, as a row; the number of rows when there is none. */
size_t sc_chart_heaviest(const sc_grid *stages);

#define CHART(name) extern const sc_chart sc_chart_##name;
#include "chart/charts.def"
#undef CHART

#endif
