/* The chart of a front: what is drawn is what the tables say, and no name covers anything. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"
#include "base/text.h"
#include "chart/chart.h"
#include "secost/report.h"

static const sc_box area = {100, 100, 900, 500};

static bool overlap(const sc_box *a, const sc_box *b)
{
	return a->left < b->right && a->right > b->left && a->bottom < b->top && a->top > b->bottom;
}

Test(chart_front, names_of_crowded_points_cover_neither_each_other_nor_a_point)
{
	unsigned seed = 1;
	sc_boxes taken = {0};
	size_t points = 60, named = 0;
	sc_label label[60];
	for (size_t i = 0; i < points; i++) {
		seed = seed * 1103515245 + 12345;
		double x = 100 + seed / 65536 % 800;
		seed = seed * 1103515245 + 12345;
		double y = 100 + seed / 65536 % 400;
		label[i] = (sc_label){.x = x, .y = y, .width = 60, .height = 14};
		sc_boxes_add(&taken, (sc_box){x - 5, y - 5, x + 5, y + 5});
	}
	for (size_t i = 0; i < points; i++)
		named += sc_label_place(&label[i], &area, &taken);
	cr_assert_geq(named, 40);
	cr_assert_eq(taken.count, points + named);
	for (size_t i = points; i < taken.count; i++) {
		cr_assert(taken.item[i].left >= area.left && taken.item[i].right <= area.right);
		cr_assert(taken.item[i].bottom >= area.bottom && taken.item[i].top <= area.top);
		for (size_t k = 0; k < i; k++)
			cr_assert(!overlap(&taken.item[i], &taken.item[k]), "%zu and %zu", i, k);
	}
	free(taken.item);
}

Test(chart_front, no_name_stands_where_all_is_taken)
{
	sc_boxes taken = {0};
	sc_label label = {.x = 500, .y = 300, .width = 60, .height = 14};
	sc_boxes_add(&taken, area);
	cr_assert(!sc_label_place(&label, &area, &taken));
	free(taken.item);
}

static sc_plan *paper_s_plan(const sc_model *m, sc_plan_request *r)
{
	sc_rules rules = sc_rules_default();
	sc_plan *p = NULL;
	*r = (sc_plan_request){.per = SC_PER_stage, .budgets = 1};
	cr_assert(!sc_plan_choices_parse("off,16", r->ratio, &r->ratios, NULL));
	cr_assert(!sc_budget_parse("params=+4%", &r->budget[0], NULL));
	cr_assert(!sc_plan_make(m, &rules, 1, r, &p, NULL));
	return p;
}

/* lines of block `which` of a data file that are numbers */
static size_t lines_of(const char *data, int which)
{
	size_t n = 0;
	const char *p = strchr(data, '\n') + 1;
	for (; which; which--)
		p = strstr(p, "\n\n\n") + 3;
	for (; *p && *p != '\n'; p = strchr(p, '\n') + 1)
		n += strncmp(p, "NaN", 3) != 0;
	return n;
}

Test(chart_front, of_the_paper_s_plan_has_sixteen_plans_and_twelve_of_them_on_the_front)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_plan_request r;
	sc_plan *p = paper_s_plan(m, &r);
	sc_document *doc = sc_plan_document(p);
	const sc_chart *chart = sc_chart_named("front");
	sc_text data = {0}, script = {0}, says = {0};
	cr_assert(chart->applies(doc));
	chart->write(doc, false, &data, &script);
	cr_assert(!data.failed && !script.failed);
	cr_assert_eq(lines_of(sc_text_get(&data), 0), 16, "%s", sc_text_get(&data));
	cr_assert_eq(lines_of(sc_text_get(&data), 1), 4);
	cr_assert_eq(lines_of(sc_text_get(&data), 2), 12);
	cr_assert_eq(lines_of(sc_text_get(&data), 4), 1);
	cr_assert(strstr(sc_text_get(&data), "0.9516 8960 "));
	chart->describe(doc, &says);
	cr_assert(strstr(sc_text_get(&says), "12 of 16 plans are on the front"));
	cr_assert(strstr(sc_text_get(&says), "the answer is 16·16·16·off"));
	sc_text_release(&data);
	sc_text_release(&script);
	sc_text_release(&says);
	sc_document_free(doc);
	sc_plan_free(p);
	sc_model_free(m);
}

Test(chart_front, names_of_a_crowded_front_are_few_whole_and_different)
{
	sc_model *m = net_load("configs/networks/efficientnet-b0.yaml");
	sc_rules rules = sc_rules_default();
	sc_plan_request r = {.per = SC_PER_block, .budgets = 1};
	sc_plan *p = NULL;
	cr_assert(!sc_plan_choices_parse("off,64,16", r.ratio, &r.ratios, NULL));
	cr_assert(!sc_budget_parse("params=+10%", &r.budget[0], NULL));
	cr_assert(!sc_plan_make(m, &rules, 1, &r, &p, NULL));
	sc_document *doc = sc_plan_document(p);
	sc_text data = {0}, script = {0};
	sc_chart_named("front")->write(doc, false, &data, &script);
	char *names[40], *end = strstr(sc_text_get(&data), "\n\n");
	size_t n = 0;
	for (char *at = strchr(data.s, '"'); at && at < end && n < 40; at = strchr(at + 1, '"')) {
		names[n] = at + 1;
		at = strchr(at + 1, '"');
		*at = '\0';
		cr_assert(!strstr(names[n], "…"), "%s", names[n]);
		for (size_t i = 0; i < n; i++)
			cr_assert(strcmp(names[i], names[n]) != 0, "%s", names[n]);
		n++;
	}
	cr_assert(n >= 2 && n <= 8, "%zu", n);
	sc_text_release(&data);
	sc_text_release(&script);
	sc_document_free(doc);
	sc_plan_free(p);
	sc_model_free(m);
}

Test(chart_front, tics_have_a_round_step_and_as_many_decimals_as_that)
{
	sc_text out = {0};
	sc_chart_tics(&out, "x", 1.1, 6);
	sc_chart_tics(&out, "y", 0.04, 8);
	sc_chart_tics(&out, "cb", 16000, 8);
	cr_assert_str_eq(sc_text_get(&out), "set xtics 0.2\nset format x '%.1f'\n"
					    "set ytics 0.005\nset format y '%.3f'\n"
					    "set cbtics 2000\nset format cb '%.0f'\n");
	sc_text_release(&out);
}

Test(chart_front, is_not_drawn_of_a_document_without_one)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_study *study = NULL;
	sc_rules rules = sc_rules_default();
	cr_assert(!sc_study_new(m, &rules, 1, &study, NULL));
	sc_document *doc = sc_compare_document(study);
	cr_assert(!sc_chart_named("front")->applies(doc));
	sc_document_free(doc);
	sc_study_free(study);
	sc_model_free(m);
}
