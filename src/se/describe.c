#include "se/plan.h"

#include <stdio.h>
#include <string.h>

static const char *store_text(const sc_se_plan *p)
{
	static const char *const where[] = {"into the caches",
		"into the caches, y's lines fetched ahead",
		"past the caches where y is apart from x and aligned"};
	return where[p->store];
}

static const char *store_reason(const sc_se_plan *p)
{
	static const char *const rule[] = {"x and y are near a core",
		"x and y do not fit into a core's cache",
		"x and y together exceed 16 MiB a thread or 32 MiB"};
	if (p->tried || p->remembered)
		return "tried out";
	return rule[p->store];
}

/* "8 ways tried, 12 % won": whether the rules decided */
static void tuning_text(const sc_se_plan *p, char *text, size_t size)
{
	if (p->tried)
		snprintf(text, size, "%u ways tried, %.0f %% won over the rules", p->tried,
			100 * p->gain);
	else if (p->remembered)
		snprintf(text, size, "as an equal plan had found");
	else
		snprintf(text, size, "none, the rules decide");
}

static const char *split_text(const sc_se_plan *p)
{
	if (p->threads == 1)
		return "one worker";
	return p->together ? "workers share each block" : "each worker has samples of its own";
}

static const char *block_text(const sc_se_plan *p)
{
	if (p->block == p->config.n)
		return "all";
	return p->block == 1 ? "so that its second read comes from the nearest cache"
			     : "weights are read once a block, and its map twice";
}

sc_se_picked sc_se_plan_picked(const sc_se_plan *p)
{
	return (sc_se_picked){.row = p->row->name,
		.threads = p->threads,
		.shared = p->together,
		.tried = p->tried,
		.gain = p->gain,
		.block = p->block,
		.units = p->units,
		.stretches = p->stretches,
		.bytes = p->bytes,
		.weight_bytes = p->weight_bytes};
}

const char *sc_se_plan_row(const sc_se_plan *p)
{
	return p ? p->row->name : NULL;
}

sc_status sc_se_plan_describe(const sc_se_plan *p, char *text, size_t size)
{
	if (!p || !text)
		return SC_EINVAL;
	char whole[1024], tuning[80];
	tuning_text(p, tuning, sizeof tuning);
	int n = snprintf(whole, sizeof whole,
		"row: %s (%s)\n"
		"block: %zu of %zu samples (%s)\n"
		"threads: %u (%s)\n"
		"units: %zu %s (fixed by the shape, so that sums are)\n"
		"map: walked %s\n"
		"stores: %s (%s)\n"
		"tuning: %s\n"
		"caches: %zu KiB and %zu KiB\n"
		"memory: %zu bytes, of them weights %zu",
		p->row->name, p->row->text, p->block, p->config.n, block_text(p), p->threads,
		split_text(p), p->units,
		p->stretches ? "stretches of a sample" : "chunks of channels",
		p->by_pixel ? "pixel by pixel" : "channel by channel", store_text(p),
		store_reason(p), tuning, p->l2 >> 10, p->l3 >> 10, p->bytes, p->weight_bytes);
	if (n < 0 || (size_t)n >= sizeof whole || (size_t)n >= size)
		return SC_EINVAL;
	memcpy(text, whole, (size_t)n + 1);
	return SC_OK;
}
