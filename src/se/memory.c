/* Weights of some MiB, read from front to back once a run, would spend a page walk every 4 KiB. */
#define _DEFAULT_SOURCE
#include "se/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t line = 64, huge = (size_t)2 << 20;

#if defined(MADV_HUGEPAGE)
static void ask_for_huge_pages(void *p, size_t bytes)
{
	(void)madvise(p, bytes, MADV_HUGEPAGE);
}
#else
static void ask_for_huge_pages(void *p, size_t bytes)
{
	(void)p;
	(void)bytes;
}
#endif

void *sc_se_memory_new(size_t bytes, void **memory)
{
	size_t align = bytes < huge ? line : huge;
	char *all = bytes <= PTRDIFF_MAX - align ? malloc(bytes + align) : NULL;
	if (!all)
		return NULL;
	char *p = all + (align - (uintptr_t)all % align);
	if (align == huge)
		ask_for_huge_pages(p, bytes / huge * huge);
	*memory = all;
	return memset(p, 0, bytes);
}
