/* What layers are called: in a block, names count up, and a part goes with its layer. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

static const sc_layer *layer_called(const sc_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->layers.count; i++) {
		sc_layer_path path;
		if (!strcmp(sc_layer_full_name(&sheet->layers.item[i], &path), name))
			return &sheet->layers.item[i];
	}
	cr_fatal("no layer is called '%s'", name);
}

Test(block_names, a_part_is_called_after_the_layer_that_it_follows)
{
	sc_model *m = net_parse("input: [3, 8, 8]\n"
				"stages:\n"
				"  - name: s\n"
				"    block: branches\n"
				"    modules: [m]\n"
				"modules:\n"
				"  m:\n"
				"    branches:\n"
				"      - - conv: {channels: 4, kernel: 1, activation: none}\n"
				"        - conv: {channels: 5, kernel: 1}\n"
				"        - conv: {channels: 6, kernel: 1, norm: none}\n"
				"        - conv: {channels: 7, kernel: 1}\n");
	sc_sheet sheet = net_count(m);
	cr_expect(eq(u32, layer_called(&sheet, "s.0.conv.norm")->out.c, 4));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.conv2.relu")->out.c, 5));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.conv3.relu")->out.c, 6));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.conv4.norm")->out.c, 7));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

/* more than a table of names would hold */
Test(block_names, forty_layers_have_forty_names)
{
	char text[8192];
	size_t n = (size_t)snprintf(text, sizeof text,
		"input: [3, 8, 8]\nstages: [{name: s, block: branches, modules: [m]}]\n"
		"modules: {m: {branches: [[");
	for (int i = 0; i < 40; i++)
		n += (size_t)snprintf(text + n, sizeof text - n,
			"%sconv: {channels: %d, kernel: 1, norm: none, name: c%d}",
			i ? "}, {" : "{", i + 1, i % 39);
	snprintf(text + n, sizeof text - n, "}]]}}\n");
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	cr_expect(eq(u32, layer_called(&sheet, "s.0.c0")->out.c, 1));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.c02")->out.c, 40));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.c38.relu")->out.c, 39));
	cr_expect(eq(u32, layer_called(&sheet, "s.0.c02.relu")->out.c, 40));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
