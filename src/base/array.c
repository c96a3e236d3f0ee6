#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

enum { LEAST = 16 };

void *sc_array_reserve(void *array, size_t *room, size_t need, size_t size)
{
	if (array && need <= *room)
		return array;
	if (need > SIZE_MAX / 2 / size)
		return NULL;
	size_t more = *room + *room / 2;
	more = more < need ? need : more;
	more = more < LEAST ? LEAST : more;
	void *p = realloc(array, more * size);
	if (p)
		*room = more;
	return p;
}
