#include "secost/block.h"

static const char *name_at(const char *const *names, size_t n, size_t i)
{
	return i < n ? names[i] : NULL;
}
#define NAME_AT(names, i) name_at(names, sizeof names / sizeof *names, i)

typedef struct pools {
	sc_op_index op[SC_PASSES_MAX];
	unsigned count;
} pools;

#define POOLS(...) \
	{ \
		{__VA_ARGS__}, sizeof((const sc_op_index[]){__VA_ARGS__}) / sizeof(sc_op_index) \
	}

static const struct {
	const char *text;
	pools pools;
} squeezes[] = {
#define SQUEEZE(name, text, pools, kernel, meaning) {text, pools},
#include "secost/squeezes.def"
#undef SQUEEZE
};
#undef POOLS

#define POOLS(...) sizeof((const sc_op_index[]){__VA_ARGS__})
#define SQUEEZE(name, text, pools, kernel, meaning) \
	_Static_assert(pools <= SC_PASSES_MAX * sizeof(sc_op_index), "too many pools: " text);
#include "secost/squeezes.def"
#undef SQUEEZE

const char *sc_squeeze_name(size_t squeeze)
{
	return squeeze < SC_SQUEEZE__N ? squeezes[squeeze].text : NULL;
}

const sc_op *sc_squeeze_pool(sc_squeeze squeeze, unsigned i)
{
	return i < sc_squeeze_passes(squeeze) ? sc_op_at(squeezes[squeeze].pools.op[i]) : NULL;
}

unsigned sc_squeeze_passes(sc_squeeze squeeze)
{
	return squeezes[squeeze].pools.count;
}

const char *sc_attention_name(size_t attention)
{
	static const char *const names[] = {
#define ATTENTION(name, meaning) #name,
#include "secost/attentions.def"
#undef ATTENTION
	};
	return NAME_AT(names, attention);
}

const char *sc_theta_name(size_t theta)
{
	static const char *const names[] = {
		[SC_THETA_minus] = "minus", [SC_THETA_theta] = "theta", [SC_THETA_plus] = "plus"};
	return NAME_AT(names, theta);
}

const char *sc_placement_name(size_t placement)
{
	static const char *const names[] = {
#define PLACEMENT(name, meaning) #name,
#include "secost/placements.def"
#undef PLACEMENT
	};
	return NAME_AT(names, placement);
}

const char *sc_base_name(size_t base)
{
	static const char *const names[] = {
#define BASE(name, meaning) #name,
#include "secost/bases.def"
#undef BASE
	};
	return NAME_AT(names, base);
}

const char *sc_join_name(size_t join)
{
	static const char *const names[] = {[SC_JOIN_concat] = "concat", [SC_JOIN_add] = "add"};
	return NAME_AT(names, join);
}

const char *sc_shortcut_name(size_t shortcut)
{
	static const char *const names[] = {[SC_SHORTCUT_projection] = "projection",
		[SC_SHORTCUT_pad] = "pad",
		[SC_SHORTCUT_avg_pool] = "avg_pool",
		[SC_SHORTCUT_avg_pad] = "avg_pad"};
	return NAME_AT(names, shortcut);
}

const char *sc_stride_at_name(size_t stride_at)
{
	static const char *const names[] = {[SC_STRIDE_AT_1x1] = "1x1",
		[SC_STRIDE_AT_3x3] = "3x3",
		[SC_STRIDE_AT_pool] = "pool",
		[SC_STRIDE_AT_blur] = "blur"};
	return NAME_AT(names, stride_at);
}

const char *sc_body_name(size_t body)
{
	static const char *const names[] = {
		[SC_BODY_bottleneck] = "bottleneck", [SC_BODY_basic] = "basic"};
	return NAME_AT(names, body);
}
