/* All SE blocks of a network, one after the other. Nothing is shared between them, so that each
 * finds its map and weights wherever the others have left them. */
#include <stdlib.h>
#include <string.h>

#include "bench/run.h"

typedef struct sc_link {
	sc_se_plan *plan;
	sc_se_io io;
	sc_buffer x, y, shortcut;
} sc_link;

static bool belongs(const sc_bench *b, const sc_bench_cell *c)
{
	return c->what.in_use && sc_case_same_setting(&b->cell[0].what, &c->what);
}

double sc_chain_bytes(const sc_bench *b)
{
	double bytes = 0;
	for (size_t i = 0; i < b->cells; i++)
		if (belongs(b, &b->cell[i]))
			bytes += b->cell[i].what.blocks *
				 ((double)sc_stand_bytes(&b->cell[i].what) *
						 (b->cell[i].what.config.epilogue == SC_SE_SCALE
								 ? 2
								 : 3) +
					 sc_stand_weights(&b->cell[i].what));
	return bytes;
}

static sc_status no_memory(const sc_bench *b, sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for a chain of blocks: %.0f MiB are wanted",
		sc_chain_bytes(b) / (1 << 20));
}

static sc_status add(
	const sc_bench *b, const sc_bench_case *k, gsl_rng *rng, sc_chain *chain, sc_err *err)
{
	sc_link *l = &chain->link[chain->blocks++];
	size_t bytes = sc_stand_bytes(k);
	bool adds = k->config.epilogue != SC_SE_SCALE;
	if (!sc_buffer_new(bytes, rng, &l->x) ||
		(!k->in_place && !sc_buffer_new(bytes, rng, &l->y)) ||
		(adds && !sc_buffer_new(bytes, rng, &l->shortcut)))
		return no_memory(b, err);
	sc_stand_fill(l->x.at, bytes, chain->blocks);
	l->io = (sc_se_io){
		.x = l->x.at, .y = k->in_place ? l->x.at : l->y.at, .shortcut = l->shortcut.at};
	return sc_stand_plan(k, &l->plan, err);
}

sc_status sc_chain_new(
	const sc_bench *b, sc_binding *binding, gsl_rng *rng, sc_chain *out, sc_err *err)
{
	size_t blocks = 0;
	sc_status s = SC_OK;
	for (size_t i = 0; i < b->cells; i++)
		blocks += belongs(b, &b->cell[i]) ? b->cell[i].what.blocks : 0;
	*out = (sc_chain){.link = calloc(blocks + 1, sizeof *out->link), .binding = binding};
	if (!out->link)
		return no_memory(b, err);
	if (!blocks)
		return sc_fail(err, SC_EINVAL, "no block in use is among the cells: no chain");
	sc_binding_first(binding, b->cell[0].what.config.threads);
	for (size_t i = 0; i < b->cells && !s; i++)
		for (uint32_t k = 0; k < b->cell[i].what.blocks && !s; k++)
			if (belongs(b, &b->cell[i]))
				s = add(b, &b->cell[i].what, rng, out, err);
	return s;
}

void sc_chain_release(sc_chain *chain)
{
	for (size_t i = 0; i < chain->blocks; i++) {
		sc_se_plan_free(chain->link[i].plan);
		sc_buffer_release(&chain->link[i].x);
		sc_buffer_release(&chain->link[i].y);
		sc_buffer_release(&chain->link[i].shortcut);
	}
	free(chain->link);
	*chain = (sc_chain){0};
}

static void call(void *state)
{
	const sc_chain *chain = state;
	for (size_t i = 0; i < chain->blocks; i++)
		sc_se_run(chain->link[i].plan, &chain->link[i].io, NULL);
}

/* two runs: the state that a third finds is that of every later one */
static void prepare(void *state)
{
	const sc_chain *chain = state;
	sc_binding_core(chain->binding, 0);
	call(state);
	call(state);
}

sc_subject sc_chain_subject(sc_chain *chain)
{
	return (sc_subject){prepare, call, chain, false};
}
