/* The picture of a page and that of a paper's column, and where things stand in them. A column is
 * 3.3 inches wide and its letters, 12 units high, are of 8 points, so that a unit is two thirds of
 * a point; on a page it is half of one. gnuplot's SVG takes a font's size in the picture's units,
 * its PNG and PDF in points of 96 a inch, so that theirs are scaled to be the same. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/chart.h"

static const double PAGE_WIDTH = 1000, PAGE_UNIT = 0.5, COLUMN_INCHES = 3.3, COLUMN_POINTS = 8,
		    LETTER = 0.61, LINE = 18, MARGIN = 60, SIGN = 34, POINTS_PER_INCH = 72,
		    COLUMN_DOTS_PER_INCH = 300, CAIRO_FONT = 0.75;
enum { PAGE_FONT = 14, COLUMN_FONT = 12 };

/* points of a unit */
static double unit(const sc_canvas *c)
{
	return c->paper ? COLUMN_POINTS / COLUMN_FONT : PAGE_UNIT;
}

sc_canvas sc_canvas_new(bool for_paper, double page, double paper)
{
	double column = COLUMN_INCHES * POINTS_PER_INCH * COLUMN_FONT / COLUMN_POINTS;
	return (sc_canvas){for_paper, for_paper ? column : PAGE_WIDTH, for_paper ? paper : page,
		LETTER * (for_paper ? COLUMN_FONT : PAGE_FONT)};
}

/* --- where things stand --- */

static double name_width(const sc_names *n, const sc_canvas *c)
{
	return SIGN + c->letter * (double)n->letters;
}

double sc_names_side(const sc_names *n, const sc_canvas *c)
{
	return c->paper || !n->count ? 0 : 16 + name_width(n, c);
}

static size_t names_across(const sc_names *n, const sc_canvas *c)
{
	/* gnuplot takes no more room for them than the first plot has */
	double room = c->width / (double)(n->plots ? n->plots : 1) - MARGIN;
	double across = floor(room / name_width(n, c));
	return across < 1 ? 1 : (double)n->count < across ? n->count : (size_t)across;
}

double sc_names_head(const sc_names *n, const sc_canvas *c)
{
	if (!c->paper || !n->count)
		return 0;
	size_t across = names_across(n, c);
	return LINE * (double)((n->count + across - 1) / across) + 2;
}

/* above all plots */
static double head(const sc_layout *l)
{
	enum { TITLES = 70, AIR = 8 };
	return l->canvas->paper ? sc_names_head(&l->names, l->canvas) + AIR : TITLES;
}

sc_box sc_layout_plot(const sc_layout *l, size_t i)
{
	enum { PAGE_AIR = 25, COLUMN_AIR = 16 };
	const sc_canvas *c = l->canvas;
	size_t columns = l->columns < l->plots ? l->columns : l->plots;
	size_t rows = (l->plots + columns - 1) / columns;
	double right = c->width - (c->paper ? COLUMN_AIR : PAGE_AIR) - sc_names_side(&l->names, c),
	       top = c->height - head(l), foot = c->paper ? 4 : l->foot;
	double wide = right / (double)columns, high = (top - foot) / (double)rows;
	double x = wide * (double)(i % columns), y = top - high * (double)(i / columns);
	return (sc_box){
		x + l->left, y - high + l->below, x + wide - (columns > 1 ? 8 : 0), y - l->above};
}

/* --- the script --- */

/* where a line of at most `room` letters ends, in bytes, and how many of a blank follow */
static size_t line_end(const char *words, size_t room)
{
	size_t end = 0, letters = 0;
	for (size_t i = 0; words[i]; i++) {
		letters += (words[i] & 0xc0) != 0x80;
		if (letters > room + 1)
			return end ? end : i;
		end = words[i] == ' ' ? i : end;
	}
	return strlen(words);
}

/* on one line or two */
static void page_note(sc_text *script, const sc_canvas *c, const char *note)
{
	enum { FIT = 128, FIRST = 3 };
	bool two = sc_chart_letters(note) > FIT;
	for (int i = 0; i < 1 + two && *note; i++) {
		sc_text line = {0};
		size_t n = i == two ? strlen(note) : line_end(note, FIT);
		sc_text_add_bytes(&line, note, n);
		sc_text_addf(script, "set label %d ", FIRST + i);
		sc_chart_quote(script, sc_text_get(&line), FIT + 12);
		sc_text_addf(script,
			" at screen 0.02, screen %.4f left textcolor rgb '#555555' font tiny\n",
			(two && !i    ? 26.0
				: two ? 11.0
				      : 14.0) /
				c->height);
		note += n + (note[n] == ' ');
		script->failed = script->failed || line.failed;
		sc_text_release_into(&line, script);
	}
}

static void page_words(sc_text *script, const sc_canvas *c, const char *finding, const char *under,
	const char *note)
{
	enum { LETTERS_MAX = 110, FIT = 80, UNDER_MAX = 125 }; /* as many as fit at full size */
	static const double SIZE = 17;
	size_t letters = sc_chart_letters(finding);
	letters = letters < LETTERS_MAX ? letters : LETTERS_MAX;
	sc_text_add(script, "set label 1 ");
	sc_chart_quote(script, finding, LETTERS_MAX);
	sc_text_addf(script, " at screen 0.02, screen %.4f left font bold.',%.1f'\nset label 2 ",
		1 - 26 / c->height, letters > FIT ? SIZE * FIT / (double)letters : SIZE);
	sc_chart_quote(script, under, UNDER_MAX);
	sc_text_addf(script,
		" at screen 0.02, screen %.4f left textcolor rgb '#555555' font small\n",
		1 - 50 / c->height);
	page_note(script, c, note ? note : "");
}

static void comment(sc_text *script, const char *words)
{
	sc_text_add(script, "# ");
	sc_chart_plain(script, words, 1000);
	sc_text_add(script, "\n");
}

static void terminals(sc_text *script, const sc_canvas *c)
{
	double u = unit(c), inch = u / POINTS_PER_INCH;
	double dots = c->paper ? COLUMN_DOTS_PER_INCH * inch : 2;
	char font[64];
	snprintf(font, sizeof font, "noenhanced font 'DejaVu Sans,%d'",
		c->paper ? COLUMN_FONT : PAGE_FONT);
	if (!c->paper)
		sc_text_addf(script,
			"if (picture eq 'svg') set terminal svg name name size %.0f,%.0f %s "
			"background '#ffffff'\n",
			c->width, c->height, font);
	sc_text_addf(script,
		"if (picture eq 'png') set terminal pngcairo size %.0f,%.0f %s fontscale %.4g "
		"linewidth %.4g pointscale %.4g background '#ffffff'\n",
		dots * c->width, dots * c->height, font, CAIRO_FONT * dots, dots, dots);
	sc_text_addf(script,
		"if (picture eq 'pdf') set terminal pdfcairo size %.4fin,%.4fin %s fontscale "
		"%.4g linewidth %.4g pointscale %.4g\n",
		c->width * inch, c->height * inch, font, CAIRO_FONT * u, u, u);
}

void sc_chart_begin(sc_text *script, const sc_canvas *c, const sc_grid *of, const char *name,
	const char *finding, const char *note)
{
	sc_text_addf(script, "# Draws %s%s%s.png and %s.pdf from %s.dat: gnuplot %s.gp\n",
		c->paper ? "" : name, c->paper ? "" : ".svg, ", name, name, name, name);
	if (c->paper) {
		sc_text_add(script, "# For a column of a paper, 3.3 inches wide, 8 points. For the "
				    "caption:\n");
		comment(script, finding);
		comment(script, sc_grid_conditions_of(of));
		comment(script, note ? note : "");
	}
	sc_text_addf(script,
		"reset\nname = '%s'\ndata = name.'.dat'\n"
		"if (!exists('suffix')) suffix = ''\n"
		"first = '%s'\nif (!exists('picture')) picture = first\n"
		"set encoding utf8\n",
		name, c->paper ? "png" : "svg");
	terminals(script, c);
	/* gnuplot's SVG takes ":Bold" for a part of the family's name */
	sc_text_addf(script,
		"set output name.'.'.picture.suffix\n"
		"bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'\n"
		"strong = bold.',%d'\nsmall = 'DejaVu Sans,%d'\ntiny = 'DejaVu Sans,%d'\n"
		"set datafile commentschars '#'\n"
		"set minussign\n"
		/* the usual one has a blank for a sign, which moves words off their tics */
		"set format '%%h'\n"
		"set border 3 linecolor rgb '#555555'\n"
		"set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
		"set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n",
		c->paper ? COLUMN_FONT : PAGE_FONT, c->paper ? COLUMN_FONT : 13,
		c->paper ? COLUMN_FONT : 12);
	if (!c->paper)
		page_words(script, c, finding, sc_grid_conditions_of(of), note);
}

void sc_chart_place(sc_text *script, const sc_canvas *c, const sc_box *plot)
{
	sc_text_addf(script,
		"set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
		"set bmargin at screen %.4f\nset tmargin at screen %.4f\n",
		plot->left / c->width, plot->right / c->width, plot->bottom / c->height,
		plot->top / c->height);
}

void sc_chart_names(sc_text *script, const sc_layout *l)
{
	const sc_canvas *c = l->canvas;
	sc_box first = sc_layout_plot(l, 0);
	double side = c->width - sc_names_side(&l->names, c);
	if (!l->names.count)
		sc_text_add(script, "unset key\n");
	else if (c->paper)
		sc_text_addf(script,
			"set key at screen 0.02, screen %.4f left top Left reverse horizontal "
			"maxcols %zu samplen 1.6 noautotitle\n",
			1 - 2 / c->height, names_across(&l->names, c));
	else
		sc_text_addf(script,
			"set key at screen %.4f, screen %.4f left top Left reverse samplen 1.6 "
			"spacing 1.15 %snoautotitle\n",
			side / c->width, first.top / c->height, l->names.upwards ? "invert " : "");
}

void sc_chart_end(sc_text *script, const char *name)
{
	sc_text_addf(script,
		"unset output\n"
		"again = picture ne 'pdf'\n"
		"picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first\n"
		"if (again) load '%s.gp'\n",
		name);
}
