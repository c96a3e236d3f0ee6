/* Any bytes as what 'secost bench --network --save' wrote: refused, or printed in every format. */
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "secost/network.h"
#include "secost/report.h"

void fuzz_network(char *text, size_t n)
{
	sc_network_result result = {0};
	sc_err err = {0};
	char path[64];
	int fd;
	fuzz_file(text, n, path, &fd);
	if (!sc_network_load(path, &result, &err)) {
		fuzz_write(sc_network_document(&result));
		sc_network_result_release(&result);
	} else if (!err.message[0]) {
		abort();
	}
	close(fd);
}
