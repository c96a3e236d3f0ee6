#include <stdio.h>

#include "secost/base.h"

int main(void)
{
	printf("secost %s\n", SC_VERSION);
	return 0;
}
