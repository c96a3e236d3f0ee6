/* The files below a folder, with what is in them. */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct tree_item {
	char *name;  /* from the folder on */
	char *bytes; /* with a NUL after them */
	size_t length;
} tree_item;

typedef struct tree {
	tree_item *item;
	size_t count;
} tree;

void tree_read(tree *t, const char *folder);
void tree_release(tree *t);
void tree_remove(const char *folder);
/* NULL when there is none */
const tree_item *tree_file(const tree *t, const char *name);
bool tree_equal(const tree_item *a, const tree_item *b);
/* The name of a file that is not as in `whole`, or not there; "stdout" and "stderr" don't count.
 * One that `grows` may be the beginning of what it is in `whole`. */
const char *tree_damage(const tree *t, const tree *whole, bool grows);
/* Are all files of `whole` there? */
bool tree_same_names(const tree *t, const tree *whole);
bool tree_says(const tree_item *item, const char *words);
/* a page that may name a picture */
bool tree_is_page(const char *name);

#endif
