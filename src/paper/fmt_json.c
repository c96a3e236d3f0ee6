#include "base/json.h"
#include "paper/grid.h"

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	(void)style;
	json_t *made = doc->json ? doc->json(doc->subject) : sc_grids_json(doc);
	sc_json_write(made, out);
	json_decref(made);
	return out->failed ? sc_fail(err, SC_ENOMEM, "no memory for the JSON text") : SC_OK;
}

const sc_format sc_format_json = {"json", "json", "everything for programs", write};
