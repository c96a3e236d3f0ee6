#include "cli/networks.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/choices.h"
#include "base/file.h"

#ifndef SC_DATADIR
#define SC_DATADIR "/usr/local/share"
#endif

/* --- all of a kind --- */

static bool paths_add(paths *list, const char *path)
{
	char **item = sc_array_reserve(list->item, &list->room, list->count + 1, sizeof *item);
	if (!item)
		return false;
	list->item = item;
	item[list->count] = strdup(path);
	return item[list->count] && ++list->count;
}

static bool add_inside(const char *kind, paths *out)
{
	bool good = true;
	for (size_t i = 0; sc_bundled_at(i) && good; i++)
		if (!strcmp(sc_bundled_at(i)->kind, kind))
			good = paths_add(out, sc_bundled_at(i)->path);
	return good;
}

/* an installed file that is not inside, too */
static bool is_extra(const char *kind, const char *path)
{
	char inside[512];
	snprintf(inside, sizeof inside, "secost:%s/%s", kind, strrchr(path, '/') + 1);
	return !sc_bundled_file(inside);
}

static bool add_installed(const char *kind, paths *out)
{
	sc_text pattern = {0};
	glob_t found;
	bool good = true;
	sc_text_addf(&pattern, SC_DATADIR "/secost/%s/*.yaml", kind);
	int code = pattern.failed ? GLOB_NOSPACE : glob(pattern.s, 0, NULL, &found);
	sc_text_release(&pattern);
	for (size_t i = 0; !code && i < found.gl_pathc && good; i++)
		if (is_extra(kind, found.gl_pathv[i]))
			good = paths_add(out, found.gl_pathv[i]);
	if (!code)
		globfree(&found);
	return good && code != GLOB_NOSPACE;
}

bool paths_find(const char *kind, paths *out)
{
	*out = (paths){0};
	if (add_inside(kind, out) && add_installed(kind, out))
		return true;
	paths_free(out);
	return complain("no memory for the list of %s", kind), false;
}

void paths_free(paths *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->item[i]);
	free(list->item);
	*list = (paths){0};
}

/* --- one by name --- */

static const char *bundled_word(const void *kind, size_t i)
{
	const sc_bundled *b = sc_bundled_at(i);
	return !b ? NULL : strcmp(b->kind, kind) ? "" : b->name;
}

static int is_study(const char *name)
{
	return complain("'%s' is a study; 'secost compare' and 'secost report' take those", name);
}

static bool no_such_name(const char *kind, const char *name)
{
	sc_quoted quoted;
	sc_tail tail;
	if (!strcmp(kind, "networks") && sc_bundled_named("studies", name))
		return is_study(name), false;
	complain("%s is neither a file nor one of 'secost list %s'%s", sc_quote(name, &quoted),
		kind, sc_did_you_mean(name, bundled_word, kind, NULL, &tail));
	return false;
}

static bool may_be_a_name(const char *s)
{
	return *s && !strchr(s, '/') && !strchr(s, ':') && access(s, F_OK);
}

static void installed_path(const char *kind, const char *name, sc_text *out)
{
	sc_text_addf(out, SC_DATADIR "/secost/%s/%s.yaml", kind, name);
}

static bool fill_path(const char *kind, const char *name, sc_text *out)
{
	const sc_bundled *b = may_be_a_name(name) ? sc_bundled_named(kind, name) : NULL;
	if (may_be_a_name(name) && !b) {
		installed_path(kind, name, out);
		if (out->failed || !access(out->s, F_OK))
			return true;
		sc_text_release(out);
		if (!strchr(name, '.'))
			return no_such_name(kind, name);
	}
	sc_text_add(out, b ? b->path : name);
	return true;
}

bool named_path(const char *kind, const char *name, sc_text *out)
{
	if (!fill_path(kind, name, out))
		return false;
	return !out->failed || (complain("no memory for '%s'", name), false);
}

/* --- standard input --- */

const char standard_input_name[] = "standard input";

static sc_text input;

bool is_standard_input(const char *name)
{
	return !strcmp(name, "-");
}

const sc_text *standard_input(void)
{
	return input.s ? &input : NULL;
}

static bool read_standard_input(void)
{
	enum { BYTES_MAX = 16 << 20 };
	sc_err err = {0};
	input_add("/dev/stdin");
	if (!input.s && sc_file_read("/dev/stdin", BYTES_MAX, &input, &err))
		return complain("can't read standard input: %s", err.message), false;
	sc_text_add(&input, "");
	return !input.failed || (complain("no memory for standard input"), false);
}

/* --- loading --- */

static int load_as_given(const char *name, sc_model **out)
{
	sc_errs errs = {0};
	sc_text path = {0};
	sc_status s;
	if (is_standard_input(name)) {
		if (!read_standard_input())
			return EXIT_USAGE;
		s = sc_model_parse(standard_input_name, input.s, input.length, out, &errs);
	} else {
		if (!named_path("networks", name, &path))
			return EXIT_USAGE;
		input_add(path.s);
		s = sc_model_load(path.s, out, &errs);
		sc_text_release(&path);
	}
	if (s && names_study(name))
		return complain(
			"'%s' is a study; 'secost compare' and 'secost report' take those", name);
	return s ? tell_all(&errs) : 0;
}

int load_model(const sc_options *o, const char *name, sc_model **out)
{
	sc_errs errs = {0};
	sc_err err = {0};
	sc_model *m;
	int code = load_as_given(name, &m);
	if (code)
		return code;
	for (size_t i = 0; i < texts_count(o->sets); i++)
		if (sc_model_set(m, o->sets[i], &err)) {
			sc_model_free(m);
			return tell(&err, o->sets[i]);
		}
	/* what was loaded is checked */
	if (texts_count(o->sets) && sc_model_check(m, &errs)) {
		sc_model_free(m);
		return tell_all(&errs);
	}
	if (!o->quiet)
		sc_model_warnings(m, tell_warning, NULL);
	*out = m;
	return 0;
}

int load_spec(const char *name, sc_study_spec **out)
{
	sc_errs errs = {0};
	sc_text path = {0};
	sc_status s;
	if (is_standard_input(name)) {
		if (!read_standard_input())
			return EXIT_USAGE;
		s = sc_study_spec_parse(standard_input_name, input.s, input.length, out, &errs);
	} else {
		if (!named_path("studies", name, &path))
			return EXIT_USAGE;
		input_add(path.s);
		s = sc_study_spec_load(path.s, out, &errs);
		sc_text_release(&path);
	}
	if (!s) {
		input_add((*out)->network_path);
		input_add((*out)->bench_path);
		input_add((*out)->profile_path);
		input_add((*out)->times_path);
	}
	if (!s && (s = sc_report_check(*out, &errs))) {
		sc_study_spec_free(*out);
		*out = NULL;
		return tell_all(&errs);
	}
	if (s && s != SC_EIO && !names_study(name))
		return complain("'%s' names no 'network', so it is no study; 'secost list studies' "
				"has some",
			name);
	return s ? tell_all(&errs) : 0;
}

bool names_study(const char *name)
{
	if (is_standard_input(name))
		return read_standard_input() && sc_study_spec_is(input.s, input.length);
	if (strchr(name, '/') || !access(name, F_OK) || strchr(name, ':'))
		return sc_study_spec_is_at(name);
	return !sc_bundled_named("networks", name) && sc_bundled_named("studies", name);
}
