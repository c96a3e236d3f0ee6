/** \file
 * Files that are one record read by the field tables: studies, gains. Each is a record of its own
 * whose first members are those of sc_spec. */
#ifndef SC_MODEL_SPEC_H
#define SC_MODEL_SPEC_H

#include "model/fields.h"

/** What all of them begin with. */
typedef struct sc_spec {
	sc_given given;			/**< what was said, and where */
	const char *file;		/**< as it was opened */
	struct sc_model_memory *memory; /**< owned */
} sc_spec;
#define SC_IS_SPEC(type) \
	_Static_assert(offsetof(type, given) == offsetof(sc_spec, given) && \
			       offsetof(type, file) == offsetof(sc_spec, file) && \
			       offsetof(type, memory) == offsetof(sc_spec, memory), \
		#type " does not begin as all specs do")

/** A kind of such files. */
typedef struct sc_spec_kind {
	const sc_table *table; /**< whose records they are */
	const char *noun;      /**< "the study" */
	/** What fields together must satisfy, and what follows from them. SC_ENOMEM untold. */
	sc_status (*finish)(void *spec, sc_errs *errs);
} sc_spec_kind;

/** Read a text that is called `name`, or a file. What is wrong is in `errs`; then there is none. */
sc_status sc_spec_parse(const sc_spec_kind *kind, const char *name, const char *text, size_t n,
	void **out, sc_errs *errs);
sc_status sc_spec_load(const sc_spec_kind *kind, const char *path, void **out, sc_errs *errs);
/** NULL is allowed. */
void sc_spec_free(void *spec);

#endif
