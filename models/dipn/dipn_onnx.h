// The exchange half of DIPN: the network of dipn_net over padded batches, as ONNX nodes. Every switch of params.yaml
// that shapes the network has a form here; docs/howto/export.md says what goes in and comes out.
// Source: models.md A.3, step by step as dipn_net.cpp.
#pragma once

#include "exchange/onnx_half.h"

namespace inkling::models::dipn {

// The registry's entry.
[[nodiscard]] const exchange::OnnxHalf& onnx_half();

}  // namespace inkling::models::dipn
