/* Everything a caller can get wrong, said before anything is touched. */
#include "base/checked.h"
#include "se/plan.h"

#include <math.h>

enum { THREADS_MAX = 1024 };

/* how many of each the kernel has */
#define KERNEL(x) +1
#define ACT(x) +1
#define GATE(x) +1
#define NO_KERNEL
#define NO_ACT
#define NO_GATE
enum {
#define SQUEEZE(name, text, pools, kernel, meaning) kernel
	POOLS_KNOWN = 0
#include "secost/squeezes.def"
	,
#define FUNCTION(name, counted, kept, act, gate, meaning) act
	ACTS_KNOWN = 0
#include "secost/functions.def"
	,
#undef FUNCTION
#define FUNCTION(name, counted, kept, act, gate, meaning) gate
	GATES_KNOWN = 0
#include "secost/functions.def"
};
_Static_assert(SC_SE_AVG == 0 && SC_SE_RELU == 0 && SC_SE_SIGMOID == 0,
	"a zeroed config must be the standard block: order the lines of the tables");

/* an enum of the config, and the number of its values */
typedef struct choice {
	const char *name;
	unsigned value, values;
} choice;

static sc_status check_choices(const sc_se_config *c, sc_err *err)
{
	const choice all[] = {
		{"layout", c->layout, SC_SE_NHWC + 1},
		{"pool", c->pool, POOLS_KNOWN},
		{"act", c->act, ACTS_KNOWN},
		{"gate", c->gate, GATES_KNOWN},
		{"epilogue", c->epilogue, SC_SE_SCALE_ADD_RELU + 1},
		{"map", c->map, SC_SE_INT8 + 1},
		{"weights", c->weights, SC_SE_INT8 + 1},
		{"threads", c->threads, THREADS_MAX + 1},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].value >= all[i].values)
			return sc_fail(err, SC_EINVAL, "'%s' is %u, must be 0 … %u", all[i].name,
				all[i].value, all[i].values - 1);
	return SC_OK;
}

/* can a · b · … numbers of 8 bytes be addressed? */
static int fits(const size_t *size, int n)
{
	uint64_t bytes = 8;
	for (int i = 0; i < n; i++)
		if (!sc_mul(&bytes, size[i]))
			return 0;
	return bytes <= PTRDIFF_MAX;
}

static sc_status check_sizes(const sc_se_config *c, sc_err *err)
{
	const size_t map[] = {c->n, c->c, c->h, c->w}, layer[] = {c->c, c->squeezed};
	static const char *const name[] = {"n", "c", "h", "w"};
	for (int i = 0; i < 4; i++)
		if (!map[i])
			return sc_fail(err, SC_EINVAL, "'%s' is 0, must be at least 1", name[i]);
	if (!c->squeezed)
		return sc_fail(err, SC_EINVAL, "'squeezed' is 0, must be at least 1");
	if (!fits(map, 4))
		return sc_fail(err, SC_EINVAL, "a map of %zu × %zu × %zu × %zu is too large", c->n,
			c->c, c->h, c->w);
	/* packing rounds both up to at most 64 more */
	if (c->c > PTRDIFF_MAX - 64 || c->squeezed > PTRDIFF_MAX - 64 ||
		!fits((const size_t[]){layer[0] + 64, layer[1] + 64}, 2))
		return sc_fail(err, SC_EINVAL, "a layer of %zu × %zu weights is too large",
			c->squeezed, c->c);
	return SC_OK;
}

static sc_status check_pointer(const void *p, const char *name, size_t align, sc_err *err)
{
	if (!p)
		return sc_fail(err, SC_EINVAL, "'%s' is NULL", name);
	if ((size_t)p % align)
		return sc_fail(err, SC_EINVAL, "'%s' is not aligned to %zu bytes", name, align);
	return SC_OK;
}

static sc_status check_weights(const sc_se_weights *w, sc_err *err)
{
	const size_t align = sizeof(float);
	sc_status status = check_pointer(w->w1, "w1", align, err);
	if (!status)
		status = check_pointer(w->w2, "w2", align, err);
	if (!status && w->b1)
		status = check_pointer(w->b1, "b1", align, err);
	if (!status && w->b2)
		status = check_pointer(w->b2, "b2", align, err);
	return status;
}

enum { TERMS_MAX = 1 << 15, PIXELS_MAX = 1 << 23 };

/* what sums of 32 bits can hold */
static sc_status check_int8_sizes(const sc_se_config *c, sc_err *err)
{
	if (c->c > TERMS_MAX || c->squeezed > TERMS_MAX)
		return sc_fail(err, SC_EINVAL, "'%s' is %zu, must be at most %d with int8",
			c->c > TERMS_MAX ? "c" : "squeezed", c->c > TERMS_MAX ? c->c : c->squeezed,
			TERMS_MAX);
	if (c->h * c->w > PIXELS_MAX)
		return sc_fail(err, SC_EINVAL, "%zu × %zu pixels, must be at most %d with int8",
			c->h, c->w, PIXELS_MAX);
	return SC_OK;
}

static sc_status check_finite(const char *name, const float *p, size_t n, sc_err *err)
{
	for (size_t i = 0; p && i < n; i++)
		if (!isfinite(p[i]))
			return sc_fail(err, SC_EINVAL, "'%s'[%zu] is not finite, must be for int8",
				name, i);
	return SC_OK;
}

static sc_status check_int8(const sc_se_config *c, const sc_se_weights *w, sc_err *err)
{
	if (c->map != c->weights)
		return sc_fail(err, SC_EINVAL, "'map' and 'weights' must both be int8 or neither");
	if (c->squeezed_given)
		return sc_fail(err, SC_EINVAL, "'squeezed_given' goes with floats, not with int8");
	sc_status status = check_pointer(c->quant, "quant", sizeof(float), err);
	if (!status)
		status = check_int8_sizes(c, err);
	if (!status)
		status = check_finite("w1", w->w1, c->squeezed * c->c, err);
	if (!status)
		status = check_finite("b1", w->b1, c->squeezed, err);
	if (!status)
		status = check_finite("w2", w->w2, c->squeezed * c->c, err);
	return status ? status : check_finite("b2", w->b2, c->c, err);
}

sc_status sc_se_check(const sc_se_config *config, const sc_se_weights *weights, sc_err *err)
{
	if (!config)
		return sc_fail(err, SC_EINVAL, "'config' is NULL");
	if (!weights)
		return sc_fail(err, SC_EINVAL, "'weights' is NULL");
	sc_status status = check_choices(config, err);
	if (!status)
		status = check_sizes(config, err);
	if (!status)
		status = check_weights(weights, err);
	if (!status && (config->map == SC_SE_INT8 || config->weights == SC_SE_INT8))
		status = check_int8(config, weights, err);
	return status;
}

static int overlap(const void *a, size_t a_bytes, const void *b, size_t b_bytes)
{
	uintptr_t p = (uintptr_t)a, q = (uintptr_t)b;
	return p < q + b_bytes && q < p + a_bytes;
}

static sc_status check_used(const void *p, const char *name, int used, size_t align, sc_err *err)
{
	if (used)
		return check_pointer(p, name, align, err);
	if (p)
		return sc_fail(
			err, SC_EINVAL, "'%s' is given, but the plan has no use for it", name);
	return SC_OK;
}

static sc_status check_overlap(const sc_se_plan *p, const sc_se_io *io, size_t bytes, sc_err *err)
{
	size_t pooled = p->config.n * p->pooled * p->config.c * sizeof(float);
	if (io->x != io->y && overlap(io->x, bytes, io->y, bytes))
		return sc_fail(err, SC_EINVAL, "'x' and 'y' overlap in part");
	if (io->shortcut && io->shortcut != io->y && overlap(io->shortcut, bytes, io->y, bytes))
		return sc_fail(err, SC_EINVAL, "'shortcut' and 'y' overlap in part");
	if (io->pooled && overlap(io->pooled, pooled, io->y, bytes))
		return sc_fail(err, SC_EINVAL, "'pooled' and 'y' overlap");
	return SC_OK;
}

sc_status sc_se_check_io(const sc_se_plan *p, const sc_se_io *io, sc_err *err)
{
	if (!p)
		return sc_fail(err, SC_EINVAL, "'plan' is NULL");
	if (!io)
		return sc_fail(err, SC_EINVAL, "'io' is NULL");
	int adds = p->config.epilogue != SC_SE_SCALE;
	sc_status status = check_pointer(io->x, "x", p->item, err);
	if (!status)
		status = check_pointer(io->y, "y", p->item, err);
	if (!status)
		status = check_used(io->shortcut, "shortcut", adds, p->item, err);
	if (!status)
		status = check_used(
			io->pooled, "pooled", p->config.squeezed_given, sizeof(float), err);
	if (!status)
		status = check_overlap(p, io, p->config.n * p->config.c * p->hw * p->item, err);
	return status;
}
