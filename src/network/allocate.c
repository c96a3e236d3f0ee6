/* Buffers, weights and an input. A tensor's buffer is free again after the last step that reads it,
 * and the next tensor takes the smallest free one that holds it, as an inference engine does; an SE
 * block writes over the map that nobody else reads. */
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/checked.h"
#include "network/program.h"

enum { ALIGNMENT = 64, NONE = -1 };

size_t program_elements(const program *p, uint32_t tensor)
{
	const sc_shape *s = &p->layers->item[tensor].out;
	return (size_t)p->options.batch * s->c * s->h * s->w;
}

/* does the program fit into 63 bits of bytes? */
static bool fits(const program *p, uint32_t tensor)
{
	const sc_shape *s = &p->layers->item[tensor].out;
	uint64_t n = p->options.batch;
	return sc_mul(&n, s->c) && sc_mul(&n, s->h) && sc_mul(&n, s->w) && n < INT64_MAX / 8;
}

/* more than the machine has is refused before the kernel gives pages away that aren't there */
static bool is_there(const program *p, size_t bytes)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	return pages <= 0 || size <= 0 || p->bytes + bytes < (uint64_t)pages * (uint64_t)size;
}

static float *floats(program *p, size_t n)
{
	size_t bytes = (n * sizeof(float) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!is_there(p, bytes))
		return NULL;
	float *at = aligned_alloc(ALIGNMENT, bytes ? bytes : ALIGNMENT);
	if (at) {
		memset(at, 0, bytes); /* touched before anything is timed */
		p->bytes += bytes;
	}
	return at;
}

static sc_status no_memory(const program *p, size_t more, sc_err *err)
{
	return sc_fail(err, SC_ENOMEM,
		"no memory for the network: %.0f MB are there, %.0f MB more were wanted",
		(double)p->bytes / 1e6, (double)more * sizeof(float) / 1e6);
}

/* --- weights --- */

size_t step_weight_size(const step *s, int i)
{
	const sc_layer *l = s->layer;
	if (s->kind == STEP_conv) {
		size_t w = (size_t)l->kernel[0] * l->kernel[1] * (l->in.c / l->groups) * l->out.c;
		return i == 0 ? w : i == 1 ? l->out.c : 0;
	}
	if (s->kind == STEP_linear)
		return i == 0 ? (size_t)l->in.c * l->out.c : i == 1 ? l->out.c : 0;
	if (s->kind == STEP_block) {
		size_t c = s->fc1->in.c, d = s->fc1->out.c;
		const size_t n[] = {c * d, s->fc1->bias ? d : 0, c * d, s->fc2->bias ? c : 0};
		return n[i];
	}
	return 0;
}

/* uniform, so scaled that a layer neither dies out nor blows up */
static void fill(gsl_rng *rng, float *out, size_t n, double scale)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (float)((2 * gsl_rng_uniform(rng) - 1) * scale);
}

static sc_status make_weights(program *p, gsl_rng *rng, sc_err *err)
{
	for (size_t i = 0; i < p->steps; i++) {
		step *s = &p->step[i];
		for (int w = 0; w < 4; w++) {
			size_t n = step_weight_size(s, w);
			if (!n)
				continue;
			s->weight[w] = floats(p, n);
			if (!s->weight[w])
				return no_memory(p, n, err);
			size_t outputs = s->kind == STEP_block ? s->fc1->out.c : s->layer->out.c;
			fill(rng, s->weight[w], n,
				w % 2 ? 0.1 : sqrt(6.0 * (double)outputs / (double)n));
		}
	}
	return SC_OK;
}

/* --- buffers --- */

/* index of the smallest free buffer that holds n floats, or of a new one */
static int take_buffer(program *p, bool *used, size_t n)
{
	int best = NONE;
	for (size_t i = 0; i < p->buffers; i++)
		if (!used[i] && p->buffer_size[i] >= n &&
			(best == NONE || p->buffer_size[i] < p->buffer_size[best]))
			best = (int)i;
	if (best != NONE)
		return best;
	float *at = floats(p, n);
	if (!at)
		return NONE;
	p->buffer[p->buffers] = at;
	p->buffer_size[p->buffers] = n;
	return (int)p->buffers++;
}

typedef struct places {
	int *buffer;	/* of a tensor */
	uint32_t *last; /* step + 1 that reads it last */
	bool *used;	/* of a buffer */
} places;

static sc_status place(program *p, places *at, uint32_t tensor, int buffer, sc_err *err)
{
	size_t n = program_elements(p, tensor);
	if (!fits(p, tensor))
		return sc_fail(err, SC_ERANGE, "a tensor does not fit in 63 bits");
	if (buffer == NONE)
		buffer = take_buffer(p, at->used, n);
	if (buffer == NONE)
		return no_memory(p, n, err);
	at->used[buffer] = true;
	at->buffer[tensor] = buffer;
	p->at[tensor] = p->buffer[buffer];
	return SC_OK;
}

static sc_status place_all(program *p, places *at, sc_err *err)
{
	sc_status status = place(p, at, p->input, NONE, err);
	for (uint32_t i = 0; i < p->steps; i++)
		for (size_t k = 0; k < p->step[i].froms; k++)
			at->last[p->step[i].from[k]] = i + 1;
	at->last[p->input] = (uint32_t)p->steps + 1; /* given once, for every pass */
	for (uint32_t i = 0; i < p->steps && !status; i++) {
		const step *s = &p->step[i];
		bool over = s->kind == STEP_block && at->last[s->from[0]] == i + 1 &&
			    program_elements(p, s->from[0]) == program_elements(p, s->to);
		status = place(p, at, s->to, over ? at->buffer[s->from[0]] : NONE, err);
		for (size_t k = over; k < s->froms && !status; k++)
			if (at->last[s->from[k]] == i + 1)
				at->used[at->buffer[s->from[k]]] = false;
	}
	return status;
}

static sc_status make_buffers(program *p, sc_err *err)
{
	size_t n = p->layers->count + 1;
	places at = {calloc(n, sizeof *at.buffer), calloc(n, sizeof *at.last),
		calloc(n, sizeof *at.used)};
	p->at = calloc(n, sizeof *p->at);
	p->buffer = calloc(n, sizeof *p->buffer);
	p->buffer_size = calloc(n, sizeof *p->buffer_size);
	sc_status s = at.buffer && at.last && at.used && p->at && p->buffer && p->buffer_size
			      ? place_all(p, &at, err)
			      : sc_fail(err, SC_ENOMEM, "no memory for %zu tensors", n);
	free(at.buffer);
	free(at.last);
	free(at.used);
	return s;
}

sc_status program_allocate(program *p, sc_err *err)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus);
	if (!rng)
		return sc_fail(err, SC_ENOMEM, "no memory for random numbers");
	gsl_rng_set(rng, p->options.seed);
	sc_status s = make_buffers(p, err);
	if (!s)
		s = make_weights(p, rng, err);
	if (!s)
		fill(rng, p->at[p->input], program_elements(p, p->input), 1);
	gsl_rng_free(rng);
	return s;
}

void program_release(program *p)
{
	for (size_t i = 0; i < p->steps; i++)
		for (int w = 0; w < 4; w++)
			free(p->step[i].weight[w]);
	for (size_t i = 0; i < p->buffers; i++)
		free(p->buffer[i]);
	free(p->step);
	free(p->at);
	free(p->buffer);
	free(p->buffer_size);
	*p = (program){0};
}
