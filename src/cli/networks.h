/** \file
 * Where the descriptions that come with secost are. */
#ifndef SC_CLI_NETWORKS_H
#define SC_CLI_NETWORKS_H

#include <glob.h>

/** All networks: those under configs/ of the working folder, else the installed ones. Returns 0
 * when there are some; then the caller calls globfree. */
int find_networks(glob_t *out);

#endif
