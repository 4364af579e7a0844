// Whether a training can compute where it is asked to, told before samples are made. Without LibTorch's headers.
// Failure: kInvalidInput for an unknown name, kUnsupported where this machine or LibTorch lacks the device.
#pragma once

#include <string_view>

#include "base/core/result.h"

namespace inkling::train {

// "cpu" or "cuda".
[[nodiscard]] base::Status check_device(std::string_view name);

}  // namespace inkling::train
