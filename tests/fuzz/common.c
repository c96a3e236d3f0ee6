#define _GNU_SOURCE /* memfd_create */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

void fuzz_file(const char *text, size_t n, char path[64], int *fd)
{
	*fd = memfd_create("fuzz", MFD_CLOEXEC);
	path[0] = '\0';
	if (*fd >= 0 && write(*fd, text, n) == (ssize_t)n)
		snprintf(path, 64, "/proc/self/fd/%d", *fd);
}

/* counting a million blocks is right and slow */
static uint64_t blocks_of(const sc_model *m)
{
	uint64_t n = 0;
	for (size_t i = 0; i < m->stages.count; i++)
		n += m->stages.item[i].blocks;
	return n;
}

void fuzz_count(const sc_model *m)
{
	sc_rules rules = sc_rules_default();
	sc_sheet sheet;
	sc_err err;
	if (blocks_of(m) < 2000 && !sc_sheet_make(m, &rules, 1, NULL, &sheet, &err))
		sc_sheet_release(&sheet);
}

void fuzz_write(sc_document *doc)
{
	const sc_style style = {.exact = true, .wide = true};
	for (size_t i = 0; doc && sc_format_at(i); i++) {
		char *text;
		size_t n;
		if (!sc_document_write(doc, sc_format_at(i), &style, &text, &n, NULL))
			free(text);
	}
	sc_document_free(doc);
}

void fuzz_expect_told(const sc_errs *errs)
{
	if (!errs->count || !errs->item[0].message[0])
		abort();
}
