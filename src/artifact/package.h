// Model packages on disk: <data>/packages/<name>/<version>/ with model.yaml (for people), weights.safetensors (the
// tensors, and the manifest again) and report.html (optional). A package never changes once written.
// Not for which version is live (registry).
//
// Ownership: a Package owns its bytes, 64-byte aligned; spans from weights() live as long as the Package and stay
// valid when it is moved. Thread safety: const calls from any thread. Cost: open reads the whole file and checks
// every checksum. Failure: kConflict if the version exists, kNotFound, kUnsupported for another fold or feature
// version, kCorrupt that names file and tensor.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::artifact {

class Package {
 public:
  [[nodiscard]] const PackageManifest& manifest() const { return manifest_; }
  [[nodiscard]] const Safetensors& weights() const { return weights_; }
  // The whole weights.safetensors.
  [[nodiscard]] std::span<const std::byte> weights_file() const { return {bytes_.get(), size_bytes_}; }

 private:
  friend base::Result<Package> open_package(const std::filesystem::path&, int, int);
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte[], Free> bytes_;
  std::size_t size_bytes_ = 0;
  PackageManifest manifest_;
  Safetensors weights_;
};

[[nodiscard]] std::filesystem::path package_folder(const std::filesystem::path& data_folder, std::string_view name,
                                                   std::string_view version);

// Writes the folder beside its final place and renames it in one step, so nobody sees half a package. Returns it.
// The manifest is added to the weights' metadata; an empty report writes no report.html.
[[nodiscard]] base::Result<std::filesystem::path> write_package(const std::filesystem::path& data_folder,
                                                                const PackageManifest& manifest,
                                                                SafetensorsWriter weights,
                                                                std::string_view report_html = {});

// `folder` is the version's folder; the versions are those that this build folds and computes features with.
[[nodiscard]] base::Result<Package> open_package(const std::filesystem::path& folder, int fold_version,
                                                 int feature_version);

// model.yaml alone, for lists: no weights are read, no versions checked.
[[nodiscard]] base::Result<PackageManifest> read_manifest(const std::filesystem::path& folder);

}  // namespace inkling::artifact
