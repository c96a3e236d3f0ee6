/* `secost cost`: a row for the stem, each stage (or block, or layer) and the head, and the total.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "report/about.h"
#include "report/cells.h"
#include "report/json.h"
#include "report/say.h"

/* a row's own columns come first, these follow */
/* --- stages --- */

static void latency_columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_real, "se_latency_us", "SE µs", 1);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_real, "se_latency_low_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "se_latency_high_us", NULL, 1);
}

static void latency_cells(sc_grid *g, const sc_latency *t)
{
	char text[64];
	if (!t)
		return; /* no such columns */
	for (int i = 0; i < 4 && !(t->ns > 0); i++)
		sc_grid_nothing(g);
	if (!(t->ns > 0))
		return;
	snprintf(text, sizeof text, "%.1f … %.1f", t->low / 1e3, t->high / 1e3);
	sc_grid_real(g, t->ns / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, t->low / 1e3);
	sc_grid_real(g, t->high / 1e3);
}

/* of the description */
static void line_cell(sc_grid *g, uint32_t line)
{
	sc_cells_count(g, line > 0, line);
}

static void stage_row(sc_grid *g, const sc_sheet *sheet, const sc_latency *latency, size_t i)
{
	const sc_sheet_row *row = &sheet->row[i];
	if (!sc_sheet_row_counts(row))
		return;
	sc_grid_row(g, row->se_blocks || !row->block ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, row->name);
	if (row->block)
		sc_grid_text(g, row->block);
	else
		sc_grid_nothing(g);
	sc_cells_count(g, row->block != NULL, row->blocks);
	sc_cells_shape(g, row->out);
	sc_cells_fact(g, row, SC_FACT_gated);
	sc_cells_fact(g, row, SC_FACT_ratio);
	sc_cells_fact(g, row, SC_FACT_width);
	latency_cells(g, latency ? &latency[i] : NULL);
	sc_cells_cost(g, &row->t, &sheet->total);
	sc_cells_fact(g, row, SC_FACT_crossover);
	if (row->se_blocks && !sc_facts_differ(row, SC_FACT_crossover))
		sc_grid_real(g, row->fact[0].crossover);
	else
		sc_grid_nothing(g);
	line_cell(g, sc_sheet_row_line(sheet, i));
}

static void total_cells(sc_grid *g, const sc_sheet *sheet)
{
	sc_cells_cost(g, &sheet->total, &sheet->total);
}

/* `between` columns stand between the name and the cost */
static void total_row(sc_grid *g, const sc_sheet *sheet, const sc_latency *latency, int between)
{
	sc_grid_row(g, SC_ROW_total);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, "total");
	for (int k = 0; k < between; k++)
		sc_grid_nothing(g);
	latency_cells(g, latency ? &latency[sheet->rows] : NULL);
	total_cells(g, sheet);
}

/* people see it where it is not the C beside it */
static void gated_column(sc_grid *g, sc_column_kind kind, const sc_sheet *const *sheet, size_t n)
{
	bool differs = false;
	for (size_t i = 0; i < n; i++)
		for (size_t r = 1; r + 1 < sheet[i]->rows; r++)
			differs = differs || sc_sheet_gates_other_width(sheet[i], r);
	sc_grid_column(g, kind, "se_gated_channels", differs ? "gated C" : NULL, 0);
}

static sc_grid *stages_grid(
	const char *name, const sc_sheet *const *sheet, size_t n, const sc_latencies *latency)
{
	sc_grid *g = sc_grid_new(name, "cost by stage");
	sc_grid_narrow(g, "network,stage,se_latency_us,se_params,se_weights_share,ratio,blocks,se_"
			  "flops,C×H×W,width_squeezed,params");
	sc_grid_column(g, SC_COLUMN_text, "network", n > 1 ? "network" : NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "block", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "blocks", "N", 0);
	sc_cells_shape_columns(g);
	gated_column(g, SC_COLUMN_text, sheet, n);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_text, "width_squeezed", "d", 0);
	if (latency)
		latency_columns(g);
	sc_cells_cost_columns(g);
	sc_grid_column(g, SC_COLUMN_text, NULL, "r*", 0);
	sc_grid_column(g, SC_COLUMN_real, "ratio_crossover", NULL, 2);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
	sc_say_grid_conditions(g, sheet[0]);
	for (size_t i = 0; i < n; i++) {
		const sc_latency *t = latency ? latency[i].row : NULL;
		for (size_t r = 0; r < sheet[i]->rows; r++)
			stage_row(g, sheet[i], t, r);
		total_row(g, sheet[i], t, 9);
	}
	return g;
}

sc_grid *sc_stages_grid(const sc_sheet *const *sheet, size_t n)
{
	return stages_grid("stages", sheet, n, NULL);
}

sc_grid *sc_stages_with_se_grid(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++) {
		const sc_sheet *sheet = &study->setup[i].sheet;
		if (sheet->total.se.params)
			return i ? stages_grid("stages-with-se", &sheet, 1, NULL) : NULL;
	}
	return NULL;
}

/* --- networks --- */

static sc_grid *networks_grid(const sc_sheet *const *sheet, size_t n)
{
	sc_grid *g = sc_grid_new("networks", "cost by network");
	sc_grid_narrow(g, "network,params,se_params,macs,se_flops");
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_cells_cost_columns(g);
	for (size_t i = 0; i < n; i++) {
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, sheet[i]->model->name);
		total_cells(g, sheet[i]);
	}
	return g;
}

/* --- blocks --- */

static void block_row(sc_grid *g, const sc_sheet *sheet, size_t r, uint32_t b)
{
	const sc_sheet_row *row = &sheet->row[r];
	const sc_se_fact *f = &row->fact[b];
	sc_totals t;
	sc_filter filter = {(int64_t)r, b, SC_ANY, NULL};
	sc_err err;
	if (sc_sheet_part(sheet, &filter, &t, &err)) {
		sc_grid_fail(g, &err);
		return;
	}
	sc_grid_row(g, f->squeezed ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, row->name);
	sc_grid_count(g, b);
	sc_cells_shape(g, sc_sheet_block_out(sheet, r, b));
	sc_cells_count(g, f->squeezed > 0, f->gated.c);
	if (f->squeezed)
		sc_grid_real(g, f->ratio);
	else
		sc_grid_nothing(g);
	sc_cells_count(g, f->squeezed > 0, f->squeezed);
	sc_cells_cost(g, &t, &sheet->total);
	line_cell(g, sc_sheet_row_line(sheet, r));
}

static sc_grid *blocks_grid(const sc_sheet *const *sheet, size_t n)
{
	sc_grid *g = sc_grid_new("blocks", "cost by block");
	sc_grid_narrow(
		g, "network,stage,block,se_params,se_weights_share,ratio,width_squeezed,se_flops");
	sc_grid_column(g, SC_COLUMN_text, "network", n > 1 ? "network" : NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_exact, "block", "block", 0);
	sc_cells_shape_columns(g);
	gated_column(g, SC_COLUMN_exact, sheet, n);
	sc_grid_column(g, SC_COLUMN_real, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "width_squeezed", "d", 0);
	sc_cells_cost_columns(g);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
	for (size_t i = 0; i < n; i++) {
		for (size_t r = 1; r + 1 < sheet[i]->rows; r++)
			for (uint32_t b = 0; b < sheet[i]->row[r].blocks; b++)
				block_row(g, sheet[i], r, b);
		total_row(g, sheet[i], NULL, 8);
	}
	sc_grid_note(g, "total: of the network, stem and head included");
	return g;
}

/* --- layers --- */

static void layer_row(sc_grid *g, const sc_sheet *sheet, size_t i)
{
	const sc_layer *l = &sheet->layers.item[i];
	sc_layer_path path;
	sc_totals t;
	sc_err err;
	if (sc_sheet_layer(sheet, i, &t, &err)) {
		sc_grid_fail(g, &err);
		return;
	}
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, sc_layer_full_name(l, &path));
	sc_grid_text(g, l->op->name);
	sc_grid_text(g, sc_role_name(l->role));
	sc_cells_shape(g, l->out);
	sc_grid_count(g, t.params);
	sc_grid_count(g, t.macs);
	sc_grid_count(g, t.flops);
	sc_grid_count(g, t.activations);
	sc_grid_count(g, t.bytes);
	line_cell(g, l->line);
}

static sc_grid *layers_grid(const sc_sheet *const *sheet, size_t n)
{
	sc_grid *g = sc_grid_new("layers", "cost by layer");
	sc_grid_narrow(g, "network,layer,params,macs,op,flops");
	sc_grid_column(g, SC_COLUMN_text, "network", n > 1 ? "network" : NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "layer", "layer", 0);
	sc_grid_column(g, SC_COLUMN_text, "op", "op", 0);
	sc_grid_column(g, SC_COLUMN_text, "role", "role", 0);
	sc_cells_shape_columns(g);
	sc_grid_column(g, SC_COLUMN_exact, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_exact, "macs", "MACs", 0);
	sc_grid_column(g, SC_COLUMN_exact, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_exact, "activations", "activations", 0);
	sc_grid_column(g, SC_COLUMN_exact, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sheet[i]->layers.count; k++)
			layer_row(g, sheet[i], k);
	return g;
}

/* --- the document --- */

typedef struct subject {
	const sc_sheet *const *sheet;
	size_t n;
	const char *by;
	const sc_latencies *latency; /* NULL for none */
} subject;

static void add_latency(sc_json *j, json_t *o, const sc_latency *t)
{
	json_t *se = json_object_get(o, "se");
	sc_json_set(j, se, "latency_ns", t->ns > 0 ? sc_json_real(t->ns) : json_null());
	sc_json_set(j, se, "latency_low_ns", t->ns > 0 ? sc_json_real(t->low) : json_null());
	sc_json_set(j, se, "latency_high_ns", t->ns > 0 ? sc_json_real(t->high) : json_null());
}

static void add_latencies(sc_json *j, json_t *network, const sc_sheet *sheet, const sc_latencies *l)
{
	json_t *stages = json_object_get(network, "stages");
	add_latency(j, json_object_get(network, "total"), &l->row[sheet->rows]);
	for (size_t r = 0, i = 0; r < sheet->rows; r++)
		if (sc_sheet_row_counts(&sheet->row[r]))
			add_latency(j, json_array_get(stages, i++), &l->row[r]);
	sc_json_set(j, network, "latency_from", sc_json_text(l->from));
}

static json_t *cost_json(const void *of)
{
	sc_json made = {0}, *j = &made;
	const subject *cost = of;
	const sc_sheet *const *sheet = cost->sheet;
	json_t *root = json_object(), *networks = json_array();
	sc_json_set(j, root, "schema", sc_json_text("secost.cost/1"));
	sc_json_set(j, root, "context", sc_json_context(j, &sheet[0]->rules, sheet[0]->batch));
	for (size_t i = 0; i < cost->n; i++) {
		json_t *o = json_object();
		sc_json_set(j, o, "name", sc_json_text(sheet[i]->model->name));
		sc_json_set(j, o, "file", sc_json_text(sheet[i]->model->file));
		sc_json_set(j, o, "input",
			sheet[i]->input.c ? sc_json_shape(sheet[i]->input) : json_null());
		sc_json_set(j, o, "total", sc_json_totals(j, &sheet[i]->total));
		sc_json_set(j, o, "stages", sc_json_stages(j, sheet[i]));
		if (!strcmp(cost->by, "block"))
			sc_json_set(j, o, "blocks", sc_json_blocks(j, sheet[i]));
		if (!strcmp(cost->by, "layer"))
			sc_json_set(j, o, "layers", sc_json_layers(j, sheet[i]));
		if (cost->latency)
			add_latencies(j, o, sheet[i], &cost->latency[i]);
		sc_json_append(j, networks, o);
	}
	sc_json_set(j, root, "networks", networks);
	return sc_json_done(j, root);
}

sc_document *sc_cost_document(const sc_sheet *const *sheet, size_t n, const char *by)
{
	sc_document *doc = sc_document_new(n == 1 ? sheet[0]->model->name : "Cost of networks");
	bool network = !strcmp(by, "network"), block = !strcmp(by, "block"),
	     layer = !strcmp(by, "layer");
	if (n > 1)
		sc_about_networks(doc, sheet, n);
	sc_say_conditions(doc, sheet[0]);
	sc_document_grid(doc, network ? networks_grid(sheet, n)
			      : block ? blocks_grid(sheet, n)
			      : layer ? layers_grid(sheet, n)
				      : sc_stages_grid(sheet, n));
	for (size_t i = 0; i < n && !network; i++)
		sc_say_cost(doc, sheet[i]);
	sc_document_json(doc, cost_json, &(subject){sheet, n, by, NULL}, sizeof(subject));
	return doc;
}

sc_document *sc_cost_document_timed(
	const sc_sheet *const *sheet, size_t n, const sc_latencies *latency)
{
	sc_document *doc = sc_document_new(n == 1 ? sheet[0]->model->name : "Cost of networks");
	if (n > 1)
		sc_about_networks(doc, sheet, n);
	else
		sc_document_about(doc, "time");
	sc_say_conditions(doc, sheet[0]);
	sc_document_grid(doc, stages_grid("stages", sheet, n, latency));
	for (size_t i = 0; i < n; i++)
		sc_say_cost(doc, sheet[i]);
	sc_document_note(doc, "SE µs: %s", latency[0].from);
	sc_document_json(doc, cost_json, &(subject){sheet, n, "stage", latency}, sizeof(subject));
	return doc;
}
