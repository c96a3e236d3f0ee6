/* Roofline: operations a second against operations a byte, under what memory and arithmetic allow.
 */
#include <math.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { PAGE_HEIGHT = 580, PAPER_HEIGHT = 310, NAME_MAX_LETTERS = 16 };
#define TICS "(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)"

static const double PI = 3.14159265358979;

/* the roofs for as many threads as the first row has: levels of the caches by half their size, then
 * memory */
typedef struct view {
	sc_measured m;
	const sc_grid *roofs;
	double threads, peak;
} view;

static bool is_roof(const view *v, size_t row)
{
	return sc_chart_number_at(v->roofs, row, "threads") == v->threads;
}

static double gbps(const view *v, size_t row)
{
	return sc_chart_number_at(v->roofs, row, "read_gbytes_per_second");
}

static view look(const sc_document *doc)
{
	view v = {.m = sc_measured_look(doc), .roofs = sc_document_find(doc, "roofs")};
	v.threads = v.m.grid ? sc_measured_at(&v.m, 0, "threads") : NAN;
	for (size_t r = 0; v.roofs && r < sc_grid_rows(v.roofs); r++)
		if (is_roof(&v, r))
			v.peak = sc_chart_number_at(v.roofs, r, "fma_gflops");
	return v;
}

static bool applies(const sc_document *doc)
{
	view v = look(doc);
	sc_measured_release(&v.m);
	return v.peak > 0 && sc_chart_measures_use(doc);
}

/* is every cell left of where the fastest memory meets the peak? */
static bool memory_holds(const view *v)
{
	double fastest = NAN, most = 0;
	for (size_t r = sc_grid_rows(v->roofs); r-- > 0;)
		fastest = is_roof(v, r) ? gbps(v, r) : fastest;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
		most = fmax(most, sc_measured_at(&v->m, r, "flops_per_byte"));
	return most * fastest < v->peak;
}

static void finding(const view *v, sc_text *out)
{
	double least = INFINITY, most = 0;
	const char *first = v->m.cache.count ? v->m.cache.item[0] : NULL;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid) && first; r++) {
		double reached = sc_measured_at(&v->m, r, "roof_share");
		if (!sc_measured_is(&v->m, r, NULL, first) || !(reached > 0))
			continue;
		least = fmin(least, reached);
		most = fmax(most, reached);
	}
	sc_text_add(out, memory_holds(v) ? "Memory holds SE back, not arithmetic"
					 : "SE under the machine's roofs");
	if (most > 0)
		sc_text_addf(out, "; %s, it reaches %.0f to %.0f %% of its roof", first,
			100 * least, 100 * most);
}

/* at least one point: gnuplot does not count empty blocks */
static void write_points(const view *v, const char *stage, const char *cache, sc_text *data)
{
	size_t n = 0;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++) {
		if (!sc_measured_is(&v->m, r, stage, cache))
			continue;
		sc_text_addf(data, "%.9g %.9g %.1f %.9g\n",
			sc_measured_at(&v->m, r, "flops_per_byte"),
			sc_measured_at(&v->m, r, "gflops_per_second"),
			sc_measured_in_use(&v->m, r) ? 1.7 : 0.8,
			sc_measured_at(&v->m, r, "ratio"));
		n++;
	}
	sc_text_add(data, n ? "\n\n" : "NaN NaN NaN NaN\n\n\n");
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# A block for each cache state and stage: FLOP/byte, GFLOP/s, size, ratio\n");
	for (size_t p = 0; p < v->m.cache.count; p++)
		for (size_t s = 0; s < v->m.stage.count; s++)
			write_points(v, v->m.stage.item[s], v->m.cache.item[p], data);
}

/* what the plot shows */
typedef struct frame {
	double left, right, low, high, peak;
	sc_box plot; /* where in the picture */
} frame;

/* all cells, the peak, and where the slowest roof meets it */
static frame frame_of(const view *v, sc_box plot)
{
	double slowest = INFINITY, memory = NAN;
	frame f = {.left = INFINITY, .peak = v->peak, .plot = plot};
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
		if (sc_measured_is(&v->m, r, NULL, NULL)) {
			f.left = fmin(f.left, sc_measured_at(&v->m, r, "flops_per_byte"));
			slowest = fmin(slowest, sc_measured_at(&v->m, r, "gflops_per_second"));
		}
	for (size_t r = 0; r < sc_grid_rows(v->roofs); r++)
		memory = is_roof(v, r) ? gbps(v, r) : memory;
	f.left /= 1.6;
	f.high = f.peak * 1.6;
	f.low = slowest / 1.6;
	f.right = 1.5 * f.peak / memory;
	return f;
}

/* A line of slope `gbps` up to the peak, its name along it. */
static void roof(
	const frame *f, size_t id, double gbps, const char *name, bool memory, sc_text *script)
{
	double from = fmax(f->left, f->low / gbps), knee = fmin(f->peak / gbps, f->right);
	/* one in the logarithms of both axes, as the picture stretches them */
	double angle = atan2((f->plot.top - f->plot.bottom) / log(f->high / f->low),
		(f->plot.right - f->plot.left) / log(f->right / f->left));
	sc_text_addf(script,
		"set arrow %zu from %.6g,%.6g to %.6g,%.6g nohead linecolor rgb '#555555' "
		"linewidth 1.2 dashtype %d\n",
		id, from, from * gbps, knee, knee * gbps, memory ? 2 : 1);
	sc_text_addf(script,
		"set label %zu '%s %.0f GB/s' at %.6g,%.6g right offset 0,0.85 rotate by %.1f "
		"textcolor rgb '#555555' font tiny\n",
		id, name, gbps, knee / 1.3, knee * gbps / 1.3, angle * 180 / PI);
}

static void roofs(const view *v, const frame *f, sc_text *script)
{
	size_t id = 20;
	double knee = NAN; /* of the fastest roof */
	for (size_t r = 0; r < sc_grid_rows(v->roofs); r++) {
		const char *level = sc_chart_word_at(v->roofs, r, "level");
		if (!is_roof(v, r))
			continue;
		knee = isnan(knee) ? fmin(f->peak / gbps(v, r), f->right) : knee;
		roof(f, id++, gbps(v, r), level, !strcmp(level, "memory"), script);
	}
	sc_text_addf(script,
		"set arrow 30 from %.6g,%.6g to %.6g,%.6g nohead linecolor rgb '#555555' linewidth "
		"1.2\nset label 30 'FMA peak %.0f GFLOP/s' at %.6g,%.6g right offset -0.5,0.5 "
		"textcolor rgb '#555555' font tiny\n",
		knee, f->peak, f->right, f->peak, f->peak, f->right, f->peak);
}

/* a stage's shape, then a state's colour */
static void name_all(const view *v, sc_text *script)
{
	for (size_t s = 0; s < v->m.stage.count; s++) {
		sc_text_addf(script,
			"  NaN with points pointtype %d pointsize 1.2 linecolor rgb '#444444' "
			"title ",
			sc_chart_mark(s, false));
		sc_chart_quote(script, v->m.stage.item[s], NAME_MAX_LETTERS);
		sc_text_add(script, ", \\\n");
	}
	for (size_t p = 0; p < v->m.cache.count; p++) {
		sc_text_addf(script,
			"  NaN with points pointtype %d pointsize 1.2 linewidth 1.3 linecolor rgb "
			"'%s' title ",
			sc_chart_mark(0, sc_chart_state_filled(p)), sc_chart_state_color(p));
		sc_chart_quote(script, v->m.cache.item[p], NAME_MAX_LETTERS);
		sc_text_add(script, p + 1 < v->m.cache.count ? ", \\\n" : "\n");
	}
}

static void plot(const view *v, sc_text *script)
{
	size_t stages = v->m.stage.count;
	sc_text_add(script, "plot \\\n");
	for (size_t i = 0; i < v->m.cache.count * stages; i++)
		sc_text_addf(script,
			"  data index %zu using 1:2:3 with points pointtype %d pointsize "
			"variable linewidth 1.3 linecolor rgb '%s' notitle, \\\n",
			i, sc_chart_mark(i % stages, sc_chart_state_filled(i / stages)),
			sc_chart_state_color(i / stages));
	name_all(v, script);
}

static void axes(const frame *f, sc_text *script)
{
	sc_text_addf(script,
		"set logscale xy\nset format '%%g'\nset xtics " TICS "\nset ytics " TICS
		"\nset xrange [%.6g:%.6g]\nset yrange [%.6g:%.6g]\nset xlabel 'FLOP a byte (log "
		"scale)'\nset ylabel 'GFLOP/s (log scale)'\n",
		f->left, f->right, f->low, f->high);
}

static sc_names names_of(const view *v)
{
	sc_names n = {v->m.stage.count + v->m.cache.count,
		sc_measured_letters(&v->m, NAME_MAX_LETTERS), false, 0};
	for (size_t p = 0; p < v->m.cache.count; p++) {
		size_t letters = sc_chart_letters(v->m.cache.item[p]);
		n.letters = letters > n.letters ? letters : n.letters;
	}
	return n;
}

static void write_script(const view *v, bool for_paper, sc_text *script)
{
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {&canvas, 1, 1, for_paper ? 56 : 92, for_paper ? 46 : 54, 0,
		SC_NOTES_FOOT, names_of(v)};
	const frame f = frame_of(v, sc_layout_plot(&l, 0));
	sc_text title = {0}, under = {0};
	finding(v, &title);
	sc_text_add(&under, "shape: stage; colour: cache state; large: ratios in use; roofs: "
			    "reading, measured in the same run");
	sc_measured_say(&v->m, &under);
	sc_chart_begin(
		script, &canvas, v->m.grid, "roofline", sc_text_get(&title), sc_text_get(&under));
	sc_chart_place(script, &canvas, &f.plot);
	axes(&f, script);
	sc_chart_names(script, &l);
	roofs(v, &f, script);
	plot(v, script);
	sc_chart_end(script, "roofline");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	view v = look(doc);
	write_data(&v, data);
	write_script(&v, for_paper, script);
	script->failed = script->failed || v.m.stage.failed || v.m.cache.failed;
	sc_measured_release(&v.m);
}

static bool is_drawn(const void *of, size_t row)
{
	return sc_measured_is(of, row, NULL, NULL);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"stage", "ratio", "setting", "cache", "flops_per_byte",
		"gflops_per_second", "roof_share", NULL};
	view v = look(doc);
	sc_grid *out = sc_grid_pick(v.m.grid, "roofline", keys, is_drawn, &v.m);
	sc_measured_release(&v.m);
	return out;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v = look(doc);
	sc_text_add(out, "Points of operations a second against operations a byte, under lines of "
			 "what memory and arithmetic allow. ");
	finding(&v, out);
	sc_text_add(out, ".");
	out->failed = out->failed || v.m.stage.failed || v.m.cache.failed;
	sc_measured_release(&v.m);
}

const sc_chart sc_chart_roofline = {"roofline",
	"achieved operations a second under the machine's measured roofs", applies, write, rows,
	describe};
