/* Modules by name: a description may name one in every stage, so they are looked up by halving. */
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const sc_module *const *)a)->name, (*(const sc_module *const *)b)->name);
}

bool sc_module_index_make(const sc_model *m, sc_module_index *out)
{
	const sc_module **item = malloc((m->modules.count + 1) * sizeof *item);
	if (!item)
		return false;
	for (size_t i = 0; i < m->modules.count; i++)
		item[i] = &m->modules.item[i];
	qsort(item, m->modules.count, sizeof *item, by_name);
	*out = (sc_module_index){item, m->modules.count};
	return true;
}

const sc_module *sc_module_find(const sc_module_index *index, const char *name)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(index->item[mid]->name, name);
		if (!order)
			return index->item[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}
