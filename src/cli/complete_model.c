/* Completion of what depends on a network: the names of its stages. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/complete.h"
#include "secost/study.h"

static sc_model *load_quietly(const char *name)
{
	sc_model *m = NULL;
	const sc_bundled *b = sc_bundled_named("networks", name);
	if (sc_model_load(name, &m, NULL) && b)
		sc_model_load(b->path, &m, NULL);
	return m;
}

/* can it be overridden: a value, or SE with fields of its own? */
static bool is_value(const sc_field_info *f)
{
	return !f->sub_table || !strcmp(f->code, "SE");
}

/* "before.key=", or "before.key=word" for each word allowed once the '=' is typed */
static void offer_field(completion *c, const char *before, const sc_field_info *f)
{
	char path[256], word[512];
	snprintf(path, sizeof path, "%s%s=", before, f->key);
	complete_step(c, path);
	if (!f->words || strncmp(c->word, path, strlen(path)) != 0)
		return;
	for (const char *p = f->range; *p;) {
		size_t n = strcspn(p, ",");
		snprintf(word, sizeof word, "%s%.*s", path, (int)n, p);
		complete_offer(c, word);
		p += n + strspn(p + n, ", ");
	}
}

static void offer_table(completion *c, const char *table, const char *before)
{
	char room[256], deeper[256];
	sc_field_info f;
	for (size_t i = 0; sc_field_at(i, room, &f); i++) {
		if (strcmp(f.table, table) != 0 || !is_value(&f))
			continue;
		offer_field(c, before, &f);
		if (strcmp(f.code, "SE") != 0)
			continue;
		snprintf(deeper, sizeof deeper, "%s%s.", before, f.key);
		if (!strncmp(c->word, deeper, strlen(deeper)))
			offer_table(c, "se", deeper);
		else
			complete_step(c, deeper);
	}
}

void complete_override(completion *c, const char *network)
{
	sc_model *m = network ? load_quietly(network) : NULL;
	char before[256];
	offer_table(c, "model", "");
	for (size_t i = 0; m && i < m->stages.count; i++) {
		snprintf(before, sizeof before, "stages.%s.", m->stages.item[i].name);
		complete_step(c, before);
		if (!strncmp(c->word, before, strlen(before)))
			offer_table(c, "stage", before);
	}
	sc_model_free(m);
}

/* "total.se.params" and the like, a part at a time */
static void offer_quantities(completion *c, const char *part)
{
	char path[256];
	const char *quantity;
	for (size_t i = 0; (quantity = sc_explain_quantity_at(i)); i++) {
		snprintf(path, sizeof path, "%.128s.%.64s", part, quantity);
		complete_step(c, path);
	}
}

void complete_path(completion *c, const char *network)
{
	static const char *const parts[] = {"total", "stem", "head"};
	sc_model *m = network ? load_quietly(network) : NULL;
	char part[256];
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		offer_quantities(c, parts[i]);
	for (size_t i = 0; m && i < m->stages.count; i++) {
		snprintf(part, sizeof part, "stages.%s", m->stages.item[i].name);
		offer_quantities(c, part);
	}
	sc_model_free(m);
}
