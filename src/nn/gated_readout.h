// From two sets of weights to one vector a candidate: a gate a step and candidate mixes the candidate's weight of
// that step with the triggers', and the mixed weights read the history out.
//
// g_tn = sigmoid(a w^x_tn + b w^c_t + k . ctx + d); w_tn = g_tn w^x_tn + (1 - g_tn) w^c_t; r_n = sum_t w_tn s_t /
// sqrt(T). Without triggers (no w^c) w = w^x exactly; without steps r = 0. Shapes: steps S [T x E] row-major; w^c [T]
// or empty; ctx [D]; W [T rows] and R [E rows] in lanes (lane_rows.h). Lifetime: copies its weights. Thread safety:
// immutable; the state belongs to one request of the caller. Cost: start() T E; forward() 2 T E operations and T
// sigmoids a candidate; neither allocates, blocks or fails. Source: "CAAM", gate of both weights; models.md B.2
// step 4. Ours: its form, and 1 / sqrt(T) in the read-out.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/lane_rows.h"
#include "nn/weight.h"

namespace inkling::nn {

struct GateWeights {
  Weight scale;    // [2]: a, b
  Weight context;  // [D]: k
  Weight bias;     // [1]: d
};

class GatedReadout {
 public:
  [[nodiscard]] static base::Result<GatedReadout> make(const GateWeights& weights,
                                                       const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::size_t context_width() const { return context_.size(); }  // D
  [[nodiscard]] static constexpr std::size_t state_size(std::size_t steps, std::size_t width) {
    return steps * (width + 2);
  }

  // Once a request. trigger_weights [T] or empty; state >= state_size(T, E) floats.
  void start(std::span<const float> steps, std::size_t width, std::span<const float> trigger_weights,
             std::span<const float> context, std::span<float> state) const;
  // The same S's T, E and trigger weights as start() had. `weights` [T rows] holds w^x and ends as w; out [E rows] =
  // r.
  void forward(std::span<const float> state, std::size_t steps, bool has_triggers, MutableLaneRows weights,
               std::size_t count, MutableLaneRows out) const;

 private:
  GatedReadout(const GateWeights& weights, const math::Kernels& kernels);

  float target_scale_;   // a
  float trigger_scale_;  // b
  float bias_;           // d
  std::vector<float> context_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
