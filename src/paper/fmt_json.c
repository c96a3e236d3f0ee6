#include <jansson.h>
#include <stdlib.h>

#include "paper/grid.h"

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	(void)style;
	json_t *made = doc->json ? doc->json(doc->subject) : sc_grids_json(doc);
	char *text = json_dumps(made, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
	json_decref(made);
	if (!text)
		return sc_fail(err, SC_ENOMEM, "no memory for the JSON text");
	sc_text_add(out, text);
	sc_text_add(out, "\n");
	free(text);
	return SC_OK;
}

const sc_format sc_format_json = {"json", "json", "everything for programs", write};
