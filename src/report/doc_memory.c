/* `secost memory`: what training and inference keep in memory, stage by stage, and SE's part of it,
 * which is the difference to the same network counted without its SE. */
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "report/about.h"
#include "report/say.h"

static const struct {
	const char *key, *title, *se_key;
} columns[] = {
	{"params_bytes", "params", "se_params_bytes"},
	{"kept_bytes", "kept", "se_kept_bytes"},
	{"peak_bytes", "peak", "se_peak_bytes"},
	{"gradients_bytes", "gradients", NULL},
	{"optimizer_bytes", "optimizer", NULL},
	{"backward_macs", "backward MACs", "se_backward_macs"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void numbers_of(const sc_memory *m, uint64_t out[COLUMNS])
{
	const uint64_t n[COLUMNS] = {
		m->params, m->kept, m->peak, m->gradients, m->states, m->backward_macs};
	for (size_t i = 0; i < COLUMNS; i++)
		out[i] = n[i];
}

static void header(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "network", "network", 0);
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	for (size_t i = 0; i < COLUMNS; i++) {
		sc_grid_column(g, SC_COLUMN_count, columns[i].key, columns[i].title, 0);
		if (columns[i].se_key)
			sc_grid_column(g, SC_COLUMN_count, columns[i].se_key, "of it SE", 0);
	}
}

static void row(sc_grid *g, const sc_sheet *sheet, size_t i, const sc_memory *with,
	const sc_memory *without)
{
	uint64_t n[COLUMNS], se[COLUMNS];
	bool total = i == sheet->rows;
	sc_grid_row(g, total ? SC_ROW_total : SC_ROW_plain);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, total ? "total" : sheet->row[i].name);
	numbers_of(&with[i], n);
	const sc_memory added = sc_memory_added(&with[i], &without[i]);
	numbers_of(&added, se);
	for (size_t c = 0; c < COLUMNS; c++) {
		sc_grid_count(g, n[c]);
		if (columns[c].se_key)
			sc_grid_count(g, se[c]);
	}
}

static sc_status add_alive(
	sc_grid *g, const sc_sheet *sheet, const sc_memory_options *options, size_t at, sc_err *err)
{
	uint32_t *alive;
	size_t n;
	uint64_t sum = 0;
	sc_status s = sc_memory_alive(&sheet->layers, options, at, &alive, &n, err);
	if (s)
		return s;
	for (size_t i = 0; i < n; i++) {
		const sc_layer *l = &sheet->layers.item[alive[i]];
		sc_layer_path path;
		char shape[48];
		snprintf(shape, sizeof shape, "%u×%u×%u", l->out.c, l->out.h, l->out.w);
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, sheet->model->name);
		sc_grid_text(g, sc_layer_full_name(l, &path));
		sc_grid_text(g, shape);
		sc_grid_count(g, sc_memory_of_output(l, options));
		sum += sc_memory_of_output(l, options);
	}
	sc_grid_row(g, SC_ROW_total);
	sc_grid_text(g, sheet->model->name);
	sc_grid_text(g, "total");
	sc_grid_nothing(g);
	sc_grid_count(g, sum);
	free(alive);
	return SC_OK;
}

static void bytes_text(uint64_t n, char *out, size_t size)
{
	sc_digits digits;
	unsigned power = sc_number_power(n);
	snprintf(out, size, "%s %sB", sc_number_scaled(&digits, n, power, power ? 2 : 0),
		sc_number_prefix(power));
}

static void say(sc_document *doc, const sc_sheet *sheet, const sc_memory *with,
	const sc_memory *without, size_t at)
{
	sc_layer_path path;
	char kept[32], se[32], peak[32], more[32];
	const sc_memory added = sc_memory_added(with, without);
	bytes_text(with->kept, kept, sizeof kept);
	bytes_text(added.kept, se, sizeof se);
	bytes_text(with->peak, peak, sizeof peak);
	bytes_text(added.peak, more, sizeof more);
	sc_document_answer(doc,
		"%s: training keeps %s of activations, %s of it for SE; inference peaks at %s in "
		"%s, "
		"%s more than without SE.",
		sheet->model->name, kept, se, peak,
		sc_layer_full_name(&sheet->layers.item[at], &path), more);
}

static sc_status add_network(sc_document *doc, sc_grid *table, sc_grid *alive,
	const sc_sheet *sheet, const sc_memory_options *options, sc_err *err)
{
	sc_memory_options bare = *options;
	sc_memory *with = calloc(2 * (sheet->rows + 1), sizeof *with);
	sc_memory *without = with + sheet->rows + 1;
	size_t at;
	bare.without_se = true;
	if (!with)
		return sc_fail(err, SC_ENOMEM, "no memory for the tables");
	sc_status s = sc_memory_count(&sheet->layers, options, with, &at, err);
	if (!s)
		s = sc_memory_count(&sheet->layers, &bare, without, NULL, err);
	if (!s) {
		for (size_t i = 0; i <= sheet->rows; i++)
			row(table, sheet, i, with, without);
		s = add_alive(alive, sheet, options, at, err);
		say(doc, sheet, &with[sheet->rows], &without[sheet->rows], at);
	}
	free(with);
	return s;
}

sc_status sc_memory_document(const sc_sheet *const *sheet, size_t n,
	const sc_memory_options *options, const char *words, sc_document **out, sc_err *err)
{
	sc_document *doc = sc_document_new("Memory");
	sc_grid *table =
		sc_grid_new("memory", "memory by stage in bytes: kept for the backward pass, peak "
				      "of inference; gradients and optimizer state");
	sc_grid *alive = sc_grid_new("alive", "tensors alive at the peak of inference, in bytes");
	sc_status s = doc ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for the tables");
	sc_grid_narrow(
		table, "stage,params_bytes,se_params_bytes,kept_bytes,se_kept_bytes,network");
	sc_grid_narrow(alive, "layer,shape,bytes,network");
	header(table);
	sc_grid_column(alive, SC_COLUMN_text, "network", "network", 0);
	sc_grid_column(alive, SC_COLUMN_text, "layer", "made by", 0);
	sc_grid_column(alive, SC_COLUMN_text, "shape", "C×H×W", 0);
	sc_grid_column(alive, SC_COLUMN_exact, "bytes", "bytes", 0);
	for (size_t i = 0; i < n && !s; i++)
		s = add_network(doc, table, alive, sheet[i], options, err);
	sc_about_networks(doc, sheet, n);
	sc_document_heading(doc, "%s", words);
	sc_document_grid(doc, table);
	sc_document_grid(doc, alive);
	if (s)
		sc_document_free(doc);
	else
		*out = doc;
	return s;
}
