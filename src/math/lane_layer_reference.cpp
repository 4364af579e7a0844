#include <algorithm>
#include <cmath>

#include "math/lane_layer.h"

namespace inkling::math::reference {

void lane_layer(const LaneLayer& layer, std::span<const float> x, std::size_t lanes, std::span<float> y) {
  const std::size_t in = x.size() / kBlockLanes;
  for (std::size_t i = 0; i < layer.out; ++i) {
    for (std::size_t n = 0; n < lanes; ++n) {
      float sum = layer.bias.empty() ? 0.0f : layer.bias[i];
      for (std::size_t j = 0; j < in; ++j) sum += layer.weight[i * in + j] * x[j * kBlockLanes + n];
      y[i * kBlockLanes + n] = std::max(sum, layer.slope * sum);
    }
  }
}

void gate_lanes(const LaneGate& gate, std::size_t lanes, std::span<float> rows) {
  for (std::size_t t = 0; t < gate.offsets.size(); ++t) {
    for (float& w : rows.subspan(t * kBlockLanes, lanes)) {
      const float share = 1.0f / (1.0f + std::exp(-(gate.factor * w + gate.offsets[t])));
      w = gate.others[t] + share * (w - gate.others[t]);
    }
  }
}

}  // namespace inkling::math::reference
