/** \file
 * Write the SE block as an ONNX model, in memory. */
#ifndef PEERS_ONNX_MODEL_H
#define PEERS_ONNX_MODEL_H

#include "peers.h"

/** Bytes of a protocol buffer; `at` is malloc'ed. */
typedef struct onnx_bytes {
	unsigned char *at;
	size_t size, room;
} onnx_bytes;

/** x → y as 1 × 1 convolutions (`gemm` false) or as matrix products. */
onnx_bytes onnx_model(const peer_data *data, bool gemm);

#endif
