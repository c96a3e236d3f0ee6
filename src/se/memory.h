/** \file
 * One block of memory for a plan. */
#ifndef SC_SE_MEMORY_H
#define SC_SE_MEMORY_H

#include <stddef.h>

/** Zeroed and touched; `*memory` is what `free` takes. Aligned to a cache line, or, where that is
 * worth it, to a huge page, which the kernel is asked for. NULL when there is none. */
void *sc_se_memory_new(size_t bytes, void **memory);

#endif
