/* The caches that one thread has: what a load takes by footprint, with the sizes that were found
 * and those that the machine reports. */
#include <math.h>
#include <stdio.h>

#include "chart/chart.h"

enum { PAGE_HEIGHT = 540, PAPER_HEIGHT = 260 };
static const double KIB = 1024, MIB = 1024.0 * 1024;

/* the table of levels, and that of every footprint */
typedef struct view {
	const sc_grid *levels, *loads;
} view;

static view look(const sc_document *doc)
{
	return (view){sc_document_find(doc, "levels"), sc_document_find(doc, "cache-loads")};
}

static bool applies(const sc_document *doc)
{
	view v = look(doc);
	return v.levels && v.loads && sc_grid_rows(v.levels) && sc_grid_rows(v.loads);
}

static double of_level(const view *v, size_t row, const char *key)
{
	return sc_chart_number_at(v->levels, row, key);
}

/* in KiB */
static double footprint(const view *v, size_t row)
{
	return sc_chart_number_at(v->loads, row, "footprint_bytes") / KIB;
}

static double largest(const view *v)
{
	return footprint(v, sc_grid_rows(v->loads) - 1);
}

static void size_text(double bytes, sc_text *out)
{
	bool mib = bytes >= MIB;
	sc_text_addf(out, "%.3g %s", bytes / (mib ? MIB : KIB), mib ? "MiB" : "KiB");
}

static size_t count(const view *v, const char *key)
{
	size_t n = 0;
	while (n < sc_grid_rows(v->levels) && of_level(v, n, key) > 0)
		n++;
	return n;
}

static void finding(const view *v, sc_text *out)
{
	size_t n = count(v, "measured_bytes"), levels = count(v, "load_ns");
	sc_text_add(out, "One thread has ");
	for (size_t i = 0; i < n; i++) {
		sc_text_add(out, !i ? "" : i + 1 == n ? " and " : ", ");
		size_text(of_level(v, i, "measured_bytes"), out);
		sc_text_addf(out, " of L%zu", i + 1);
	}
	if (!n)
		sc_text_add(out, "no cache that could be found");
	sc_text_addf(out, "; a load from memory takes %.0f ns", of_level(v, levels - 1, "load_ns"));
}

/* where a level ends, in KiB: memory with the last footprint */
static double end_of(const view *v, size_t level)
{
	double bytes = of_level(v, level, "measured_bytes");
	return bytes > 0 ? bytes / KIB : largest(v);
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# Footprint in KiB, nanoseconds of a load; then each level's: from, to, ns\n");
	for (size_t i = 0; i < sc_grid_rows(v->loads); i++)
		sc_text_addf(data, "%.9g %.9g\n", footprint(v, i),
			sc_chart_number_at(v->loads, i, "load_ns"));
	sc_text_add(data, "\n\n");
	for (size_t i = 0; i < count(v, "load_ns"); i++)
		sc_text_addf(data, "%.9g %.9g %.9g\n", i ? end_of(v, i - 1) : footprint(v, 0),
			end_of(v, i), of_level(v, i, "load_ns"));
}

/* A size that was found has its name at the top, one that is reported at the bottom, where no line
 * of the other kind runs. */
static void mark(const view *v, double bytes, const char *name, bool reported, sc_text *script)
{
	const char *color = reported ? "#666666" : "#1f6f8b";
	double kib = bytes / KIB;
	bool far_right = largest(v) / kib < 6; /* no room for words on that side */
	sc_text_addf(script,
		"set arrow from %.9g, graph %.2f to %.9g, graph %.2f nohead linecolor rgb '%s' "
		"linewidth 1 dashtype %d\nset label '%s ",
		kib, reported ? 0 : 0.09, kib, reported ? 0.88 : 0.97, color, reported ? 2 : 1,
		name);
	size_text(bytes, script);
	sc_text_addf(script, "' at %.9g, graph %.3f %s, 0 textcolor rgb '%s'\n", kib,
		reported ? 0.045 : 0.95, far_right ? "right offset -0.4" : "left offset 0.4",
		color);
}

static void marks(const view *v, sc_text *script)
{
	char name[32];
	for (size_t i = 0; i < count(v, "measured_bytes"); i++) {
		snprintf(name, sizeof name, "L%zu found,", i + 1);
		mark(v, of_level(v, i, "measured_bytes"), name, false, script);
	}
	for (size_t i = 0; i < count(v, "reported_bytes"); i++) {
		double bytes = of_level(v, i, "reported_bytes");
		snprintf(name, sizeof name, "L%zu reported,", i + 1);
		if (bytes / KIB <= largest(v))
			mark(v, bytes, name, true, script);
	}
}

static void axes(const view *v, bool sparse, sc_text *script)
{
	sc_text_addf(script,
		"set logscale x 2\nset logscale y\nset xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\n"
		"set ytics (1, 2, 5, 10, 20, 50, 100, 200)\nset xlabel 'footprint (log scale)'\n"
		"set ylabel 'ns a load (log scale)'\nunset key\n",
		footprint(v, 0), largest(v) * 1.02, 0.55 * of_level(v, 0, "load_ns"),
		2.2 * of_level(v, count(v, "load_ns") - 1, "load_ns"));
	sc_text_add(script, sparse ? "set xtics ('8 KiB' 8, '128 KiB' 128, '2 MiB' 2048, '32 MiB' "
				     "32768)\n"
				   : "set xtics ('8 KiB' 8, '32 KiB' 32, '128 KiB' 128, '512 KiB' "
				     "512, '2 MiB' 2048, '8 MiB' 8192, '32 MiB' 32768, '128 MiB' "
				     "131072)\n");
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	view v = look(doc);
	sc_text title = {0};
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {
		&canvas, 1, 1, for_paper ? 56 : 92, for_paper ? 46 : 54, 4, SC_NOTE_FOOT, {0}};
	sc_box area = sc_layout_plot(&l, 0);
	area.right -= 3 * canvas.letter; /* half of the last tic's words stands beyond */
	write_data(&v, data);
	finding(&v, &title);
	sc_chart_begin(script, &canvas, v.loads, "caches", sc_text_get(&title),
		"found: where loads begin to take longer than the level before; others on the "
		"machine use shared caches, too");
	sc_chart_place(script, &canvas, &area);
	axes(&v, for_paper, script);
	marks(&v, script);
	sc_text_add(script,
		"plot data index 1 using 1:3:($2-$1):(0) with vectors nohead linewidth 6 linecolor "
		"rgb '#cfe3ea', \\\n  data index 0 using 1:2 with linespoints linewidth 1.6 "
		"pointtype 7 pointsize 0.6 linecolor rgb '#1f6f8b'\n");
	sc_chart_end(script, "caches");
	sc_text_release_into(&title, script);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"footprint_bytes", "load_ns", NULL};
	return sc_grid_pick(look(doc).loads, "caches", keys, NULL, NULL);
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v = look(doc);
	sc_text_add(out, "A curve of what a load takes by footprint, with the sizes of caches that "
			 "were found and those reported. ");
	finding(&v, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_caches = {"caches",
	"what a load takes by footprint: the caches that one thread has, found and reported",
	applies, write, rows, describe};
