/* Published figures, as data: what was printed (figures.csv, kept as its sources have it) and, in
 * tables beside it, how it is matched. Adding a figure, a description or a reason is adding a line.
 *
 * A figure becomes an `expect`, as if the description itself had said it, so that one function
 * judges both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "model/fields.h"
#include "model/source.h"

#define FIGURES "network,input,source,metric,value,rule,note"
#define NETWORKS "source,network,description,set"
#define RULES "metric,rule,quantity,unit,decimals,counted_as"
#define REASONS "source,network,metric,input,reason"

enum { NETWORK, INPUT, SOURCE, METRIC, VALUE, RULE };
enum { AS_METRIC, AS_RULE, AS_QUANTITY, AS_UNIT, AS_DECIMALS, AS_COUNTED };
enum { TABLE_FIGURES, TABLE_NETWORKS, TABLE_RULES, TABLE_REASONS, TABLES };

static const struct {
	const char *file, *header;
} table[TABLES] = {
	[TABLE_FIGURES] = {"figures.csv", FIGURES},
	[TABLE_NETWORKS] = {"networks.csv", NETWORKS},
	[TABLE_RULES] = {"rules.csv", RULES},
	[TABLE_REASONS] = {"reasons.csv", REASONS},
};

struct sc_published_memory {
	const char *folder;
	sc_csv csv[TABLES];
	sc_arena arena;
};

static sc_status fail_in(const struct sc_published_memory *m, int which, size_t row,
	const char *message, sc_err *err)
{
	sc_fail(err, SC_ESCHEMA, "%s", message);
	if (err) {
		snprintf(err->file, sizeof err->file, "%s/%s", m->folder, table[which].file);
		err->line = (int)m->csv[which].line[row];
		err->column = 1;
	}
	return SC_ESCHEMA;
}

static const char *const *cells_of(const struct sc_published_memory *m, size_t row)
{
	return &m->csv[TABLE_FIGURES].cell[row * m->csv[TABLE_FIGURES].columns];
}

/* the row of a table whose first `n` cells are these, or its number of rows */
static size_t find(const sc_csv *csv, const char *const *key, size_t n)
{
	size_t row = 0;
	for (; row < csv->rows; row++) {
		size_t same = 0;
		while (same < n && !strcmp(sc_csv_cell(csv, row, same), key[same]))
			same++;
		if (same == n)
			break;
	}
	return row;
}

/* "224", "1,3,224,224" or nothing, which is the description's own */
static bool read_input(const char *text, sc_shape *out)
{
	unsigned long side[4];
	int n = 0;
	char *end;
	for (; *text && n < 4; text = end + strspn(end, ", ")) {
		side[n++] = strtoul(text, &end, 10);
		if (end == text || !side[n - 1] || side[n - 1] > SC_DIM_MAX)
			return false;
	}
	if (*text || n == 2 || n == 3)
		return false;
	if (n)
		*out = (sc_shape){n == 4 ? (uint32_t)side[1] : 3, (uint32_t)side[n == 4 ? 2 : 0],
			(uint32_t)side[n == 4 ? 3 : 0]};
	return true;
}

/* "28.1" to two decimals of a million: "28.10 M", since tables drop the zeros that were printed */
static char *as_printed(sc_arena *arena, const char *value, const char *unit, size_t decimals)
{
	const char *point = strchr(value, '.');
	size_t have = point ? strlen(point + 1) : 0;
	size_t zeros = decimals > have ? decimals - have : 0;
	size_t room = strlen(value) + zeros + strlen(unit) + 3;
	char *text = sc_arena_alloc(arena, room);
	if (text)
		snprintf(text, room, "%s%s%.*s%s%s", value, zeros && !point ? "." : "", (int)zeros,
			"000000000", *unit ? " " : "", unit);
	return text;
}

static sc_quantity quantity_named(const char *name)
{
	size_t q = 0;
	while (sc_quantity_name(q) && strcmp(sc_quantity_name(q), name))
		q++;
	return (sc_quantity)q;
}

/* what the figure is of and how its source counts */
static sc_status match_rule(
	struct sc_published_memory *m, size_t row, sc_published_figure *out, sc_err *err)
{
	const char *const *cell = cells_of(m, row);
	const sc_csv *rules = &m->csv[TABLE_RULES];
	const char *key[] = {cell[METRIC], cell[RULE]};
	size_t at = find(rules, key, 2);
	if (at == rules->rows)
		return fail_in(
			m, TABLE_FIGURES, row, "no row of rules.csv has this metric and rule", err);
	sc_rules known = sc_rules_default();
	out->quantity = quantity_named(sc_csv_cell(rules, at, AS_QUANTITY));
	out->expect.rules = sc_csv_cell(rules, at, AS_COUNTED);
	if (out->quantity == SC_QUANTITY__N || sc_rules_use(&known, out->expect.rules, NULL))
		return fail_in(m, TABLE_RULES, at, "an unknown quantity or counting rule", err);
	sc_figure *figure = &out->expect.figure[out->quantity];
	size_t decimals = (size_t)strtoul(sc_csv_cell(rules, at, AS_DECIMALS), NULL, 10);
	figure->text = as_printed(&m->arena, cell[VALUE], sc_csv_cell(rules, at, AS_UNIT),
		decimals < 9 ? decimals : 9);
	if (!figure->text)
		return sc_fail(err, SC_ENOMEM, "no memory for published figures");
	return sc_figure_parse(figure->text, figure)
		       ? SC_OK
		       : fail_in(m, TABLE_FIGURES, row, "the value must be a number", err);
}

/* "timm benchmark legacy_seresnet50" */
static sc_status name_source(
	struct sc_published_memory *m, sc_published_figure *out, const char *source, sc_err *err)
{
	size_t room = strlen(source) + strlen(out->network) + 2;
	char *text = sc_arena_alloc(&m->arena, room);
	if (!text)
		return sc_fail(err, SC_ENOMEM, "no memory for published figures");
	snprintf(text, room, "%s %s", source, out->network);
	out->expect.source = text;
	return SC_OK;
}

static sc_status match(
	struct sc_published_memory *m, size_t row, sc_published_figure *out, sc_err *err)
{
	const sc_csv *networks = &m->csv[TABLE_NETWORKS], *reasons = &m->csv[TABLE_REASONS];
	const char *const *cell = cells_of(m, row);
	const char *key[] = {cell[SOURCE], cell[NETWORK], cell[METRIC], cell[INPUT]};
	size_t described = find(networks, key, 2), reason = find(reasons, key, 4);
	out->network = cell[NETWORK];
	out->line = m->csv[TABLE_FIGURES].line[row];
	if (described < networks->rows) {
		out->description = sc_csv_cell(networks, described, 2);
		out->set = sc_csv_cell(networks, described, 3);
	}
	if (reason < reasons->rows)
		out->expect.reason = sc_csv_cell(reasons, reason, 4);
	if (!read_input(cell[INPUT], &out->expect.input))
		return fail_in(m, TABLE_FIGURES, row,
			"the input must be a side, 'n,c,h,w' or nothing", err);
	sc_status s = name_source(m, out, cell[SOURCE], err);
	return s ? s : match_rule(m, row, out, err);
}

/* a row that matches no figure is a slip, not a reserve */
static sc_status check_used(const struct sc_published_memory *m, int which, size_t n, sc_err *err)
{
	static const int column[] = {SOURCE, NETWORK, METRIC, INPUT};
	const sc_csv *csv = &m->csv[which], *figures = &m->csv[TABLE_FIGURES];
	for (size_t row = 0; row < csv->rows; row++) {
		size_t f = 0, same = 0;
		for (; f < figures->rows && same < n; f++)
			for (same = 0; same < n; same++)
				if (strcmp(sc_csv_cell(csv, row, same),
					    sc_csv_cell(figures, f, (size_t)column[same])))
					break;
		if (same < n)
			return fail_in(
				m, which, row, "no figure of figures.csv is meant here", err);
	}
	return SC_OK;
}

static sc_status load_table(const char *path, const char *header, sc_csv *out, sc_err *err)
{
	sc_text text = {0};
	sc_status s = sc_source_read(path, &text, err);
	if (!s)
		return sc_csv_take(path, &text, header, out, err);
	sc_text_release(&text);
	return s;
}

static sc_status load_tables(const char *folder, struct sc_published_memory *m, sc_err *err)
{
	m->folder = sc_arena_strdup(&m->arena, folder);
	sc_status s = m->folder ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for a path");
	for (int i = 0; i < TABLES && !s; i++) {
		sc_text path = {0};
		sc_text_addf(&path, "%s/%s", folder, table[i].file);
		s = path.failed ? sc_fail(err, SC_ENOMEM, "no memory for a path")
				: load_table(path.s, table[i].header, &m->csv[i], err);
		sc_text_release(&path);
	}
	if (!s)
		s = check_used(m, TABLE_NETWORKS, 2, err);
	return s ? s : check_used(m, TABLE_REASONS, 4, err);
}

sc_status sc_published_load(const char *folder, sc_published_figures *out, sc_err *err)
{
	sc_published_figures figures = {.memory = calloc(1, sizeof *figures.memory)};
	if (!figures.memory)
		return sc_fail(err, SC_ENOMEM, "no memory for published figures");
	sc_status s = load_tables(folder, figures.memory, err);
	size_t rows = figures.memory->csv[TABLE_FIGURES].rows;
	if (!s) {
		figures.item =
			sc_arena_alloc(&figures.memory->arena, (rows + 1) * sizeof *figures.item);
		s = figures.item ? SC_OK
				 : sc_fail(err, SC_ENOMEM, "no memory for %zu figures", rows);
	}
	for (; figures.count < rows && !s; figures.count += !s)
		s = match(figures.memory, figures.count, &figures.item[figures.count], err);
	if (s)
		sc_published_release(&figures);
	else
		*out = figures;
	return s;
}

void sc_published_release(sc_published_figures *figures)
{
	for (int i = 0; i < TABLES && figures->memory; i++)
		sc_csv_release(&figures->memory->csv[i]);
	if (figures->memory)
		sc_arena_release(&figures->memory->arena);
	free(figures->memory);
	*figures = (sc_published_figures){0};
}
