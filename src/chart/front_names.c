/* Names of the front's points: each where it covers nothing, how many have none is told. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/front.h"

enum {
	NAMES_MAX = 24,	 /* more would hide the picture */
	CROWD = 40,	 /* a front of more points is a line */
	CROWD_NAMES = 8, /* which few names tell apart */
	BEATEN_MAX = 20, /* of more than that none is named */
	TRIES_MAX = 300
};

static double pixel(const front_axis *a, double value, double from, double to)
{
	return from + (value - a->low) / (a->high - a->low) * (to - from);
}

double front_x(const front_view *v, double value)
{
	return pixel(&v->axis[0], value, v->area.left, v->area.right);
}

double front_y(const front_view *v, double value)
{
	return pixel(&v->axis[1], value, v->area.bottom, v->area.top);
}

static double value_of(const front_axis *a, double at, double from, double to)
{
	return (a->low + (at - from) / (to - from) * (a->high - a->low)) / a->scale;
}

static void name_of(const front_spot *s, sc_text *out)
{
	sc_chart_plain(out, s->name, FRONT_LETTERS);
	if (s->others)
		sc_text_addf(out, " and %zu more", s->others);
}

static sc_box line(double x1, double y1, double x2, double y2)
{
	return (sc_box){fmin(x1, x2) - 1, fmin(y1, y2) - 1, fmax(x1, x2) + 1, fmax(y1, y2) + 1};
}

/* the front's steps: with less cost one has what the cheaper neighbour has */
static void take_step(
	const front_view *v, const front_spot *a, const front_spot *b, sc_boxes *taken)
{
	double x1 = front_x(v, a->v[0]), y1 = front_y(v, a->v[1]), x2 = front_x(v, b->v[0]),
	       y2 = front_y(v, b->v[1]);
	bool after = v->axis[0].higher;
	sc_boxes_add(taken, line(x1, after ? y2 : y1, x2, after ? y2 : y1));
	sc_boxes_add(taken, line(after ? x1 : x2, y1, after ? x1 : x2, y2));
}

static void take_marks(const front_view *v, sc_boxes *taken)
{
	const front_spot *last = NULL;
	for (size_t i = 0; i < v->spots; i++) {
		const front_spot *s = &v->spot[i];
		double x = front_x(v, s->v[0]), y = front_y(v, s->v[1]);
		double r = s->is_answer ? 9 : 5;
		sc_boxes_add(taken, (sc_box){x - r, y - r, x + r, y + r});
		if (s->is == ON && last && v->axes == 2)
			take_step(v, last, s, taken);
		last = s->is == ON ? s : last;
	}
	if (isfinite(v->axis[0].budget)) {
		double x = front_x(v, v->axis[0].budget);
		sc_boxes_add(taken, line(x, v->area.bottom, x, v->area.top));
	}
}

static void add_name(
	const front_view *v, const sc_label *l, const char *name, bool is_grey, sc_text *data)
{
	sc_text_addf(data, "%.9g %.9g ",
		value_of(&v->axis[0], l->left + 3, v->area.left, v->area.right),
		value_of(&v->axis[1], l->middle, v->area.bottom, v->area.top));
	sc_chart_cell(data, name, FRONT_LETTERS + 16);
	double end = l->left > l->x		 ? l->left
		     : l->left + l->width < l->x ? l->left + l->width
						 : l->x,
	       side = l->middle > l->y ? -0.5 : 0.5,
	       y = l->left > l->x || l->left + l->width < l->x ? l->middle
							       : l->middle + side * l->height;
	sc_text_addf(data, " %.9g %.9g %.9g %.9g %d\n",
		l->is_far ? value_of(&v->axis[0], l->x, v->area.left, v->area.right) : NAN,
		value_of(&v->axis[1], l->y, v->area.bottom, v->area.top),
		value_of(&v->axis[0], end, v->area.left, v->area.right),
		value_of(&v->axis[1], y, v->area.bottom, v->area.top),
		is_grey ? 0x808080 : 0x222222);
}

/* a name that is cut off, or another's, tells no plan from the next */
static bool tells(const front_view *v, const front_spot *s)
{
	if (sc_chart_letters(s->name) > FRONT_LETTERS)
		return false;
	for (size_t i = 0; i < v->spots; i++)
		if (v->spot[i].is_named && !strcmp(v->spot[i].name, s->name))
			return false;
	return true;
}

static bool try_name(front_view *v, front_spot *s, sc_boxes *taken, sc_text *data)
{
	const double letter = v->canvas.letter * (v->canvas.paper ? 1 : 0.88), line_height = 14;
	sc_text name = {0};
	name_of(s, &name);
	sc_label l = {.x = front_x(v, s->v[0]),
		.y = front_y(v, s->v[1]),
		.width = letter * (double)sc_chart_letters(sc_text_get(&name)) + 6,
		.height = line_height};
	s->is_named = sc_label_place(&l, &v->area, taken);
	if (s->is_named) {
		add_name(v, &l, sc_text_get(&name), s->is != ON, data);
		v->named++;
	}
	sc_text_release_into(&name, data);
	return s->is_named;
}

/* the answer, then the front from its ends inwards, then the others, evenly */
void front_write_names(front_view *v, sc_text *data)
{
	sc_boxes taken = {0};
	size_t tries = 0, stride = 1, most = v->on > CROWD ? CROWD_NAMES : NAMES_MAX;
	take_marks(v, &taken);
	for (size_t i = 0; i < v->spots; i++)
		if (v->spot[i].is_answer)
			try_name(v, &v->spot[i], &taken, data);
	while (stride < v->spots)
		stride *= 2;
	int last = v->spots - v->on > BEATEN_MAX;
	for (int front = 1; front >= last; front--, tries = 0)
		for (size_t s = stride; s; s /= 2)
			for (size_t i = 0; i < v->spots; i += s) {
				front_spot *at = &v->spot[i];
				if (at->is_named || (at->is == ON) != front ||
					(i ? (i / s) % 2 == 0 : s < stride) || v->named >= most ||
					tries++ == TRIES_MAX || !tells(v, at))
					continue;
				try_name(v, at, &taken, data);
			}
	data->failed = data->failed || taken.failed;
	free(taken.item);
}
