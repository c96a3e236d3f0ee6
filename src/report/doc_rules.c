/* The same network under every rule: how far apart counters are, and why. */
#include "report/about.h"

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

static void causes_header(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_grid_column(g, SC_COLUMN_text, "of", "of", 0);
	sc_grid_column(g, SC_COLUMN_text, "quantity", "quantity", 0);
	sc_grid_column(g, SC_COLUMN_text, "rule", "rule", 0);
	sc_grid_column(g, SC_COLUMN_change, "difference", "difference", 0);
	for (size_t i = 0; sc_cause_name(i); i++)
		sc_grid_column(g, SC_COLUMN_change, sc_cause_name(i), sc_cause_label(i), 0);
}

static void causes_row(sc_grid *g, const sc_sheet *sheet, const sc_rule *rule)
{
	int64_t cause[SC_CAUSE__N], sum = 0;
	bool known = !sc_sheet_causes(sheet, rule, cause, &sum, NULL);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, sheet->total.known ? "network" : "SE");
	sc_grid_text(g, sc_quantity_name(rule->quantity));
	sc_grid_text(g, rule->name);
	for (size_t i = 0; i <= SC_CAUSE__N; i++)
		if (known)
			sc_grid_change(g, i ? cause[i - 1] : sum);
		else
			sc_grid_unknown(g);
}

static bool counts_operations(const sc_rule *rule)
{
	return rule->quantity == SC_QUANTITY_macs || rule->quantity == SC_QUANTITY_flops;
}

sc_document *sc_rules_document(const sc_sheet *const *sheet, size_t n)
{
	sc_document *doc = sc_document_new("Every counting rule");
	sc_grid *g = sc_grid_new("rules", "every counting rule");
	sc_grid_narrow(g, "quantity,rule,total,se,network");
	sc_grid *why =
		sc_grid_new("causes", "what a rule counts more or less than 'exact', by cause");
	sc_about_networks(doc, sheet, n);
	header(g);
	sc_grid_narrow(why, "quantity,rule,difference,classifier,bias,norm,FMA,network");
	causes_header(why);
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; sc_rule_at(r); r++) {
			row(g, sheet[i], sc_rule_at(r));
			if (counts_operations(sc_rule_at(r)))
				causes_row(why, sheet[i], sc_rule_at(r));
		}
	sc_document_heading(doc, "batch %u, fp32, inference", sheet[0]->batch);
	sc_document_grid(doc, g);
	sc_document_grid(doc, why);
	return doc;
}
