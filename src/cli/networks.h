/* Descriptions by name: a file, one inside the executable, one installed, or standard input. */
#ifndef SC_CLI_NETWORKS_H
#define SC_CLI_NETWORKS_H

#include "base/text.h"
#include "cli/cli.h"

/* Paths of all that come with secost, of a kind ("networks", "studies"): those inside, then those
 * installed that are not inside. NULL when out of memory; free it with paths_free. */
typedef struct paths {
	char **item;
	size_t count, room;
} paths;
bool paths_find(const char *kind, paths *out);
void paths_free(paths *list);

/* The path that `name` stands for: itself when there is such a file, else that of the description
 * of this name. False, with an error told, when there is none. */
bool named_path(const char *kind, const char *name, sc_text *out);

/* "-" is standard input, read once. */
bool is_standard_input(const char *name);
/* What was read from it; NULL when nothing was. */
const sc_text *standard_input(void);
extern const char standard_input_name[];

/* A study by name, path or "-": 0, or the exit code after telling. */
int load_spec(const char *name, sc_study_spec **out);
/* Does the name stand for a study, where a network may be meant, too? */
bool names_study(const char *name);

#endif
