// What a device computes with, as a package that `inkling evaluate` takes: for the figure edge-precision.
//
//   edge_unpack DATA MODEL VERSION PRECISION NEW_VERSION
//
// Writes each tensor of that version as a device package holds it, reads it back as a device does, and writes the
// result as the new version's floats.
#include <cstdio>
#include <string>

#include "artifact/device_package.h"
#include "artifact/package.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "state/shopper_state.h"

namespace inkling::bench {
namespace {

constexpr artifact::DeviceVersions kVersions = {state::kFoldVersion, feature::kFeatureVersion};

base::Status add_as_on_device(const artifact::Safetensors& tensors, const artifact::TensorView& tensor,
                              artifact::DevicePrecision precision, artifact::SafetensorsWriter& out) {
  if (tensor.dtype != artifact::Dtype::kF32 || tensor.shape.size() < 2) {
    return out.add_bytes(tensor.name, tensor.dtype, tensor.shape, tensor.bytes);
  }
  INKLING_ASSIGN(const auto exact, tensors.floats(tensor.name, tensor.shape));
  const auto rows = static_cast<std::size_t>(tensor.shape[0]);
  artifact::DeviceWriter writer(precision, kVersions);
  INKLING_TRY(writer.add_matrix(tensor.name, rows, exact));
  const auto bytes = writer.finish();
  artifact::DeviceReader reader(bytes);
  std::span<const float> rounded;
  INKLING_TRY(reader.open(kVersions));
  INKLING_TRY(reader.tensor(rows, exact.size() / rows, rounded));
  INKLING_TRY(reader.finish());
  return out.add<float>(tensor.name, tensor.shape, rounded);
}

base::Status unpack(const std::string& data, const char* model, const char* version, const char* form,
                    const char* new_version) {
  INKLING_ASSIGN(const auto precision, artifact::device_precision_from(form));
  INKLING_ASSIGN(const auto package,
                 artifact::open_package(artifact::package_folder(data, model, version),
                                        static_cast<int>(kVersions.fold), static_cast<int>(kVersions.feature)));
  artifact::PackageManifest manifest = package.manifest();
  manifest.version = new_version;
  artifact::SafetensorsWriter writer;
  for (const artifact::TensorView& tensor : package.weights().tensors()) {
    INKLING_TRY(add_as_on_device(package.weights(), tensor, precision, writer));
  }
  return artifact::write_package(data, manifest, std::move(writer)).status();
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** arguments) {
  if (count != 6) return 2;
  const auto status = inkling::bench::unpack(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
