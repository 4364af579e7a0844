// What a model package says of itself, and how it travels inside weights.safetensors. Not for folders and YAML
// (package.h), nor for devices (device_package.h). Thread safety: plain values. Failure: kCorrupt for
// damaged bytes, kUnsupported for weights of another fold or feature version.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::artifact {

// The metadata key of weights.safetensors that holds the manifest as one JSON text.
inline constexpr std::string_view kManifestKey = "inkling";
// The newest format of packages that this build reads; tests/golden/package_v<n> keeps one of each readable.
inline constexpr int kPackageFormat = 1;

struct PackageManifest {
  std::string name;     // [a-z0-9_-]+, under which it is published: a model's, or that of a variant of one
  std::string model;    // whose serving half loads it; "": the one called `name`
  std::string version;  // "v1", "v2", ... up to nine digits
  std::string parent;   // the version whose weights training began with; empty: none
  std::int64_t created_ms = 0;
  std::uint64_t seed = 0;  // below 2^63
  int fold_version = 0;
  int feature_version = 0;
  std::int64_t data_from_ms = 0;
  std::int64_t data_to_ms = 0;
  std::map<std::string, double> metrics;
  base::Json params = base::Json::object();
  base::Json features = base::Json::object();  // the feature spec
  friend bool operator==(const PackageManifest&, const PackageManifest&) = default;
};

// The model whose serving half loads the package.
[[nodiscard]] inline const std::string& model_of(const PackageManifest& manifest) {
  return manifest.model.empty() ? manifest.name : manifest.model;
}

// "v12" is 12; 0 for a text that is no version.
[[nodiscard]] std::int64_t version_number(std::string_view version);

[[nodiscard]] base::Json manifest_to_json(const PackageManifest& manifest);
[[nodiscard]] base::Result<PackageManifest> manifest_from_json(const base::Json& json);

// kInvalidInput unless name and version are of the form stated above and the seed fits.
[[nodiscard]] base::Status check_manifest(const PackageManifest& manifest);

// kUnsupported unless the package was trained with these versions; names both numbers and the remedy.
[[nodiscard]] base::Status check_versions(const PackageManifest& manifest, int fold_version, int feature_version);

struct Weights {
  PackageManifest manifest;
  Safetensors tensors;  // borrows the bytes given to open_weights
};

// Checks structure, every checksum and both versions. The bytes must outlive the result.
[[nodiscard]] base::Result<Weights> open_weights(std::span<const std::byte> file_bytes, int fold_version,
                                                 int feature_version);

}  // namespace inkling::artifact
