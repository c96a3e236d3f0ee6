/** ile
 * What is said: findings as documents, and the report of a study.
 *
 * Nothing here computes a number that a reader might quote. */
#ifndef SECOST_REPORT_H
#define SECOST_REPORT_H

#include "secost/chart.h"
#include "secost/plan.h"

struct sc_bench;
struct sc_text;

/** No more charts than this in one report. */
enum { SC_CHARTS_MAX = 64 };

/** Where a report went and what is missing from it. */
typedef struct sc_report_result {
	sc_chart_outcome chart[SC_CHARTS_MAX]; /**< those that apply, in the order of charts.def */
	size_t charts;			       /**< how many */
	sc_chart_outcome
		paper[SC_CHARTS_MAX]; /**< the same for a column of a paper, if asked for */
	size_t papers;		      /**< how many */
	size_t missing;		      /**< how many of both could not be drawn */
} sc_report_result;

/** Answers, tables and remarks of a study: what its report says, and what its charts are drawn
 * from. NULL when out of memory. `study` and `front`, which may be NULL, are borrowed until the
 * document is freed. */
SC_API sc_document *sc_study_document(const sc_study *study, const sc_front *front);
/** Tell every name of `charts` that is none, with its place. SC_ESCHEMA when there is one. */
SC_API sc_status sc_report_check(const sc_study_spec *spec, sc_errs *errs);
/** Write everything of a study into `folder`, which is made: report.md, index.html,
 * tables/NAME.csv, tables/NAME.tex, study.json, charts/<name>.{csv,dat,gp,svg,png,pdf} and, with
 * `for_paper`, paper/<name>.{csv,dat,gp,tex,png,pdf}.
 * Deterministic byte for byte, but for a date in a PDF of cairo 1.18 or later. A missing or failing
 * gnuplot leaves the charts' data and scripts and is told in `result`; that is no error. After an
 * error `result` has the charts up to there, and "" for why the last is not drawn when it is the
 * one that failed. */
SC_API sc_status sc_report_write(const sc_study *study, const char *folder,
	const sc_chart_options *options, sc_report_result *result, sc_err *err);

/** The documents of the commands. NULL when out of memory. */
SC_API sc_document *sc_cost_document(const sc_sheet *const *sheet, size_t n, const char *by);

/** Forecast time of SE; `ns` 0 where there is none. */
typedef struct sc_latency {
	double ns;   /**< nanoseconds of all SE blocks of a row; 0 for none */
	double low;  /**< lower end of what 95 % of forecasts stay within, nanoseconds */
	double high; /**< upper end */
} sc_latency;
/** Forecasts beside a sheet. */
typedef struct sc_latencies {
	const sc_latency *row; /**< one for each row of the sheet, then the total */
	const char *from;      /**< what they are made of, a sentence */
} sc_latencies;
/** Cost by stage with latency beside it: `latency[0..n)`, borrowed as `sheet` is. */
SC_API sc_document *sc_cost_document_timed(
	const sc_sheet *const *sheet, size_t n, const sc_latencies *latency);
/** What SE adds to a whole network's time: the network as described and setups of it. Borrowed
 * until the document is freed. */
struct sc_network_result;
SC_API sc_document *sc_network_document(const struct sc_network_result *result);
/** Benches of several machines side by side, the first being the one to compare with. */
SC_API sc_document *sc_profiles_document(const struct sc_bench *const *bench, size_t n);
SC_API sc_document *sc_compare_document(const sc_study *study);
/** What may stand beside the counts of setups. One for each setup; all borrowed, NULL for none. */
typedef struct sc_compare_extras {
	const sc_latency *latency; /**< forecast time of SE, or NULL */
	const char *latency_from;  /**< what the forecasts are made of, a sentence */
	const sc_front *front;	   /**< which setups lie on the front, or NULL */
} sc_compare_extras;
SC_API sc_document *sc_compare_document_with(
	const sc_study *study, const sc_compare_extras *extras);
/** Append the sentence that answers a plan's question. */
SC_API void sc_plan_say(const sc_plan *plan, struct sc_text *out);
/** The best setup under budgets, and what led there. `plan` is borrowed until the document is
 * freed.
 */
SC_API sc_document *sc_plan_document(const sc_plan *plan);
/** A stage, or one block of it. */
typedef struct sc_plan_place {
	size_t stage;	/**< index */
	bool is_block;	/**< one block only */
	uint32_t block; /**< 0-based within the stage, when it is one block */
} sc_plan_place;
/** Why a plan has SE in a place, or none: every choice of what chose there, what it would have cost
 * and what would have been exceeded. `sheet` counts the description that the plan wrote; where it
 * differs from the plan, that is told. NULL with SC_EINVAL when nothing chose there, SC_ENOMEM. */
SC_API sc_document *sc_plan_why_document(
	const sc_plan *plan, const sc_sheet *sheet, const sc_plan_place *place, sc_err *err);

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

/** Read the network of that name, or the only one, from what 'secost cost --format json' wrote.
 * SC_EIO; SC_ESCHEMA with the place; SC_ENOMEM. `*out` is the caller's to release. */
SC_API sc_status sc_saved_load(const char *path, const char *network, sc_saved *out, sc_err *err);
SC_API void sc_saved_release(sc_saved *saved);
/** Limits held or not, one line each, and stage by stage what changed since `saved` (may be NULL).
 */
SC_API sc_document *sc_check_document(
	const sc_sheet *sheet, const sc_check *check, size_t n, const sc_saved *saved);
/** "params are 28,088,024, 1,508,711 over the most of 26,579,313 (+4 %)", appended. */
SC_API void sc_check_say(const sc_check *check, struct sc_text *out);

#endif
