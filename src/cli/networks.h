/* Descriptions that come with secost. */
#ifndef SC_CLI_NETWORKS_H
#define SC_CLI_NETWORKS_H

#include <glob.h>

#include "base/text.h"

/* Those of the working folder, else those installed. 0, or glob's code; globfree() it either way.
 */
int find_networks(glob_t *out);
/* The folder of published figures that come with secost. */
const char *published_folder(void);
/* The file that `name` stands for: itself, or the description of that name that comes with secost.
 */
void network_file(const char *name, sc_text *out);

#endif
