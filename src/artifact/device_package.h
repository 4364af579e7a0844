// Packages for devices: the bytes of one file, weights.safetensors of a package with the weights kept smaller. Not
// for reading: open_weights (manifest.h) expands such a file to floats, so one serving half loads every form.
//
// Float: the bytes of the package as they are. Fp16: every F32 tensor of two or more dimensions becomes F16, rounded
// to nearest. Int8: it becomes I8 with a tensor "<name>.scale", F32 [rows]: weight = scale of its row x number in
// -127..127. Tensors of one dimension (biases) and of other types stay. The manifest says which, as `precision`.
// Not wasm-clean (package.h). Thread safety: pure functions. Cost: one pass over the weights; the same package gives
// the same bytes. Failure: kInvalidInput that names the tensor with a weight that the form cannot hold (not finite;
// beyond 65504 as fp16); kUnsupported for a package that is not of floats itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "artifact/package.h"
#include "base/core/result.h"

namespace inkling::artifact {

enum class DevicePrecision : std::uint8_t { kFloat, kFp16, kInt8 };

// "float", "fp16", "int8".
[[nodiscard]] std::string_view device_precision_name(DevicePrecision precision);
// kInvalidInput for any other text, with the nearest of the three.
[[nodiscard]] base::Result<DevicePrecision> device_precision_from(std::string_view text);

[[nodiscard]] base::Result<std::vector<std::byte>> device_package(const Package& package, DevicePrecision precision);

}  // namespace inkling::artifact
