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
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

enum { BUFFER = 1 << 16, LINE_MAX_BYTES = 1 << 16 };

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

static void quote_csv(const char *name, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *name; name++)
		sc_text_add_bytes(out, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
	sc_text_add(out, "\"");
}

static void quote_json(const char *name, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *name; name++)
		if ((unsigned char)*name < ' ')
			sc_text_addf(out, "\\u%04x", (unsigned)*name);
		else
			sc_text_addf(out, *name == '"' || *name == '\\' ? "\\%c" : "%c", *name);
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
		quote_json(sc_text_get(&name), out);
	else if (strpbrk(sc_text_get(&name), ",\""))
		quote_csv(sc_text_get(&name), out);
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

static int tell_of(const sc_sweep *sweep, uint64_t setup, const sc_err *err)
{
	sc_text name = {0};
	sc_sweep_name(sweep, setup, &name);
	complain("in the setup '%s':", sc_text_get(&name));
	sc_text_release(&name);
	return tell(err, NULL);
}

static int add_setup(const stream *s, uint64_t setup, sc_text *out)
{
	sc_totals t;
	sc_err err = {0};
	if (!sc_sweep_count(s->sweep, setup, &t, &err)) {
		add_row(s, setup, &t, out);
		return out->failed ? complain("no memory for the setups") : 0;
	}
	return tell_of(s->sweep, setup, &err);
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

/* the line that comes next: of the header, or of the next setup */
static int next_line(stream *s, bool header, sc_text *out)
{
	out->length = 0;
	if (header)
		add_header(out);
	return header || s->next == s->end ? 0 : add_setup(s, s->next, out);
}

/* Does the file go on with `wanted`, or end within it? No more is read, however long its lines are.
 */
static bool goes_on(FILE *f, const sc_text *wanted, char *room, size_t *got)
{
	*got = fread(room, 1, wanted->length, f);
	return !memcmp(room, sc_text_get(wanted), *got) && (wanted->length || getc(f) == EOF);
}

/* Every line must be what is counted now, the last one as far as it goes; `*bytes` are those of
 * whole lines. */
static int read_lines(stream *s, FILE *f, const char *path, off_t *bytes)
{
	char room[LINE_MAX_BYTES];
	sc_text wanted = {0};
	int code = 0;
	for (uint64_t n = 1; !code; n++) {
		bool header = s->has_header;
		size_t got = 0;
		code = next_line(s, header, &wanted);
		if (!code && (wanted.length > sizeof room || !goes_on(f, &wanted, room, &got)))
			code = feof(f) && !got ? 0 : not_this_sweep(path, n);
		if (code || !got || got < wanted.length)
			break;
		s->has_header = false;
		s->next += !header;
		*bytes += (off_t)got;
	}
	sc_text_release(&wanted);
	return code || !ferror(f) ? code : complain("can't read '%s'", path);
}

static bool is_regular(FILE *f, off_t *bytes)
{
	struct stat st;
	bool regular = !fstat(fileno(f), &st) && S_ISREG(st.st_mode);
	*bytes = regular ? st.st_size : 0;
	return regular;
}

static int busy(const char *path)
{
	return complain("'%s' is being written by somebody else; wait, or name another file", path);
}

/* Left open, at the end of its last whole line; nothing when there is no such file. */
static int take_up(stream *s, const char *path)
{
	off_t bytes = 0;
	FILE *f = s->file = fopen(path, "r+");
	if (!f)
		return errno == ENOENT
			       ? 0
			       : complain("can't go on with '%s': %s", path, strerror(errno));
	int code = !is_regular(f, &bytes) ? complain("'%s' can't be resumed: it is no file", path)
		   : !sc_file_lock(f)	  ? busy(path)
					  : 0;
	bytes = 0;
	if (!code)
		code = read_lines(s, f, path, &bytes);
	if (!code && (ftruncate(fileno(f), bytes) || fseeko(f, bytes, SEEK_SET)))
		code = complain("can't cut '%s' after its last whole line", path);
	s->resumed_at = s->next;
	return code;
}

/* Two that write into the same file would mix their lines. */
static int begin(stream *s, const char *path)
{
	off_t bytes;
	s->file = fopen(path, "a");
	if (!s->file)
		return complain("can't write '%s': %s", path, strerror(errno));
	bool regular = is_regular(s->file, &bytes);
	if (!sc_file_lock(s->file) || (s->o->resume && bytes))
		return busy(path);
	return regular && ftruncate(fileno(s->file), 0) ? complain("can't write '%s'", path) : 0;
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
	int code = 0;
	if (s->has_header)
		add_header(&s->row);
	for (; s->next < s->end && !code; s->next++) {
		code = add_setup(s, s->next, &s->row);
		if (!code && s->row.length > BUFFER) {
			code = flush(s);
			progress(s, false);
		}
	}
	if (!code)
		code = flush(s);
	progress(s, true);
	return code;
}

/* before anything is written */
static int check_values(const sc_sweep *sweep)
{
	uint64_t setup;
	sc_err err = {0};
	return sc_sweep_check(sweep, &setup, &err) ? tell_of(sweep, setup, &err) : 0;
}

int sweep_stream(const sc_options *o, const sc_sweep *sweep)
{
	const char *path = file_of(o);
	stream s = {.o = o, .sweep = sweep, .started = now()};
	s.lines_of_json = o->format ? !strcmp(o->format, "jsonl") : ends_with(path, ".jsonl");
	int code = pick_shard(o, sc_sweep_setups(sweep), &s);
	if (!code && o->resume && !strcmp(o->resume, "-"))
		code = complain("'--resume' is '-', must be a file to go on with");
	if (!code && o->resume && o->output)
		code = complain("'--resume' names the file that is written: leave out --output");
	if (!code && o->resume)
		code = take_up(&s, path);
	if (!code)
		code = check_values(sweep);
	if (!code && !may_write(path))
		code = EXIT_USAGE;
	bool named = path && strcmp(path, "-") != 0;
	if (!named)
		s.file = stdout;
	if (!code && !s.file)
		code = begin(&s, path);
	if (!code)
		code = write_rows(&s);
	if (named && s.file && fclose(s.file) && !code)
		code = complain("can't write '%s'", path);
	sc_text_release(&s.row);
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
