/* Setups or plans against each other in two columns, or three: the front drawn, what it beats
 * greyed. A point is named where its name covers nothing; how many are not is told. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "chart/front.h"

enum { PAGE_HEIGHT = 580, PAPER_HEIGHT = 290 };

/* --- reading --- */

static void read_axes(const sc_document *doc, front_view *v)
{
	const sc_grid *g = sc_document_find(doc, "front-axes");
	for (; g && v->axes < sc_grid_rows(g) && v->axes < 3; v->axes++)
		v->axis[v->axes] = (front_axis){sc_chart_word_at(g, v->axes, "title"),
			sc_chart_word_at(g, v->axes, "key"),
			!strcmp(sc_chart_word_at(g, v->axes, "better"), "higher"),
			sc_chart_number_at(g, v->axes, "budget"), INFINITY, -INFINITY, 1};
}

static void add_spot(front_view *v, size_t row)
{
	const char *mark = sc_chart_word_at(v->points, row, "front");
	front_spot s = {.name = sc_chart_word_at(v->points, row, "setup"),
		.row = row,
		.is = !strcmp(mark, "on it")	     ? ON
		      : !strcmp(mark, "over budget") ? OVER
						     : BEATEN,
		.is_answer = !strcmp(sc_chart_word_at(v->points, row, "answer"), "yes")};
	for (size_t k = 0; k < v->axes; k++)
		s.v[k] = sc_chart_number_at(v->points, row, v->axis[k].key);
	for (size_t k = 0; k < v->axes; k++)
		if (isnan(s.v[k])) {
			v->unknown++;
			return;
		}
	front_spot *more = sc_array_reserve(v->spot, &v->room, v->spots + 1, sizeof *more);
	v->failed = v->failed || !more;
	if (!more)
		return;
	v->spot = more;
	v->spot[v->spots++] = s;
	v->on += s.is == ON;
}

static int by_place(const void *a, const void *b)
{
	const front_spot *p = a, *q = b;
	for (int k = 0; k < 3; k++)
		if (p->v[k] != q->v[k])
			return p->v[k] < q->v[k] ? -1 : 1;
	return (p->row > q->row) - (p->row < q->row);
}

static void merge(front_view *v)
{
	size_t n = 0;
	if (v->spots)
		qsort(v->spot, v->spots, sizeof *v->spot, by_place);
	for (size_t i = 0; i < v->spots; i++) {
		front_spot *last = n ? &v->spot[n - 1] : NULL, s = v->spot[i];
		if (!last || memcmp(last->v, s.v, sizeof s.v) != 0) {
			v->spot[n++] = s;
			continue;
		}
		last->others++;
		if (s.is_answer)
			last->name = s.name;
		last->is_answer = last->is_answer || s.is_answer;
		last->is = s.is == ON ? ON : last->is;
	}
	v->spots = n;
}

/* the range of an axis with some air, and its unit where there is none yet */
static void fit_axis(front_view *v, size_t k)
{
	front_axis *a = &v->axis[k];
	if (!isnan(a->budget) && a->budget < 1e18)
		a->low = a->high = a->budget;
	for (size_t i = 0; i < v->spots; i++) {
		a->low = fmin(a->low, v->spot[i].v[k]);
		a->high = fmax(a->high, v->spot[i].v[k]);
	}
	if (a->high >= 1e5 && a->high < 1e18 && !strchr(a->title, ','))
		a->scale = pow(10, sc_number_power((uint64_t)a->high));
	double air = a->high > a->low ? 0.08 * (a->high - a->low) : fmax(1, fabs(0.1 * a->high));
	a->low -= air;
	a->high += air;
}

/* a third column has its scale on the right */
static void lay_out(front_view *v, bool for_paper)
{
	v->canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {
		&v->canvas, 1, 1, for_paper ? 78 : 100, for_paper ? 46 : 54, 20, SC_NOTE_FOOT, {0}};
	v->area = sc_layout_plot(&l, 0);
	v->area.right -= v->axes < 3 ? 0 : for_paper ? 76 : 112;
}

static bool look(const sc_document *doc, bool for_paper, front_view *v)
{
	*v = (front_view){.points = sc_document_find(doc, "front-points")};
	read_axes(doc, v);
	lay_out(v, for_paper);
	for (size_t i = 0; v->points && i < sc_grid_rows(v->points) && !v->failed; i++)
		add_spot(v, i);
	merge(v);
	for (size_t k = 0; k < v->axes; k++)
		fit_axis(v, k);
	return !v->failed;
}

/* two places make a trade-off */
static bool applies(const sc_document *doc)
{
	front_view v;
	bool good = look(doc, false, &v) && v.axes > 1 && v.spots > 1;
	free(v.spot);
	return good;
}

/* --- the two files --- */

/* neighbours that share a pixel are drawn once */
static bool is_hidden(const front_view *v, size_t i)
{
	const front_spot *s = &v->spot[i], *last = i ? s - 1 : NULL;
	return last && last->is == s->is && !s->is_answer && !s->is_named &&
	       fabs(front_x(v, s->v[0]) - front_x(v, last->v[0])) < 0.25 &&
	       fabs(front_y(v, s->v[1]) - front_y(v, last->v[1])) < 0.25;
}

static void write_data(front_view *v, sc_text *data)
{
	sc_text_add(data, "# Names: where, what, and a line from the point to them; then, in a "
			  "block each, what is beaten, the front, what is over another budget, the "
			  "answer\n");
	front_write_names(v, data);
	sc_text_add(data, v->named ? "\n\n" : "NaN NaN \" \" NaN NaN NaN NaN 0\n\n\n");
	for (int block = 0; block < 4; block++) {
		bool any = false;
		for (size_t i = 0; i < v->spots; i++) {
			const front_spot *s = &v->spot[i];
			if ((block < 3 ? (int)s->is != block : !s->is_answer) || is_hidden(v, i))
				continue;
			sc_text_addf(data, "%.9g %.9g %.9g\n", s->v[0] / v->axis[0].scale,
				s->v[1] / v->axis[1].scale,
				v->axes == 3 ? s->v[2] / v->axis[2].scale : 0);
			any = true;
		}
		sc_text_add(data, any ? "\n\n" : "NaN NaN NaN\n\n\n");
	}
}

/* "params", "SE time": without the unit */
static void call(const char *title, sc_text *out)
{
	sc_text_add_bytes(out, title, strcspn(title, ","));
}

static void columns(const front_view *v, sc_text *out)
{
	for (size_t k = 0; k < v->axes; k++) {
		sc_text_add(out, !k ? "" : k + 1 < v->axes ? ", " : " and ");
		call(v->axis[k].title, out);
	}
}

static const front_spot *find_spot(const front_view *v, bool answer)
{
	for (size_t i = 0; i < v->spots; i++)
		if (answer ? v->spot[i].is_answer : v->spot[i].is == ON)
			return &v->spot[i];
	return NULL;
}

static void finding(const front_view *v, sc_text *out)
{
	size_t all = sc_grid_rows(v->points);
	const front_spot *answer = find_spot(v, true);
	if (v->on == 1 && all > 1 && !answer) {
		sc_chart_plain(out, find_spot(v, false)->name, FRONT_LETTERS);
		sc_text_addf(out, " alone of %zu ", all);
		call(sc_grid_title(v->points), out);
		sc_text_add(out, " is on the front of ");
		columns(v, out);
		return;
	}
	sc_text_addf(out, "%zu ", v->on);
	if (v->on < all)
		sc_text_addf(out, "of %zu ", all);
	call(sc_grid_title(v->points), out);
	sc_text_add(out, all > 1 && v->on == 1 ? " is on the front of " : " are on the front of ");
	columns(v, out);
	if (answer) {
		sc_text_add(out, "; the answer is ");
		sc_chart_plain(out, answer->name, FRONT_LETTERS);
	}
}

static void note(const front_view *v, sc_text *text)
{
	sc_text_addf(text, "%s: the front. Grey: beaten.", v->axes == 3 ? "Coloured" : "Blue");
	for (size_t i = 0; i < v->spots; i++)
		if (v->spot[i].is == OVER) {
			sc_text_add(text, " Open: over another budget.");
			break;
		}
	sc_text_addf(text, " Names: %s.", sc_grid_title(v->points));
	if (v->named < v->spots)
		sc_text_addf(text, " Named are %zu of %zu places.", v->named, v->spots);
	if (v->unknown)
		sc_text_addf(text, " Not drawn, a value being unknown: %zu.", v->unknown);
}

static void label_axis(const front_axis *a, const char *which, sc_text *script)
{
	sc_text title = {0};
	sc_text_add(&title, a->title);
	if (a->scale > 1)
		sc_text_addf(&title, ", %s", sc_number_prefix((unsigned)lround(log10(a->scale))));
	sc_text_addf(&title, " (%s is better)", a->higher ? "more" : "less");
	sc_text_addf(script, "set %srange [%.9g:%.9g]\nset %slabel ", which, a->low / a->scale,
		a->high / a->scale, which);
	sc_chart_quote(script, sc_text_get(&title), 80);
	sc_text_add(script, "\n");
	sc_chart_tics(script, which, (a->high - a->low) / a->scale, 8);
	sc_text_release_into(&title, script);
}

static void plot(const front_view *v, sc_text *script)
{
	bool three = v->axes == 3;
	sc_text_add(script, "plot data index 0 using 4:5:($6-$4):($7-$5) with vectors nohead "
			    "linecolor rgb '#999999' linewidth 0.6 notitle, \\\n"
			    "  data index 1 using 1:2 with points pointtype 7 pointsize 0.7 "
			    "linecolor rgb '#b4b4b4' notitle, \\\n"
			    "  data index 3 using 1:2 with points pointtype 6 pointsize 0.7 "
			    "linecolor rgb '#b4b4b4' notitle, \\\n");
	if (!three)
		sc_text_addf(script,
			"  data index 2 using 1:2 with %s linecolor rgb '#0072b2' linewidth 1.5 "
			"notitle, \\\n",
			v->axis[0].higher ? "fsteps" : "steps");
	sc_text_addf(script,
		"  data index 2 using %s with points pointtype 7 pointsize 0.9 linecolor %s "
		"notitle, \\\n",
		three ? "1:2:3" : "1:2", three ? "palette" : "rgb '#0072b2'");
	sc_text_add(script, "  data index 4 using 1:2 with points pointtype 6 pointsize 1.8 "
			    "linewidth 2 linecolor rgb '#d55e00' notitle, \\\n"
			    "  data index 0 using 1:2:3:8 with labels left font tiny "
			    "textcolor rgb variable notitle\n");
}

/* its own scale, in colours */
static void third(const front_view *v, sc_text *script)
{
	const sc_canvas *c = &v->canvas;
	sc_text_addf(script,
		"set palette defined (0 '#0b3c5d', 1 '#2e9fd6', 2 '#e0b000')\n"
		"set colorbox user origin screen %.4f, screen %.4f size screen %.4f, screen %.4f\n",
		(v->area.right + 12) / c->width, v->area.bottom / c->height,
		(c->paper ? 10 : 20) / c->width, (v->area.top - v->area.bottom) / c->height);
	label_axis(&v->axis[2], "cb", script);
}

static void write_script(const front_view *v, sc_text *script)
{
	sc_text title = {0}, under = {0};
	finding(v, &title);
	note(v, &under);
	sc_chart_begin(
		script, &v->canvas, v->points, "front", sc_text_get(&title), sc_text_get(&under));
	sc_chart_place(script, &v->canvas, &v->area);
	label_axis(&v->axis[0], "x", script);
	label_axis(&v->axis[1], "y", script);
	if (v->axes == 3)
		third(v, script);
	if (isfinite(v->axis[0].budget))
		sc_text_addf(script,
			"set arrow from first %.9g, graph 0 to first %.9g, graph 1 nohead dashtype "
			"2 linecolor rgb '#d55e00'\nset label 9 'budget' at first %.9g, graph 1 "
			"offset 0,0.6 center font tiny textcolor rgb '#b34700'\n",
			v->axis[0].budget / v->axis[0].scale, v->axis[0].budget / v->axis[0].scale,
			v->axis[0].budget / v->axis[0].scale);
	plot(v, script);
	sc_chart_end(script, "front");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	front_view v;
	bool good = look(doc, for_paper, &v);
	if (good) {
		write_data(&v, data);
		write_script(&v, script);
	}
	free(v.spot);
	script->failed = script->failed || !good;
}

static sc_grid *rows(const sc_document *doc)
{
	front_view v = {.points = sc_document_find(doc, "front-points")};
	read_axes(doc, &v);
	const char *keys[7] = {"setup"};
	size_t n = 1;
	for (size_t k = 0; k < v.axes; k++)
		keys[n++] = v.axis[k].key;
	keys[n++] = "front";
	keys[n] = "answer";
	return sc_grid_pick(v.points, "front", keys, NULL, NULL);
}

static void describe(const sc_document *doc, sc_text *out)
{
	front_view v;
	out->failed = !look(doc, false, &v) || out->failed;
	sc_text_add(out, "Setups against each other, the front drawn: ");
	finding(&v, out);
	sc_text_add(out, ".");
	free(v.spot);
}

const sc_chart sc_chart_front = {"front",
	"the setups or plans that none beats, and those that they beat", applies, write, rows,
	describe};
