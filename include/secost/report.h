/** \file
 * What people and programs read: tables, charts, pages, JSON.
 *
 * A command or a report is a *document*: a heading, sentences, grids (tables), charts. A format
 * writes a document as text. Nothing here computes a number that a reader might quote. */
#ifndef SECOST_REPORT_H
#define SECOST_REPORT_H

#include "secost/study.h"

struct json_t;
struct sc_bench;
struct sc_text;

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
 * With a NULL key, programs don't get the column; with a NULL title, people don't. Both are
 * borrowed. */
SC_API void sc_grid_column(
	sc_grid *grid, sc_column_kind kind, const char *key, const char *title, unsigned decimals);
SC_API void sc_grid_row(sc_grid *grid, sc_row_kind kind);
SC_API void sc_grid_text(sc_grid *grid, const char *text);
SC_API void sc_grid_count(sc_grid *grid, uint64_t n);
SC_API void sc_grid_change(sc_grid *grid, int64_t n);
SC_API void sc_grid_share(sc_grid *grid, double share);
SC_API void sc_grid_real(sc_grid *grid, double x);
/** A cell that has no meaning here: blank, or a middle dot for people. */
SC_API void sc_grid_nothing(sc_grid *grid);
/** A cell whose value nobody knows: "?" for people, empty in CSV, null in JSON. Never 0. */
SC_API void sc_grid_unknown(sc_grid *grid);
/** A remark under the table. */
SC_API void sc_grid_note(sc_grid *grid, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** A heading, lines under it, sentences that answer, tables, remarks. */
typedef struct sc_document sc_document;
SC_API sc_document *sc_document_new(const char *title);
SC_API void sc_document_free(sc_document *doc);
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
/** What the json format writes instead of the grids: `make(subject)`, called when it is written; it
 * returns a new reference, NULL when out of memory. `subject` is copied, `size` bytes; what it
 * points to is borrowed until the document is freed. */
SC_API void sc_document_json(sc_document *doc, struct json_t *(*make)(const void *subject),
	const void *subject, size_t size);

/** How a document is shown. `= {0}` is plain. */
typedef struct sc_style {
	bool exact;	/**< every digit */
	bool color;	/**< terminal escapes for emphasis */
	bool wide;	/**< all columns, whatever the width */
	unsigned width; /**< columns of the terminal, 0 for 100 */
} sc_style;

/** A row of formats.def. */
typedef struct sc_format {
	const char *name, *extension, *meaning;
	/** Append the document to `out`; SC_ENOMEM. */
	sc_status (*write)(
		const sc_document *doc, const sc_style *style, struct sc_text *out, sc_err *err);
} sc_format;
SC_API const sc_format *sc_format_at(size_t i);
/** By name, or NULL. */
SC_API const sc_format *sc_format_named(const char *name);
/** By the extension of a file's name, or NULL. */
SC_API const sc_format *sc_format_for_file(const char *path);
/** Write a document as one text, malloc'ed for the caller to free. */
SC_API sc_status sc_document_write(const sc_document *doc, const sc_format *format,
	const sc_style *style, char **text, size_t *length, sc_err *err);

/** A row of charts.def. A chart is drawn by gnuplot from two files, which stay beside the picture.
 */
typedef struct sc_chart {
	const char *name, *meaning;
	/** Does the study hold what this chart shows? */
	bool (*applies)(const sc_study *study);
	/** Append the data file and the whole script, which reads <name>.dat and draws <name>.svg
	 * and <name>.png in its working folder. SC_ENOMEM. */
	sc_status (*write)(
		const sc_study *study, struct sc_text *data, struct sc_text *script, sc_err *err);
	/** Append a sentence that says what the chart shows, for the page's alternative text. */
	void (*describe)(const sc_study *study, struct sc_text *out);
} sc_chart;
SC_API const sc_chart *sc_chart_at(size_t i);
SC_API const sc_chart *sc_chart_named(const char *name);

/** What became of one chart. */
typedef struct sc_chart_outcome {
	const sc_chart *chart;
	bool drawn, timed_out;
	char message[256]; /**< why not */
} sc_chart_outcome;

/** Where a report went and what is missing from it. */
typedef struct sc_report_result {
	sc_chart_outcome chart[16];
	size_t charts, missing;
} sc_report_result;

/** How to write a report. */
typedef struct sc_report_options {
	const char *gnuplot;	  /**< program, found on the PATH; NULL for "gnuplot" */
	unsigned timeout_seconds; /**< for each run of gnuplot; 0 for 30 */
} sc_report_options;

/** Write everything of a study into `folder`, which is made: report.md, index.html,
 * tables/NAME.csv, tables/NAME.tex, study.json, charts/<name>.{dat,gp,svg,png}. Deterministic byte
 * for byte. A missing or failing gnuplot leaves the charts' data and scripts and is told in
 * `result`; that is no error. */
SC_API sc_status sc_report_write(const sc_study *study, const char *folder,
	const sc_report_options *options, sc_report_result *result, sc_err *err);

/** The documents of the commands. NULL when out of memory. */
SC_API sc_document *sc_cost_document(const sc_sheet *const *sheet, size_t n, const char *by);

/** Forecast time of SE; `ns` 0 where there is none. */
typedef struct sc_latency {
	double ns, low, high;
} sc_latency;
/** Forecasts beside a sheet. */
typedef struct sc_latencies {
	const sc_latency *row; /**< one for each row of the sheet, then the total */
	const char *from;      /**< what they are made of, a sentence */
} sc_latencies;
/** Cost by stage with latency beside it: `latency[0..n)`, borrowed as `sheet` is. */
SC_API sc_document *sc_cost_document_timed(
	const sc_sheet *const *sheet, size_t n, const sc_latencies *latency);
/** Benches of several machines side by side, the first being the one to compare with. */
SC_API sc_document *sc_profiles_document(const struct sc_bench *const *bench, size_t n);
SC_API sc_document *sc_compare_document(const sc_study *study);

/** Memory of some networks, stage by stage, counted as `options` say; `words` say it for a reader.
 * SC_ENOMEM, SC_ERANGE; then `*out` is untouched. */
SC_API sc_status sc_memory_document(const sc_sheet *const *sheet, size_t n,
	const sc_memory_options *options, const char *words, sc_document **out, sc_err *err);
/** Every rule of every quantity over some networks. */
SC_API sc_document *sc_rules_document(const sc_sheet *const *sheet, size_t n);
/** Published figures against counts, and those of `published` that no description counts. */
SC_API sc_document *sc_verify_document(
	const sc_verdict *verdict, size_t n, const sc_published_figures *published);
/** Where a number comes from. `path` is how it was asked for. */
SC_API sc_document *sc_explain_document(
	const sc_sheet *sheet, const char *path, const sc_explanation *explanation);
/** What a bench measured, and where the ratio matters. */
SC_API sc_document *sc_bench_document(const struct sc_bench *bench);
/** A table alone; the document owns it. */
SC_API sc_document *sc_list_document(sc_grid *grid);
/** A kind of JSON that programs get: a row of outputs.def. */
typedef struct sc_output {
	const char *name, *object, *meaning; /**< object NULL for tables */
} sc_output;
/** The i-th; NULL past the last. */
SC_API const sc_output *sc_output_at(size_t i);
/** Its JSON Schema. `output` is borrowed. */
SC_API sc_document *sc_output_schema_document(const sc_output *output);
/** The JSON Schema of a description. */
SC_API sc_document *sc_schema_document(void);

#endif
