/* Buffers of a shape in one shared mapping, so that an engine in a process of its own works on the
 * very same memory. Values: a map whose channels have different means (or the gates would all be
 * alike, and a mixed-up channel would pass), weights of variance 1 / inputs. */
#define _GNU_SOURCE
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peers.h"

enum { PAGE = 1 << 21 };

static uint64_t state = 1;

/* uniform in -1 … 1 */
static float random_float(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (float)(int32_t)(state >> 32) / 2147483648.0f;
}

static uint16_t to_bf16(float value)
{
	uint32_t bits;
	memcpy(&bits, &value, sizeof bits);
	return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

float peer_from_bf16(uint16_t half)
{
	uint32_t bits = (uint32_t)half << 16;
	float value;
	memcpy(&value, &bits, sizeof value);
	return value;
}

static size_t padded(size_t bytes)
{
	return (bytes + PAGE - 1) / PAGE * PAGE;
}

static void place(peer_data *d)
{
	size_t map = padded(d->elements * sizeof(float)), half = padded(d->elements * 2);
	unsigned char *at = d->base;
	float **maps[] = {
		&d->x[NCHW], &d->x[NHWC], &d->shortcut[NCHW], &d->shortcut[NHWC], &d->y, &d->want};
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++, at += map)
		*maps[i] = (float *)(void *)at;
	uint16_t **halves[] = {&d->x16[NCHW], &d->x16[NHWC], &d->y16};
	for (size_t i = 0; i < sizeof halves / sizeof *halves; i++, at += half)
		*halves[i] = (uint16_t *)(void *)at;
	d->weights = d->w1 = (float *)(void *)at;
	d->b1 = d->w1 + d->shape.d * d->shape.c;
	d->w2 = d->b1 + d->shape.d;
	d->b2 = d->w2 + d->shape.d * d->shape.c;
}

static void fill_maps(peer_data *d)
{
	const peer_shape *s = &d->shape;
	for (size_t i = 0; i < s->n; i++)
		for (size_t c = 0; c < s->c; c++) {
			float mean = random_float();
			for (size_t j = 0; j < s->h * s->w; j++) {
				size_t nchw = (i * s->c + c) * s->h * s->w + j;
				size_t nhwc = (i * s->h * s->w + j) * s->c + c;
				float x = 0.5f * (mean + random_float()), more = random_float();
				d->x[NCHW][nchw] = d->x[NHWC][nhwc] = x;
				d->x16[NCHW][nchw] = d->x16[NHWC][nhwc] = to_bf16(x);
				d->shortcut[NCHW][nchw] = d->shortcut[NHWC][nhwc] = more;
			}
		}
}

static void fill_weights(float *w, size_t count, size_t inputs)
{
	float scale = sqrtf(3.0f / (float)inputs);
	for (size_t i = 0; i < count; i++)
		w[i] = scale * random_float();
}

bool peer_data_make(peer_data *d, const peer_shape *shape)
{
	*d = (peer_data){.shape = *shape,
		.elements = shape->n * shape->c * shape->h * shape->w,
		.weight_count = 2 * shape->c * shape->d + shape->c + shape->d};
	d->bytes = 6 * padded(d->elements * sizeof(float)) + 3 * padded(d->elements * 2) +
		   padded(d->weight_count * sizeof(float));
	d->fd = memfd_create("peers", 0);
	if (d->fd < 0 || ftruncate(d->fd, (off_t)d->bytes))
		return false;
	d->base = mmap(NULL, d->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, d->fd, 0);
	if (d->base == MAP_FAILED)
		return false;
	madvise(d->base, d->bytes, MADV_HUGEPAGE);
	memset(d->base, 0, d->bytes);
	place(d);
	state = shape->c * 1000003 + shape->d * 1009 + shape->h;
	fill_maps(d);
	fill_weights(d->w1, shape->d * shape->c, shape->c);
	fill_weights(d->b1, shape->d, 3);
	fill_weights(d->w2, shape->c * shape->d, shape->d);
	fill_weights(d->b2, shape->c, 3);
	return true;
}

void peer_data_free(peer_data *d)
{
	if (d->base && d->base != MAP_FAILED)
		munmap(d->base, d->bytes);
	if (d->fd > 0)
		close(d->fd);
	*d = (peer_data){0};
}
