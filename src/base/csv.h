/** \file
 * Comma-separated values as RFC 4180 has them: quotes, quoted line breaks, every row as long as the
 * first. */
#ifndef SC_BASE_CSV_H
#define SC_BASE_CSV_H

#include <stdint.h>

#include "base/text.h"
#include "secost/base.h"

/** A table without its header row. Release it when done; cells are its own. */
typedef struct sc_csv {
	char *text; /**< all cells, each ended by a NUL */
	const char **cell;
	uint32_t *line; /**< in the file, of each row */
	size_t columns, rows;
} sc_csv;

/** Cut up the table `text`, whose header must be `header`, names separated by commas. The text is
 * taken and empty afterwards, on failure, too; `path` is where it is from. SC_EPARSE with the line,
 * SC_ENOMEM; then `out` is untouched. */
sc_status sc_csv_take(
	const char *path, sc_text *text, const char *header, sc_csv *out, sc_err *err);
/** Cell of a row and column; "" when empty. */
const char *sc_csv_cell(const sc_csv *csv, size_t row, size_t column);
void sc_csv_release(sc_csv *csv);

#endif
