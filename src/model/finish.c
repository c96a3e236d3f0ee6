/* What stages leave out: names, kinds, numbers of blocks, and what follows from a RegNet's design
 * parameters. A clone shares its stages with the model it comes from, so the list is copied before
 * anything in it is changed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/graph.h"

const sc_scale sc_scale_unsaid = {.width = 1, .depth = 1, .divisor = 8};

enum { STAGES_MAX = 64 };

/* what a RegNet gives stage by stage */
typedef struct design {
	uint32_t width[STAGES_MAX], blocks[STAGES_MAX];
	size_t stages;
	uint32_t group_width;
} design;

static bool said(const sc_stage *stage, const char *key)
{
	uint64_t bits = stage->given.bits | stage->given.bad;
	return bits >> sc_field_index(&sc_table_stage, key) & 1;
}

static uint32_t longest_list(const sc_stage *stage)
{
	size_t n = stage->modules.count;
	for (size_t i = 0; i < stage->per_block.count; i++)
		if (stage->per_block.item[i].count > n)
			n = stage->per_block.item[i].count;
	return n ? (uint32_t)n : 1;
}

static void derive(sc_stage *stage, const char *key, uint32_t *member, uint32_t value)
{
	if (said(stage, key))
		return;
	*member = value;
	stage->derived |= (uint64_t)1 << sc_field_index(&sc_table_stage, key);
}

static uint32_t deepened(uint32_t blocks, const sc_scale *scale)
{
	double n = scale->depth > 0 ? ceil(blocks * scale->depth) : blocks;
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static sc_stage finished(const sc_stage *from, size_t i, const design *d, const sc_scale *scale)
{
	sc_stage stage = *from;
	uint32_t blocks = stage.said_blocks;
	stage.derived = 0;
	if (!stage.kind && stage.spec.size.h)
		stage.kind = sc_block_kind_named("map");
	if (!said(&stage, "blocks") || !blocks)
		blocks = longest_list(&stage);
	if (stage.kind == &sc_block_graph) {
		stage.blocks = stage.graph_gates ? stage.graph_gates : 1;
		return stage;
	}
	if (i < d->stages) {
		derive(&stage, "channels", &stage.spec.channels, d->width[i]);
		derive(&stage, "blocks", &blocks, d->blocks[i]);
		derive(&stage, "group_size", &stage.spec.group_size,
			d->group_width < d->width[i] ? d->group_width : d->width[i]);
	}
	stage.blocks = deepened(blocks, scale);
	return stage;
}

static bool changed(const sc_stage *a, const sc_stage *b)
{
	return a->kind != b->kind || a->blocks != b->blocks || a->derived != b->derived ||
	       a->spec.channels != b->spec.channels || a->spec.group_size != b->spec.group_size;
}

static const char *generated_name(sc_reader *r, size_t i)
{
	char name[32];
	snprintf(name, sizeof name, "stage%zu", i + 1);
	char *copy = sc_reader_alloc(r, strlen(name) + 1, 1);
	return copy ? strcpy(copy, name) : NULL;
}

static bool own_stages(sc_reader *r, sc_model *m)
{
	sc_stage *item = sc_reader_alloc(r, m->stages.count, sizeof *item);
	if (item)
		memcpy(item, m->stages.item, m->stages.count * sizeof *item);
	m->stages.item = item ? item : m->stages.item;
	return item != NULL;
}

static design design_of(const sc_regnet *net)
{
	design d = {.group_width = net->group_width};
	if (net->w_0 && net->w_m > 1 && net->depth && net->group_width)
		d.stages = sc_regnet_stages(net, d.width, d.blocks, STAGES_MAX);
	return d;
}

void sc_finish_stages(sc_reader *r, sc_model *m)
{
	design d = design_of(&m->regnet);
	bool own = false;
	sc_graph_stages(r, m);
	if (d.stages > STAGES_MAX)
		d.stages = STAGES_MAX;
	for (size_t i = 0; i < m->stages.count && r->status != SC_ENOMEM; i++) {
		sc_stage stage = finished(&m->stages.item[i], i, &d, &m->scale);
		bool named = stage.name != NULL;
		if (!named)
			stage.name = generated_name(r, i);
		if (named && !changed(&stage, &m->stages.item[i]))
			continue;
		own = own || own_stages(r, m);
		if (own)
			m->stages.item[i] = stage;
	}
}
