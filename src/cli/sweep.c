/* `secost compare NET --sweep …`: few setups are a table like any other; any number streams as CSV
 * or JSON lines, one setup a line, in memory that does not grow. A shard is a range of setups, so
 * the shards one after the other are the whole. A file that is resumed is cut after its last whole
 * line, which must be the setup that it stands for, and goes on from there. */
#include "cli/sweep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { TABLE_MAX = 1000, BUFFER = 1 << 16 };

typedef struct stream {
	const sc_options *o;
	const sc_sweep *sweep;
	bool lines_of_json;
	uint64_t first, next, end; /* setups */
	bool has_header;
	FILE *file;
	sc_text row;
	double started, told;
	uint64_t resumed_at;
} stream;

/* --- one line --- */

typedef struct column {
	const char *key;
	bool of_trunk; /* unknown where the trunk is */
	size_t offset;
} column;

static const column columns[] = {
	{"se_weights", false, offsetof(sc_totals, se.weights)},
	{"se_params", false, offsetof(sc_totals, se.params)},
	{"params", true, offsetof(sc_totals, params)},
	{"macs", true, offsetof(sc_totals, macs)},
	{"flops", true, offsetof(sc_totals, flops)},
	{"se_flops", false, offsetof(sc_totals, se.flops)},
	{"activations", true, offsetof(sc_totals, activations)},
	{"bytes", true, offsetof(sc_totals, bytes)},
	{"se_bytes", false, offsetof(sc_totals, se.bytes)},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void add_number(uint64_t n, sc_text *out)
{
	char digits[24], *p = digits + sizeof digits;
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	sc_text_add_bytes(out, p, (size_t)(digits + sizeof digits - p));
}

static uint64_t value_of(const sc_totals *t, const column *c)
{
	uint64_t n;
	memcpy(&n, (const char *)t + c->offset, sizeof n);
	return n;
}

static void quote_name(const char *name, char quote, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *name; name++) {
		if (*name == '"' || (quote == '\\' && *name == '\\'))
			sc_text_add_bytes(out, &quote, 1);
		sc_text_add_bytes(out, name, 1);
	}
	sc_text_add(out, "\"");
}

/* the name at the start of the line, as its format writes it */
static void add_name(const stream *s, uint64_t setup, sc_text *out)
{
	sc_text name = {0};
	if (s->lines_of_json)
		sc_text_add(out, "{\"setup\":");
	sc_sweep_name(s->sweep, setup, &name);
	if (s->lines_of_json)
		quote_name(sc_text_get(&name), '\\', out);
	else if (strpbrk(sc_text_get(&name), ",\""))
		quote_name(sc_text_get(&name), '"', out);
	else
		sc_text_add(out, sc_text_get(&name));
	out->failed = out->failed || name.failed;
	sc_text_release(&name);
}

static void add_row(const stream *s, uint64_t setup, const sc_totals *t, sc_text *out)
{
	add_name(s, setup, out);
	for (size_t i = 0; i < COLUMNS; i++) {
		sc_text_add_bytes(out, ",", 1);
		if (s->lines_of_json) {
			sc_text_add_bytes(out, "\"", 1);
			sc_text_add(out, columns[i].key);
			sc_text_add_bytes(out, "\":", 2);
		}
		if (t->known || !columns[i].of_trunk)
			add_number(value_of(t, &columns[i]), out);
		else if (s->lines_of_json)
			sc_text_add(out, "null");
	}
	sc_text_add(out, s->lines_of_json ? "}\n" : "\n");
}

static void add_header(sc_text *out)
{
	sc_text_add(out, "setup");
	for (size_t i = 0; i < COLUMNS; i++) {
		sc_text_add(out, ",");
		sc_text_add(out, columns[i].key);
	}
	sc_text_add(out, "\n");
}

/* --- what is asked --- */

static bool ends_with(const char *path, const char *end)
{
	size_t n = path ? strlen(path) : 0, m = strlen(end);
	return n >= m && !strcmp(path + n - m, end);
}

static const char *file_of(const sc_options *o)
{
	return o->resume ? o->resume : o->output;
}

bool sweep_streams(const sc_options *o)
{
	if (o->format)
		return !strcmp(o->format, "csv") || !strcmp(o->format, "jsonl");
	return o->resume || ends_with(o->output, ".csv") || ends_with(o->output, ".jsonl");
}

static int pick_shard(const sc_options *o, uint64_t setups, stream *s)
{
	unsigned long k = 1, n = 1;
	char *end = NULL;
	if (o->shard) {
		bool digits = strspn(o->shard, "0123456789/") == strlen(o->shard);
		k = strtoul(o->shard, &end, 10);
		n = digits && *end == '/' ? strtoul(end + 1, &end, 10) : 0;
		if (!digits || *end || !k || !n || k > n || n > 1000000)
			return complain(
				"'--shard' is '%.40s', must be K/N with 1 ≤ K ≤ N ≤ 1000000",
				o->shard);
	}
	uint64_t part = setups / n, rest = setups % n;
	s->first = s->next = (k - 1) * part + (k - 1 < rest ? k - 1 : rest);
	s->end = s->first + part + (k - 1 < rest);
	s->has_header = k == 1 && !s->lines_of_json;
	return 0;
}

/* --- resuming --- */

static int not_this_sweep(const char *path, uint64_t line)
{
	return complain("'%s' can't be resumed: line %" PRIu64 " is not what this sweep has there; "
			"give the sweep, the shard and the format that it was begun with",
		path, line);
}

/* Does the line begin with what the setup's line begins with? */
static bool is_line_of(const stream *s, const char *line, uint64_t setup)
{
	sc_text name = {0};
	add_name(s, setup, &name);
	bool same = !name.failed && !strncmp(line, sc_text_get(&name), name.length) &&
		    line[name.length] == ',';
	sc_text_release(&name);
	return same;
}

/* every whole line is checked; `*bytes` are theirs */
static int read_lines(stream *s, FILE *f, const char *path, off_t *bytes)
{
	char *line = NULL;
	size_t room = 0;
	uint64_t n = 0;
	int code = 0;
	bool header = s->has_header;
	for (ssize_t got; !code && (got = getline(&line, &room, f)) > 0 && line[got - 1] == '\n';) {
		sc_text wanted = {0};
		n++;
		if (header) {
			add_header(&wanted);
			code = strcmp(line, sc_text_get(&wanted)) ? not_this_sweep(path, n) : 0;
			s->has_header = header = false;
		} else if (s->next == s->end || !is_line_of(s, line, s->next++)) {
			code = not_this_sweep(path, n);
		}
		sc_text_release(&wanted);
		*bytes += got;
	}
	free(line);
	return code || feof(f) ? code : complain("can't read '%s'", path);
}

static int take_up(stream *s, const char *path)
{
	off_t bytes = 0;
	FILE *f = fopen(path, "r");
	if (!f && errno != ENOENT)
		return complain("can't read '%s': %s", path, strerror(errno));
	int code = f ? read_lines(s, f, path, &bytes) : 0;
	if (f)
		fclose(f);
	if (!code && f && truncate(path, bytes))
		code = complain("can't cut '%s' after its last whole line", path);
	s->resumed_at = s->next;
	return code;
}

/* --- writing --- */

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void progress(stream *s, bool last)
{
	double t = now(), done = (double)(s->next - s->resumed_at);
	double left = (double)(s->end - s->next) * (t - s->started) / (done > 0 ? done : 1);
	if (s->o->quiet || !isatty(STDERR_FILENO) || (!last && t - s->told < 0.5))
		return;
	s->told = t;
	fprintf(stderr, "\r%" PRIu64 " of %" PRIu64 " setups, %.0f s left\033[K%s",
		s->next - s->first, s->end - s->first, left, last ? "\n" : "");
}

static int flush(stream *s)
{
	if (s->row.failed)
		return complain("no memory for the setups");
	if (s->row.length && fwrite(s->row.s, 1, s->row.length, s->file) != s->row.length)
		return complain("can't write the setups");
	s->row.length = 0;
	return 0;
}

static int write_rows(stream *s)
{
	sc_err err = {0};
	int code = 0;
	if (s->has_header)
		add_header(&s->row);
	for (; s->next < s->end && !code; s->next++) {
		sc_totals t;
		if (sc_sweep_count(s->sweep, s->next, &t, &err)) {
			sc_text name = {0};
			sc_sweep_name(s->sweep, s->next, &name);
			complain("in the setup '%s':", sc_text_get(&name));
			sc_text_release(&name);
			code = tell(&err, NULL);
			break;
		}
		add_row(s, s->next, &t, &s->row);
		if (s->row.length > BUFFER || s->row.failed) {
			code = flush(s);
			progress(s, false);
		}
	}
	if (!code)
		code = flush(s);
	progress(s, true);
	return code;
}

int sweep_stream(const sc_options *o, const sc_sweep *sweep)
{
	const char *path = file_of(o);
	stream s = {.o = o, .sweep = sweep, .started = now()};
	s.lines_of_json = o->format ? !strcmp(o->format, "jsonl") : ends_with(path, ".jsonl");
	int code = pick_shard(o, sc_sweep_setups(sweep), &s);
	if (!code && o->resume && o->output)
		code = complain("'--resume' names the file that is written: leave out --output");
	if (!code && o->resume)
		code = take_up(&s, path);
	if (code)
		return code;
	bool named = path && strcmp(path, "-") != 0;
	s.file = named ? fopen(path, o->resume ? "a" : "w") : stdout;
	if (!s.file)
		return complain("can't write '%s'", path);
	code = write_rows(&s);
	if (named && fclose(s.file) && !code)
		code = complain("can't write '%s'", path);
	sc_text_release(&s.row);
	return code;
}

/* --- a table --- */

/* the same overrides made by something else are the same setup */
static bool is_setup(const sc_setup *setup, const char *name, bool *failed)
{
	sc_text text = {0};
	for (size_t k = 0; k < setup->set.count; k++)
		sc_text_addf(&text, "%s%s", k ? "; " : "", setup->set.item[k]);
	bool same = !strcmp(sc_text_get(&text), name);
	*failed = *failed || text.failed;
	sc_text_release(&text);
	return same;
}

static int add_unless_known(const sc_sweep *sweep, uint64_t setup, sc_study *study)
{
	sc_err err = {0};
	sc_text name = {0};
	sc_sweep_name(sweep, setup, &name);
	bool failed = name.failed, known = false;
	for (size_t i = 1; i < study->setups && !failed && !known; i++)
		known = is_setup(&study->setup[i], sc_text_get(&name), &failed);
	int code = failed ? complain("no memory for the setups") : 0;
	if (!failed && !known && sc_study_add_text(study, sc_text_get(&name), &err))
		code = tell(&err, name.s);
	sc_text_release(&name);
	return code;
}

int sweep_table(const sc_sweep *sweep, sc_study *study)
{
	uint64_t n = sc_sweep_setups(sweep);
	if (n > TABLE_MAX)
		return complain("%" PRIu64
				" setups are too many for a table of at most %d: stream them "
				"with -o FILE.csv or FILE.jsonl",
			n, TABLE_MAX);
	int code = 0;
	for (uint64_t i = 0; i < n && !code; i++)
		code = add_unless_known(sweep, i, study);
	return code;
}

int sweep_make(const sc_options *o, const sc_model *model, const sc_rules *rules, uint32_t batch,
	sc_sweep **out)
{
	sc_err err = {0};
	size_t failed, n = texts_count(o->sweeps);
	const sc_texts axes = {(const char **)(uintptr_t)o->sweeps, n};
	if (!sc_sweep_new(model, rules, batch, &axes, out, &failed, &err))
		return 0;
	return tell(&err, failed < n ? o->sweeps[failed] : NULL);
}
