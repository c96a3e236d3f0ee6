/* A part of a bench. What all of its cells said of the run, and of each cell's share, stays true of
 * those that are kept. */
#include <string.h>

#include "bench/run.h"

size_t sc_bench_blocks_in_use(const sc_bench_case *item, size_t count, size_t stride)
{
	const sc_bench_case *first = NULL;
	size_t blocks = 0;
	for (size_t i = 0; i < count; i++) {
		const sc_bench_case *k = (const void *)((const char *)item + i * stride);
		if (!k->in_use || (first && !sc_case_same_setting(first, k)))
			continue;
		first = first ? first : k;
		blocks += k->blocks;
	}
	return blocks;
}

static void forget_chain(sc_bench *b)
{
	sc_timing_release(&b->chain.timing);
	memset(&b->chain, 0, sizeof b->chain);
}

void sc_bench_keep(sc_bench *b, bool (*wanted)(const sc_bench_case *what, const void *state),
	const void *state)
{
	size_t kept = 0;
	bool was_whole = !strstr(b->settings.arguments, "--filter");
	if (b->network[0] && !b->se_blocks && was_whole)
		b->se_blocks = sc_bench_blocks_in_use(&b->cell[0].what, b->cells, sizeof *b->cell);
	for (size_t i = 0; i < b->cells; i++) {
		if (wanted(&b->cell[i].what, state))
			b->cell[kept++] = b->cell[i];
		else
			sc_timing_release(&b->cell[i].timing);
	}
	if (kept < b->cells)
		forget_chain(b);
	b->cells = kept;
}
