/* What lives in memory, by hand on small networks and by invariants on all of ours. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"

static const sc_memory_options plain = {.batch = 1, .bytes = 4, .states = 2};

static sc_memory total_of(const sc_sheet *sheet, const sc_memory_options *options, size_t *at)
{
	sc_memory *m = calloc(sheet->rows + 1, sizeof *m);
	cr_assert(eq(int, sc_memory_count(&sheet->layers, options, m, at, NULL), SC_OK));
	sc_memory total = m[sheet->rows];
	free(m);
	return total;
}

static sc_memory memory_of(const char *text, const sc_memory_options *options)
{
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	sc_memory total = total_of(&sheet, options, NULL);
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return total;
}

/* input 2×4×4 (32), conv to 3×4×4 (48), norm (48), relu (48): the conv keeps the input, the norm
 * the conv's output, the relu its own; two of 48 are alive at once */
Test(cost_memory, a_convolution_a_norm_and_a_relu)
{
	static const char net[] = "input: [2, 4, 4]\n"
				  "stages: [{name: s, block: plain, blocks: 1, channels: 3}]\n";
	sc_memory m = memory_of(net, &plain);
	cr_expect(eq(u64, m.params, 4 * (2 * 3 * 9 + 6)));
	cr_expect(eq(u64, m.gradients, m.params));
	cr_expect(eq(u64, m.states, 2 * m.params));
	cr_expect(eq(u64, m.statistics, 4 * 6));
	cr_expect(eq(u64, m.kept, 4 * (32 + 48 + 48)));
	cr_expect(eq(u64, m.peak, 4 * (48 + 48)));
	cr_expect(eq(u64, m.backward_macs, 2 * 3 * 9 * 16), "the image needs no gradient");
	sc_memory_options in_place = plain;
	in_place.in_place = true;
	cr_expect(eq(u64, memory_of(net, &in_place).peak, 4 * (32 + 48)));
}

/* SE keeps the map that it gates and the vectors of its layers */
Test(cost_memory, se_makes_training_keep_the_map_that_it_gates)
{
	static const char net[] = "input: [2, 4, 4]\n"
				  "stages: [{name: s, block: plain, blocks: 1, channels: 4}]\n"
				  "se: {ratio: 2}\n";
	sc_memory_options bare = plain;
	bare.without_se = true;
	sc_memory with = memory_of(net, &plain), without = memory_of(net, &bare);
	/* pooled 4, relu 2, gate 4; the map is kept by its relu in any case */
	cr_expect(eq(u64, with.kept - without.kept, 4 * (4 + 2 + 4)));
	cr_expect(eq(u64, with.params - without.params, 4 * (2 * 4 * 2 + 2 + 4)));
	cr_expect(eq(u64, with.backward_macs - without.backward_macs, 2 * 2 * 4 * 2));
}

static void check_invariants(const char *file)
{
	sc_model *m = net_load(file);
	sc_sheet sheet = net_count(m);
	sc_memory_options twice = plain, bare = plain, in_place = plain;
	size_t at, n;
	uint32_t *alive;
	uint64_t sum = 0;
	twice.batch = 2;
	bare.without_se = true;
	in_place.in_place = true;
	sc_memory one = total_of(&sheet, &plain, &at), two = total_of(&sheet, &twice, NULL);
	sc_memory base = total_of(&sheet, &bare, NULL);
	cr_assert(eq(int, sc_memory_alive(&sheet.layers, &plain, at, &alive, &n, NULL), SC_OK));
	for (size_t i = 0; i < n; i++)
		sum += sc_memory_of_output(&sheet.layers.item[alive[i]], &plain);
	cr_expect(eq(u64, sum, one.peak), "%s: what is alive adds up", file);
	cr_expect(eq(u64, two.peak, 2 * one.peak), "%s", file);
	cr_expect(eq(u64, two.kept, 2 * one.kept), "%s", file);
	cr_expect(eq(u64, two.params, one.params), "%s", file);
	cr_expect(eq(u64, one.params - base.params, 4 * sheet.total.se.params), "%s", file);
	cr_expect(ge(u64, one.kept, base.kept), "%s", file);
	cr_expect(ge(u64, one.peak, base.peak), "%s", file);
	cr_expect(le(u64, total_of(&sheet, &in_place, NULL).peak, one.peak), "%s", file);
	free(alive);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(cost_memory, what_holds_for_every_network)
{
	glob_t found;
	cr_assert(eq(int, glob("configs/networks/*.yaml", 0, NULL, &found), 0));
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_invariants(found.gl_pathv[i]);
	globfree(&found);
}

/* counted without its SE, a network has the memory of the one that never had any */
Test(cost_memory, without_se_is_the_baseline)
{
	sc_memory_options bare = plain;
	bare.without_se = true;
	sc_model *with = net_load("configs/networks/se-resnet-50.yaml");
	sc_model *never = net_load("configs/networks/resnet-50.yaml");
	sc_sheet a = net_count(with), b = net_count(never);
	sc_memory x = total_of(&a, &bare, NULL), y = total_of(&b, &plain, NULL);
	cr_expect(eq(u64, x.params, y.params));
	cr_expect(eq(u64, x.kept, y.kept));
	cr_expect(eq(u64, x.peak, y.peak));
	cr_expect(eq(u64, x.backward_macs, y.backward_macs));
	sc_sheet_release(&a);
	sc_sheet_release(&b);
	sc_model_free(with);
	sc_model_free(never);
}
