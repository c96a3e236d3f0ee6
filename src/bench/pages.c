/* Buffers to measure with. Large ones ask for huge pages: which physical pages a buffer happens to
 * get decides which of them meet in a cache, and made one run differ from the next by a quarter. */
#define _DEFAULT_SOURCE /* madvise */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench/machine.h"

enum { LINE_BYTES = 64, HUGE_BYTES = 2 << 20 };

void *sc_pages(size_t bytes)
{
	size_t grain = bytes >= HUGE_BYTES / 4 ? HUGE_BYTES : LINE_BYTES;
	size_t whole = (bytes + grain - 1) / grain * grain;
	/* 2^47: what a process can address at all */
	void *p = whole >= bytes && whole >> 47 == 0 ? aligned_alloc(grain, whole ? whole : grain)
						     : NULL;
	if (!p)
		return NULL;
	if (grain == HUGE_BYTES)
		madvise(p, whole, MADV_HUGEPAGE); /* a wish: where it is not granted, pages do */
	memset(p, 0, whole);
	return p;
}
