/* The shapes that are compared: SE-ResNet-50's four stages at every ratio, and five of MobileNetV3
 * and EfficientNet. */
#include "bench.h"

static const bench_shape shapes[] = {{256, 56, 2}, {256, 56, 4}, {256, 56, 8}, {256, 56, 16},
	{256, 56, 32}, {512, 28, 2}, {512, 28, 4}, {512, 28, 8}, {512, 28, 16}, {512, 28, 32},
	{1024, 14, 2}, {1024, 14, 4}, {1024, 14, 8}, {1024, 14, 16}, {1024, 14, 32}, {2048, 7, 2},
	{2048, 7, 4}, {2048, 7, 8}, {2048, 7, 16}, {2048, 7, 32}, {72, 28, 4}, {480, 14, 4},
	{960, 7, 4}, {32, 112, 4}, {1152, 7, 4}};
enum { SHAPES = sizeof shapes / sizeof *shapes, RESNET = 20 };

const bench_shape *bench_shape_at(size_t i)
{
	return i < SHAPES ? &shapes[i] : NULL;
}

bool bench_is_resnet(size_t i)
{
	return i < RESNET;
}

bool bench_is_wanted(size_t i, bool quick)
{
	return !quick || i % 5 == 3 || i == RESNET;
}
