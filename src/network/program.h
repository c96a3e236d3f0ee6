/** \file
 * A network as steps: what is fused, which buffer each tensor lies in. */
#ifndef SC_NETWORK_PROGRAM_H
#define SC_NETWORK_PROGRAM_H

#include "secost/network.h"
#include "secost/se.h"

typedef enum step_kind {
	STEP_conv,
	STEP_linear,
	STEP_max_pool,
	STEP_avg_pool,
	STEP_act,
	STEP_add,
	STEP_concat,
	STEP_gate,  /**< a map times a value a channel */
	STEP_block, /**< a whole SE block, by the forward kernel */
	STEP__N
} step_kind;

enum { STEP_INPUTS = 16 };

/** Tensors go by the index of the layer that makes them. */
typedef struct step {
	step_kind kind;
	const sc_layer *layer;
	uint32_t from[STEP_INPUTS], to;
	size_t froms;
	sc_function then; /**< after it, none for nothing */
	bool se;
	/* of STEP_block */
	const sc_layer *fc1, *fc2;
	sc_function inner, outer; /**< its activation and its gate */
	sc_se_pool pool;
	sc_se_act act;
	sc_se_gate gate;
	sc_se_epilogue epilogue;
	/* weights, random: of a block w1, b1, w2, b2 */
	float *weight[4];
	void *made; /**< what runs it */
	double ns;
} step;

typedef struct program {
	const sc_layers *layers;
	sc_network_options options;
	step *step;
	size_t steps, step_room;
	float **at; /**< where a tensor lies, by layer */
	float **buffer;
	size_t *buffer_size; /**< floats */
	size_t buffers;
	uint32_t input; /**< the tensor that is given */
	uint64_t bytes;
} program;

/** Elements of a tensor for the program's batch. */
size_t program_elements(const program *p, uint32_t tensor);
/** The steps of a network. SC_EINVAL names what has none. */
sc_status program_fuse(program *p, sc_err *err);
/** Buffers, weights and an input. */
sc_status program_allocate(program *p, sc_err *err);
void program_release(program *p);
/** Floats of weight `i` of a step, 0 for none. */
size_t step_weight_size(const step *s, int i);

/** Run a step by plain loops into `out`, reading what the program's buffers hold. */
/** `room`: two values a channel of the step. */
void reference_run(const program *p, const step *s, float *out, double *room);

/** What the rounds of all subjects share, with enough rounds. */
sc_status result_find_drift(sc_network_result *r, sc_err *err);

/** oneDNN, or what stands for it where it is not. */
struct engine;
sc_status engine_open(unsigned threads, struct engine **out, sc_err *err);
void engine_close(struct engine *engine);
sc_status engine_make(struct engine *engine, const program *p, step *s, sc_err *err);
sc_status engine_run(struct engine *engine, const step *s, sc_err *err);
void engine_unmake(struct engine *engine, step *s);

#endif
