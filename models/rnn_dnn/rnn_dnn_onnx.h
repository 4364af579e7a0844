// The exchange half of rnn_dnn: the network of rnn_dnn_net over padded batches, as ONNX nodes.
// docs/howto/export.md says what goes in and comes out; the states are those of layer0, layer1 and so on.
#pragma once

#include "exchange/onnx_half.h"

namespace inkling::models::rnn_dnn {

// The registry's entry.
[[nodiscard]] const exchange::OnnxHalf& onnx_half();

}  // namespace inkling::models::rnn_dnn
