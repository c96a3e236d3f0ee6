/* Buffers that end at, or begin right after, an unreadable page: that catches what ASan can't see,
 * masked vector loads. On the other side lies a pattern that must not change. */
#define _GNU_SOURCE
#include "kernels.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUFFERS = 10, PATTERN = 0x5a, BESIDE = 64 };

/* one mapping a buffer, kept from case to case: fresh pages cost more than the check */
static struct room {
	char *begin, *end;
} rooms[BUFFERS];

static void make_room(struct room *r, size_t bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), body = (bytes + page - 1) / page * page;
	if (r->begin && (size_t)(r->end - r->begin) >= bytes)
		return;
	if (r->begin)
		munmap(r->begin - page, (size_t)(r->end - r->begin) + 2 * page);
	char *m = mmap(NULL, body + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m == MAP_FAILED || mprotect(m + page, body, PROT_READ | PROT_WRITE))
		abort();
	r->begin = m + page;
	r->end = r->begin + body;
}

static struct room *room_of(const buffer *b)
{
	struct room *r = rooms;
	while ((char *)b->at < r->begin || (char *)b->at > r->end)
		r++;
	return r;
}

size_t bytes_of(const buffer *b)
{
	return b->count * sc_se_dtype_size(b->type);
}

static buffer guarded(int which, size_t count, sc_se_dtype type, int at_end)
{
	buffer b = {.count = count, .type = type};
	make_room(&rooms[which], bytes_of(&b) + BESIDE);
	b.at = at_end ? rooms[which].end - bytes_of(&b) : rooms[which].begin;
	char *beside = at_end ? (char *)b.at - BESIDE : (char *)b.at + bytes_of(&b);
	memset(beside, PATTERN, BESIDE);
	return b;
}

int is_spilt(const buffer *b)
{
	const char *end = (char *)b->at + bytes_of(b);
	const char *beside = end == room_of(b)->end ? (char *)b->at - BESIDE : end;
	for (int i = 0; i < BESIDE; i++)
		if (beside[i] != PATTERN)
			return 1;
	return 0;
}

static uint16_t bf16_of(float f)
{
	uint32_t u;
	memcpy(&u, &f, sizeof u);
	if (isnan(f))
		return 0x7fc0;
	return (uint16_t)((u + 0x7fff + (u >> 16 & 1)) >> 16);
}

static float bf16_to(uint16_t h)
{
	uint32_t u = (uint32_t)h << 16;
	float f;
	memcpy(&f, &u, sizeof f);
	return f;
}

/* a half counts in 2^(exponent - 10), in 2^-24 at least */
static uint16_t f16_of(float f)
{
	uint16_t sign = signbit(f) ? 0x8000 : 0;
	if (isnan(f))
		return 0x7e00;
	int exponent = f == 0 || isinf(f) ? 0 : ilogbf(f);
	exponent = exponent < -14 ? -14 : exponent;
	float units = isinf(f) ? f : rintf(ldexpf(fabsf(f), 10 - exponent));
	if (isinf(f) || exponent > 15 || (exponent == 15 && units > 2047))
		return sign | 0x7c00;
	return (uint16_t)(sign | ((exponent + 14) * 1024 + (int)units));
}

static float f16_to(uint16_t h)
{
	int exponent = h >> 10 & 31, rest = h & 1023;
	float f = exponent ? ldexpf((float)(rest + 1024), exponent - 25) : ldexpf((float)rest, -24);
	if (exponent == 31)
		f = rest ? NAN : INFINITY;
	return h & 0x8000 ? -f : f;
}

float number_at(const buffer *b, size_t i)
{
	if (b->type == SC_SE_INT8)
		return ((const int8_t *)b->at)[i];
	if (b->type == SC_SE_F32)
		return ((const float *)b->at)[i];
	uint16_t h = ((const uint16_t *)b->at)[i];
	return b->type == SC_SE_BF16 ? bf16_to(h) : f16_to(h);
}

float rounded(sc_se_dtype type, float f)
{
	switch (type) {
	case SC_SE_F32:
	case SC_SE_INT8:
		break;
	case SC_SE_BF16:
		return bf16_to(bf16_of(f));
	case SC_SE_F16:
		return f16_to(f16_of(f));
	}
	return f;
}

static void set_number(buffer *b, size_t i, float f)
{
	if (b->type == SC_SE_F32)
		((float *)b->at)[i] = f;
	else
		((uint16_t *)b->at)[i] = b->type == SC_SE_BF16 ? bf16_of(f) : f16_of(f);
}

/* uniform in -1 … 1 */
static float draw(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (float)(int32_t)*seed / 2147483648.0f;
}

static float map_number(int mode, sc_se_dtype type, float r)
{
	static const float most[] = {FLT_MAX, 3.3895313892515355e38f, 65504, 127},
			   least[] = {FLT_MIN, FLT_MIN, 0x1p-14f, 1};
	const float largest = most[type];
	switch (mode) {
	case ZERO:
		return 0;
	case LARGEST:
		return r < 0 ? -largest : largest;
	case DENORMAL:
		return r * least[type] / 8;
	case WIDE:
		return 20 * r;
	default:
		return r;
	}
}

/* all values, or few, or the largest ones */
static void fill_whole(buffer *b, int mode, unsigned *seed)
{
	for (size_t i = 0; i < b->count; i++) {
		int v = (int)(128 * draw(seed));
		((int8_t *)b->at)[i] = (int8_t)(mode == ZERO	   ? 0
						: mode == LARGEST  ? (v < 0 ? -128 : 127)
						: mode == DENORMAL ? v / 32
								   : v);
	}
}

static void fill_map(buffer *b, int mode, unsigned *seed)
{
	static const float odd[] = {INFINITY, -INFINITY, NAN};
	for (size_t i = 0; i < b->count; i++)
		if (b->type != SC_SE_INT8)
			set_number(b, i, map_number(mode, b->type, draw(seed)));
	if (b->type == SC_SE_INT8)
		fill_whole(b, mode, seed);
	if (mode != NOT_FINITE || b->type == SC_SE_INT8)
		return;
	for (unsigned i = *seed % 3, n = i + 1 + *seed / 3 % 2; i < n; i++) {
		size_t at = (size_t)(fabsf(draw(seed)) * 0.999f * (float)b->count);
		set_number(b, at, odd[i % 3]);
	}
}

/* the sums of a layer neither vanish nor, of the largest inputs, overflow */
static void fill_weights(buffer *b, int mode, size_t terms, unsigned *seed)
{
	float scale = mode == LARGEST ? 0.25f / (float)terms : 2 / sqrtf((float)terms);
	for (size_t i = 0; i < b->count; i++)
		set_number(b, i, scale * draw(seed));
}

material make_material(const kernel_case *k)
{
	const sc_se_config *g = &k->config;
	size_t map = g->n * g->c * g->h * g->w, layer = g->c * g->squeezed;
	size_t pooled = g->n * g->c * (g->pool == SC_SE_AVG_MAX ? 2 : 1);
	sc_se_dtype type = g->map;
	int end = k->at_end;
	unsigned seed = k->seed;
	material m = {.x = guarded(0, map, type, end),
		.y = guarded(1, map, type, end),
		.other = guarded(2, map, type, end),
		.want = guarded(3, map, type, end),
		.shortcut = guarded(4, map, type, end),
		.pooled = guarded(5, pooled, 0, end),
		.w1 = guarded(6, layer, 0, end),
		.b1 = guarded(7, g->squeezed, 0, end),
		.w2 = guarded(8, layer, 0, end),
		.b2 = guarded(9, g->c, 0, end)};
	fill_map(&m.x, k->mode, &seed);
	fill_map(&m.shortcut, k->mode == NOT_FINITE ? RANDOM : k->mode, &seed);
	fill_map(&m.pooled, k->mode == NOT_FINITE ? RANDOM : k->mode, &seed);
	fill_weights(&m.w1, k->mode, g->c, &seed);
	fill_weights(&m.b1, k->mode, 4, &seed);
	fill_weights(&m.w2, k->mode, g->squeezed, &seed);
	fill_weights(&m.b2, k->mode, 4, &seed);
	return m;
}
