/* Every way to say "not this block" and to say an amount. */
static const char amounts_net[] = "name: Amounts\n"
				  "input: [3, 32, 32]\n"
				  "stages:\n"
				  "  - name: a\n"
				  "    block: basic\n"
				  "    blocks: 4\n"
				  "    channels: 64\n"
				  "    se: {ratio: [16, off, 8, 4]}\n"
				  "    overrides: [{blocks: [2], se: {width: 2}}]\n"
				  "  - name: b\n"
				  "    block: basic\n"
				  "    blocks: 3\n"
				  "    channels: 64\n"
				  "    se: off\n"
				  "    overrides:\n"
				  "      - {blocks: [1, 2], se: {se_ratio: 0.25}}\n"
				  "      - {blocks: last, se: off}\n"
				  "  - {name: c, block: basic, blocks: 3, channels: 64,\n"
				  "     se: {blocks: [0, 2], gate: tanh}}\n"
				  "se: {width: 4}\n";

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
