// The exchange half of a model, where it has one: a package's contents as an ONNX file, for engines that are not
// ours. Models without <model>_onnx.cpp have none. The list is generated at configure time from the model folders.
// Thread safety: write() from any thread. Cost: a copy of the weights.
// Failure: names the parameter or tensor that does not fit, or the switch that ONNX cannot express.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::exchange {

struct OnnxHalf {
  std::string_view name;  // the model folder's
  base::Result<std::string> (*write)(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights);
};

}  // namespace inkling::exchange

namespace inkling::plugins {

// All exchange halves of this build, in alphabetical order.
[[nodiscard]] std::span<const exchange::OnnxHalf* const> onnx_halves();

}  // namespace inkling::plugins
