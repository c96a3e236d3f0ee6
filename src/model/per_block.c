/* One value for each block of a stage. `channels: [16, 24, 24]` keeps the list beside the stage's
 * spec, which has the first; `[64, 128…]` is the first and then the rest. Every numeric field, word
 * and choice of the spec may be such a list, so no kind of block knows of them. */
#include <stddef.h>
#include <string.h>

#include "model/fields.h"

bool sc_takes_list(const sc_table *table, const sc_field *f)
{
	bool of_block = table == &sc_table_stage && f->offset >= offsetof(sc_stage, spec) &&
			f->offset < offsetof(sc_stage, spec) + sizeof(sc_block_spec);
	return of_block && (f->type == SC_FIELDTYPE_COUNT || f->type == SC_FIELDTYPE_REAL ||
				   f->type == SC_FIELDTYPE_CHOICE || f->type == SC_FIELDTYPE_NORM ||
				   f->type == SC_FIELDTYPE_ENUM);
}

bool sc_take_rest(sc_reader *r, const char **text)
{
	static const char *const marks[] = {"…", "..."};
	size_t n = strlen(*text);
	for (size_t i = 0; i < 2; i++) {
		if (n <= 3 || strcmp(*text + n - 3, marks[i])) /* both have three bytes */
			continue;
		char *kept = sc_reader_alloc(r, n - 2, 1);
		if (!kept)
			return false;
		memcpy(kept, *text, n - 3);
		*text = kept;
		return true;
	}
	return false;
}

void sc_forget_list(sc_reader *r, sc_stage *stage, size_t field)
{
	size_t n = 0;
	if (!stage->per_block.count)
		return;
	sc_per_block *kept = sc_reader_alloc(r, stage->per_block.count, sizeof *kept);
	for (size_t i = 0; kept && i < stage->per_block.count; i++)
		if (stage->per_block.item[i].field != field)
			kept[n++] = stage->per_block.item[i];
	stage->per_block.item = kept;
	stage->per_block.count = n;
}

static bool keep_list(sc_reader *r, sc_stage *stage, const sc_per_block *list)
{
	sc_forget_list(r, stage, list->field);
	size_t n = stage->per_block.count;
	sc_per_block *item = sc_reader_alloc(r, n + 1, sizeof *item);
	if (!item)
		return false;
	if (n)
		memcpy(item, stage->per_block.item, n * sizeof *item);
	item[n] = *list;
	stage->per_block.item = item;
	stage->per_block.count = n + 1;
	return true;
}

bool sc_read_per_block(sc_reader *r, const sc_field *f, sc_stage *stage, const sc_node *node)
{
	size_t size = sc_field_size(f);
	char *value = sc_reader_alloc(r, node->count, size);
	sc_per_block list = {(size_t)(f - sc_table_stage.field), value, node->count, false};
	bool good = value != NULL;
	if (!node->count)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is an empty list, must have one value for each block", f->key);
	for (size_t i = 0; i < node->count && value && !sc_reader_gave_up(r); i++) {
		sc_node one = *node->item[i];
		if (i + 1 == node->count && one.kind == SC_NODE_scalar)
			list.rest = sc_take_rest(r, &one.text);
		good = sc_read_value(r, f, value + i * size, &one) && good;
	}
	if (good)
		memcpy((char *)stage + f->offset, value, size);
	return good && keep_list(r, stage, &list);
}

sc_block_spec sc_model_block(const sc_model *m, size_t stage, uint32_t block)
{
	const sc_stage *st = &m->stages.item[stage];
	const sc_width_scale scale = {m->scale.width, m->scale.divisor};
	sc_block_spec spec = st->spec;
	if (block) /* one value is that of the first block; a list has the others' */
		spec.stride = spec.first_groups = 0;
	for (size_t i = 0; i < st->per_block.count; i++) {
		const sc_per_block *list = &st->per_block.item[i];
		const sc_field *f = &sc_table_stage.field[list->field];
		size_t at = block < list->count ? block : list->count - 1, n = sc_field_size(f);
		memcpy((char *)&spec + f->offset - offsetof(sc_stage, spec),
			(const char *)list->value + at * n, n);
	}
	spec.channels = sc_width_scaled(spec.channels, &scale);
	spec.inner_channels = sc_width_scaled(spec.inner_channels, &scale);
	spec.growth = sc_width_scaled(spec.growth, &scale);
	return spec;
}
