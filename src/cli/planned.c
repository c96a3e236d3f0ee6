/* Paths of a plan lead from the folder that its description lies in. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/planned.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/networks.h"

static void quoted(const char *s, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			sc_text_add(out, "\\");
		sc_text_add_bytes(out, s, 1);
	}
	sc_text_add(out, "\"");
}

static void key(const char *name, const char *value, sc_text *out)
{
	if (!value)
		return;
	sc_text_addf(out, "  %s: ", name);
	quoted(value, out);
	sc_text_add(out, "\n");
}

static void keys(const char *name, char *const *value, sc_text *out)
{
	if (!value)
		return;
	sc_text_addf(out, "  %s: [", name);
	for (size_t i = 0; value[i]; i++) {
		sc_text_add(out, i ? ", " : "");
		quoted(value[i], out);
	}
	sc_text_add(out, "]\n");
}

/* --- paths --- */

/* the absolute path of a file's folder, malloc'ed */
static char *folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *part = slash ? strndup(file, (size_t)(slash - file) + 1) : strdup(".");
	char *whole = part ? realpath(part, NULL) : NULL;
	free(part);
	return whole;
}

/* how many characters of two absolute paths are the same folders */
static size_t shared(const char *a, const char *b)
{
	size_t n = 0;
	for (size_t i = 0;; i++) {
		bool ends = (!a[i] || a[i] == '/') && (!b[i] || b[i] == '/');
		if (ends)
			n = i;
		if (!a[i] || !b[i] || a[i] != b[i])
			return n;
	}
}

/* a file's path from the folder that the output is in */
static void path_from(const char *output, const char *file, sc_text *out)
{
	char *from = folder_of(output), *to = realpath(file, NULL);
	size_t same = from && to ? shared(from, to) : 0;
	if (!from || !to)
		sc_text_add(out, file);
	for (const char *p = from && to ? from + same : ""; *p; p++)
		if (*p == '/' && p[1])
			sc_text_add(out, "../");
	if (from && to)
		sc_text_add(out, to[same] == '/' ? to + same + 1 : to + same);
	free(from);
	free(to);
}

/* a file from that folder; what is bundled by its name; nothing of standard input */
static void key_path(
	const char *name, const char *kind, const char *value, const char *output, sc_text *out)
{
	sc_text path = {0}, said = {0};
	if (!value || is_standard_input(value) || !named_path(kind, value, &path))
		return;
	if (strncmp(sc_text_get(&path), "secost:", 7) != 0)
		path_from(output, sc_text_get(&path), &said);
	key(name, said.length ? sc_text_get(&said) : value, out);
	sc_text_release_into(&path, out);
	sc_text_release_into(&said, out);
}

/* --- --- */

static bool comes_again(char *const *sets, size_t i)
{
	size_t n = strcspn(sets[i], "=") + 1;
	for (size_t k = i + 1; sets[k]; k++)
		if (!strncmp(sets[k], sets[i], n))
			return true;
	return false;
}

static void write_sets(char *const *sets, sc_text *out)
{
	bool any = false;
	for (size_t i = 0; sets && sets[i]; i++) {
		const char *equals = strchr(sets[i], '=');
		if (!equals || comes_again(sets, i))
			continue;
		sc_text path = {0};
		sc_text_add(out, any ? ", " : "  set: {");
		sc_text_add_bytes(&path, sets[i], (size_t)(equals - sets[i]));
		quoted(sc_text_get(&path), out);
		sc_text_addf(out, ": %s", equals + 1);
		sc_text_release_into(&path, out);
		any = true;
	}
	sc_text_add(out, any ? "}\n" : "");
}

void planned_write(const plan_job *job, sc_text *out)
{
	const sc_options *o = job->options;
	sc_text_add(out, "plan:\n");
	key_path("network", "networks", o->args[0], o->output, out);
	write_sets(o->sets, out);
	key("per", o->per, out);
	key("choices", o->choices ? o->choices : plan_choices, out);
	keys("budgets", o->budgets, out);
	key_path("gain", "gains", o->gain, o->output, out);
	key("maximise", o->gain ? NULL : o->maximise ? o->maximise : "channels", out);
	key_path("profile", "profiles", job->profiles.bench_path, o->output, out);
	key_path("times", "profiles", job->profiles.times_path, o->output, out);
	key("cache", o->cache, out);
	if (o->extrapolate)
		sc_text_add(out, "  extrapolate: true\n");
	keys("rules", o->rules, out);
	if (o->batch)
		sc_text_addf(out, "  batch: %s\n", o->batch);
}
