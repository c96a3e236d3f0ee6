/** \file
 * Where labels of points can stand without covering anything. In pixels, y upwards. */
#ifndef SC_CHART_PLACE_H
#define SC_CHART_PLACE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct sc_box {
	double left, bottom, right, top;
} sc_box;

/** Boxes that are taken. `= {0}` is none; free `item`. */
typedef struct sc_boxes {
	sc_box *item;
	size_t count, room;
	bool failed; /**< out of memory: not all are there */
} sc_boxes;
void sc_boxes_add(sc_boxes *taken, sc_box box);

/** A label of `width`×`height` for the point at x, y. */
typedef struct sc_label {
	double x, y, width, height;
	double left, middle; /**< where its text begins, and the middle of its line */
	bool is_far;	     /**< a line has to lead to the point */
} sc_label;
/** Find a place within `area` that covers nothing that is taken, near places first, and take it.
 * False when there is none. */
bool sc_label_place(sc_label *label, const sc_box *area, sc_boxes *taken);

#endif
