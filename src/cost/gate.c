#include "secost/cost.h"

double sc_gate_weights(double channels, double units)
{
	return 2 * channels * units;
}

double sc_gate_crossover(sc_shape map, unsigned passes)
{
	return 4.0 * passes / (passes + 1) * map.c / ((double)map.h * map.w);
}
