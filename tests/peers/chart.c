/* The chart: time over floor, a panel for each batch and number of threads, shapes along it. */
#include <math.h>

#include "table.h"

enum { ROWS = 4, WIDTH = 1500, HEIGHT = 1400 };
/* a point out of this range lies on its edge, its number beside it */
static const double LEAST = 0.5, MOST = 16;
static const struct panel {
	size_t n;
	bool cold;
} panels[ROWS] = {{1, false}, {1, true}, {8, false}, {32, false}};

static const char *const style[COMPARED] = {"#d55e00' pointtype 7", "#0072b2' pointtype 9",
	"#009e73' pointtype 5", "#7f7f7f' pointtype 13", "#cc79a7' pointtype 11"};

/* stages are set apart */
static double place(size_t shape)
{
	const bench_shape *s = bench_shape_at(shape);
	double at = (double)shape;
	for (size_t i = 1; i <= shape; i++)
		at += i % 5 == 0 && i <= 20 ? 0.8 : 0;
	return s ? at : at - 1;
}

/* the number at a point that is out of range, else nothing */
static void label(FILE *out, double value)
{
	if (value > MOST || value < LEAST)
		fprintf(out, value < 10 ? " \"%.2f\"" : " \"%.0f\"", value);
	else
		fprintf(out, " \"\"");
}

static void data_line(const table *t, cell at, FILE *out)
{
	char name[64];
	const row *r[COMPARED];
	fprintf(out, "%g \"%s\"", place(at.shape), table_shape(name, at.shape));
	for (size_t i = 0; i < COMPARED; i++) {
		r[i] = table_best(t, &at, table_peer[i]);
		if (r[i])
			fprintf(out, " %.4f", fmin(MOST, fmax(LEAST, r[i]->over)));
		else
			fprintf(out, " NaN");
	}
	for (size_t i = 0; i < COMPARED; i++)
		label(out, r[i] ? r[i]->over : 1);
	fprintf(out, "\n");
}

static void data(const table *t, FILE *out)
{
	fprintf(out, "# place shape");
	for (size_t i = 0; i < COMPARED; i++)
		fprintf(out, " \"%s\"", table_peer[i]);
	fprintf(out, " and the same as text where out of range; a block for each panel, time over "
		     "floor\n");
	for (size_t p = 0; p < ROWS; p++)
		for (unsigned threads = 1; threads <= 2; threads++) {
			cell at = {0, panels[p].n, threads, panels[p].cold};
			for (; bench_shape_at(at.shape); at.shape++)
				data_line(t, at, out);
			fprintf(out, "\n\n");
		}
}

static void head(FILE *out, const char *title, const char *about)
{
	fprintf(out,
		"# Draws peers.svg and peers.png from peers.dat: gnuplot peers.gp\n"
		"reset\nif (!exists('picture')) picture = 'svg'\nset encoding utf8\n"
		"if (picture eq 'svg') set terminal svg name 'peers' size %d,%d noenhanced "
		"font 'DejaVu Sans,13' background '#ffffff'\n"
		"if (picture eq 'png') set terminal pngcairo size %d,%d noenhanced font "
		"'DejaVu Sans,13' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'\n"
		"set output 'peers.'.picture\nset multiplot\n"
		"set border 3 linecolor rgb '#555555'\n"
		"set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
		"set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n"
		"set logscale y 2\nset yrange [%g:%g]\nset ytics 2\nset format y '%%g'\n"
		"set xrange [-1:%g]\n",
		WIDTH, HEIGHT, 2 * WIDTH, 2 * HEIGHT, LEAST / 1.12, MOST * 1.25, place(24) + 1);
	fprintf(out,
		"set label 1 '%s' at screen 0.02, screen 0.985 left font 'DejaVu Sans:Bold,17'\n"
		"set label 2 '%s' at screen 0.02, screen 0.967 left textcolor rgb '#555555'\n",
		title, about);
	for (size_t i = 0; i < COMPARED; i++)
		fprintf(out,
			"set label %zu '%s' at screen %g, screen 0.942 left offset 1,0 point "
			"pointsize 1.25 linecolor rgb '%s\n",
			i + 3, table_peer[i], 0.05 + 0.13 * (double)i, style[i]);
}

static void panel(FILE *out, size_t p, unsigned threads)
{
	double step = (0.93 - 0.135) / ROWS, top = 0.93 - (double)p * step - 0.03;
	double left = threads == 1 ? 0.045 : 0.53;
	fprintf(out,
		"set lmargin at screen %g\nset rmargin at screen %g\nset tmargin at screen %g\n"
		"set bmargin at screen %g\n"
		"set title 'N %zu, %u thread%s%s' font 'DejaVu Sans:Bold,13' offset 0,-0.6\n",
		left, left + 0.45, top, top - step + 0.05, panels[p].n, threads,
		threads > 1 ? "s" : "", panels[p].cold ? ", cold weights" : "");
	fprintf(out, p + 1 < ROWS
			     ? "set xtics format ''\n"
			     : "set xtics format '%%s' rotate by 90 right font 'DejaVu Sans,12'\n");
	fprintf(out, "plot 1 linecolor rgb '#222222' linewidth 1.2 notitle");
	for (size_t i = COMPARED; i-- > 0;)
		fprintf(out,
			", \\\n  'peers.dat' index %zu using 1:%zu:xtic(%s) with points pointsize "
			"%g "
			"linecolor rgb '%s notitle",
			2 * p + threads - 1, i + 3, p + 1 < ROWS ? "''" : "2", i ? 1.0 : 1.25,
			style[i]);
	for (size_t i = 0; i < COMPARED; i++)
		fprintf(out,
			", \\\n  'peers.dat' index %zu using 1:%zu:%zu with labels offset 0,0.6 "
			"font "
			"'DejaVu Sans,10' textcolor rgb '%.7s' notitle",
			2 * p + threads - 1, i + 3, i + 3 + COMPARED, style[i]);
	fprintf(out, "\nunset label\n");
}

static void about(const table *t, char out[600])
{
	snprintf(out, 600,
		"Time over the floor (weights read, x read, x copied to y), each engine at its "
		"fastest; "
		"lower is better. %.100s, %.200s",
		table_about(t, "CPU"), table_about(t, "caches"));
	for (char *c = out; *c; c++)
		*c = *c == '\'' ? ' ' : *c;
}

/* what is seen */
static void title(const table *t, char out[200])
{
	size_t cells, ahead = table_ahead(t, &cells);
	snprintf(out, 200,
		"The SE forward pass: secost is ahead of every engine in %zu of %zu cells", ahead,
		cells);
}

bool table_chart(const table *t, const char *folder)
{
	char path[4096], text[600], heading[200];
	snprintf(path, sizeof path, "%s/peers.dat", folder);
	FILE *out = fopen(path, "w");
	if (!out)
		return false;
	data(t, out);
	bool good = !fclose(out);
	snprintf(path, sizeof path, "%s/peers.gp", folder);
	out = fopen(path, "w");
	if (!out)
		return false;
	about(t, text);
	title(t, heading);
	head(out, heading, text);
	for (size_t p = 0; p < ROWS; p++)
		for (unsigned threads = 1; threads <= 2; threads++)
			panel(out, p, threads);
	fprintf(out, "unset multiplot\nunset output\nagain = picture eq 'svg'\n"
		     "picture = again ? 'png' : 'svg'\nif (again) load 'peers.gp'\n");
	return !fclose(out) && good;
}
