/* The SE blocks of a network, equal ones of a stage once. */
#include <stdlib.h>

#include "secost/study.h"

bool sc_se_alike(const sc_se_fact *a, const sc_se_fact *b)
{
	return a->squeezed == b->squeezed && a->gated.c == b->gated.c && a->gated.h == b->gated.h &&
	       a->gated.w == b->gated.w && sc_se_same(&a->se, &b->se);
}

static void add_stage(const sc_sheet *sheet, size_t stage, sc_se_shape *shape, size_t *n)
{
	const sc_sheet_row *row = &sheet->row[stage + 1];
	size_t first = *n;
	for (uint32_t b = 0; b < row->blocks; b++) {
		size_t k = first;
		if (!row->fact[b].squeezed || row->fact[b].se.attention != SC_ATTENTION_se)
			continue;
		while (k < *n && !sc_se_alike(shape[k].fact, &row->fact[b]))
			k++;
		if (k == *n)
			shape[(*n)++] = (sc_se_shape){stage, b, 0, &row->fact[b]};
		shape[k].blocks++;
	}
}

sc_status sc_se_shapes(const sc_sheet *sheet, sc_se_shape **out, size_t *n, sc_err *err)
{
	size_t blocks = 0, count = 0;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		blocks += sheet->row[i].blocks;
	sc_se_shape *shape = calloc(blocks + 1, sizeof *shape);
	if (!shape)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu blocks", blocks);
	for (size_t i = 0; i + 2 < sheet->rows; i++)
		add_stage(sheet, i, shape, &count);
	*out = shape;
	*n = count;
	return SC_OK;
}
