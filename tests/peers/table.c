/* Reads the CSV that measuring wrote. */
#include "table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *const table_peer[COMPARED] = {"secost", "oneDNN", "XNNPACK", "ONNX Runtime", "PyTorch"};

/* the next field of a CSV line without quotes inside quotes; moves `at` past its comma */
static char *field(char **at)
{
	char *start = *at, *end;
	if (*start == '"') {
		end = strchr(++start, '"');
		end = end ? end : start + strlen(start);
		*at = *end ? end + 1 : end;
		*end = 0;
		*at += **at == ',';
		return start;
	}
	end = start + strcspn(start, ",\n");
	*at = *end ? end + 1 : end;
	*end = 0;
	return start;
}

static size_t whole(char **at)
{
	return (size_t)strtoull(field(at), NULL, 10);
}

static double real(char **at)
{
	return strtod(field(at), NULL);
}

static row parse(char *line)
{
	row r = {0};
	r.c = whole(&line);
	r.h = whole(&line);
	field(&line);
	r.ratio = (unsigned)whole(&line);
	r.d = whole(&line);
	r.n = whole(&line);
	r.threads = (unsigned)whole(&line);
	r.cold = !strcmp(field(&line), "cold");
	snprintf(r.engine, sizeof r.engine, "%.63s", field(&line));
	snprintf(r.peer, sizeof r.peer, "%.63s", field(&line));
	field(&line);
	field(&line);
	r.count = whole(&line);
	r.q1 = real(&line);
	r.us = real(&line);
	r.q3 = real(&line);
	r.over = real(&line);
	r.floor = real(&line);
	snprintf(r.note, sizeof r.note, "%.255s", field(&line));
	return r;
}

static void about(table *t, char *line)
{
	char *colon = strstr(line, ": ");
	if (!colon || t->abouts == sizeof t->about / sizeof *t->about)
		return;
	*colon = 0;
	if (*table_about(t, line + 2))
		return; /* a run in parts says it again */
	colon[2 + strcspn(colon + 2, "\n")] = 0;
	snprintf(t->about[t->abouts][0], 512, "%.500s", line + 2);
	snprintf(t->about[t->abouts++][1], 512, "%.500s", colon + 2);
}

static void add(table *t, const row *r)
{
	if ((t->rows & (t->rows - 1)) == 0) {
		t->row = realloc(t->row, 2 * (t->rows + 1) * sizeof *t->row);
		if (!t->row)
			abort();
	}
	t->row[t->rows++] = *r;
}

bool table_read(table *t, const char *csv)
{
	char line[2048];
	FILE *f = fopen(csv, "r");
	*t = (table){0};
	if (!f) {
		perror(csv);
		return false;
	}
	while (fgets(line, sizeof line, f)) {
		if (*line == '#')
			about(t, line);
		else if (*line >= '0' && *line <= '9')
			add(t, &(row[]){parse(line)}[0]);
	}
	fclose(f);
	return true;
}

void table_free(table *t)
{
	free(t->row);
	*t = (table){0};
}

const char *table_about(const table *t, const char *key)
{
	for (size_t i = 0; i < t->abouts; i++)
		if (!strcmp(t->about[i][0], key))
			return t->about[i][1];
	return "";
}

static bool is_at(const row *r, const cell *at, const char *peer)
{
	const bench_shape *s = bench_shape_at(at->shape);
	return r->c == s->c && r->h == s->h && r->ratio == s->ratio && r->n == at->n &&
	       r->threads == at->threads && r->cold == at->cold && !strcmp(r->peer, peer);
}

const row *table_best(const table *t, const cell *at, const char *peer)
{
	const row *best = NULL;
	for (size_t i = 0; i < t->rows; i++)
		if (is_at(&t->row[i], at, peer) && t->row[i].count &&
			(!best || t->row[i].over < best->over))
			best = &t->row[i];
	return best;
}

const row *table_any(const table *t, const cell *at, const char *peer)
{
	for (size_t i = 0; i < t->rows; i++)
		if (is_at(&t->row[i], at, peer))
			return &t->row[i];
	return NULL;
}

const char *table_shape(char out[64], size_t shape)
{
	const bench_shape *s = bench_shape_at(shape);
	snprintf(out, 64, "%zu×%zu×%zu r %u", s->c, s->h, s->h, s->ratio);
	return out;
}

/* letters and digits of `text`, small, words joined by one hyphen */
static void add_words(char *out, size_t size, const char *text)
{
	size_t n = strlen(out);
	bool gap = n > 0;
	for (; *text && n + 2 < size; text++) {
		if (!isalnum((unsigned char)*text)) {
			gap = n > 0;
			continue;
		}
		if (gap)
			out[n++] = '-';
		gap = false;
		out[n++] = (char)tolower((unsigned char)*text);
	}
	out[n] = 0;
}

void table_fingerprint(const table *t, char out[128])
{
	const char *streams = strstr(table_about(t, "cores"), "streams ");
	const char *l2 = strstr(table_about(t, "caches"), "L2 ");
	char text[128];
	*out = 0;
	add_words(out, 128, table_about(t, "CPU"));
	add_words(out, 128, streams ? streams + 8 : "");
	snprintf(text, sizeof text, "%.0f cores %.0f KiB L2", strtod(table_about(t, "cores"), NULL),
		l2 ? strtod(l2 + 3, NULL) : 0);
	add_words(out, 128, text);
}
