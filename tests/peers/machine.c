/* What the machine is, and which core each thread gets: the calling thread the last one it may use,
 * every other thread the others in turn, so that a stray pool never shares the caller's core. */
#define _GNU_SOURCE
#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "peers.h"

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

static size_t told_by_system(int level)
{
	char path[128];
	size_t kib = 0;
	snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu0/cache/index%d/size",
		level == 1 ? 0 : level);
	FILE *f = fopen(path, "r");
	if (f && fscanf(f, "%zuK", &kib) != 1)
		kib = 0;
	if (f)
		fclose(f);
	return kib << 10;
}

/* The library's own answer may be that of all sockets together, so it comes second. A cache that no
 * one tells the size of is taken as large: evicting too much does no harm. */
size_t peer_cache_bytes(int level)
{
	static const int name[] = {
		0, _SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE, _SC_LEVEL3_CACHE_SIZE};
	static const size_t usual[] = {0, 32u << 10, 1u << 20, 64u << 20};
	static size_t known[4];
	long told = known[level] ? 0 : sysconf(name[level]);
	if (!known[level])
		known[level] = told_by_system(level);
	if (!known[level])
		known[level] = told > 0 ? (size_t)told : usual[level];
	return known[level];
}

static unsigned usable(int cpu[CPU_SETSIZE])
{
	static cpu_set_t mine;
	static bool known;
	unsigned n = 0;
	if (!known) {
		sched_getaffinity(0, sizeof mine, &mine);
		known = true;
	}
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET((size_t)i, &mine))
			cpu[n++] = i;
	return n;
}

static void pin(int thread, int cpu)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	sched_setaffinity(thread, sizeof set, &set);
}

void peer_pin_threads(void)
{
	int cpu[CPU_SETSIZE], self = (int)gettid();
	unsigned cpus = usable(cpu), others = 0;
	DIR *tasks = opendir("/proc/self/task");
	for (struct dirent *d; tasks && (d = readdir(tasks));) {
		int thread = atoi(d->d_name);
		if (thread > 0 && thread != self && cpus > 1)
			pin(thread, cpu[others++ % (cpus - 1)]);
	}
	if (tasks)
		closedir(tasks);
	if (cpus > 1)
		pin(self, cpu[cpus - 1]);
}

static void processor(char *out, size_t size)
{
	char line[512];
	FILE *f = fopen("/proc/cpuinfo", "r");
	snprintf(out, size, "unknown");
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
			line[strcspn(line, "\n")] = 0;
			snprintf(out, size, "%.200s", strchr(line, ':') + 2);
			break;
		}
	if (f)
		fclose(f);
}

void peer_machine(void (*say)(void *to, const char *key, const char *value), void *to)
{
	char text[512];
	struct utsname os;
	processor(text, sizeof text);
	say(to, "CPU", text);
	int cpu[CPU_SETSIZE];
	snprintf(text, sizeof text, "%u usable, widest streams %s", usable(cpu),
		peer_stream_best()->name);
	say(to, "cores", text);
	snprintf(text, sizeof text, "L1d %zu KiB, L2 %zu KiB a core, L3 %zu MiB",
		peer_cache_bytes(1) >> 10, peer_cache_bytes(2) >> 10, peer_cache_bytes(3) >> 20);
	say(to, "caches", text);
	uname(&os);
	snprintf(text, sizeof text, "%.60s %.120s", os.sysname, os.release);
	say(to, "kernel", text);
	say(to, "compiler", COMPILER);
	double load = -1;
	if (getloadavg(&load, 1) == 1) {
		snprintf(text, sizeof text, "%.2f before the run", load);
		say(to, "load", text);
	}
}
