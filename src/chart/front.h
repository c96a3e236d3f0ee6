/** \file
 * The front's picture, read from its document: what its two files share. */
#ifndef SC_CHART_FRONT_H
#define SC_CHART_FRONT_H

#include "chart/chart.h"

/** Of a name, at most. */
enum { FRONT_LETTERS = 30 };

/* A place in the picture, and how many setups share it. */
typedef struct front_spot {
	double v[3];
	const char *name;
	size_t row, others;
	enum { BEATEN, ON, OVER } is;
	bool is_answer, is_named;
} front_spot;

typedef struct front_axis {
	const char *title, *key;
	bool higher;
	double budget, low, high, scale; /* budget NAN for none; scale 1, 1e3, … */
} front_axis;

typedef struct front_view {
	const sc_grid *points;
	front_axis axis[3];
	sc_canvas canvas;
	sc_box area;
	size_t axes, spots, room, on, unknown, named;
	front_spot *spot;
	bool failed;
} front_view;

/** Where a value of the horizontal and of the vertical axis stands in the picture. */
double front_x(const front_view *v, double value);
double front_y(const front_view *v, double value);
/** Name the points where there is room, the answer first, then the front, then the others: a line
 * each of where, what and from which point. */
void front_write_names(front_view *v, sc_text *data);

#endif
