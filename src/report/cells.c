#include "report/cells.h"

#include <stdio.h>

#include "base/text.h"

void sc_cells_cost_columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_count, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "+SE params", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_weights_share", "SE share", 1);
	sc_grid_column(g, SC_COLUMN_count, "macs", "MACs", 0);
	sc_grid_column(g, SC_COLUMN_count, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "+SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_formula_params", "(2/r)·N·C²", 0);
	sc_grid_column(g, SC_COLUMN_real, "se_from_biases", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "se_from_gated", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "se_from_base", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "se_from_rounding", NULL, 0);
	sc_grid_column(g, SC_COLUMN_count, "se_macs", "+SE MACs", 0);
	sc_grid_column(g, SC_COLUMN_count, "activations", "activations", 0);
	sc_grid_column(g, SC_COLUMN_count, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_bytes", "+SE bytes", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_elements", "gated", 0);
	sc_grid_column(g, SC_COLUMN_real, "se_flops_per_byte", "SE FLOP/byte", 2);
}

static void count_or_unknown(sc_grid *g, bool known, uint64_t n)
{
	if (known)
		sc_grid_count(g, n);
	else
		sc_grid_unknown(g);
}

void sc_cells_count(sc_grid *g, bool has, uint64_t n)
{
	if (has)
		sc_grid_count(g, n);
	else
		sc_grid_nothing(g);
}

static void real_or_nothing(sc_grid *g, bool has, double x)
{
	if (has)
		sc_grid_real(g, x);
	else
		sc_grid_nothing(g);
}

static void formula_cells(sc_grid *g, bool se, const sc_se_formula *f)
{
	sc_cells_count(g, se, (uint64_t)(f->formula + 0.5));
	real_or_nothing(g, se, f->from_biases);
	real_or_nothing(g, se, f->from_gated);
	real_or_nothing(g, se, f->from_base);
	real_or_nothing(g, se, f->from_rounding);
}

void sc_cells_cost(sc_grid *g, const sc_totals *t, const sc_totals *all)
{
	bool se = t->se.elements > 0;
	count_or_unknown(g, t->known, t->params);
	sc_cells_count(g, se, t->se.params);
	if (se)
		sc_grid_share(g, sc_share(t->se.weights, all->se.weights));
	else
		sc_grid_nothing(g);
	count_or_unknown(g, t->known, t->macs);
	count_or_unknown(g, t->known, t->flops);
	sc_cells_count(g, se, t->se.flops);
	formula_cells(g, se, &t->se.by_formula);
	sc_cells_count(g, se, t->se.macs);
	count_or_unknown(g, t->known, t->activations);
	count_or_unknown(g, t->known, t->bytes);
	sc_cells_count(g, se, t->se.bytes);
	sc_cells_count(g, se, t->se.elements);
	real_or_nothing(g, se, sc_se_intensity(t));
}

void sc_cells_shape_columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, NULL, "C×H×W", 0);
	sc_grid_column(g, SC_COLUMN_exact, "channels", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "height", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "width", NULL, 0);
}

void sc_cells_shape(sc_grid *g, sc_shape s)
{
	char text[48];
	snprintf(text, sizeof text, "%u×%u×%u", s.c, s.h, s.w);
	sc_grid_text(g, text);
	sc_grid_count(g, s.c);
	sc_grid_count(g, s.h);
	sc_grid_count(g, s.w);
}

static void fact_text(const sc_se_fact *f, sc_fact_number which, sc_text *out)
{
	if (f->squeezed)
		sc_text_addf(
			out, which == SC_FACT_crossover ? "%.2f" : "%.5g", sc_fact_value(f, which));
	else
		sc_text_add(out, "·");
}

/* "16", "8 16 ·" where blocks differ */
void sc_cells_fact(sc_grid *g, const sc_sheet_row *row, sc_fact_number which)
{
	enum { SHOWN_MAX = 8 };
	sc_text text = {0};
	bool differ = sc_facts_differ(row, which);
	for (uint32_t b = 0; row->se_blocks && b < (differ ? row->blocks : 1); b++) {
		sc_text_add(&text, b ? " " : "");
		if (b == SHOWN_MAX) {
			sc_text_add(&text, "…");
			break;
		}
		fact_text(&row->fact[b], which, &text);
	}
	if (row->se_blocks)
		sc_grid_text(g, sc_text_whole(&text));
	else
		sc_grid_nothing(g);
	sc_text_release(&text);
}
