#define _GNU_SOURCE
#include "tree.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* nftw has no argument for its callback */
static tree *into;
static size_t root_length;

static int read_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)where;
	if (kind != FTW_F)
		return 0;
	tree_item i = {strdup(path + root_length + 1), calloc(1, (size_t)st->st_size + 1), 0};
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, i.bytes, (size_t)st->st_size);
	i.length = n > 0 ? (size_t)n : 0;
	close(fd);
	into->item = realloc(into->item, (into->count + 1) * sizeof i);
	into->item[into->count++] = i;
	return 0;
}

void tree_read(tree *t, const char *folder)
{
	*t = (tree){0};
	into = t;
	root_length = strlen(folder);
	nftw(folder, read_one, 16, FTW_PHYS);
}

void tree_release(tree *t)
{
	for (size_t i = 0; i < t->count; i++) {
		free(t->item[i].name);
		free(t->item[i].bytes);
	}
	free(t->item);
	*t = (tree){0};
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

void tree_remove(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const tree_item *tree_file(const tree *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(t->item[i].name, name))
			return &t->item[i];
	return NULL;
}

bool tree_equal(const tree_item *a, const tree_item *b)
{
	return a && b && a->length == b->length && !memcmp(a->bytes, b->bytes, a->length);
}

static bool begins_it(const tree_item *part, const tree_item *whole)
{
	return part && whole && part->length <= whole->length &&
	       !memcmp(part->bytes, whole->bytes, part->length);
}

const char *tree_damage(const tree *t, const tree *whole, bool grows)
{
	for (size_t i = 0; i < t->count; i++) {
		const tree_item *f = &t->item[i];
		bool stream = !strcmp(f->name, "stdout") || !strcmp(f->name, "stderr");
		const tree_item *calm = tree_file(whole, f->name);
		if (!stream && !tree_equal(f, calm) && !(grows && begins_it(f, calm)))
			return f->name;
	}
	return NULL;
}

bool tree_same_names(const tree *t, const tree *whole)
{
	for (size_t i = 0; i < whole->count; i++)
		if (!tree_file(t, whole->item[i].name))
			return false;
	return true;
}

bool tree_says(const tree_item *item, const char *words)
{
	return item && strstr(item->bytes, words);
}

bool tree_is_page(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot && (!strcmp(dot, ".html") || !strcmp(dot, ".md"));
}
