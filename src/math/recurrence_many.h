// Steps of a GRU for several sequences side by side: each vector of weights that is read serves up to four of them,
// and their curves do not wait for each other. For many shoppers at once; one alone is recurrence.h, whose terms hold
// here.
//
// A sequence's sizes: projected [steps x 3 H], hidden_in [H], hidden_rows [steps x H]; steps may differ and be 0.
// Groups of four are taken in the order given: sequences of similar length beside each other waste nothing. math::f
// agrees with math::reference::f, which takes one after the other, as recurrence.h says.
#pragma once

#include <span>

#include "math/packed_matrix.h"

namespace inkling::math {

struct GruSequence {
  std::span<const float> projected;
  std::span<const float> hidden_in;
  std::span<float> hidden_rows;
};

void gru_steps_many(const PackedGates& weights, std::span<const float> hidden_bias,
                    std::span<const GruSequence> sequences);

namespace reference {

void gru_steps_many(const PackedGates& weights, std::span<const float> hidden_bias,
                    std::span<const GruSequence> sequences);

}  // namespace reference
}  // namespace inkling::math
