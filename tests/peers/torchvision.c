/* torchvision FILE: every case of a file that torchvision_cases.py wrote, through every kernel row
 * that this CPU can run, against torchvision's answer.
 *
 * Bound of an element: (h·w + c + d + 8) · ε · the largest |x|, for sums of h·w, c and d terms in
 * 32-bit floats on both sides, gates of slope at most 1/4, and the rounding of the gate and of the
 * product. */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secost/se.h"

typedef struct test_case {
	sc_se_config config;
	float *w1, *b1, *w2, *b2, *x, *want, *y;
	size_t elements;
} test_case;

static float *floats(FILE *in, size_t count)
{
	float *p = malloc(count * sizeof *p);
	if (!p || fread(p, sizeof *p, count, in) != count) {
		fprintf(stderr, "torchvision: the file is cut off\n");
		exit(2);
	}
	return p;
}

static bool read_case(FILE *in, test_case *t)
{
	char act[16], gate[16], layout[8];
	sc_se_config *c = &t->config;
	*t = (test_case){0};
	if (fscanf(in, "%zu %zu %zu %zu %zu %15s %15s %7s", &c->n, &c->c, &c->h, &c->w,
		    &c->squeezed, act, gate, layout) != 8 ||
		fgetc(in) != '\n')
		return false;
	c->act = strcmp(act, "silu") ? SC_SE_RELU : SC_SE_SILU;
	c->gate = strcmp(gate, "sigmoid") ? SC_SE_HARD_SIGMOID : SC_SE_SIGMOID;
	c->layout = strcmp(layout, "nhwc") ? SC_SE_NCHW : SC_SE_NHWC;
	t->elements = c->n * c->c * c->h * c->w;
	t->w1 = floats(in, c->squeezed * c->c);
	t->b1 = floats(in, c->squeezed);
	t->w2 = floats(in, c->c * c->squeezed);
	t->b2 = floats(in, c->c);
	t->x = floats(in, t->elements);
	t->want = floats(in, t->elements);
	t->y = calloc(t->elements, sizeof *t->y);
	return t->y != NULL;
}

static void release(test_case *t)
{
	float *all[] = {t->w1, t->b1, t->w2, t->b2, t->x, t->want, t->y};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		free(all[i]);
}

static double bound(const test_case *t)
{
	const sc_se_config *c = &t->config;
	double largest = 0;
	for (size_t i = 0; i < t->elements; i++)
		largest = fmax(largest, fabs((double)t->x[i]));
	return (double)(c->h * c->w + c->c + c->squeezed + 8) * (double)FLT_EPSILON * largest;
}

/* the largest error over the bound; infinite when the row refuses or gives no number */
static double error(test_case *t, const char *row)
{
	sc_se_weights weights = {t->w1, t->b1, t->w2, t->b2};
	sc_se_io io = {.x = t->x, .y = t->y};
	sc_se_plan *plan = NULL;
	sc_err err = {0};
	double worst = 0, most = bound(t);
	t->config.row = row;
	bool ran =
		!sc_se_plan_new(&t->config, &weights, &plan, &err) && !sc_se_run(plan, &io, &err);
	sc_se_plan_free(plan);
	if (!ran) {
		printf("%s: %s\n", row, err.message);
		return INFINITY;
	}
	for (size_t i = 0; i < t->elements; i++) {
		double off = fabs((double)t->y[i] - (double)t->want[i]) / most;
		worst = off <= worst ? worst : isnan(off) ? INFINITY : off;
	}
	return worst;
}

static void show(size_t number, const test_case *t, const char *row, double off)
{
	const sc_se_config *c = &t->config;
	printf("case %zu, %zu×%zu×%zu×%zu, squeezed %zu, %s, row %s: %.2f of the bound\n", number,
		c->n, c->c, c->h, c->w, c->squeezed, c->layout == SC_SE_NHWC ? "nhwc" : "nchw", row,
		off);
}

/* the worst of all rows */
static double check(size_t number, test_case *t)
{
	double worst = 0;
	for (size_t i = 0; sc_se_row_name(i); i++) {
		double off = sc_se_row_can_run(i) ? error(t, sc_se_row_name(i)) : 0;
		if (off > 1)
			show(number, t, sc_se_row_name(i), off);
		worst = fmax(worst, off);
	}
	return worst;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t cases = 0, good = 0, rows = 0;
	double worst = 0;
	test_case t;
	if (!in) {
		fprintf(stderr, "usage: torchvision FILE\n");
		return 2;
	}
	for (; read_case(in, &t); cases++) {
		double off = check(cases, &t);
		good += off <= 1;
		worst = fmax(worst, off);
		release(&t);
	}
	fclose(in);
	for (size_t i = 0; sc_se_row_name(i); i++)
		rows += sc_se_row_can_run(i) != 0;
	printf("%zu of %zu within the bound, (h·w + c + d + 8) × ε × max |x|, on each of %zu rows; "
	       "worst "
	       "seen: %.3f of it\n",
		good, cases, rows, worst);
	return cases && good == cases ? 0 : 1;
}
