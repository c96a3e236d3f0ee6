/* Examples from manuals, compiled against the built library and run. */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

/* What a C++ program prints, and the warnings of `compiler`, which must be none. */
char *cxx_program_output(const char *compiler, const char *source, const char *libraries);
/* What a C program prints; aborts the test when it does not compile without a warning, or fails.
 * `libraries` are packages of pkg-config that it needs beside libsecost. malloc'ed. */
char *program_output(const char *source, const char *libraries);

#endif
