/* What may come next on a command line, for the shells' completion. */
#ifndef SC_CLI_COMPLETE_H
#define SC_CLI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

/* The word being completed: candidates that begin with `word` are printed after `before`, one a
 * line. */
typedef struct completion {
	const char *before, *word;
	char last[256]; /* printed last, so that neighbours that are equal come once */
} completion;

void complete_offer(completion *c, const char *candidate);
/* The candidate up to and with the next dot or '=' after what is typed. */
void complete_step(completion *c, const char *candidate);
/* Tell the shell that files will do, too. */
void complete_files(void);

/* Overrides of `network`, which may be NULL: "stages.conv5_x.se.ratio=". */
void complete_override(completion *c, const char *network);
/* Paths of 'explain'. */
void complete_path(completion *c, const char *network);

/* Print the candidates for the last of the `n` words that follow "secost". */
void complete_words(const char *const *word, size_t n);

#endif
