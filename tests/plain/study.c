/* study NETWORK-50 NETWORK-152: how long plans and sweeps take, medians of several runs in turn,
 * and each against its goal. Gains are the published ratios', spread over the blocks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/text.h"
#include "secost/plan.h"

enum { RUNS = 5 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void must(sc_status s, const sc_err *err)
{
	if (!s)
		return;
	fprintf(stderr, "%s\n", err->message);
	exit(1);
}

static sc_model *load(const char *path)
{
	sc_model *m;
	sc_errs errs = {0};
	must(sc_model_load(path, &m, &errs), &errs.item[0]);
	return m;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void row(const char *what, double plans, double ms[RUNS], double goal)
{
	struct rusage usage;
	qsort(ms, RUNS, sizeof *ms, ascending);
	getrusage(RUSAGE_SELF, &usage);
	printf("%-58s %9.3g %9.1f %9.0f  %4.2f %8.0f\n", what, plans, ms[RUNS / 2], goal,
		ms[RUNS / 2] / goal, (double)usage.ru_maxrss / 1024);
}

static double plan_once(const sc_model *m, const char *const *budgets, const sc_gain_spec *gains,
	sc_plan_aim aim, double *plans)
{
	sc_plan_request r = {.per = SC_PER_block, .aim = aim, .gains = gains};
	sc_rules rules = sc_rules_default();
	sc_err err = {0};
	sc_plan *p;
	sc_plan_front front;
	must(sc_plan_choices_parse(
		     gains ? "off,32,16,8,4,2" : "off,64,32,16,8,4,2", r.ratio, &r.ratios, &err),
		&err);
	for (; budgets[r.budgets]; r.budgets++)
		must(sc_budget_parse(budgets[r.budgets], &r.budget[r.budgets], &err), &err);
	must(sc_plan_make(m, &rules, 1, &r, &p, &err), &err);
	double start = now();
	must(sc_plan_solve(&p->problem, &front, &err), &err);
	double ms = now() - start;
	*plans = p->space;
	sc_plan_front_release(&front);
	sc_plan_free(p);
	return ms;
}

static void plans(const char *what, const sc_model *m, const char *const *budgets,
	const sc_gain_spec *gains, sc_plan_aim aim, double goal)
{
	double ms[RUNS], space;
	for (int i = 0; i < RUNS; i++)
		ms[i] = plan_once(m, budgets, gains, aim, &space);
	row(what, space, ms, goal);
}

static void sweep(const sc_model *m)
{
	const char *axis[] = {"stages[0].se.ratio=1..32", "stages[1].se.ratio=1..32",
		"stages[2].se.ratio=1..32", "stages[3].se.ratio=1..32"};
	const sc_texts axes = {axis, 4};
	sc_rules rules = sc_rules_default();
	sc_err err = {0};
	sc_sweep *s;
	size_t failed;
	double ms[RUNS];
	uint64_t params = 0, n = 0;
	for (int i = 0; i < RUNS; i++) {
		double start = now();
		must(sc_sweep_new(m, &rules, 1, &axes, &s, &failed, &err), &err);
		n = sc_sweep_setups(s);
		for (uint64_t k = 0; k < n; k++) {
			sc_totals t;
			must(sc_sweep_count(s, k, &t, &err), &err);
			params += t.params;
		}
		sc_sweep_free(s);
		ms[i] = now() - start;
	}
	if (!params)
		exit(1);
	row("setups of SE-ResNet-50's stages", (double)n, ms, 1000);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return fprintf(stderr, "study NETWORK-50 NETWORK-152 GAINS\n"), 2;
	sc_model *a = load(argv[1]), *b = load(argv[2]);
	sc_gain_spec *gains;
	sc_errs errs = {0};
	must(sc_gain_spec_load(argv[3], &gains, &errs), &errs.item[0]);
	const char *const two[] = {"params=+3%", "flops=+0.1%", NULL};
	const char *const three[] = {"params=+8%", "flops=+0.15%", "bytes=+15%", NULL};
	printf("%-58s %9s %9s %9s  %4s %8s\n", "", "plans", "ms", "goal, ms", "part", "peak MiB");
	sweep(a);
	plans("SE-ResNet-50 by block, 2 budgets, squeezed units", a, two, NULL, SC_AIM_width, 50);
	plans("SE-ResNet-50 by block, 2 budgets, published gains", a, two, gains, SC_AIM_gain, 50);
	plans("SE-ResNet-152 by block, 3 budgets, gated channels", b, three, NULL, SC_AIM_channels,
		2000);
	plans("SE-ResNet-152 by block, 3 budgets, squeezed units", b, three, NULL, SC_AIM_width,
		2000);
	plans("SE-ResNet-152 by block, 3 budgets, published gains", b, three, gains, SC_AIM_gain,
		2000);
	sc_gain_spec_free(gains);
	sc_model_free(a);
	sc_model_free(b);
	return 0;
}
