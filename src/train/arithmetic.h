// What a training job's parameter `precision` means on this machine. Without LibTorch's headers.
// Thread safety: pure functions. Failure: none; the parameter table has checked the name. Source: math/precision.h,
// which decides the same for serving.
#pragma once

#include <optional>

#include "train/training_half.h"

namespace inkling::train {

// False too for a model without such a parameter.
[[nodiscard]] bool asks_for_reduced(const TrainingJob& job);
// How large products multiply bf16 factors. Nothing: float, asked for or because no path is faster here.
[[nodiscard]] std::optional<math::ProductPath> reduced_path(const TrainingJob& job);

}  // namespace inkling::train
