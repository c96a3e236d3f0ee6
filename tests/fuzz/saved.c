/* Any bytes as what 'secost cost --format json' wrote: refused, or limits are held against it. */
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "secost/report.h"

static void check(const sc_saved *saved)
{
	sc_rules rules = sc_rules_default();
	sc_model *m;
	sc_sheet sheet;
	sc_budget max;
	if (sc_model_load_bundled("se-resnet-50", &m, NULL))
		return;
	if (!sc_sheet_make(m, &rules, 1, NULL, &sheet, NULL)) {
		if (!sc_budget_parse("params=+3%", &max, NULL)) {
			const sc_check c = sc_check_limit(&sheet, saved, &max);
			fuzz_write(sc_check_document(&sheet, &c, 1, saved));
		}
		sc_sheet_release(&sheet);
	}
	sc_model_free(m);
}

void fuzz_saved(char *text, size_t n)
{
	sc_saved saved = {0};
	sc_err err = {0};
	char path[64];
	int fd;
	fuzz_file(text, n, path, &fd);
	if (!sc_saved_load(path, "SE-ResNet-50", &saved, &err)) {
		check(&saved);
		sc_saved_release(&saved);
	} else if (!err.message[0]) {
		abort();
	}
	close(fd);
}
