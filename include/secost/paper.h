/** \file
 * Documents, and the formats that they are written in. Nothing here knows what a row means.
 *
 * A *document* is a title, headings, sentences that answer, grids (tables), remarks. A format
 * writes it as text. */
#ifndef SECOST_PAPER_H
#define SECOST_PAPER_H

#include <stdbool.h>

#include "secost/base.h"

struct json_t;

/** How the values of a column are shown. */
typedef enum sc_column_kind {
	SC_COLUMN_text,
	SC_COLUMN_count,  /**< uint64: people see one unit for the whole column (K, M, G), or every
			     digit */
	SC_COLUMN_exact,  /**< uint64: every digit for everybody */
	SC_COLUMN_change, /**< int64: signed */
	SC_COLUMN_share,  /**< double 0 … 1 and beyond: people see percent */
	SC_COLUMN_real,	  /**< double with `decimals` */
} sc_column_kind;

/** A row's rank. */
typedef enum sc_row_kind { SC_ROW_plain, SC_ROW_dim, SC_ROW_total } sc_row_kind;

/** A table. Make it, add columns, then rows cell by cell, left to right. Running out of memory is
 * remembered and told by whoever writes the grid. */
typedef struct sc_grid sc_grid;

/** `name` is for files and programs ([a-z0-9_-]), `title` for people. NULL when out of memory,
 * which every function below accepts and ignores. */
SC_API sc_grid *sc_grid_new(const char *name, const char *title);
SC_API void sc_grid_free(sc_grid *grid);
/** `key` heads the column in CSV, with its unit ("se_params", "latency_us"); `title` for people.
 * With a NULL key, programs don't get the column; with a NULL title, people don't; a table without
 * columns for people is written for programs only. Both are copied. Columns come before rows. */
SC_API void sc_grid_column(
	sc_grid *grid, sc_column_kind kind, const char *key, const char *title, unsigned decimals);
SC_API void sc_grid_row(sc_grid *grid, sc_row_kind kind);
/** NULL is a text that could not be made: the grid fails, as it does for lack of memory. */
SC_API void sc_grid_text(sc_grid *grid, const char *text);
SC_API void sc_grid_count(sc_grid *grid, uint64_t n);
SC_API void sc_grid_change(sc_grid *grid, int64_t n);
SC_API void sc_grid_share(sc_grid *grid, double share);
SC_API void sc_grid_real(sc_grid *grid, double x);
/** A cell that has no meaning here: blank, or a middle dot for people. */
SC_API void sc_grid_nothing(sc_grid *grid);
/** A cell whose value nobody knows: "?" for people, empty in CSV, null in JSON. Never 0. */
SC_API void sc_grid_unknown(sc_grid *grid);
/** Remember that a row could not be made: whoever writes the document fails with this error, so
 * that no table stands without the row. The first one counts. */
SC_API void sc_grid_fail(sc_grid *grid, const sc_err *err);
/** What the table is of and under which conditions: the line under a chart's title. */
SC_API void sc_grid_conditions(sc_grid *grid, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/** On a page the table is folded under its title: it is long, and what it says is said above it. */
SC_API void sc_grid_fold(sc_grid *grid);
/** Which columns a narrow table shows, as far as they fit: keys or titles separated by commas, most
 * telling first; those before a ';' are needed: where they don't fit, the table is not narrow.
 * `columns` is copied. Without it the last ones go. */
SC_API void sc_grid_narrow(sc_grid *grid, const char *columns);
/** A remark under the table. */
SC_API void sc_grid_note(sc_grid *grid, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** A heading, lines under it, sentences that answer, tables, remarks. */
typedef struct sc_document sc_document;
SC_API sc_document *sc_document_new(const char *title);
SC_API void sc_document_free(sc_document *doc);
/** Something could not be made: sc_document_check and _write then tell a lack of memory. */
SC_API void sc_document_fail(sc_document *doc);
/** What a caption adds to the title, and a label, so that it is told apart from that of another
 * such document: the network where the title has none, groups of setups, budgets; after what was
 * added before. */
SC_API void sc_document_about(sc_document *doc, const char *about);
/** "input 3×224×224, batch 1, fp32, …" */
SC_API void sc_document_heading(sc_document *doc, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/** A sentence that answers a question of the reader. */
SC_API void sc_document_answer(sc_document *doc, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
SC_API void sc_document_note(sc_document *doc, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/** The document owns the grid; the first one is what CSV writes. */
SC_API void sc_document_grid(sc_document *doc, sc_grid *grid);
/** The same, and this one is what CSV writes. */
SC_API void sc_document_records(sc_document *doc, sc_grid *grid);
/** What the json format writes instead of the grids: `make(subject)`, called when it is written; it
 * returns a new reference, NULL when out of memory. `subject` is copied, `size` bytes; what it
 * points to is borrowed until the document is freed. */
SC_API void sc_document_json(sc_document *doc, struct json_t *(*make)(const void *subject),
	const void *subject, size_t size);

/** Keep the named columns of every table, in that order: keys or titles, separated by commas. A
 * table that has none of them goes, and JSON is then of tables, too. SC_EINVAL with what is
 * allowed; then the document is as before. */
SC_API sc_status sc_document_choose(sc_document *doc, const char *columns, sc_err *err);

/** How a document is shown. `= {0}` is plain. */
typedef struct sc_style {
	bool exact;	/**< every digit */
	bool color;	/**< terminal escapes for emphasis */
	bool wide;	/**< all columns, whatever the width */
	unsigned width; /**< columns of the terminal, 0 for 100 */
} sc_style;

/** A row of formats.def. */
typedef struct sc_format {
	const char *name;      /**< what --format says */
	const char *extension; /**< of files, without the dot */
	const char *meaning;   /**< a phrase for people */
	/** Append the document to `out`; SC_ENOMEM; SC_EINVAL when it can't hold the document. */
	sc_status (*write)(
		const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err);
} sc_format;
SC_API const sc_format *sc_format_at(size_t i);
/** By name, or NULL. */
SC_API const sc_format *sc_format_named(const char *name);
/** By the extension of a file's name, or NULL. */
SC_API const sc_format *sc_format_for_file(const char *path);
/** Write a document as one text, malloc'ed for the caller to free. */
SC_API sc_status sc_document_write(const sc_document *doc, const sc_format *format,
	const sc_style *style, char **text, size_t *length, sc_err *err);
/** A table alone; the document owns it. */
SC_API sc_document *sc_list_document(sc_grid *grid);

/** Reading a document, for those who put it on a page. Everything is borrowed. */
typedef enum sc_line_kind { SC_LINE_heading, SC_LINE_answer, SC_LINE_note } sc_line_kind;
/** "" when it has none. */
SC_API const char *sc_document_title(const sc_document *doc);
/** The i-th line of a kind, NULL past the last. */
SC_API const char *sc_document_line(const sc_document *doc, sc_line_kind kind, size_t i);
/** The i-th table, NULL past the last. */
SC_API const sc_grid *sc_document_table(const sc_document *doc, size_t i);
/** The table of a name, NULL when there is none. */
SC_API const sc_grid *sc_document_find(const sc_document *doc, const char *name);
SC_API const char *sc_grid_name(const sc_grid *grid);
SC_API const char *sc_grid_title(const sc_grid *grid);
/** What sc_grid_conditions was told, "" for nothing. */
SC_API const char *sc_grid_conditions_of(const sc_grid *grid);
/** Does it have columns for people? */
SC_API bool sc_grid_is_shown(const sc_grid *grid);
SC_API size_t sc_grid_rows(const sc_grid *grid);
SC_API size_t sc_grid_columns(const sc_grid *grid);
SC_API sc_row_kind sc_grid_rank(const sc_grid *grid, size_t row);
/** A column's key, "" for none. */
SC_API const char *sc_grid_key(const sc_grid *grid, size_t column);
/** The column of a key, SC_NO_COLUMN when there is none. Reading that one gives nothing. */
SC_API size_t sc_grid_find(const sc_grid *grid, const char *key);
enum { SC_NO_COLUMN = 0x7fffffff };
/** The number in a cell: NaN where there is none. A share is 0 … 1; a word that is a number counts.
 */
SC_API double sc_grid_number(const sc_grid *grid, size_t row, size_t column);
/** The word in a cell: "" where there is none. */
SC_API const char *sc_grid_word(const sc_grid *grid, size_t row, size_t column);
/** SC_ENOMEM when anything of the document could not be kept; what sc_grid_fail was told. */
SC_API sc_status sc_document_check(const sc_document *doc, sc_err *err);
/** A new table `name` for programs: the rows of `grid` that `is_wanted(of, row)` says (all without
 * it), in the columns of `keys`, NULL-ended, as far as there are. The caller's to free; NULL when
 * out of memory. */
SC_API sc_grid *sc_grid_pick(const sc_grid *grid, const char *name, const char *const *keys,
	bool (*is_wanted)(const void *of, size_t row), const void *of);
/** One table as a document of its own, in a format, appended. */
SC_API sc_status sc_grid_write(const sc_grid *grid, const sc_format *format, const sc_style *style,
	sc_text *out, sc_err *err);
/** The same with the title of the document that it is in, NULL for none: for captions. */
SC_API sc_status sc_grid_write_of(const sc_document *doc, const sc_grid *grid,
	const sc_format *format, const sc_style *style, sc_text *out, sc_err *err);
/** Free text made harmless in Markdown, appended. */
SC_API void sc_md_text(const char *s, sc_text *out);
/** One table as Markdown, appended. */
SC_API void sc_md_grid(const sc_grid *grid, bool exact, sc_text *out);
/** Free text made harmless in LaTeX, appended; and as a part of a label: small letters, digits,
 * '-'. */
SC_API void sc_latex_text(const char *s, sc_text *out);
SC_API void sc_latex_label(const char *s, sc_text *out);
/** Free text made harmless in HTML, appended. */
SC_API void sc_html_text(const char *s, sc_text *out);
/** One table as HTML with its title and notes, appended. */
SC_API void sc_html_grid(const sc_grid *grid, sc_text *out);
/** A table as JSON: a list of records. NULL when out of memory. */
SC_API struct json_t *sc_grid_records(const sc_grid *grid);
/** The JSON Schema of what the json format writes of tables: lists of records with one value a key.
 * NULL when out of memory. */
SC_API struct json_t *sc_any_table_schema(void);
/** A count as JSON; beyond 2^63 as the nearest real. NULL when out of memory. */
SC_API struct json_t *sc_json_count(uint64_t n);

#endif
