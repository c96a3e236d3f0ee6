/** \file
 * Parts of a network, as explain's paths name them. */
#ifndef SC_STUDY_EXPLAIN_H
#define SC_STUDY_EXPLAIN_H

#include "base/text.h"
#include "secost/study.h"

typedef struct sc_part {
	sc_filter filter;
	int64_t layer; /**< index of a single layer, SC_ANY for all that the filter lets through */
} sc_part;

/** Take a path apart: the part, and in `*quantity` what is left of the path. */
sc_status sc_part_parse(
	const sc_sheet *sheet, const char *path, sc_part *out, const char **quantity, sc_err *err);
/** Is layer `i` of the part? */
bool sc_part_has(const sc_part *part, const sc_sheet *sheet, size_t i);
/** Add the places in the description that the part depends on, in order, each line once. */
sc_status sc_part_marks(const sc_part *part, const sc_sheet *sheet, sc_explanation *e, sc_err *err);

/** Is it a number of blocks, which sc_explain_block explains? */
bool sc_explains_block(const char *quantity);
sc_status sc_explain_block(const sc_sheet *sheet, const sc_part *part, const char *quantity,
	sc_explanation *e, sc_err *err);

#endif
