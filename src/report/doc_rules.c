/* The same network under every rule: how far apart counters are. */
#include "secost/report.h"

static void header(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_grid_column(g, SC_COLUMN_text, "quantity", "quantity", 0);
	sc_grid_column(g, SC_COLUMN_text, "rule", "rule", 0);
	sc_grid_column(g, SC_COLUMN_exact, "total", "total", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se", "of it SE", 0);
	sc_grid_column(g, SC_COLUMN_text, "meaning", "meaning", 0);
}

static void row(sc_grid *g, const sc_sheet *sheet, const sc_rule *rule)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, sc_quantity_name(rule->quantity));
	sc_grid_text(g, rule->name);
	for (int se = 0; se < 2; se++) {
		uint64_t n;
		if ((se || sheet->total.known) && !sc_sheet_under(sheet, rule, se, &n, NULL))
			sc_grid_count(g, n);
		else
			sc_grid_unknown(g);
	}
	sc_grid_text(g, rule->meaning);
}

sc_document *sc_rules_document(const sc_sheet *const *sheet, size_t n)
{
	sc_document *doc = sc_document_new("Every counting rule");
	sc_grid *g = sc_grid_new("rules", "every counting rule");
	header(g);
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; sc_rule_at(r); r++)
			row(g, sheet[i], sc_rule_at(r));
	sc_document_heading(doc, "batch %u, fp32, inference, norms not folded", sheet[0]->batch);
	sc_document_grid(doc, g);
	return doc;
}
