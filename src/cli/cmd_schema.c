/* `secost schema`: of descriptions, for editors; of an output, for programs. */
#include <string.h>

#include "base/choices.h"
#include "cli/cli.h"

const char *output_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_output_at(i) ? sc_output_at(i)->name : NULL;
}

static const sc_output *output_named(const char *name)
{
	for (size_t i = 0; sc_output_at(i); i++)
		if (!strcmp(sc_output_at(i)->name, name))
			return sc_output_at(i);
	return NULL;
}

int run_schema(const sc_options *o)
{
	sc_options as_json = *o;
	char json[] = "json";
	sc_tail tail;
	const sc_output *output = o->arg_count ? output_named(o->args[0]) : NULL;
	as_json.format = json;
	if (o->arg_count > 1)
		return complain("'schema' takes one output, or none for that of descriptions");
	if (o->arg_count && !output)
		return complain("no output '%s'%s", o->args[0],
			sc_must_be_one_of(o->args[0], output_word, NULL, NULL, &tail));
	sc_document *doc = output ? sc_output_schema_document(output) : sc_schema_document();
	return doc ? finish(&as_json, doc, EXIT_DONE) : complain("no memory for the schema");
}
