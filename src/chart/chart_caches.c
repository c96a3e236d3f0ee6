/* The caches that one thread has: what a load takes by footprint, with the sizes that were found
 * and those that the machine reports. */
#include <math.h>
#include <stdio.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 560 };

static bool applies(const sc_study *study)
{
	return study->bench && study->bench->sweep.levels;
}

static void size_text(size_t bytes, sc_text *out)
{
	bool mib = bytes >= 1 << 20;
	sc_text_addf(
		out, "%.3g %s", (double)bytes / (mib ? 1 << 20 : 1 << 10), mib ? "MiB" : "KiB");
}

static void finding(const sc_bench *b, sc_text *out)
{
	size_t bytes[SC_CACHES_MAX], n = sc_bench_caches(b, bytes);
	sc_text_add(out, "One thread has ");
	for (size_t i = 0; i < n; i++) {
		sc_text_add(out, !i ? "" : i + 1 == n ? " and " : ", ");
		size_text(bytes[i], out);
		sc_text_addf(out, " of L%zu", i + 1);
	}
	if (!n)
		sc_text_add(out, "no cache that could be found");
	sc_text_addf(
		out, "; a load from memory takes %.0f ns", b->sweep.level[b->sweep.levels - 1].ns);
}

/* where the machine says that a level ends; levels beyond those found are there, too */
static size_t reported(const sc_bench *b, size_t i)
{
	return i < b->machine.caches ? b->machine.cache[i].bytes : 0;
}

static void write_data(const sc_bench *b, sc_text *data)
{
	const sc_sweep *w = &b->sweep;
	sc_text_add(data,
		"# Footprint in KiB, nanoseconds of a load; then each level's: from, to, ns\n");
	for (size_t i = 0; i < w->steps; i++)
		sc_text_addf(data, "%.9g %.9g\n", (double)w->step[i].bytes / 1024, w->step[i].ns);
	sc_text_add(data, "\n\n");
	double from = (double)w->step[0].bytes / 1024;
	for (size_t i = 0; i < w->levels; i++) {
		double to = w->level[i].bytes ? (double)w->level[i].bytes / 1024
					      : (double)w->step[w->steps - 1].bytes / 1024;
		sc_text_addf(data, "%.9g %.9g %.9g\n", from, to, w->level[i].ns);
		from = to;
	}
}

/* no room for words on that side */
static bool is_far_right(const sc_bench *b, size_t bytes)
{
	return (double)b->sweep.step[b->sweep.steps - 1].bytes / (double)bytes < 6;
}

static void mark(const sc_bench *b, size_t bytes, const char *name, double height, bool dashed,
	sc_text *script)
{
	double kib = (double)bytes / 1024;
	sc_text_addf(script,
		"set arrow from %.9g, graph 0 to %.9g, graph %.2f nohead linecolor rgb '%s' "
		"linewidth "
		"1 dashtype %d\nset label '%s ",
		kib, kib, height, dashed ? "#888888" : "#1f6f8b", dashed ? 2 : 1, name);
	size_text(bytes, script);
	sc_text_addf(script, "' at %.9g, graph %.2f %s, 0 textcolor rgb '%s'\n", kib, height - 0.02,
		is_far_right(b, bytes) ? "right offset -0.4" : "left offset 0.4",
		dashed ? "#666666" : "#1f6f8b");
}

static void marks(const sc_bench *b, sc_text *script)
{
	size_t bytes[SC_CACHES_MAX], n = sc_bench_caches(b, bytes);
	char name[32];
	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof name, "L%zu found,", i + 1);
		mark(b, bytes[i], name, 0.97, false, script);
	}
	for (size_t i = 0; reported(b, i); i++) {
		snprintf(name, sizeof name, "L%u reported,", b->machine.cache[i].level);
		if (reported(b, i) <= b->sweep.step[b->sweep.steps - 1].bytes)
			mark(b, reported(b, i), name, 0.88, true, script);
	}
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	const sc_bench *b = study->bench;
	sc_text title = {0}, under = {0};
	write_data(b, data);
	finding(b, &title);
	sc_chart_plain(&under, b->machine.cpu, 60);
	sc_text_add(&under, " · loads that wait for each other, anywhere within a footprint");
	sc_chart_begin_under(
		script, "caches", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
	sc_chart_note(script, HEIGHT,
		"found: where loads begin to take longer than the level before; others on the "
		"machine "
		"use shared caches, too");
	sc_chart_margins(script, 0.08, 0.94, 0.15, 0.84);
	sc_text_addf(script,
		"set logscale x 2\nset logscale y\nset xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\n"
		"set xtics ('8 KiB' 8, '32 KiB' 32, '128 KiB' 128, '512 KiB' 512, '2 MiB' 2048, '8 "
		"MiB' 8192, '32 MiB' 32768, '128 MiB' 131072)\nset ytics (1, 2, 5, 10, 20, 50, "
		"100, "
		"200)\nset xlabel 'footprint (log scale)'\nset ylabel 'ns a load (log "
		"scale)'\nunset "
		"key\n",
		(double)b->sweep.step[0].bytes / 1024,
		(double)b->sweep.step[b->sweep.steps - 1].bytes / 1024 * 1.02,
		0.7 * b->sweep.level[0].ns, 2.2 * b->sweep.level[b->sweep.levels - 1].ns);
	marks(b, script);
	sc_text_add(script,
		"plot data index 1 using 1:3:($2-$1):(0) with vectors nohead linewidth 6 linecolor "
		"rgb '#cfe3ea', \\\n  data index 0 using 1:2 with linespoints linewidth 1.6 "
		"pointtype 7 "
		"pointsize 0.6 linecolor rgb '#1f6f8b'\n");
	sc_chart_end(script, "caches");
	bool failed = data->failed || script->failed || title.failed || under.failed;
	sc_text_release(&title);
	sc_text_release(&under);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'caches'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(out, "A curve of what a load takes by footprint, with the sizes of caches that "
			 "were found and those reported. ");
	finding(study->bench, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_caches = {"caches",
	"what a load takes by footprint: the caches that one thread has, found and reported",
	applies, write, describe};
