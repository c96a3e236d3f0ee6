#include "cli/networks.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#ifndef SC_DATADIR
#define SC_DATADIR "/usr/local/share"
#endif

static const char *const folders[] = {"configs/networks", SC_DATADIR "/secost/networks"};
static const char *const published[] = {"configs/published", SC_DATADIR "/secost/published"};
enum { FOLDERS = sizeof folders / sizeof *folders };

int find_networks(glob_t *out)
{
	int code = GLOB_NOMATCH;
	for (int i = 0; i < FOLDERS && code; i++) {
		sc_text pattern = {0};
		sc_text_addf(&pattern, "%s/*.yaml", folders[i]);
		if (i)
			globfree(out);
		code = pattern.failed ? GLOB_NOSPACE : glob(pattern.s, 0, NULL, out);
		sc_text_release(&pattern);
	}
	return code;
}

const char *published_folder(void)
{
	return access(published[0], F_OK) ? published[1] : published[0];
}

void network_file(const char *name, sc_text *out)
{
	for (int i = 0; i < FOLDERS && !strchr(name, '/') && access(name, F_OK); i++) {
		sc_text_release(out);
		sc_text_addf(out, "%s/%s.yaml", folders[i], name);
		if (out->failed || !access(out->s, F_OK))
			return;
	}
	sc_text_release(out);
	sc_text_add(out, name);
}
