#include "base/nearest.h"
#include "se/plan.h"

#include <stdio.h>
#include <string.h>

#define KERNEL(name) extern const sc_se_row sc_se_##name;
#include "se/kernels.def"
#undef KERNEL

static const sc_se_row *const table[] = {
#define KERNEL(name) &sc_se_##name,
#include "se/kernels.def"
#undef KERNEL
};

const sc_se_row *sc_se_row_at(size_t i)
{
	return i < sizeof table / sizeof *table ? table[i] : NULL;
}

static int can_run(const sc_se_row *row)
{
	return (row->need & ~sc_cpu_features()) == 0;
}

size_t sc_se_dtype_size(sc_se_dtype type)
{
	return sc_se_size_of(type);
}

const char *sc_se_row_name(size_t i)
{
	const sc_se_row *row = sc_se_row_at(i);
	return row ? row->name : NULL;
}

const char *sc_se_row_text(size_t i)
{
	const sc_se_row *row = sc_se_row_at(i);
	return row ? row->text : NULL;
}

int sc_se_row_can_run(size_t i)
{
	const sc_se_row *row = sc_se_row_at(i);
	return row && can_run(row);
}

static const sc_se_row *best(void)
{
	size_t i = 0;
	while (!can_run(table[i]))
		i++;
	return table[i];
}

/* "avx2, scalar, ref": the rows this CPU can run */
static void list(char *text, size_t size)
{
	size_t used = 0;
	for (size_t i = 0; sc_se_row_at(i); i++)
		if (can_run(table[i]) && used < size)
			used += (size_t)snprintf(
				text + used, size - used, "%s%s", used ? ", " : "", table[i]->name);
}

static const sc_se_row *unknown(const char *name, sc_err *err)
{
	char here[128];
	sc_nearest near = sc_nearest_to(name);
	for (size_t i = 0; sc_se_row_at(i); i++)
		sc_nearest_offer(&near, table[i]->name);
	list(here, sizeof here);
	if (near.best)
		sc_fail(err, SC_EINVAL, "unknown row '%.40s', did you mean '%s'? one of: %s", name,
			near.best, here);
	else
		sc_fail(err, SC_EINVAL, "unknown row '%.40s', one of: %s", name, here);
	return NULL;
}

const sc_se_row *sc_se_row_find(const char *name, sc_err *err)
{
	if (!name)
		return best();
	for (size_t i = 0; sc_se_row_at(i); i++) {
		if (strcmp(table[i]->name, name))
			continue;
		if (can_run(table[i]))
			return table[i];
		char here[128];
		list(here, sizeof here);
		sc_fail(err, SC_EINVAL, "this CPU can't run row '%s', one of: %s", name, here);
		return NULL;
	}
	return unknown(name, err);
}
