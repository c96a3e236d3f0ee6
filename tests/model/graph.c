/* Networks and modules whose layers say by name what they read. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

/* a basic block of ResNet with SE, as such, as a module and as a network */
static const char *const forms[] = {
	"stages: [{block: basic, channels: 16, blocks: 2, se: {ratio: 4}}]\n",
	"stages: [{block: branches, blocks: 2, modules: [unit], se: {ratio: 4}}]\n"
	"modules:\n  unit:\n    graph:\n"
	"      - {name: a, conv: {channels: 16, kernel: 3}}\n"
	"      - {name: b, conv: {channels: 16, kernel: 3, activation: none}}\n"
	"      - {name: g, se}\n"
	"      - {name: sum, add: {activation: relu}, inputs: [g, input]}\n",
	"graph:\n"
	"  - {name: a, conv: {channels: 16, kernel: 3}}\n"
	"  - {name: b, conv: {channels: 16, kernel: 3, activation: none}}\n"
	"  - {name: g, se: {ratio: 4}}\n"
	"  - {name: sum, add: {activation: relu}, inputs: [g, input]}\n"
	"  - {name: c, conv: {channels: 16, kernel: 3}}\n"
	"  - {name: d, conv: {channels: 16, kernel: 3, activation: none}}\n"
	"  - {name: h, se: {ratio: 4}}\n"
	"  - {name: end, add: {activation: relu}, inputs: [h, sum]}\n",
};

static sc_model *model_of(const char *form)
{
	char text[1200];
	snprintf(text, sizeof text,
		"name: n\ninput: [3, 8, 8]\nstem: [conv: {channels: 16}]\n"
		"head: [global_avg_pool, linear: {features: 10}]\n%s",
		form);
	return net_parse(text);
}

Test(model_graph, counts_as_the_same_layers_written_as_a_block_or_a_module)
{
	sc_model *m = model_of(forms[0]);
	sc_sheet chain = net_count(m);
	for (size_t i = 1; i < sizeof forms / sizeof *forms; i++) {
		sc_model *other = model_of(forms[i]);
		sc_sheet sheet = net_count(other);
		cr_expect(eq(u64, sheet.total.params, chain.total.params));
		cr_expect(eq(u64, sheet.total.flops, chain.total.flops));
		cr_expect(eq(u64, sheet.total.bytes, chain.total.bytes));
		cr_expect(eq(u64, sheet.total.se.params, chain.total.se.params));
		cr_expect(eq(u64, sheet.total.se.flops, chain.total.se.flops));
		cr_expect(eq(sz, sheet.layers.count, chain.layers.count));
		sc_sheet_release(&sheet);
		sc_model_free(other);
	}
	sc_sheet_release(&chain);
	sc_model_free(m);
}

static uint64_t peak(const sc_layers *layers)
{
	sc_memory part[4];
	const sc_memory_options options = {.batch = 1};
	cr_assert(eq(int, sc_memory_count(layers, &options, part, NULL, NULL), SC_OK));
	return part[layers->stages + 2].peak;
}

Test(model_graph, keeps_a_tensor_alive_until_its_last_reader)
{
	sc_model *block = model_of(forms[0]), *graph = model_of(forms[2]);
	sc_sheet a = net_count(block), b = net_count(graph);
	cr_expect(eq(u64, peak(&a.layers), peak(&b.layers)));
	sc_sheet_release(&a);
	sc_sheet_release(&b);
	sc_model_free(block);
	sc_model_free(graph);
}

/* SE parameters of the graph above with an override: 2·16·d + d + 16 each */
static uint64_t se_params(const char *set)
{
	sc_model *m = model_of(forms[2]);
	sc_err err = {0};
	cr_assert(eq(int, sc_model_set(m, set, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int, sc_model_check(m, NULL), SC_OK));
	sc_sheet sheet = net_count(m);
	uint64_t n = sheet.total.se.params;
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return n;
}

Test(model_graph, gates_are_blocks_that_can_be_set_one_by_one)
{
	const uint64_t four = 2 * 16 * 4 + 4 + 16, eight = 2 * 16 * 8 + 8 + 16;
	cr_expect(eq(u64, se_params("name=same"), 2 * four));
	cr_expect(eq(u64, se_params("graph.g.se.ratio=2"), eight + four));
	cr_expect(eq(u64, se_params("graph[6].se=off"), four));
	cr_expect(eq(u64, se_params("stages[0].se.ratio=2"), 2 * eight));
	cr_expect(eq(u64, se_params("stages.graph.se.ratio=[2, off]"), eight));
	cr_expect(eq(u64, se_params("stages[0].blocks[1].se.ratio=2"), four + eight));
	cr_expect(eq(u64, se_params("stages[0].se=off"), 0));
}

typedef struct refusal {
	const char *set, *message;
} refusal;

static const refusal refusals[] = {
	{"graph.a.se.ratio=4", "this layer is 'conv'; SE is a layer of its own"},
	{"graph.a.stage=x",
		"the stages of a graph are made when a description is read, 'stage' can't be set"},
	{"graph.x.channels=4", "there is no 'x' in 'graph', must be one of: a, b, g, sum"},
	{"graph.a.chanels=4", "unknown key 'chanels' in a layer; did you mean 'channels'?"},
	{"graph.a=4", "an item of 'graph' can't be set as a whole"},
};

Test(model_graph, refuses_what_can_not_be_set_in_it)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		sc_model *m = model_of(forms[2]);
		sc_err err = {0};
		cr_expect(ne(int, sc_model_set(m, refusals[i].set, &err), SC_OK));
		cr_expect(ne(ptr, strstr(err.message, refusals[i].message), NULL), "%s: %s",
			refusals[i].set, err.message);
		sc_model_free(m);
	}
}

static sc_status checked_after(const char *set)
{
	sc_model *m = model_of(forms[2]);
	cr_assert(eq(int, sc_model_set(m, set, NULL), SC_OK));
	sc_status s = sc_model_check(m, NULL);
	sc_model_free(m);
	return s;
}

Test(model_graph, is_checked_again_after_a_change)
{
	cr_expect(eq(int, checked_after("graph.c.inputs=[sum]"), SC_OK));
	cr_expect(eq(int, checked_after("graph.c.inputs=[som]"), SC_ESCHEMA));
	cr_expect(eq(int, checked_after("graph.c.inputs=[end]"), SC_ESCHEMA));
	cr_expect(eq(int, checked_after("graph.c.inputs=[a]"), SC_OK));
	cr_expect(eq(int, checked_after("graph.d.inputs=[a]"), SC_ESCHEMA)); /* c is not read */
	cr_expect(eq(int, checked_after("stages[0].blocks=3"), SC_ESCHEMA));
}

Test(model_graph, stages_begin_where_a_layer_names_one)
{
	sc_model *m = net_load("tests/data/good/graph.yaml");
	cr_assert(eq(sz, m->stages.count, 2));
	cr_expect(eq(str, (char *)m->stages.item[0].name, "graph"));
	cr_expect(eq(str, (char *)m->stages.item[1].name, "second"));
	sc_sheet sheet = net_count(m);
	/* 24 + 8 channels; a quarter of them squeezed */
	cr_expect(eq(u64, sheet.total.se.params, 2 * 16 * 2 + 2 + 16 + 2 * 32 * 8 + 8 + 32));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(model_graph, is_written_again_with_what_was_set)
{
	sc_model *m = model_of(forms[2]), *again = NULL;
	const char *sets[] = {"graph.a.channels=24", "graph.g.se.ratio=2"};
	const sc_texts all = {sets, 2};
	sc_text text = {0};
	sc_err err = {0};
	cr_assert(eq(int, sc_model_describe(m, &all, &text, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int, sc_model_parse("again", sc_text_get(&text), text.length, &again, NULL),
		SC_OK));
	cr_expect(eq(u32, again->graph.item[0].layer.channels, 24));
	cr_expect(eq(u32, again->graph.item[2].se.ratio.item[0], 2));
	sc_text_release(&text);
	sc_model_free(again);
	sc_model_free(m);
}

/* --- stages of a graph, written where their SE sits --- */

static const char two_stages[] = "name: g\ninput: [3, 8, 8]\ngraph:\n"
				 "  - {name: a, conv: {channels: 16}}\n"
				 "  - se\n"
				 "  - {name: b, conv: {channels: 16}}\n"
				 "  - {name: g, se: {ratio: 8}}\n"
				 "  - {name: c, conv: {channels: 32}, stage: second}\n"
				 "  - {name: h, se: on}\n"
				 "  - {name: d, conv: {channels: 32}, stage: none}\n"
				 "se: {ratio: 4}\n";

static sc_status write_again(const char *set, char out[400], sc_err *err)
{
	sc_model *m = net_parse(two_stages);
	sc_text text = {0};
	sc_status s = sc_model_describe(m, &(sc_texts){&set, 1}, &text, err);
	snprintf(out, 400, "%s", sc_text_get(&text));
	sc_text_release(&text);
	sc_model_free(m);
	return s;
}

Test(model_graph, what_is_set_of_its_stages_is_written_at_their_gates)
{
	static const struct {
		const char *set, *written[2];
	} want[] = {
		{"stages[0].se.ratio=2", {"- {se: {ratio: 2}}", "- {name: g, se: {ratio: 2}}"}},
		{"stages.graph.se.width=3", {"- {se: {width: 3}}", "- {name: g, se: {width: 3}}"}},
		{"stages[0].blocks[-1].se=off", {"- se\n", "- {name: g, se: off}"}},
		{"stages[-2].se.ratio=16", {"- {name: h, se: {ratio: 16}}", "ratio: 8"}},
		{"stages.second.blocks[0].se.gate=relu",
			{"- {name: h, se: {gate: relu}}", "- se\n"}},
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		char text[400];
		sc_err err = {0};
		cr_assert(eq(int, write_again(want[i].set, text, &err), SC_OK), "%s", err.message);
		for (size_t k = 0; k < 2; k++)
			cr_expect(ne(ptr, strstr(text, want[i].written[k]), NULL), "%s gives\n%s",
				want[i].set, text);
	}
}

Test(model_graph, a_stage_without_se_is_refused_where_it_begins)
{
	char text[400];
	sc_err err = {0};
	cr_assert(eq(int, write_again("stages.none.se.ratio=2", text, &err), SC_EINVAL));
	cr_expect(eq(int, err.line, 10));
	cr_expect(ne(ptr, strstr(err.message, "there is no SE to set it of"), NULL), "%s",
		err.message);
}

Test(model_graph, of_a_base_is_refused_at_the_description_that_lacks_it)
{
	sc_model *m = NULL;
	sc_text text = {0};
	sc_err err = {0};
	const char *set = "stages[0].se.ratio=2",
		   *extends = "name: x\nextends: tests/data/good/graph.yaml\n";
	cr_assert(eq(int, sc_model_parse("x.yaml", extends, strlen(extends), &m, NULL), SC_OK));
	cr_assert(eq(int, sc_model_describe(m, &(sc_texts){&set, 1}, &text, &err), SC_EINVAL));
	cr_expect(eq(str, err.file, "x.yaml"));
	cr_expect(eq(int, err.line, 1));
	sc_text_release(&text);
	sc_model_free(m);
}
