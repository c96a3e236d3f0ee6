/* peers measure CSV SECONDS [quick]: every engine on every shape, interleaved in random order,
 * medians to CSV; with PEERS_BATCH=8 those of that batch alone
 * peers table CSV FOLDER: the table and the chart's script of a CSV, without measuring
 * peers fingerprint CSV: the name of its machine
 * peers compare CSV…: a page of several machines, to stdout
 *
 * A cell is a shape, a number of threads and hot or cold weights. In a cell every engine is opened,
 * checked against the reference, and then visited once a round, in a new order each round; each
 * visit gives one value. The floor is made of values of the same round, so that drift hits all
 * alike. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define ENGINE(name, peer, layout, form, adapter, option) \
	{name, peer, layout, form, adapter, option},
static const peer_engine engines[] = {
#include "engines.def"
};
#undef ENGINE
enum { ENGINES = sizeof engines / sizeof *engines };

const peer_engine *peer_engine_at(size_t i)
{
	return i < ENGINES ? &engines[i] : NULL;
}

/* One engine in one cell. */
typedef struct seat {
	const peer_engine *engine;
	const peer_adapter *adapter;
	void *state; /* NULL when it is not there or wrong */
	char note[256];
	double value[ROUNDS_MAX]; /* ns of each round; 0 not visited */
} seat;

typedef struct bench {
	FILE *out;
	double end, rounds_min;
	bool quick;
	unsigned left; /* cells still to do */
	uint64_t random;
	peer_data data;
	unsigned ratio;
	seat seat[ENGINES];
} bench;

static size_t below(bench *b, size_t n)
{
	b->random = b->random * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(b->random >> 33) % n;
}

static void shuffle(bench *b, size_t order[ENGINES])
{
	for (size_t i = 0; i < ENGINES; i++)
		order[i] = i;
	for (size_t i = ENGINES - 1; i > 0; i--) {
		size_t j = below(b, i + 1), t = order[i];
		order[i] = order[j];
		order[j] = t;
	}
}

static void take(bench *b, seat *s, const peer_engine *engine)
{
	*s = (seat){.engine = engine};
	s->adapter = peer_adapter_named(engine->adapter, s->note);
	s->state = s->adapter ? s->adapter->open(engine, &b->data, s->note) : NULL;
	if (!s->state) {
		char why[200];
		snprintf(why, sizeof why, "%.199s", s->note);
		snprintf(s->note, sizeof s->note, "missing: %s", why);
	}
}

/* a floor that does not copy x whole would be too low */
static void check_copy(const bench *b, seat *s)
{
	size_t bytes = b->data.elements * sizeof(float);
	if (strcmp(s->engine->peer, "floor") || !memcmp(b->data.y, b->data.x[NCHW], bytes))
		return;
	fprintf(stderr, "peers: '%s' copies wrongly\n", s->engine->name);
	abort();
}

static void check(bench *b, seat *s)
{
	if (!s->state)
		return;
	memset(b->data.y, 0, b->data.elements * sizeof(float));
	memset(b->data.y16, 0, b->data.elements * sizeof *b->data.y16);
	if (s->engine->form == INPLACE)
		peer_fill_y(&b->data, s->engine->layout);
	s->adapter->run(s->state);
	if (s->engine->form == FLOOR) {
		check_copy(b, s);
		return;
	}
	const float *y = s->adapter->output ? s->adapter->output(s->state) : NULL;
	bool good = peer_agrees(s->engine, &b->data, y ? y : b->data.y, s->note);
	if (good && (!s->adapter->settle || s->adapter->settle(s->state)))
		return;
	fprintf(stderr, "%s: %s\n", s->engine->name, s->note);
	s->adapter->close(s->state);
	s->state = NULL;
}

static void leave(seat *s)
{
	if (s->state)
		s->adapter->close(s->state);
	s->state = NULL;
}

/* Is the seat measured in this round? What is only told, not judged, is measured less often, and
 * with cold weights only what is compared. */
static bool invited(const seat *s, size_t round, bool cold)
{
	bool aside = !strcmp(s->engine->peer, "part") || !strcmp(s->engine->option, "scalar");
	if (!s->state || (aside && round >= ASIDE_ROUNDS))
		return false;
	return !cold || (!aside && (s->engine->form == PLAIN || s->engine->form == FLOOR));
}

static void do_round(bench *b, size_t round, bool cold)
{
	size_t order[ENGINES];
	peer_visit visit = {b->quick ? 1e-3 : 4e-3, cold ? 1 : 64, cold};
	shuffle(b, order);
	for (size_t i = 0; i < ENGINES; i++) {
		seat *s = &b->seat[order[i]];
		if (!invited(s, round, cold))
			continue;
		peer_nap(b->data.shape.threads > 1 ? 12 : 1); /* other pools fall asleep */
		s->value[round] = s->adapter->visit ? s->adapter->visit(s->state, &visit)
						    : peer_visit_run(s->adapter, s->state,
							      s->engine, &b->data, &visit);
	}
}

static const seat *seat_of(const bench *b, const char *name)
{
	for (size_t i = 0; i < ENGINES; i++)
		if (!strcmp(engines[i].name, name))
			return &b->seat[i];
	abort();
}

static double floor_ns(const bench *b, size_t round)
{
	const peer_shape *s = &b->data.shape;
	double regular = seat_of(b, "floor, regular stores")->value[round];
	double past = seat_of(b, "floor, non-temporal stores")->value[round];
	double flops = 4.0 * (double)(s->c * s->d * s->n);
	double fma = seat_of(b, "FMA peak")->value[round] / (PEER_FMA_FLOPS * (double)s->threads);
	return (regular < past ? regular : past) + flops * fma;
}

static void write_seat(bench *b, const seat *s, size_t rounds, bool cold)
{
	const peer_shape *p = &b->data.shape;
	double us[ROUNDS_MAX], over[ROUNDS_MAX], least[ROUNDS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < rounds; i++) {
		least[i] = floor_ns(b, i) / 1e3;
		if (s->value[i] <= 0)
			continue;
		us[n] = s->value[i] / 1e3;
		over[n++] = s->value[i] / floor_ns(b, i);
	}
	static const char *const layout[] = {"nchw", "nhwc", "blocked"};
	static const char *const form[] = {"plain", "in place", "fused", "bf16", "floor"};
	fprintf(b->out, "%zu,%zu,%zu,%u,%zu,%zu,%u,%s,\"%s\",\"%s\",%s,%s,%zu", p->c, p->h, p->w,
		b->ratio, p->d, p->n, p->threads, cold ? "cold" : "hot", s->engine->name,
		s->engine->peer, layout[s->engine->layout], form[s->engine->form], n);
	fprintf(b->out, ",%.3f,%.3f,%.3f,%.4f,%.3f,\"%s\"\n", peer_quantile(us, n, 0.25),
		peer_quantile(us, n, 0.5), peer_quantile(us, n, 0.75), peer_quantile(over, n, 0.5),
		peer_quantile(least, rounds, 0.5), s->note);
}

static void do_cell(bench *b, bool cold)
{
	const peer_shape *s = &b->data.shape;
	double begin = peer_now_ns(), slice = (b->end - begin) / b->left--;
	size_t rounds = 0, least = b->quick ? 2 : ROUNDS_MIN;
	for (size_t i = 0; i < ENGINES; i++)
		memset(b->seat[i].value, 0, sizeof b->seat[i].value);
	while (rounds < least || (rounds < ROUNDS_MAX && peer_now_ns() < begin + slice))
		do_round(b, rounds++, cold);
	for (size_t i = 0; i < ENGINES; i++)
		if (!cold || invited(&b->seat[i], 0, cold) || *b->seat[i].note)
			write_seat(b, &b->seat[i], rounds, cold);
	fflush(b->out);
	fprintf(stderr, "%4u left  %zux%zux%zu r %u N %zu threads %u %s: %zu rounds, %.1f s\n",
		b->left, s->c, s->h, s->w, b->ratio, s->n, s->threads, cold ? "cold" : "hot",
		rounds, (peer_now_ns() - begin) / 1e9);
}

static void do_threads(bench *b, unsigned threads)
{
	b->data.shape.threads = threads;
	for (size_t i = 0; i < ENGINES; i++) {
		take(b, &b->seat[i], &engines[i]);
		check(b, &b->seat[i]);
	}
	peer_pin_threads();
	do_cell(b, false);
	if (b->data.shape.n == 1)
		do_cell(b, true);
	for (size_t i = 0; i < ENGINES; i++)
		leave(&b->seat[i]);
}

static bool do_shape(bench *b, const bench_shape *shape, size_t n)
{
	char why[256];
	peer_shape s = {.n = n,
		.c = shape->c,
		.h = shape->h,
		.w = shape->h,
		.d = shape->c / shape->ratio,
		.threads = 1};
	b->ratio = shape->ratio;
	bool made = peer_data_make(&b->data, &s);
	if (!made)
		fprintf(stderr, "peers: not enough memory for this shape\n");
	else if (!(made = peer_reference(&b->data, why)))
		fprintf(stderr, "peers: no reference: %s\n", why);
	for (unsigned threads = 1; made && threads <= 2; threads++)
		do_threads(b, threads);
	peer_data_free(&b->data);
	return made;
}

static bool is_wanted(const bench *b, size_t shape, size_t batch, size_t only)
{
	return bench_is_wanted(shape, b->quick) && (!only || batch == only);
}

static bool do_all(bench *b)
{
	static const size_t batch[] = {1, 8, 32};
	size_t batches = b->quick ? 2 : 3,
	       only = strtoul(getenv("PEERS_BATCH") ? getenv("PEERS_BATCH") : "0", NULL, 10);
	const bench_shape *shape;
	for (size_t i = 0; bench_shape_at(i); i++)
		for (size_t k = 0; k < batches; k++)
			b->left += is_wanted(b, i, batch[k], only) ? batch[k] == 1 ? 4 : 2 : 0;
	for (size_t k = 0; k < batches; k++)
		for (size_t i = 0; (shape = bench_shape_at(i)); i++)
			if (is_wanted(b, i, batch[k], only) && !do_shape(b, shape, batch[k]))
				return false;
	return true;
}

static void say(void *to, const char *key, const char *value)
{
	fprintf(to, "# %s: %s\n", key, value);
}

/* adapters know their versions once they have been opened */
static void say_versions(FILE *out)
{
	const char *last = "";
	for (size_t i = 0; i < ENGINES; i++) {
		char why[256];
		const peer_adapter *a = peer_adapter_named(engines[i].adapter, why);
		const char *version = a && a->version ? a->version() : NULL;
		if (version && strcmp(last, engines[i].adapter) &&
			strcmp(engines[i].adapter, "floor"))
			say(out, engines[i].peer, version);
		last = engines[i].adapter;
	}
	if (getenv("PEERS_PACKAGES"))
		say(out, "packages", getenv("PEERS_PACKAGES"));
}

static int measure(const char *path, double budget, bool quick)
{
	bench *b = calloc(1, sizeof *b);
	if (!b)
		return 1;
	*b = (bench){.out = fopen(path, "w"),
		.end = peer_now_ns() + budget * 1e9,
		.quick = quick,
		.random = SEED};
	if (!b->out) {
		perror(path);
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	peer_machine(say, b->out);
	fprintf(b->out, "# budget: %.0f s%s\n", budget,
		quick ? ", quick: a check, not a result" : "");
	fprintf(b->out, BENCH_HEADER "\n");
	bool good = do_all(b);
	say_versions(b->out);
	good = !fclose(b->out) && good;
	free(b);
	return !good;
}

int main(int argc, char **argv)
{
	if (argc >= 4 && !strcmp(argv[1], "measure"))
		return measure(
			argv[2], strtod(argv[3], NULL), argc > 4 && !strcmp(argv[4], "quick"));
	if (argc == 4 && !strcmp(argv[1], "table"))
		return bench_table(argv[2], argv[3]);
	if (argc == 3 && !strcmp(argv[1], "fingerprint"))
		return bench_fingerprint(argv[2]);
	if (argc >= 3 && !strcmp(argv[1], "compare"))
		return bench_compare(argv + 2, argc - 2);
	fprintf(stderr, "usage: peers measure CSV SECONDS [quick] | table CSV FOLDER | fingerprint "
			"CSV | compare CSV…\n");
	return 2;
}
