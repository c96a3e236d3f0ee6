/* Buffers to measure with. A *place* is newly mapped and begins anywhere within a huge page, as
 * buffers of a program do, so that another round has other pages and other cache sets. Large ones
 * ask for huge pages: which physical pages a buffer happens to get decides which of them meet in a
 * cache, and made one run differ from the next by a quarter. */
#define _DEFAULT_SOURCE /* madvise */
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench/machine.h"

enum { LINE_BYTES = 64, SMALL_BYTES = 4096, HUGE_BYTES = 2 << 20 };

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

bool sc_buffer_new(size_t bytes, gsl_rng *rng, sc_buffer *out)
{
	size_t room = bytes >= HUGE_BYTES / 4 ? HUGE_BYTES : SMALL_BYTES;
	size_t offset = LINE_BYTES * gsl_rng_uniform_int(rng, room / LINE_BYTES);
	size_t mapped = bytes + 2 * room;
	void *map = mapped > bytes && mapped >> 47 == 0
			    ? mmap(NULL, mapped, PROT_READ | PROT_WRITE,
				      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
			    : MAP_FAILED;
	if (map == MAP_FAILED)
		return false;
	if (room == HUGE_BYTES)
		madvise(map, mapped, MADV_HUGEPAGE);
	*out = (sc_buffer){map, mapped, (unsigned char *)map + offset};
	memset(out->at, 0, bytes);
	return true;
}

void sc_buffer_release(sc_buffer *p)
{
	if (p->map)
		munmap(p->map, p->mapped);
	*p = (sc_buffer){0};
}
