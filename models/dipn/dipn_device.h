// DIPN in a device package (docs/formats.md): name, version, targets, blueprint and architecture between the frame's
// head and the tensors (artifact/device_package.h), which stand in the order in which the loader asks for them.
// Written from packages of servers, so that all their checks are made there; read on devices without a name or a
// sentence. Only what streams (dipn_stream.h) is for devices. Thread safety: pure functions. Reading is wasm-clean.
// Failure: writing kUnsupported with the reason why the model cannot be a device's, and what loading and the frame
// refuse; reading as the frame.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "artifact/device_package.h"
#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

// The bytes were read back by load_device_package() before they are given.
[[nodiscard]] base::Result<std::vector<std::byte>> write_device_package(const artifact::PackageManifest& manifest,
                                                                        const artifact::Safetensors& weights,
                                                                        artifact::DevicePrecision precision);

struct DeviceModel {
  std::shared_ptr<const DipnScorer> scorer;  // needs the bytes no more
  artifact::DevicePrecision precision = artifact::DevicePrecision::kFloat;
};
[[nodiscard]] base::Status load_device_package(std::span<const std::byte> bytes, DeviceModel& out);

}  // namespace inkling::models::dipn
