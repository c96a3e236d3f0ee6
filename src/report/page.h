/** \file
 * Parts of index.html. */
#ifndef SC_REPORT_PAGE_H
#define SC_REPORT_PAGE_H

#include "base/text.h"
#include "secost/report.h"

/** Which words the page has explained so far. `= {0}` is none. */
typedef struct sc_page_words {
	uint64_t bits; /**< one for each row of words.def */
} sc_page_words;

/** Append what a piece of the page uses first of the words, as a list of definitions; nothing when
 * it uses none. A word that a remark in the piece explains counts as explained. */
void sc_page_explain(sc_page_words *said, const char *html, sc_text *out);
/** Append text, escaped, between two tags. */
void sc_page_element(const char *open, const char *text, const char *close, sc_text *out);

#endif
