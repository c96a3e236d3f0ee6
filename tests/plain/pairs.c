/* pairs RUNS A [ARG …] -- B [ARG …]: run two commands in turn, A B A B …, and compare them as whole
 * processes: medians of wall time, their ratio pair by pair, and peak memory. Interleaving lets
 * drift of a shared machine hit both alike. One run of each comes first and is not counted. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 10000 };

typedef struct run {
	double ms;
	long peak_kib;
	int code;
} run;

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static run run_once(char **argv)
{
	struct rusage usage;
	int status = 0;
	double start = now_ms();
	pid_t pid = vfork();
	if (!pid) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 0);
		dup2(null, 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		abort();
	return (run){
		now_ms() - start, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128};
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, ascending);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static int compare(size_t runs, char **a, char **b)
{
	static double ms[2][RUNS_MAX], ratio[RUNS_MAX];
	long peak[2] = {0, 0};
	char **argv[2] = {a, b};
	for (size_t i = 0; i <= runs; i++)
		for (int k = 0; k < 2; k++) {
			run r = run_once(argv[k]);
			if (r.code == 127) {
				fprintf(stderr, "pairs: can't run '%s'\n", argv[k][0]);
				return 2;
			}
			if (i) {
				ms[k][i - 1] = r.ms;
				peak[k] = r.peak_kib > peak[k] ? r.peak_kib : peak[k];
			}
		}
	for (size_t i = 0; i < runs; i++)
		ratio[i] = ms[0][i] / ms[1][i];
	double middle = median(ratio, runs);
	printf("%-10.10s %10.2f ms  peak %7.1f MB\n",
		strrchr(a[0], '/') ? strrchr(a[0], '/') + 1 : a[0], median(ms[0], runs),
		(double)peak[0] * 1024 / 1e6);
	printf("%-10.10s %10.2f ms  peak %7.1f MB\n",
		strrchr(b[0], '/') ? strrchr(b[0], '/') + 1 : b[0], median(ms[1], runs),
		(double)peak[1] * 1024 / 1e6);
	printf("ratio of the pairs: median %.3f, quartiles %.3f and %.3f, %zu pairs\n", middle,
		ratio[runs / 4], ratio[3 * runs / 4], runs);
	return 0;
}

int main(int argc, char **argv)
{
	int split = 2;
	while (split < argc && strcmp(argv[split], "--"))
		split++;
	long runs = argc > 4 ? strtol(argv[1], NULL, 10) : 0;
	if (runs < 1 || runs > RUNS_MAX || split == 2 || split >= argc - 1) {
		fprintf(stderr, "usage: pairs RUNS A [ARG …] -- B [ARG …]\n");
		return 2;
	}
	argv[split] = NULL;
	return compare((size_t)runs, argv + 2, argv + split + 1);
}
