/* Paths of explain: total.macs, stages.conv5_x.se.params, stages[-1].blocks[0].flops,
 * layers.conv5_x.0.conv1.macs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "study/explain.h"

const char *sc_explain_file(void)
{
	return "path";
}

static sc_status expected(const char *path, sc_err *err)
{
	return sc_fail(err, SC_EINVAL,
		"'%.80s' names no number; it must read PART.QUANTITY, such as total.macs, "
		"stages.conv5_x.se.params, stages[-1].blocks[0].flops or layers.NAME.params",
		path);
}

static sc_status read_stage(const sc_sheet *sheet, sc_path *path, sc_part *out, sc_err *err)
{
	size_t stage = 0;
	uint32_t block = 0;
	bool one = false;
	sc_status s = sc_path_stage(path, sheet->model, &stage, err);
	if (!s)
		s = sc_path_block(path, sheet->model, stage, &one, &block, err);
	if (s)
		return s;
	out->filter.stage = (int64_t)stage + 1;
	if (one)
		out->filter.block = block;
	return SC_OK;
}

static sc_status read_layer(const sc_sheet *sheet, sc_path *at, sc_part *out, sc_err *err)
{
	size_t best = 0, found = 0;
	const char *name = at->p + 1;
	for (size_t i = 0; i < sheet->layers.count; i++) {
		sc_layer_path path;
		size_t n = strlen(sc_layer_full_name(&sheet->layers.item[i], &path));
		if (n < best || strncmp(name, path.s, n) || name[n] != '.')
			continue;
		found = n > best ? 1 : found + 1;
		best = n;
		out->layer = (int64_t)i;
	}
	if (!best)
		return sc_fail(err, SC_EINVAL,
			"there is no layer '%.80s'; 'secost cost --by layer' lists them", name);
	if (found > 1)
		return sc_fail(err, SC_EINVAL, "%zu layers are called '%.*s'; give them names",
			found, (int)best, name);
	at->p = name + best;
	return SC_OK;
}

static bool skip_word(sc_path *path, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(path->p, word, n) || !strchr(".[", path->p[n]))
		return false;
	path->p += n;
	return true;
}

/* an error of a place in the path stands in the path */
static sc_status place(sc_status s, sc_err *err)
{
	if (s && err && err->column)
		snprintf(err->file, sizeof err->file, "%s", sc_explain_file());
	return s == SC_ESCHEMA ? SC_EINVAL : s;
}

sc_status sc_part_parse(
	const sc_sheet *sheet, const char *text, sc_part *out, const char **quantity, sc_err *err)
{
	sc_part part = {.filter = SC_EVERYTHING, .layer = SC_ANY};
	sc_path path = {text, text, NULL};
	sc_status s = SC_OK;
	if (skip_word(&path, "stages"))
		s = place(read_stage(sheet, &path, &part, err), err);
	else if (skip_word(&path, "layers"))
		s = read_layer(sheet, &path, &part, err);
	else if (skip_word(&path, "stem"))
		part.filter.stage = 0;
	else if (skip_word(&path, "head"))
		part.filter.stage = (int64_t)sheet->rows - 1;
	else if (!skip_word(&path, "total"))
		return expected(text, err);
	if (!s && (*path.p != '.' || !path.p[1]))
		s = expected(text, err);
	if (s)
		return s;
	*out = part;
	*quantity = path.p + 1;
	return SC_OK;
}

bool sc_part_has(const sc_part *part, const sc_sheet *sheet, size_t i)
{
	bool this_one = part->layer == SC_ANY || part->layer == (int64_t)i;
	return this_one && sc_filter_matches(&part->filter, &sheet->layers.item[i]);
}

/* --- places --- */

static sc_status add_mark(sc_explanation *e, sc_mark mark, sc_err *err)
{
	if (!mark.line)
		return SC_OK;
	sc_mark *more = sc_array_reserve(e->mark, &e->mark_room, e->marks + 1, sizeof *more);
	if (!more)
		return sc_fail(err, SC_ENOMEM, "no memory for the explanation");
	e->mark = more;
	e->mark[e->marks++] = mark;
	return SC_OK;
}

static sc_status add_se_marks(
	const sc_sheet *sheet, size_t stage, uint32_t block, sc_explanation *e, sc_err *err)
{
	sc_status s = SC_OK;
	const char *key;
	for (size_t i = 0; (key = sc_se_key(i)) && !s; i++)
		s = add_mark(e, sc_model_se_mark(sheet->model, stage, block, key), err);
	return s;
}

static int by_line(const void *a, const void *b)
{
	const sc_mark *x = a, *y = b;
	return (x->line > y->line) - (x->line < y->line);
}

/* in order, each line once */
static void sort_marks(sc_explanation *e)
{
	size_t kept = 0;
	if (e->marks)
		qsort(e->mark, e->marks, sizeof *e->mark, by_line);
	for (size_t i = 0; i < e->marks; i++)
		if (!kept || e->mark[i].line != e->mark[kept - 1].line)
			e->mark[kept++] = e->mark[i];
	e->marks = kept;
}

/* what is said once for all layers; of convolutions nothing of SE depends on it */
static sc_status add_network_marks(const sc_model *m, bool se, sc_explanation *e, sc_err *err)
{
	static const char *const key[] = {"scale", "regnet", "convolutions"};
	sc_status s = SC_OK;
	for (size_t i = 0; i < (se ? 2 : 3) && !s; i++)
		s = add_mark(e, sc_field_mark("model", &m->given, key[i]), err);
	return s;
}

sc_status sc_part_marks(const sc_part *part, const sc_sheet *sheet, sc_explanation *e, sc_err *err)
{
	const sc_model *m = sheet->model;
	uint32_t last = 0;
	sc_status s = SC_OK;
	bool maps = strcmp(e->quantity, "params") && strcmp(e->quantity, "se.params") &&
		    strcmp(e->quantity, "se.weights") && strcmp(e->quantity, "se.biases") &&
		    strcmp(e->quantity, "se.formula") && strcmp(e->quantity, "se.width");
	if (maps)
		s = add_mark(e, sc_field_mark("model", &m->given, "input"), err);
	if (!s)
		s = add_network_marks(m, part->filter.role == SC_ROLE_SE, e, err);
	for (size_t i = 0; i < sheet->layers.count && !s; i++)
		if (sc_part_has(part, sheet, i) && sheet->layers.item[i].line != last) {
			last = sheet->layers.item[i].line;
			s = add_mark(e, (sc_mark){last, 1}, err);
		}
	for (size_t i = 0; i < m->stages.count && !s; i++) {
		int64_t stage = part->filter.stage;
		if (part->filter.role != SC_ROLE_SE || (stage != SC_ANY && stage != (int64_t)i + 1))
			continue;
		s = add_mark(e, m->stages.item[i].given.at, err);
		uint32_t block = part->filter.block == SC_ANY ? 0 : (uint32_t)part->filter.block;
		if (!s && sheet->row[i + 1].se_blocks)
			s = add_se_marks(sheet, i, block, e, err);
	}
	sort_marks(e);
	return s;
}
