/* Every call that may fail fails once, in turn, in every command of a list: what the command then
 * does must be told (exit 2 or 3 and a message) or equal, byte for byte, to what it does
 * undisturbed. No signal, no hang, nothing half-written either way: whatever has a name equals its
 * undisturbed self.
 *
 *     sweep SECOST INJECT.so CASES SAMPLE [CASE…]
 *
 * CASES has a command a line, as its first lines say. SAMPLE is how many positions of each command
 * are tried, spread evenly; 0 for all. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"
#include "tree.h"

enum { WORDS_MAX = 64, PATH_BYTES = 256, SECONDS_MAX = 60, SHOWN_MAX = 20 };

typedef struct fault_case {
	char name[64], line[1024];
	int code; /* when nothing fails */
	unsigned long most;
	bool grows; /* the files are written line by line */
} fault_case;

/* A place for one process at a time: its folder, its state, and what it left. */
typedef struct place {
	char folder[PATH_BYTES], state_path[PATH_BYTES];
	fault_state *state;
	tree left; /* "stdout", "stderr" and whatever is in the folder */
	int status;
	bool hung;
} place;

typedef struct totals {
	_Atomic unsigned long told, equal, bad;
} totals;

static const char *secost, *inject;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void place_open(place *p, const char *root, unsigned job)
{
	snprintf(p->folder, sizeof p->folder, "%.200s/%u", root, job);
	snprintf(p->state_path, sizeof p->state_path, "%.200s/%u.state", root, job);
	int fd = open(p->state_path, O_RDWR | O_CREAT, 0600);
	if (fd < 0 || ftruncate(fd, sizeof *p->state))
		die(p->state_path);
	p->state = mmap(NULL, sizeof *p->state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p->state == MAP_FAILED)
		die("mmap");
	close(fd);
}

/* what an @=FILE stands for; returns the rest of the name */
static const char *put_there(const char *file, const char *folder)
{
	static char bytes[1 << 16];
	char path[PATH_BYTES + 64];
	const char *name = strrchr(file, '/');
	snprintf(path, sizeof path, "%s%s", folder, name);
	int from = open(file, O_RDONLY), to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t n = read(from, bytes, sizeof bytes);
	if (n < 0 || write(to, bytes, (size_t)n) != n || close(from) || close(to))
		_exit(127);
	return name;
}

/* words of the line, cut in place; an @ in one is the folder */
static void cut(char *line, const char *folder, char *room, char **argv)
{
	size_t n = 0;
	argv[n++] = (char *)(uintptr_t)secost;
	for (char *w = strtok(line, " \n"); w && n < WORDS_MAX; w = strtok(NULL, " \n")) {
		char *at = strchr(w, '@');
		argv[n++] = at ? room : w;
		if (at)
			room += sprintf(room, "%.*s%s%s", (int)(at - w), w, folder,
					at[1] == '=' ? put_there(at + 2, folder) : at + 1) +
				1;
	}
	argv[n] = NULL;
}

static void become(const place *p, const fault_case *c)
{
	char line[sizeof c->line], room[4096], variable[PATH_BYTES + 16], load[PATH_BYTES + 16];
	char *argv[WORDS_MAX + 1], path[PATH_BYTES + 16];
	memcpy(line, c->line, sizeof line);
	cut(line, p->folder, room, argv);
	snprintf(path, sizeof path, "%s/stdout", p->folder);
	dup2(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
	snprintf(path, sizeof path, "%s/stderr", p->folder);
	dup2(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
	dup2(open("/dev/null", O_RDONLY), 0);
	snprintf(variable, sizeof variable, "FAULTS=%s", p->state_path);
	putenv(variable);
	if (inject) { /* else it is linked in */
		snprintf(load, sizeof load, "LD_PRELOAD=%s", inject);
		putenv(load);
	}
	execv(secost, argv);
	_exit(127);
}

static bool ended(pid_t pid, int *status)
{
	const struct timespec tick = {0, 500000};
	for (long i = 0; i < SECONDS_MAX * 2000L; i++) {
		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		nanosleep(&tick, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, status, 0);
	return false;
}

static void run(place *p, const fault_case *c, unsigned long fail)
{
	tree_remove(p->folder);
	if (mkdir(p->folder, 0700))
		die(p->folder);
	memset(p->state, 0, sizeof *p->state);
	p->state->fail = fail;
	pid_t pid = fork();
	if (!pid)
		become(p, c);
	p->hung = !ended(pid, &p->status);
	tree_release(&p->left);
	tree_read(&p->left, p->folder);
}

/* what is wrong with a disturbed run; NULL when it told or did the same */
static const char *judge(const fault_case *c, const place *p, const place *calm, bool *told)
{
	if (p->hung)
		return "hung";
	if (WIFSIGNALED(p->status))
		return strsignal(WTERMSIG(p->status));
	int code = WEXITSTATUS(p->status), usual = WEXITSTATUS(calm->status);
	bool same = code == usual &&
		    tree_equal(tree_file(&p->left, "stdout"), tree_file(&calm->left, "stdout"));
	const tree_item *said = tree_file(&p->left, "stderr");
	bool more = said && said->length && !tree_equal(said, tree_file(&calm->left, "stderr"));
	const char *odd = tree_damage(&p->left, &calm->left, c->grows);
	*told = more && (code == 2 || code == 3);
	if (odd && !(same && more && tree_says(said, "was not drawn") && tree_is_page(odd)))
		return odd;
	if (*told || (same && (more || tree_same_names(&p->left, &calm->left))))
		return NULL;
	return code != usual ? "another exit code"
	       : more	     ? "told, but something is missing"
			     : "quiet";
}

static void report(const fault_case *c, unsigned long n, const place *p, const char *what)
{
	const tree_item *said = tree_file(&p->left, "stderr");
	int length = said ? (int)strcspn(said->bytes, "\n") : 0;
	printf("%s: call %lu (%s): %s; exit %d, \"%.*s\"\n", c->name, n, p->state->call, what,
		WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 128 + WTERMSIG(p->status), length,
		said ? said->bytes : "");
	fflush(stdout);
}

static void work(place *p, const fault_case *c, const place *calm, unsigned long from,
	unsigned long step, totals *all)
{
	unsigned long last = calm->state->calls;
	for (unsigned long n = from; n <= last; n += step) {
		bool told = false;
		run(p, c, n);
		const char *what = judge(c, p, calm, &told);
		if (what && all->bad++ < SHOWN_MAX)
			report(c, n, p, what);
		if (!what)
			told ? all->told++ : all->equal++;
	}
}

static unsigned long sweep(const fault_case *c, const char *root, unsigned long sample, totals *all)
{
	static place calm, places[64];
	unsigned jobs = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	jobs = jobs > 63 ? 63 : jobs;
	if (!calm.state)
		place_open(&calm, root, 64);
	run(&calm, c, 0);
	unsigned long calls = calm.state->calls;
	if (!sample)
		sample = c->most;
	if (!WIFEXITED(calm.status) || WEXITSTATUS(calm.status) != c->code)
		return report(c, 0, &calm, "ends otherwise when nothing fails"), 1;
	unsigned long step = sample && calls > sample ? calls / sample : 1;
	*all = (totals){0};
	fflush(stdout);
	for (unsigned j = 0; j < jobs; j++) {
		if (!places[j].state)
			place_open(&places[j], root, j);
		if (!fork()) {
			work(&places[j], c, &calm, 1 + j * step, jobs * step, all);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
	printf("%-24s %6lu calls, %6lu tried: %6lu told, %6lu equal, %lu neither\n", c->name, calls,
		all->told + all->equal + all->bad, all->told, all->equal, all->bad);
	return all->bad + !calls;
}

static bool is_wanted(const fault_case *c, char **names)
{
	bool any = false;
	for (; *names; names++)
		if (!strncmp(c->name, *names, strlen(*names)))
			return true;
		else
			any = true;
	return !any;
}

static bool read_case(FILE *f, fault_case *c)
{
	char line[1200], kind[2];
	while (fgets(line, sizeof line, f))
		if (line[0] != '#' && sscanf(line, "%63s %d %lu%1[:+] %1023[^\n]", c->name,
					      &c->code, &c->most, kind, c->line) == 5)
			return c->grows = *kind == '+', true;
	return false;
}

int main(int argc, char **argv)
{
	char root[] = "/tmp/secost-faults-XXXXXX";
	fault_case c;
	unsigned long bad = 0;
	FILE *f = argc > 4 ? fopen(argv[3], "r") : NULL;
	if (!f || !mkdtemp(root))
		die("usage: sweep SECOST INJECT.so CASES SAMPLE [CASE…]");
	secost = realpath(argv[1], NULL);
	inject = realpath(argv[2], NULL);
	totals *all =
		mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	while (read_case(f, &c))
		if (is_wanted(&c, argv + 5))
			bad += sweep(&c, root, strtoul(argv[4], NULL, 10), all);
	fclose(f);
	tree_remove(root);
	return bad ? 1 : 0;
}
