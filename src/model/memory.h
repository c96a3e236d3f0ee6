/** \file
 * What a model owns. */
#ifndef SC_MODEL_MEMORY_H
#define SC_MODEL_MEMORY_H

#include "base/arena.h"
#include "secost/model.h"

struct sc_model_memory {
	sc_arena arena;
};

#endif
