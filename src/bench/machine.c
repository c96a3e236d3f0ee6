/* What a measurement was made on: hwloc for caches and cores, /proc and /sys for the rest. What
 * can't be found stays empty; nothing here fails. */
#include "bench/machine.h"

#include <hwloc.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#ifndef SC_BUILD_FLAGS
#define SC_BUILD_FLAGS ""
#endif

enum { LINE = 8192, LAST_CACHE_WHEN_UNKNOWN = 32 << 20 };

static void copy(char *to, size_t size, const char *from)
{
	size_t n = strcspn(from, "\n");
	snprintf(to, size, "%.*s", (int)n, from);
}

/* the value of "key : value" in /proc/cpuinfo, "" when there is none */
static void cpuinfo(const char *key, char *line)
{
	FILE *f = fopen("/proc/cpuinfo", "r");
	const char *value = "";
	while (f && fgets(line, LINE, f))
		if (!strncmp(line, key, strlen(key)) && strchr(line, ':')) {
			value = strchr(line, ':') + 1;
			value += strspn(value, " \t");
			break;
		}
	memmove(line, value, strlen(value) + 1);
	if (f)
		fclose(f);
}

static void first_line(const char *path, char *out, size_t size)
{
	char line[256] = "";
	FILE *f = fopen(path, "r");
	if (f && !fgets(line, sizeof line, f))
		line[0] = '\0';
	if (f)
		fclose(f);
	copy(out, size, line);
}

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\n' || !p[n]))
			return true;
	return false;
}

static void features(const char *flags, char *out, size_t size)
{
	static const char *const known[] = {"sse2", "avx", "fma", "avx2", "avx512f", "avx512bw",
		"avx512dq", "avx512vl", "avx512_bf16", "amx_bf16", "asimd", "asimdhp", "bf16",
		"sve"};
	size_t n = 0;
	out[0] = '\0';
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (has_word(flags, known[i]) && n < size)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " " : "", known[i]);
}

static void look_at_cpu(sc_machine *m)
{
	char *line = calloc(1, LINE);
	if (!line)
		return;
	cpuinfo("model name", line);
	copy(m->cpu, sizeof m->cpu, line);
	if (!m->cpu[0]) {
		cpuinfo("CPU part", line);
		snprintf(m->cpu, sizeof m->cpu, "CPU part %.60s", line);
	}
	cpuinfo("flags", line);
	if (!line[0])
		cpuinfo("Features", line);
	features(line, m->features, sizeof m->features);
	free(line);
}

/* Additions that wait for each other take a cycle each, whatever a virtual machine says of its
 * frequency; the quickest of some runs is one that nobody interrupted. */
double sc_machine_mhz(void)
{
	enum { STEPS = 1 << 13, ROLL = 64, TRIES = 20 };
	const sc_clock clock = sc_clock_system();
	double best = INFINITY;
	unsigned long x = 0;
	for (int try = 0; try < TRIES; try++) {
		double t0 = clock.now(clock.state);
		for (int i = 0; i < STEPS; i++)
			for (int k = 0; k < ROLL; k++) {
				x += (unsigned long)i;
				__asm__ volatile("" : "+r"(x));
			}
		best = fmin(best, clock.now(clock.state) - t0);
	}
	return round(1e3 * STEPS * ROLL / best);
}

double sc_machine_load(void)
{
	char line[64];
	first_line("/proc/loadavg", line, sizeof line);
	return strtod(line, NULL);
}

void sc_machine_ticks(double *stolen, double *all)
{
	char line[256];
	double t[8] = {0};
	first_line("/proc/stat", line, sizeof line);
	sscanf(line, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &t[0], &t[1], &t[2], &t[3], &t[4],
		&t[5], &t[6], &t[7]);
	*stolen = t[7];
	*all = 0;
	for (int i = 0; i < 8; i++)
		*all += t[i];
}

/* --- hwloc --- */

static unsigned count_in(hwloc_topology_t t, hwloc_const_cpuset_t set, hwloc_obj_type_t type)
{
	int n = hwloc_get_nbobjs_inside_cpuset_by_type(t, set, type);
	return n > 0 ? (unsigned)n : 0;
}

static void look_at_caches(hwloc_topology_t t, sc_machine *m)
{
	static const hwloc_obj_type_t levels[] = {
		HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L4CACHE};
	for (unsigned i = 0; i < SC_CACHES_MAX; i++) {
		hwloc_obj_t o = hwloc_get_obj_by_type(t, levels[i], 0);
		if (!o || !o->attr->cache.size)
			continue;
		unsigned cores = count_in(t, o->cpuset, HWLOC_OBJ_CORE);
		m->cache[m->caches++] =
			(sc_cache){i + 1, (size_t)o->attr->cache.size, cores ? cores : 1};
	}
	m->caches_found = m->caches > 0;
}

static void look_at_cores(hwloc_topology_t t, sc_machine *m)
{
	const struct hwloc_topology_support *support = hwloc_topology_get_support(t);
	hwloc_cpuset_t mine = hwloc_bitmap_alloc();
	m->can_bind = support->cpubind->set_thisthread_cpubind &&
		      support->cpubind->get_thisthread_cpubind;
	m->machine_threads = count_in(t, hwloc_topology_get_complete_cpuset(t), HWLOC_OBJ_PU);
	if (mine && !hwloc_get_cpubind(t, mine, HWLOC_CPUBIND_THREAD)) {
		m->threads = count_in(t, mine, HWLOC_OBJ_PU);
		m->cores = count_in(t, mine, HWLOC_OBJ_CORE);
	} else {
		m->threads = m->machine_threads;
		m->cores = count_in(t, hwloc_topology_get_topology_cpuset(t), HWLOC_OBJ_CORE);
	}
	m->cores = m->cores ? m->cores : 1;
	m->threads = m->threads ? m->threads : 1;
	m->smt = m->threads > m->cores;
	if (mine)
		hwloc_bitmap_free(mine);
}

static void look_at_system(sc_machine *m)
{
	struct utsname u;
	if (!uname(&u))
		snprintf(m->system, sizeof m->system, "%.20s %.40s %.20s", u.sysname, u.release,
			u.machine);
	first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", m->governor,
		sizeof m->governor);
#ifdef __clang__
	snprintf(m->compiler, sizeof m->compiler, "%s", __VERSION__);
#else
	snprintf(m->compiler, sizeof m->compiler, "gcc %s", __VERSION__);
#endif
	snprintf(m->flags, sizeof m->flags, "%s", SC_BUILD_FLAGS);
	snprintf(m->library, sizeof m->library, "secost %s", SC_VERSION);
}

void sc_machine_look(sc_machine *out)
{
	sc_machine m = {.cores = 1, .threads = 1, .machine_threads = 1};
	hwloc_topology_t t;
	look_at_cpu(&m);
	look_at_system(&m);
	if (!hwloc_topology_init(&t)) {
		if (!hwloc_topology_load(t)) {
			look_at_cores(t, &m);
			look_at_caches(t, &m);
		}
		hwloc_topology_destroy(t);
	}
	m.load[0] = m.load[1] = sc_machine_load();
	m.mhz[0] = m.mhz[1] = sc_machine_mhz();
	*out = m;
}

void sc_machine_cpu(char out[96])
{
	sc_machine m = {.cores = 1};
	look_at_cpu(&m);
	snprintf(out, 96, "%s", m.cpu);
}

bool sc_machine_is_this(const sc_machine *machine, char here[96])
{
	sc_machine m = {.cores = 1};
	look_at_cpu(&m);
	snprintf(here, 96, "%s", m.cpu);
	return !strcmp(machine->cpu, m.cpu) && !strcmp(machine->features, m.features);
}

size_t sc_machine_last_cache(const sc_machine *m)
{
	size_t largest = 0;
	for (size_t i = 0; i < m->caches; i++)
		largest = m->cache[i].bytes > largest ? m->cache[i].bytes : largest;
	return largest ? largest : LAST_CACHE_WHEN_UNKNOWN;
}

/* FNV-1a */
static uint64_t hash(uint64_t h, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		h = (h ^ *p) * 0x100000001b3u;
	return h;
}

void sc_machine_fingerprint(const sc_machine *m, char out[17])
{
	char text[128];
	uint64_t h = hash(0xcbf29ce484222325u, m->cpu);
	h = hash(h, m->features);
	for (size_t i = 0; i < m->caches; i++) {
		snprintf(text, sizeof text, "L%u %zu %u", m->cache[i].level, m->cache[i].bytes,
			m->cache[i].cores);
		h = hash(h, text);
	}
	snprintf(text, sizeof text, "%u cores %u threads", m->cores, m->threads);
	snprintf(out, 17, "%016" PRIx64, hash(h, text));
}
