#include <math.h>

#include "secost/cost.h"

static double nearest_multiple(double v, const sc_width_rule *rule)
{
	double q = rule->divisor, n = floor((v + q / 2) / q) * q;
	if (n < rule->min)
		n = rule->min;
	return n < rule->limit * v ? n + q : n;
}

uint32_t sc_width_rounded(double v, const sc_width_rule *rule)
{
	if (rule->floor_first)
		v = floor(v);
	double n = rule->rounding == SC_ROUNDING_floor	 ? floor(v)
		   : rule->rounding == SC_ROUNDING_round ? nearbyint(v)
							 : nearest_multiple(v, rule);
	if (n > SC_DIM_MAX)
		n = SC_DIM_MAX;
	return n < rule->min ? rule->min : (uint32_t)n;
}
