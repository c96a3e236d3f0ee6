#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"

int run_schema(const sc_options *o)
{
	sc_options as_json = *o;
	char json[] = "json";
	as_json.format = json;
	if (o->arg_count)
		return complain("'schema' takes no argument");
	sc_document *doc = sc_schema_document();
	return doc ? finish(&as_json, doc, EXIT_DONE) : complain("no memory for the schema");
}
