/* A network whose blocks differ in every way that a description can say, in two stages. */
#ifndef TESTS_OVERRIDES_H
#define TESTS_OVERRIDES_H

static const char overrides_net[] = "name: Overrides\n"
				    "input: [3, 32, 32]\n"
				    "stages:\n"
				    "  - name: a\n"
				    "    block: basic\n"
				    "    blocks: 6\n"
				    "    channels: 64\n"
				    "    overrides:\n"
				    "      - {blocks: [1], se: {gate: hard_sigmoid}}\n"
				    "      - {blocks: [2], se: {squeeze: avg+max}}\n"
				    "      - {blocks: [3], se: {bias: false}}\n"
				    "      - {blocks: [4], se: {ratio: 4}}\n"
				    "      - {blocks: [5], se: off}\n"
				    "  - {name: b, block: basic, blocks: 2, channels: 64,\n"
				    "     overrides: [{blocks: [0], se: {bias: false}}]}\n"
				    "se: {ratio: 16}\n";

#endif
