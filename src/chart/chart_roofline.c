/* Roofline: operations a second against operations a byte, under what memory and arithmetic allow.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 600 };
#define TICS "(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)"

/* the plot within the picture, in its points */
static const double PLOT_WIDTH = 660, PLOT_HEIGHT = 414, PI = 3.14159265358979;

static bool applies(const sc_study *study)
{
	const sc_bench *b = study->bench;
	return b && b->network[0] && b->roofs.count && b->roofs.peaks;
}

static unsigned threads_of(const sc_bench *b)
{
	return b->cell[0].what.config.threads;
}

static double intensity(const sc_bench_cell *c)
{
	return (double)c->flops / (double)c->bytes;
}

/* the levels whose roof is drawn: each cache by half its size, then memory */
static size_t levels(
	const sc_bench *b, double gbps[SC_CACHES_MAX + 1], char name[SC_CACHES_MAX + 1][16])
{
	size_t cache[SC_CACHES_MAX], caches = sc_bench_caches(b, cache), n = 0;
	for (; n < caches; n++) {
		snprintf(name[n], sizeof name[n], "L%u", (unsigned)n + 1);
		gbps[n] = sc_roofs_gbps(
			&b->roofs, SC_TRAFFIC_read, threads_of(b), (double)cache[n] / 2);
	}
	snprintf(name[n], sizeof name[n], "memory");
	gbps[n] = sc_roofs_gbps(
		&b->roofs, SC_TRAFFIC_read, threads_of(b), 4.0 * (double)sc_bench_last_cache(b));
	return n + 1;
}

/* is every cell left of where the fastest memory meets the peak? */
static bool memory_holds(const sc_bench *b)
{
	double gbps[SC_CACHES_MAX + 1], most = 0;
	char name[SC_CACHES_MAX + 1][16];
	levels(b, gbps, name);
	for (size_t i = 0; i < b->cells; i++)
		most = fmax(most, intensity(&b->cell[i]));
	return most * gbps[0] < sc_roofs_gflops(&b->roofs, threads_of(b));
}

static void finding(const sc_bench *b, sc_text *out)
{
	double least = INFINITY, most = 0;
	sc_cache_state state[SC_STATE__N];
	size_t n = sc_chart_bench_states(b, state);
	for (size_t i = 0; i < b->cells && n; i++) {
		const sc_bench_cell *c = &b->cell[i];
		if (!sc_chart_bench_is(b, c, NULL, state[0]) || c->efficiency <= 0)
			continue;
		least = fmin(least, c->efficiency);
		most = fmax(most, c->efficiency);
	}
	if (memory_holds(b))
		sc_text_add(out, "Memory holds SE back, not arithmetic");
	else
		sc_text_add(out, "SE under the machine's roofs");
	if (n && most > 0)
		sc_text_addf(out, "; %s, it reaches %.0f to %.0f %% of its roof",
			sc_word_name(SC_WORD_cache, state[0]), 100 * least, 100 * most);
}

/* at least one point: gnuplot does not count empty blocks */
static void write_points(const sc_bench *b, const char *stage, sc_cache_state state, sc_text *data)
{
	size_t n = 0;
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *c = &b->cell[i];
		if (!sc_chart_bench_is(b, c, stage, state))
			continue;
		sc_text_addf(data, "%.9g %.9g %.1f %.9g\n", intensity(c),
			(double)c->flops / c->summary.median, c->what.in_use ? 1.7 : 0.8,
			c->what.ratio);
		n++;
	}
	sc_text_add(data, n ? "\n\n" : "NaN NaN NaN NaN\n\n\n");
}

static void write_data(const sc_bench *b, sc_text *data)
{
	const char *stage[SC_CHART_STAGES];
	sc_cache_state state[SC_STATE__N];
	size_t stages = sc_chart_bench_stages(b, stage), states = sc_chart_bench_states(b, state);
	sc_text_add(data,
		"# A block for each cache state and stage: FLOP/byte, GFLOP/s, size, ratio\n");
	for (size_t p = 0; p < states; p++)
		for (size_t s = 0; s < stages; s++)
			write_points(b, stage[s], state[p], data);
}

/* what the plot shows */
typedef struct frame {
	double left, right, low, high, peak;
} frame;

/* all cells, the peak, and where the slowest roof meets it */
static frame frame_of(const sc_bench *b)
{
	double gbps[SC_CACHES_MAX + 1], slowest = INFINITY;
	char name[SC_CACHES_MAX + 1][16];
	size_t n = levels(b, gbps, name);
	frame f = {.left = INFINITY, .peak = sc_roofs_gflops(&b->roofs, threads_of(b))};
	for (size_t i = 0; i < b->cells; i++)
		if (sc_chart_bench_is(b, &b->cell[i], NULL, b->cell[i].what.cache)) {
			f.left = fmin(f.left, intensity(&b->cell[i]));
			slowest =
				fmin(slowest, (double)b->cell[i].flops / b->cell[i].summary.median);
		}
	f.left /= 1.6;
	f.high = f.peak * 1.6;
	f.low = slowest / 1.6;
	f.right = 1.5 * f.peak / gbps[n - 1];
	return f;
}

/* A line of slope `gbps` up to the peak, its name along it. */
static void roof(
	const frame *f, size_t id, double gbps, const char *name, bool memory, sc_text *script)
{
	double from = fmax(f->left, f->low / gbps), knee = fmin(f->peak / gbps, f->right);
	/* one in the logarithms of both axes, as the picture stretches them */
	double angle =
		atan2(PLOT_HEIGHT / log(f->high / f->low), PLOT_WIDTH / log(f->right / f->left));
	sc_text_addf(script,
		"set arrow %zu from %.6g,%.6g to %.6g,%.6g nohead linecolor rgb '#555555' "
		"linewidth 1.2 dashtype %d\n",
		id, from, from * gbps, knee, knee * gbps, memory ? 2 : 1);
	sc_text_addf(script,
		"set label %zu '%s %.0f GB/s' at %.6g,%.6g right offset 0,0.6 rotate by %.1f "
		"textcolor rgb '#555555' font 'DejaVu Sans,10'\n",
		id, name, gbps, knee / 1.3, knee * gbps / 1.3, angle * 180 / PI);
}

static void roofs(const sc_bench *b, const frame *f, sc_text *script)
{
	double gbps[SC_CACHES_MAX + 1];
	char name[SC_CACHES_MAX + 1][16];
	size_t n = levels(b, gbps, name);
	for (size_t i = 0; i < n; i++)
		roof(f, 20 + i, gbps[i], name[i], i + 1 == n, script);
	sc_text_addf(script,
		"set arrow 30 from %.6g,%.6g to %.6g,%.6g nohead linecolor rgb '#555555' linewidth "
		"1.2\nset label 30 'FMA peak %.0f GFLOP/s' at %.6g,%.6g right offset -0.5,0.5 "
		"textcolor rgb '#555555' font 'DejaVu Sans,10'\n",
		fmin(f->peak / gbps[0], f->right), f->peak, f->right, f->peak, f->peak, f->right,
		f->peak);
}

static void plot(const sc_bench *b, sc_text *script)
{
	const char *stage[SC_CHART_STAGES];
	sc_cache_state state[SC_STATE__N];
	char color[8];
	size_t stages = sc_chart_bench_stages(b, stage), states = sc_chart_bench_states(b, state);
	static const int filled[] = {7, 6, 4};
	sc_text_add(script, "plot \\\n");
	for (size_t p = 0; p < states; p++)
		for (size_t s = 0; s < stages; s++) {
			bool last = p + 1 == states && s + 1 == stages;
			sc_text_addf(script,
				"  data index %zu using 1:2:3 with points pointtype %d pointsize "
				"variable "
				"linewidth 1.3 linecolor rgb '%s' title ",
				p * stages + s, filled[p], sc_chart_color(s, color));
			sc_text_add(script, "'");
			sc_chart_plain(script, stage[s], 12);
			sc_text_addf(script, ", %s'%s\n", sc_word_name(SC_WORD_cache, state[p]),
				last ? "" : ", \\");
		}
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	const sc_bench *b = study->bench;
	const frame f = frame_of(b);
	sc_text title = {0}, under = {0};
	write_data(b, data);
	finding(b, &title);
	sc_chart_bench_under(b, &under);
	sc_chart_begin_under(
		script, "roofline", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
	sc_chart_note(script, HEIGHT,
		"large points: ratios in use; bytes and operations of one call; roofs: reading, "
		"from "
		"each level, measured in the same run");
	sc_chart_margins(script, 0.08, 0.74, 0.15, 0.84);
	sc_text_addf(script,
		"set logscale xy\nset format '%%g'\nset xtics " TICS "\nset ytics " TICS
		"\nset xrange [%.6g:%.6g]\nset yrange "
		"[%.6g:%.6g]\nset xlabel 'FLOP a byte (log scale)'\nset ylabel 'GFLOP/s (log "
		"scale)'\nset key at screen 0.755, screen 0.83 left top Left reverse samplen 1 "
		"noautotitle font 'DejaVu Sans,10'\n",
		f.left, f.right, f.low, f.high);
	roofs(b, &f, script);
	plot(b, script);
	sc_chart_end(script, "roofline");
	bool failed = data->failed || script->failed || title.failed || under.failed;
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'roofline'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(out, "Points of operations a second against operations a byte, under lines of "
			 "what memory and arithmetic allow. ");
	finding(study->bench, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_roofline = {"roofline",
	"achieved operations a second under the machine's measured roofs", applies, write,
	describe};
