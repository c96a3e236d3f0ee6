/* Any bytes as what 'secost bench --save' wrote: refused, or printed in every format. */
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "secost/bench.h"
#include "secost/report.h"

void fuzz_bench(char *text, size_t n)
{
	sc_bench *bench;
	sc_err err = {0};
	char path[64];
	int fd;
	fuzz_file(text, n, path, &fd);
	if (!sc_bench_load(path, &bench, &err)) {
		fuzz_write(sc_bench_document(bench));
		sc_bench_free(bench);
	} else if (!err.message[0]) {
		abort();
	}
	close(fd);
}
