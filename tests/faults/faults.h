/* What a sweep and the process that it disturbs share. */
#ifndef TESTS_FAULTS_H
#define TESTS_FAULTS_H

#include <stdatomic.h>

typedef struct fault_state {
	unsigned long fail;	     /* the call to fail, from 1; 0 for none */
	_Atomic unsigned long calls; /* made so far */
	char call[32];		     /* the one that failed */
} fault_state;

#endif
