/* The wire format of protocol buffers is a run of (number << 3 | kind, value): kind 0 is a varint,
 * kind 2 a length and bytes, which may be a message again. Field numbers are those of onnx.proto.
 */
#include "onnx_model.h"

#include <stdlib.h>
#include <string.h>

enum { MODEL_IR = 1, MODEL_GRAPH = 7, MODEL_OPSET = 8, OPSET_VERSION = 2 };
enum { GRAPH_NODE = 1, GRAPH_NAME = 2, GRAPH_TENSOR = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12 };
enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_OP = 4, NODE_ATTRIBUTE = 5 };
enum { ATTRIBUTE_NAME = 1, ATTRIBUTE_INT = 3, ATTRIBUTE_TYPE = 20, TYPE_INT = 2 };
enum { TENSOR_DIM = 1, TENSOR_TYPE = 2, TENSOR_NAME = 8, TENSOR_RAW = 9, FLOAT = 1, INT64 = 7 };

static void add(onnx_bytes *b, const void *data, size_t size)
{
	if (b->size + size > b->room) {
		b->room = 2 * (b->size + size);
		b->at = realloc(b->at, b->room);
		if (!b->at)
			abort();
	}
	memcpy(b->at + b->size, data, size);
	b->size += size;
}

static void varint(onnx_bytes *b, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		add(b, &(unsigned char){(unsigned char)(value | 0x80)}, 1);
	add(b, &(unsigned char){(unsigned char)value}, 1);
}

static void number(onnx_bytes *b, unsigned field, uint64_t value)
{
	varint(b, field << 3);
	varint(b, value);
}

static void bytes(onnx_bytes *b, unsigned field, const void *data, size_t size)
{
	varint(b, field << 3 | 2);
	varint(b, size);
	add(b, data, size);
}

static void string(onnx_bytes *b, unsigned field, const char *text)
{
	bytes(b, field, text, strlen(text));
}

/* `inner` becomes a field of `b` and is gone */
static void message(onnx_bytes *b, unsigned field, onnx_bytes *inner)
{
	bytes(b, field, inner->at, inner->size);
	free(inner->at);
}

/* a node of up to three inputs, "" being none, and perhaps one integer attribute */
static void node(onnx_bytes *graph, const char *op, const char *in[3], const char *out,
	const char *attribute, uint64_t value)
{
	onnx_bytes n = {0}, a = {0};
	for (int i = 0; i < 3; i++)
		if (*in[i])
			string(&n, NODE_INPUT, in[i]);
	string(&n, NODE_OUTPUT, out);
	string(&n, NODE_OP, op);
	if (attribute) {
		string(&a, ATTRIBUTE_NAME, attribute);
		number(&a, ATTRIBUTE_INT, value);
		number(&a, ATTRIBUTE_TYPE, TYPE_INT);
		message(&n, NODE_ATTRIBUTE, &a);
	}
	message(graph, GRAPH_NODE, &n);
}

static void tensor(onnx_bytes *graph, const char *name, unsigned type, const void *data,
	const size_t *dim, size_t dims)
{
	onnx_bytes t = {0};
	size_t count = 1;
	for (size_t i = 0; i < dims; i++) {
		number(&t, TENSOR_DIM, dim[i]);
		count *= dim[i];
	}
	number(&t, TENSOR_TYPE, type);
	string(&t, TENSOR_NAME, name);
	bytes(&t, TENSOR_RAW, data, count * (type == FLOAT ? sizeof(float) : sizeof(int64_t)));
	message(graph, GRAPH_TENSOR, &t);
}

/* ValueInfo { name 1, type 2 { tensor 1 { element 1, shape 2 { dim 1 { value 1 } } } } } */
static void map(onnx_bytes *graph, unsigned field, const char *name, const peer_shape *s)
{
	const size_t dim[] = {s->n, s->c, s->h, s->w};
	onnx_bytes info = {0}, type = {0}, of = {0}, shape = {0};
	for (size_t i = 0; i < 4; i++) {
		onnx_bytes d = {0};
		number(&d, 1, dim[i]);
		message(&shape, 1, &d);
	}
	number(&of, 1, FLOAT);
	message(&of, 2, &shape);
	message(&type, 1, &of);
	string(&info, 1, name);
	message(&info, 2, &type);
	message(graph, field, &info);
}

static void tensors(onnx_bytes *graph, const peer_data *data, bool gemm)
{
	const peer_shape *s = &data->shape;
	const size_t one[] = {s->d, s->c, 1, 1}, two[] = {s->c, s->d, 1, 1}, four[] = {4};
	const int64_t gates[] = {(int64_t)s->n, (int64_t)s->c, 1, 1};
	tensor(graph, "w1", FLOAT, data->w1, one, gemm ? 2 : 4);
	tensor(graph, "b1", FLOAT, data->b1, one, 1);
	tensor(graph, "w2", FLOAT, data->w2, two, gemm ? 2 : 4);
	tensor(graph, "b2", FLOAT, data->b2, two, 1);
	if (gemm)
		tensor(graph, "gates", INT64, gates, four, 1);
}

static void nodes(onnx_bytes *graph, bool gemm)
{
	const char *dense = gemm ? "Gemm" : "Conv", *by = gemm ? "transB" : NULL;
	const char *z = gemm ? "flat" : "z", *s = gemm ? "map" : "s";
	node(graph, "GlobalAveragePool", (const char *[]){"x", "", ""}, "z", NULL, 0);
	if (gemm)
		node(graph, "Flatten", (const char *[]){"z", "", ""}, "flat", NULL, 0);
	node(graph, dense, (const char *[]){z, "w1", "b1"}, "a", by, 1);
	node(graph, "Relu", (const char *[]){"a", "", ""}, "r", NULL, 0);
	node(graph, dense, (const char *[]){"r", "w2", "b2"}, "e", by, 1);
	node(graph, "Sigmoid", (const char *[]){"e", "", ""}, "s", NULL, 0);
	if (gemm)
		node(graph, "Reshape", (const char *[]){"s", "gates", ""}, "map", NULL, 0);
	node(graph, "Mul", (const char *[]){"x", s, ""}, "y", NULL, 0);
}

onnx_bytes onnx_model(const peer_data *data, bool gemm)
{
	onnx_bytes model = {0}, graph = {0}, opset = {0};
	nodes(&graph, gemm);
	string(&graph, GRAPH_NAME, "se");
	tensors(&graph, data, gemm);
	map(&graph, GRAPH_INPUT, "x", &data->shape);
	map(&graph, GRAPH_OUTPUT, "y", &data->shape);
	number(&model, MODEL_IR, 8);
	number(&opset, OPSET_VERSION, 13);
	message(&model, MODEL_OPSET, &opset);
	message(&model, MODEL_GRAPH, &graph);
	return model;
}
