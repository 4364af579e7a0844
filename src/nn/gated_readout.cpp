#include "nn/gated_readout.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace inkling::nn {

GatedReadout::GatedReadout(const GateWeights& weights, const math::Kernels& kernels)
    : target_scale_(weights.scale.values[0]),
      trigger_scale_(weights.scale.values[1]),
      bias_(weights.bias.values[0]),
      context_(weights.context.values.begin(), weights.context.values.end()),
      kernels_(&kernels) {}

base::Result<GatedReadout> GatedReadout::make(const GateWeights& weights, const math::Kernels& kernels) {
  INKLING_TRY(check_shape(weights.scale, 2, 1));
  INKLING_TRY(check_shape(weights.context, weights.context.rows, 1));
  INKLING_TRY(check_shape(weights.bias, 1, 1));
  return GatedReadout(weights, kernels);
}

// The state: S^T / sqrt(T) [E x T], then the triggers' weights [T], then what they and the context add to a gate [T].
void GatedReadout::start(std::span<const float> steps, std::size_t width, std::span<const float> trigger_weights,
                         std::span<const float> context, std::span<float> state) const {
  const std::size_t count = steps.size() / width;
  assert(steps.size() == count * width && state.size() >= state_size(count, width));
  assert(context.size() == context_.size() && (trigger_weights.empty() || trigger_weights.size() == count));
  if (count == 0) return;
  const std::span<float> turned = state.first(count * width);
  kernels_->transpose(steps, width, turned, count);
  kernels_->scale(1.0f / std::sqrt(static_cast<float>(count)), turned, turned);
  if (trigger_weights.empty()) return;
  std::ranges::copy(trigger_weights, state.begin() + static_cast<std::ptrdiff_t>(turned.size()));
  const float request = kernels_->dot(context_, context) + bias_;
  const std::span<float> offsets = state.subspan(turned.size() + count, count);
  for (std::size_t t = 0; t < count; ++t) offsets[t] = trigger_scale_ * trigger_weights[t] + request;
}

void GatedReadout::forward(std::span<const float> state, std::size_t steps, bool has_triggers,
                           MutableLaneRows weights, std::size_t count, MutableLaneRows out) const {
  assert(weights.rows == steps && state.size() >= state_size(steps, out.rows));
  const std::span<const float> turned = state.first(steps * out.rows);
  const math::LaneGate gate{target_scale_, state.subspan(turned.size() + steps, steps),
                            state.subspan(turned.size(), steps)};
  for (std::size_t b = 0; b < math::blocks_of(count); ++b) {
    const std::size_t lanes = math::lanes_of(count, b);
    if (has_triggers) kernels_->gate_lanes(gate, lanes, weights.block(b));
    kernels_->lane_layer({turned, {}, out.rows, 1.0f}, weights.block(b), lanes, out.block(b));
  }
}

}  // namespace inkling::nn
