// What a device computes with, as a package that `inkling evaluate` takes: for the figure edge-precision.
//
//   edge_unpack DATA MODEL VERSION PRECISION NEW_VERSION
//
// Makes the device package of that version and writes its expanded weights as the new version's floats.
#include <cstdio>
#include <string>

#include "artifact/device_package.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "state/shopper_state.h"

namespace inkling::bench {
namespace {

constexpr int kFold = static_cast<int>(state::kFoldVersion);
constexpr int kFeatures = static_cast<int>(feature::kFeatureVersion);

base::Status unpack(const std::string& data, const char* model, const char* version, const char* form,
                    const char* new_version) {
  INKLING_ASSIGN(const auto precision, artifact::device_precision_from(form));
  INKLING_ASSIGN(const auto package,
                 artifact::open_package(artifact::package_folder(data, model, version), kFold, kFeatures));
  INKLING_ASSIGN(const auto bytes, artifact::device_package(package, precision));
  INKLING_ASSIGN(auto device, artifact::open_weights(bytes, kFold, kFeatures));
  device.manifest.precision.clear();
  device.manifest.version = new_version;
  artifact::SafetensorsWriter writer;
  for (const artifact::TensorView& tensor : device.tensors.tensors()) {
    INKLING_TRY(writer.add_bytes(tensor.name, tensor.dtype, tensor.shape, tensor.bytes));
  }
  return artifact::write_package(data, device.manifest, std::move(writer)).status();
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** arguments) {
  if (count != 6) return 2;
  const auto status = inkling::bench::unpack(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
