/* Dialects are written as one would write their fields, and read by the same reader: once for each
 * description, however many stages name them. */
#include <string.h>

#include "model/fields.h"

static const sc_dialect dialects[] = {
#define DIALECT(name, fields, meaning) {#name, fields, meaning},
#include "model/dialects.def"
#undef DIALECT
};

enum { DIALECTS = sizeof dialects / sizeof *dialects };
_Static_assert(DIALECTS <= sizeof((sc_reader *)0)->dialect / sizeof(void *), "the reader's cache");

const sc_dialect *sc_dialect_at(size_t i)
{
	return i < DIALECTS ? &dialects[i] : NULL;
}

static const sc_se_spec *read_bundle(sc_reader *r, const sc_dialect *d)
{
	const sc_node *bundle;
	sc_se_spec *spec = sc_reader_alloc(r, 1, sizeof *spec);
	if (!spec || !sc_yaml_read(r, d->fields, strlen(d->fields), &bundle) ||
		!sc_read_record(r, &sc_table_se, spec, bundle))
		return NULL;
	spec->dialect_name = d->name;
	spec->given.at = (sc_mark){0, 0};
	return spec;
}

bool sc_read_dialect(sc_reader *r, const sc_field *f, const sc_node *node, const sc_se_spec **out)
{
	unsigned i;
	if (!sc_read_word(r, f, node, &i))
		return false;
	if (!r->dialect[i])
		r->dialect[i] = read_bundle(r, &dialects[i]);
	if (!r->dialect[i])
		return false;
	*out = r->dialect[i];
	return true;
}
