#include "cli/networks.h"

#include <stddef.h>

#ifndef SC_DATADIR
#define SC_DATADIR "/usr/local/share"
#endif

int find_networks(glob_t *out)
{
	if (!glob("configs/networks/*.yaml", 0, NULL, out))
		return 0;
	globfree(out);
	return glob(SC_DATADIR "/secost/networks/*.yaml", 0, NULL, out);
}
