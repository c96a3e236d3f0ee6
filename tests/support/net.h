/* Networks from text, for tests. */
#ifndef TESTS_NET_H
#define TESTS_NET_H

#include "secost/study.h"

/* Load and count; both abort the test with the error's text when they fail. */
sc_model *net_parse(const char *text);
sc_model *net_load(const char *path);
sc_sheet net_count(const sc_model *model);
/* The same with overrides, applied to `model`. NULL ends the list. */
void net_set(sc_model *model, const char *const *assignments);

#endif
