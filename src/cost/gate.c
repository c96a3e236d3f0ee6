#include "secost/cost.h"

double sc_gate_weights(double channels, double units)
{
	return 2 * channels * units;
}

double sc_gate_crossover(sc_shape map, bool twice)
{
	return (twice ? 8.0 / 3 : 2.0) * map.c / ((double)map.h * map.w);
}
