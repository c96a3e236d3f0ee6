/** \file
 * What a fuzzer and the replay of its corpus share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>

#include "secost/paper.h"
#include "secost/study.h"

/** A row of fuzzers.def. */
typedef struct fuzzer {
	const char *name, *seeds;
	/** Take `n` bytes, which end with a NUL besides, and abort when something doesn't hold. */
	void (*run)(char *text, size_t n);
} fuzzer;

#define FUZZER(name, seeds) void fuzz_##name(char *text, size_t n);
#include "fuzzers.def"
#undef FUZZER

/** A name for the bytes, as a file that can be opened; "" when there is none. Close `*fd`. */
void fuzz_file(const char *text, size_t n, char path[64], int *fd);
/** Count what the network costs, unless that takes long. */
void fuzz_count(const sc_model *model);
/** Write a document in every format; frees it. */
void fuzz_write(sc_document *doc);
/** A refusal has a reason. */
void fuzz_expect_told(const sc_errs *errs);

#endif
