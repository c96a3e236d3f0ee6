/** \file
 * Axes of a sweep from the inside. */
#ifndef SC_STUDY_SWEEP_H
#define SC_STUDY_SWEEP_H

#include "base/arena.h"
#include "base/text.h"
#include "secost/study.h"

enum { SC_AXES_MAX = 12 };

typedef struct sc_axis {
	const char *field;
	const char **value; /**< as an override takes it */
	size_t values;
	int64_t stage; /**< whose SE it sets and nothing else, −1 for anything else */
	sc_totals *of; /**< of that stage at each value; NULL when it is counted as a whole */
} sc_axis;

struct sc_sweep {
	const sc_model *model;
	sc_rules rules;
	uint32_t batch;
	sc_axis axis[SC_AXES_MAX];
	size_t axes;
	uint64_t setups;
	bool by_stage;	/**< every axis is the SE of a stage of its own */
	sc_totals rest; /**< of all that no axis touches */
	sc_arena arena;
};

/** Read "FIELD=a,b,c" or "FIELD=from..to:step" into the next axis; the places of errors are in the
 * text. */
sc_status sc_axis_parse(struct sc_sweep *sweep, const char *text, sc_err *err);

#endif
