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

static int by_sought(const void *name, const void *module)
{
	return strcmp(name, (*(const sc_module *const *)module)->name);
}

const sc_module *sc_module_find(const sc_module_index *index, const char *name)
{
	const sc_module *const *found =
		bsearch(name, index->item, index->count, sizeof *index->item, by_sought);
	return found ? *found : NULL;
}
