/* One fuzzer as libFuzzer calls it; FUZZ is its function. The bytes are a copy of their own size,
 * so that a look behind them is seen. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void FUZZ(char *text, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	FUZZ(text, size);
	free(text);
	return 0;
}
