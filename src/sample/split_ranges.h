// What a training file may ask of `split` and `more_actions`, both ends included: its check and its published schema
// read them here. Thread safety: constants.
#pragma once

#include <array>
#include <cstdint>

namespace inkling::sample {

inline constexpr std::array<std::int64_t, 2> kMoreActionsRange = {1, 1000};
inline constexpr std::array<double, 2> kTestFractionRange = {0.01, 0.9};
inline constexpr std::array<double, 2> kValidationRange = {0, 0.5};

}  // namespace inkling::sample
