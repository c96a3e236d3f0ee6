/** \file
 * oneDNN's functions, looked up by name. */
#ifndef SC_NETWORK_ONEDNN_H
#define SC_NETWORK_ONEDNN_H

#include <dnnl.h>

#include "network/program.h"

typedef struct engine {
	void *library;
	dnnl_engine_t engine;
	dnnl_stream_t stream;
#define DNNL(name) __typeof__(dnnl_##name) *name;
#include "network/dnnl.def"
#undef DNNL
} engine;

enum { ARGUMENTS = STEP_INPUTS + 4 };

/** A primitive and what it works on. */
typedef struct primitive {
	dnnl_primitive_t run;
	dnnl_exec_arg_t argument[ARGUMENTS];
	int arguments;
	dnnl_memory_t packed; /**< weights as the primitive wants them */
} primitive;

/** What a function is after or instead of a primitive; more than one step for some. */
dnnl_status_t onednn_append(const engine *e, dnnl_post_ops_t ops, sc_function f);

#endif
