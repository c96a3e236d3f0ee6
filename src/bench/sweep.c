/* The caches that a thread really has, whatever a virtual machine reports: a walk through
 * footprints of growing size. */
#include <math.h>

#include "bench/walk.h"

enum { SMALLEST = 8 << 10, LARGEST_MIN = 64 << 20, LARGEST_MAX = 256 << 20 };
enum { PASSES_MAX = 5, PASSES_NS = 700000000 };

/* footprints, three for each doubling */
static void footprints(const sc_walk *w, sc_sweep *out)
{
	static const double between[] = {1, 1.2599210498948732, 1.5874010519681994};
	for (size_t k = 0; out->steps < SC_SWEEP_MAX; k++) {
		double bytes = between[k % 3] * (double)((size_t)SMALLEST << k / 3);
		size_t pages = (size_t)(bytes / SC_WALK_PAGE);
		if (pages > w->pages)
			break;
		if (!out->steps || pages * SC_WALK_PAGE > out->step[out->steps - 1].bytes)
			out->step[out->steps++] = (sc_sweep_step){pages * SC_WALK_PAGE, INFINITY};
	}
}

/* Again and again, as long as there is time: others on the machine make a step slower, never
 * quicker. */
static void sweep(sc_walk *w, sc_sweep *out)
{
	double begin = w->clock.now(w->clock.state), one = 0;
	footprints(w, out);
	for (int pass = 1; pass <= PASSES_MAX; pass++) {
		for (size_t i = 0; i < out->steps; i++) {
			size_t pages = out->step[i].bytes / SC_WALK_PAGE;
			sc_walk_read(w, pages);
			out->step[i].ns = fmin(out->step[i].ns, sc_walk_ns(w, pages));
		}
		double spent = w->clock.now(w->clock.state) - begin;
		one = spent / pass;
		if (spent + one > PASSES_NS)
			break;
	}
}

sc_status sc_sweep_measure(
	const sc_machine *machine, unsigned long seed, sc_sweep *out, sc_err *err)
{
	size_t largest = 4 * sc_machine_last_cache(machine);
	sc_walk w;
	largest = largest < LARGEST_MIN ? LARGEST_MIN : largest;
	largest = largest > LARGEST_MAX ? LARGEST_MAX : largest;
	sc_status s = sc_walk_new(largest, seed, &w, err);
	if (!s) {
		sc_sweep done = {0};
		sweep(&w, &done);
		done.levels = sc_levels_find(done.step, done.steps, done.level);
		*out = done;
	}
	sc_walk_release(&w);
	return s;
}
