/** \file
 * Shared by the files of this room. */
#ifndef SC_STUDY_STUDY_H
#define SC_STUDY_STUDY_H

#include "base/arena.h"
#include "secost/study.h"

struct sc_study_memory {
	sc_arena arena;
};

/** A setup under construction: add overrides, then `sc_study_add`. */
typedef struct sc_sets {
	sc_texts texts;
	sc_arena *arena;
	bool failed;
} sc_sets;
/** Append "path=value" made by a format. */
void sc_sets_add(sc_sets *sets, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** Read what SE of a stage's blocks came out as into `row->fact` (room for all), and count them. */
void sc_sheet_read_stage(const sc_sheet *sheet, size_t stage, sc_sheet_row *row);

#endif
