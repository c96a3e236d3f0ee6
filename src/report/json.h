/** \file
 * JSON of totals, stages and context, as INTERFACE has it. */
#ifndef SC_REPORT_JSON_H
#define SC_REPORT_JSON_H

#include "base/json.h"
#include "secost/report.h"

/** T: params, macs, flops, activations, bytes and `se`. Unknown trunk values are null. */
json_t *sc_json_totals(sc_json *j, const sc_totals *t);
/** T with name, shape, se.ratio and se.width of each stage. */
json_t *sc_json_stages(sc_json *j, const sc_sheet *sheet);
/** A shape as [c, h, w]. */
json_t *sc_json_shape(sc_shape shape);
/** Version, rules, batch, units. */
json_t *sc_json_context(sc_json *j, const sc_rules *rules, uint32_t batch);
/** secost.compare/1: every setup of a study, the address of a subject. */
typedef struct sc_study_subject {
	const sc_study *study;
	const sc_front *front; /* NULL for none */
} sc_study_subject;
json_t *sc_study_json(const void *subject);
/** {path: value}, the value being the text that was given. */
json_t *sc_json_overrides(sc_json *j, const sc_texts *set);
/** Every T of the blocks or layers of a sheet. */
json_t *sc_json_blocks(sc_json *j, const sc_sheet *sheet);
json_t *sc_json_layers(sc_json *j, const sc_sheet *sheet);

#endif
