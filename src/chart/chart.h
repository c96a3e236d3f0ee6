/** \file
 * Drawing a chart, and what the charts share. A script is complete: `gnuplot NAME.gp` in its folder
 * reads NAME.dat and draws NAME.svg, NAME.png and NAME.pdf. User text gets into either file through
 * the functions here. */
#ifndef SC_CHART_CHART_H
#define SC_CHART_CHART_H

#include "base/text.h"
#include "chart/place.h"
#include "secost/chart.h"

/** "#rrggbb" of the n-th stage with SE, the same in every chart; 7 of them, then lighter ones. */
const char *sc_chart_color(size_t stage, char out[8]);
/** The colour of words that stand on it: white on the dark ones, black on the others. */
const char *sc_chart_ink(size_t stage);
/** How lines and points of a stage differ in print without colours: gnuplot's types. */
int sc_chart_dash(size_t stage);
int sc_chart_mark(size_t stage, bool filled);
/** The same of the i-th cache state: filled, open, or filled and light. */
const char *sc_chart_state_color(size_t state);
bool sc_chart_state_filled(size_t state);
/** At most `max` characters of `s`, with "…" when there were more, without anything that a script,
 * a data file or a picture could take for more than a letter. */
void sc_chart_plain(sc_text *out, const char *s, size_t max);
/** The same as a string of a script, 'so', and as a column of a data file, "so". */
void sc_chart_quote(sc_text *out, const char *s, size_t max);
void sc_chart_cell(sc_text *out, const char *s, size_t max);
/** How many characters it shows. */
size_t sc_chart_letters(const char *s);

/** The picture that a script draws: a page's, wide, under a title and conditions; or that of a
 * paper's column, which has neither, since its caption says them. Lengths are in units of the
 * picture; y goes up. */
typedef struct sc_canvas {
	bool paper;
	double width, height;
	double letter; /**< how wide one of usual size is */
} sc_canvas;
/** A page's is `page` high, a column's `paper`. */
sc_canvas sc_canvas_new(bool for_paper, double page, double paper);

/** Names of what is drawn: at the right of a page's plots, above those of a column. */
typedef struct sc_names {
	size_t count, letters; /**< how many, and how long the longest is */
	bool upwards;	       /**< what is drawn first stands below the others */
	size_t plots;	       /**< how many stand side by side in a column; 0 for 1 */
} sc_names;
/** How much room they take at the side of a page, and above the plots of a column. */
double sc_names_side(const sc_names *names, const sc_canvas *canvas);
double sc_names_head(const sc_names *names, const sc_canvas *canvas);

/** What a note of one line, and of two, takes below a page's plots, the axis' name left in peace.
 */
enum { SC_NOTE_FOOT = 44, SC_NOTES_FOOT = 58 };

/** Where plots stand: in rows of so many columns. */
typedef struct sc_layout {
	const sc_canvas *canvas;
	size_t plots, columns; /**< both at least 1 */
	double left, below;    /**< of each plot, for its axes */
	double above;	       /**< of each plot, for its title */
	double foot;	       /**< of a page, for its note */
	sc_names names;
} sc_layout;
sc_box sc_layout_plot(const sc_layout *layout, size_t i);

/** The script's beginning: the finding as title, a table's conditions under it, a note at the foot
 * or NULL. In a column's picture they are comments, for the caption. */
void sc_chart_begin(sc_text *script, const sc_canvas *canvas, const sc_grid *of, const char *name,
	const char *finding, const char *note);
/** Where the next plot stands, and where the names of the next one's lines do. */
void sc_chart_place(sc_text *script, const sc_canvas *canvas, const sc_box *plot);
void sc_chart_names(sc_text *script, const sc_layout *layout);
/** The script's end: draw the other pictures, too. */
void sc_chart_end(sc_text *script, const char *name);
/** Tics of a linear axis, "x" or "y", that spans so much: at most so many and one, their numbers
 * with the same decimals. */
void sc_chart_tics(sc_text *script, const char *axis, double span, unsigned most);
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
