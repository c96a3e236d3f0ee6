/** \file
 * An array that grows. */
#ifndef SC_BASE_ARRAY_H
#define SC_BASE_ARRAY_H

#include <stddef.h>

/** Make room for `need` items of `size` bytes, at least half as much again as there was, 16 at the
 * least. Returns the array, which may have moved, and sets `*room`; NULL when out of memory or
 * beyond what can be addressed: then the old array stands as it was. The caller frees it.
 *
 *     thing *more = sc_array_reserve(list->item, &list->room, list->count + 1, sizeof *more);
 *     if (!more)
 *             return no_memory(err);
 *     list->item = more; */
void *sc_array_reserve(void *array, size_t *room, size_t need, size_t size);

#endif
