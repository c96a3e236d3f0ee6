/* Cells are cut in place: quotes go, a NUL ends each, so that a table is one text and an array of
 * places in it. A first pass counts rows and columns, which bounds both. */
#include "base/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cutter {
	const char *path;
	char *at;
	uint32_t line;
} cutter;

static sc_status fail_at(const cutter *c, sc_err *err, const char *message)
{
	sc_status s = sc_fail(err, SC_EPARSE, "%s", message);
	if (err) {
		snprintf(err->file, sizeof err->file, "%s", c->path);
		err->line = (int)c->line;
		err->column = 1;
	}
	return s;
}

/* from a quote to the one that closes it, two of which are one */
static bool cut_quoted(cutter *c, char **to)
{
	for (c->at++; *c->at; c->at++) {
		if (*c->at == '"' && *++c->at != '"')
			return true;
		c->line += *c->at == '\n';
		*(*to)++ = *c->at;
	}
	return false;
}

/* one cell; `*end` is what ended it: ',' '\n' or 0 */
static sc_status cut_cell(cutter *c, const char **cell, char *end, sc_err *err)
{
	char *to = c->at;
	*cell = to;
	if (*c->at == '"') {
		if (!cut_quoted(c, &to))
			return fail_at(c, err, "a quote is still open");
	} else
		while (*c->at && *c->at != ',' && *c->at != '\n' && *c->at != '\r')
			*to++ = *c->at++;
	c->at += *c->at == '\r' && c->at[1] == '\n';
	*end = *c->at;
	if (*end && *end != ',' && *end != '\n')
		return fail_at(c, err, "text after a closing quote; write a quote in it twice");
	c->at += *end != 0;
	*to = 0;
	return SC_OK;
}

static sc_status cut_row(cutter *c, const char **cell, size_t columns, sc_err *err)
{
	char end = ',';
	size_t n = 0;
	uint32_t line = c->line;
	for (; end == ','; n++) {
		const char *one;
		sc_status s = cut_cell(c, n < columns ? &cell[n] : &one, &end, err);
		if (s)
			return s;
	}
	char message[96];
	snprintf(message, sizeof message, "a row of %zu cells, must have the %zu of the header", n,
		columns);
	if (n != columns) {
		c->line = line;
		return fail_at(c, err, message);
	}
	c->line++;
	return SC_OK;
}

static size_t count(const char *s, char wanted)
{
	size_t n = 0;
	for (; *s; s++)
		n += *s == wanted;
	return n;
}

static sc_status cut(cutter *c, sc_csv *csv, sc_err *err)
{
	sc_status s = SC_OK;
	while (*c->at && !s) {
		csv->line[csv->rows] = c->line;
		s = cut_row(c, csv->cell + csv->rows * csv->columns, csv->columns, err);
		csv->rows += !s;
	}
	return s;
}

/* the header is compared as it is written: it is ours */
static sc_status cut_after_header(cutter *c, const char *header, sc_csv *csv, sc_err *err)
{
	size_t n = strlen(header);
	char message[256];
	snprintf(message, sizeof message, "the header must be '%s'", header);
	if (strncmp(c->at, header, n) || (c->at[n] != '\n' && c->at[n] != '\r'))
		return fail_at(c, err, message);
	c->at += n + strcspn(c->at + n, "\n") + 1;
	c->line++;
	return cut(c, csv, err);
}

sc_status sc_csv_take(const char *path, sc_text *text, const char *header, sc_csv *out, sc_err *err)
{
	sc_csv csv = {.columns = count(header, ',') + 1};
	size_t lines = count(sc_text_get(text), '\n') + 2;
	csv.cell = calloc(lines * csv.columns, sizeof *csv.cell);
	csv.line = calloc(lines, sizeof *csv.line);
	sc_text_add(text, "\n");
	sc_status s = csv.cell && csv.line && !text->failed
			      ? SC_OK
			      : sc_fail(err, SC_ENOMEM, "no memory for the table '%s'", path);
	csv.text = text->s;
	if (!s) {
		/* a final line break is the file's own or the one added */
		size_t last = text->length - 1;
		csv.text[last] = last && csv.text[last - 1] == '\n' ? 0 : '\n';
		cutter c = {.path = path, .at = csv.text, .line = 1};
		s = cut_after_header(&c, header, &csv, err);
	}
	*text = (sc_text){0};
	if (s)
		sc_csv_release(&csv);
	else
		*out = csv;
	return s;
}

const char *sc_csv_cell(const sc_csv *csv, size_t row, size_t column)
{
	return csv->cell[row * csv->columns + column];
}

void sc_csv_release(sc_csv *csv)
{
	free(csv->text);
	free(csv->cell);
	free(csv->line);
	*csv = (sc_csv){0};
}
