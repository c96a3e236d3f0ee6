/* Studies from files, for tests. */
#ifndef TESTS_STUDY_H
#define TESTS_STUDY_H

#include "secost/report.h"

typedef struct study_files {
	sc_study_spec *spec;
	sc_model *model;
	sc_study *study;
} study_files;

/* Aborts the test with the error's text when it fails. */
study_files study_read(const char *path);
void study_release(study_files *files);

#endif
