/* A plan that tries itself out on the caller's buffers. What can be tried changes no bit of the
 * result: how y is written, and how many samples pass through all steps together. One after the
 * other is tried, from what the rules of choose.c say on; a rule is overruled only by what is
 * faster by more than the noise. */
#include "se/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM_UP = 3, TURNS_LEAST = 4, TURNS_MOST = 16 };
static const double trial_ns = 150e3, better = 0.95, hopeless = 1.25;

/* what was found for a shape */
typedef struct finding {
	sc_se_config key;
	int in_place;
	sc_se_store store;
	size_t block;
	double gain;
} finding;

struct sc_se_wisdom {
	finding *found;
	size_t count, room;
};

sc_se_wisdom *sc_se_wisdom_new(void)
{
	return calloc(1, sizeof(sc_se_wisdom));
}

void sc_se_wisdom_free(sc_se_wisdom *w)
{
	if (w)
		free(w->found);
	free(w);
}

size_t sc_se_wisdom_count(const sc_se_wisdom *w)
{
	return w ? w->count : 0;
}

static int same_key(const finding *f, const sc_se_plan *p, int in_place)
{
	const sc_se_config *a = &f->key, *b = &p->config;
	return a->n == b->n && a->c == b->c && a->h == b->h && a->w == b->w &&
	       a->squeezed == b->squeezed && a->layout == b->layout && a->pool == b->pool &&
	       a->act == b->act && a->gate == b->gate && a->epilogue == b->epilogue &&
	       a->map == b->map && a->weights == b->weights && a->threads == b->threads &&
	       a->squeezed_given == b->squeezed_given && a->row == b->row &&
	       f->in_place == in_place;
}

static const finding *known(const sc_se_wisdom *w, const sc_se_plan *p, int in_place)
{
	for (size_t i = 0; w && i < w->count; i++)
		if (same_key(&w->found[i], p, in_place))
			return &w->found[i];
	return NULL;
}

/* A finding that can't be kept is found again. */
static void keep(sc_se_wisdom *w, const sc_se_plan *p, int in_place)
{
	if (!w)
		return;
	if (w->count == w->room) {
		size_t room = 2 * w->room + 16;
		finding *grown = realloc(w->found, room * sizeof *grown);
		if (!grown)
			return;
		w->found = grown;
		w->room = room;
	}
	w->found[w->count++] = (finding){.key = p->config,
		.in_place = in_place,
		.store = p->store,
		.block = p->block,
		.gain = p->gain};
}

static double now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* a way to run a plan */
typedef struct way {
	sc_se_store store;
	size_t block;
	double least; /* ns */
} way;

static void go(sc_se_plan *p, const way *w)
{
	p->store = w->store;
	sc_se_cut_blocks(p, w->block);
}

/* the second of two runs: the first finds the caches as another way has left them */
static double run_ns(sc_se_plan *p, const sc_se_io *io, way *w)
{
	go(p, w);
	sc_se_run(p, io, NULL);
	double begin = now_ns();
	sc_se_run(p, io, NULL);
	double ns = now_ns() - begin;
	w->least = ns < w->least ? ns : w->least;
	return ns;
}

/* Let two ways run in turns. The new one is better when its least time is, by more than the noise,
 * and when it won nearly all turns. */
static int is_better(sc_se_plan *p, const sc_se_io *io, way *best, way *other)
{
	int turns = 0, won = 0;
	for (double end = now_ns() + trial_ns; turns < TURNS_LEAST || now_ns() < end; turns++) {
		if (turns == TURNS_MOST || (turns && other->least > hopeless * best->least))
			break;
		double ns = run_ns(p, io, best);
		won += run_ns(p, io, other) < ns;
	}
	p->tried++;
	return other->least < better * best->least && won * 5 >= turns * 4;
}

static void try_way(sc_se_plan *p, const sc_se_io *io, way *best, way other)
{
	if (other.store == best->store && other.block == best->block)
		return;
	other.least = best->least = 1e300;
	if (is_better(p, io, best, &other)) {
		p->gain = (1 + p->gain) * best->least / other.least - 1;
		*best = other;
	}
}

static void try_out(sc_se_plan *p, const sc_se_io *io)
{
	way best = {p->store, p->block, 0};
	p->tried = 1;
	p->gain = 0;
	for (int i = 0; i < WARM_UP; i++)
		sc_se_run(p, io, NULL);
	for (int store = STORE_NEAR; store <= STORE_PAST && io->x != io->y; store++)
		try_way(p, io, &best, (way){(sc_se_store)store, best.block, 0});
	for (size_t block = best.block / 2; block; block /= 2)
		try_way(p, io, &best, (way){best.store, block, 0});
	go(p, &best);
}

sc_status sc_se_plan_tune(sc_se_plan *p, const sc_se_io *io, sc_se_wisdom *wisdom, sc_err *err)
{
	sc_status status = sc_se_check_io(p, io, err);
	if (status || p->row->whole)
		return status;
	int in_place = io->x == io->y;
	const finding *f = known(wisdom, p, in_place);
	if (f) {
		p->store = f->store;
		sc_se_cut_blocks(p, f->block);
		p->gain = f->gain;
		p->remembered = 1;
		return SC_OK;
	}
	try_out(p, io);
	keep(wisdom, p, in_place);
	return SC_OK;
}
