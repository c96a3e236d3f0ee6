/* `secost check`: every limit on a line, and what changed since a saved result. */
#include <inttypes.h>
#include <string.h>

#include "report/plan.h"
#include "report/say.h"

void sc_check_say(const sc_check *c, sc_text *out)
{
	sc_digits is, most, over;
	const char *name = sc_plan_column_name(c->max.column);
	if (!c->known) {
		sc_text_addf(out, "%s: not known, so that the limit can't be shown to hold", name);
		return;
	}
	sc_text_addf(out, "%s: %s, ", name, sc_plan_amount(c->max.column, c->is, &is));
	if (c->holds)
		sc_text_addf(out, "at most %s", sc_plan_amount(c->max.column, c->most, &most));
	else
		sc_text_addf(out, "%s over the limit of %s",
			sc_plan_amount(c->max.column, c->is - c->most, &over),
			sc_plan_amount(c->max.column, c->most, &most));
}

static sc_grid *limits_grid(const sc_check *check, size_t n)
{
	sc_grid *g = sc_grid_new("limits", "limits");
	sc_grid_column(g, SC_COLUMN_text, "column", "limit", 0);
	sc_grid_column(g, SC_COLUMN_exact, "is", "is", 0);
	sc_grid_column(g, SC_COLUMN_exact, "most", "at most", 0);
	sc_grid_column(g, SC_COLUMN_text, "verdict", "verdict", 0);
	for (size_t i = 0; i < n; i++) {
		const sc_check *c = &check[i];
		sc_grid_row(g, c->holds ? SC_ROW_plain : SC_ROW_total);
		sc_grid_text(g, sc_plan_column_name(c->max.column));
		if (c->known) {
			sc_grid_count(g, c->is);
			sc_grid_count(g, c->most);
		} else {
			sc_grid_unknown(g);
			sc_grid_unknown(g);
		}
		sc_grid_text(g, !c->known ? "not known" : c->holds ? "holds" : "violated");
	}
	return g;
}

/* --- since a saved result --- */

static const sc_saved_stage *stage_named(const sc_saved *saved, const char *name)
{
	for (size_t i = 0; i < saved->stages; i++)
		if (!strcmp(saved->stage[i].name, name))
			return &saved->stage[i];
	return NULL;
}

static void change_cell(
	sc_grid *g, const sc_saved_counts *old, sc_plan_column c, uint64_t now, bool known)
{
	if (old && old->known[c] && known)
		sc_grid_change(g, sc_change(old->of[c], now));
	else
		sc_grid_unknown(g);
}

static void changes_row(sc_grid *g, const char *name, const sc_saved_counts *old,
	const sc_totals *t, const char *what, sc_row_kind kind)
{
	sc_grid_row(g, kind);
	sc_grid_text(g, name);
	sc_grid_text(g, what);
	change_cell(g, old, SC_PLAN_COLUMN_params, t->params, t->known);
	change_cell(g, old, SC_PLAN_COLUMN_macs, t->macs, t->known);
	change_cell(g, old, SC_PLAN_COLUMN_flops, t->flops, t->known);
	change_cell(g, old, SC_PLAN_COLUMN_weights, t->se.weights, true);
}

static bool has_row(const sc_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->rows; i++)
		if (!strcmp(sheet->row[i].name, name))
			return true;
	return false;
}

static bool is_same(const sc_saved_counts *old, const sc_totals *t)
{
	return old->of[SC_PLAN_COLUMN_params] == t->params &&
	       old->of[SC_PLAN_COLUMN_flops] == t->flops &&
	       old->of[SC_PLAN_COLUMN_weights] == t->se.weights;
}

static sc_grid *changes_grid(const sc_sheet *sheet, const sc_saved *saved)
{
	sc_grid *g = sc_grid_new("changes", "since the saved result");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "state", "state", 0);
	sc_grid_column(g, SC_COLUMN_change, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_change, "macs", "MACs", 0);
	sc_grid_column(g, SC_COLUMN_change, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_change, "se_weights", "SE weights", 0);
	for (size_t i = 0; i < sheet->rows; i++) {
		const sc_sheet_row *row = &sheet->row[i];
		const sc_saved_stage *old = stage_named(saved, row->name);
		bool empty = !row->block && row->t.known && !row->t.bytes;
		if (!old && empty)
			continue;
		const char *state = !old			     ? "new"
				    : is_same(&old->counts, &row->t) ? "same"
								     : "changed";
		changes_row(g, row->name, old ? &old->counts : NULL, &row->t, state,
			!strcmp(state, "same") ? SC_ROW_dim : SC_ROW_plain);
	}
	for (size_t i = 0; i < saved->stages; i++)
		if (!has_row(sheet, saved->stage[i].name))
			changes_row(g, saved->stage[i].name, NULL, &(sc_totals){0}, "gone",
				SC_ROW_plain);
	changes_row(g, "total", &saved->total, &sheet->total, "", SC_ROW_total);
	return g;
}

sc_document *sc_check_document(
	const sc_sheet *sheet, const sc_check *check, size_t n, const sc_saved *saved)
{
	sc_document *doc = sc_document_new(sheet->model->name);
	for (size_t i = 0; i < n; i++) {
		sc_text text = {0};
		sc_check_say(&check[i], &text);
		sc_document_heading(doc, "%s", sc_text_get(&text));
		if (text.failed)
			sc_document_fail(doc);
		sc_text_release(&text);
	}
	sc_say_conditions(doc, sheet);
	sc_document_grid(doc, limits_grid(check, n));
	if (saved)
		sc_document_grid(doc, changes_grid(sheet, saved));
	return doc;
}
