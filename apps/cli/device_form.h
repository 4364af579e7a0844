// Packages for devices, by whatever model can make them. Thread safety: pure function. Failure: kUnsupported for a
// model without such a form, naming those that have one; else what the model and the frame refuse.
#pragma once

#include <cstddef>
#include <vector>

#include "artifact/device_package.h"
#include "artifact/package.h"
#include "base/core/result.h"

namespace inkling::cli {

[[nodiscard]] base::Result<std::vector<std::byte>> device_package(const artifact::Package& package,
                                                                  artifact::DevicePrecision precision);

}  // namespace inkling::cli
