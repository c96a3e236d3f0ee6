/** \file
 * A report on its way to disk: one document, its charts, the folder. */
#ifndef SC_REPORT_REPORT_H
#define SC_REPORT_REPORT_H

#include "base/text.h"
#include "secost/report.h"

typedef struct sc_report {
	const sc_study *study;
	const char *folder;
	sc_document *doc;
	const sc_report_result *result;
} sc_report;

/** report.md, appended. */
void sc_report_markdown(const sc_report *report, sc_text *out);
/** index.html, appended: everything inlined. SC_EIO when a drawn chart can't be read back. */
sc_status sc_report_html(const sc_report *report, sc_text *out, sc_err *err);

#endif
