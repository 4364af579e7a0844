#include "artifact/manifest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace inkling::artifact {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::size_t kNameLimitBytes = 64;
constexpr std::uint64_t kSeedLimit = std::uint64_t{1} << 63;

bool is_model_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kNameLimitBytes && std::all_of(name.begin(), name.end(), allowed);
}

Status check_name(const char* key, const std::string& name) {
  if (is_model_name(name)) return {};
  return base::invalid_input(std::string(key) + ": \"" + name +
                             "\" is no model name; use 1 to 64 of a-z, 0-9, _ and -.");
}

Result<std::map<std::string, double>> read_metrics(const JsonView& view) {
  INKLING_ASSIGN(const JsonView object, view.member("metrics"));
  const Json::Object* members = object.json().if_object();
  if (members == nullptr) return object.refuse("expected an object of numbers");
  std::map<std::string, double> metrics;
  for (const base::JsonMember& member : *members) {
    INKLING_ASSIGN(metrics[member.key], object.number(member.key));
  }
  return metrics;
}

Result<PackageManifest> read_fields(const JsonView& view) {
  constexpr int kMostInt = std::numeric_limits<int>::max();
  PackageManifest manifest;
  INKLING_ASSIGN(manifest.name, view.text("name"));
  if (view.has("model")) {
    INKLING_ASSIGN(manifest.model, view.text("model"));
  }
  INKLING_ASSIGN(manifest.version, view.text("version"));
  if (view.has("parent")) {
    INKLING_ASSIGN(manifest.parent, view.text("parent"));
  }
  INKLING_ASSIGN(manifest.created_ms, view.integer("created_ms"));
  INKLING_ASSIGN(const std::int64_t seed, view.integer("seed", 0));
  manifest.seed = static_cast<std::uint64_t>(seed);
  INKLING_ASSIGN(const std::int64_t fold_version, view.integer("fold_version", 0, kMostInt));
  manifest.fold_version = static_cast<int>(fold_version);
  INKLING_ASSIGN(const std::int64_t feature_version, view.integer("feature_version", 0, kMostInt));
  manifest.feature_version = static_cast<int>(feature_version);
  INKLING_ASSIGN(manifest.data_from_ms, view.integer("data_from_ms"));
  INKLING_ASSIGN(manifest.data_to_ms, view.integer("data_to_ms"));
  INKLING_ASSIGN(manifest.metrics, read_metrics(view));
  INKLING_ASSIGN(const JsonView params, view.member("params"));
  manifest.params = params.json();
  INKLING_ASSIGN(const JsonView features, view.member("features"));
  manifest.features = features.json();
  return manifest;
}

}  // namespace

std::int64_t version_number(std::string_view version) {
  if (version.size() < 2 || version.size() > 10 || version[0] != 'v' || version[1] == '0') return 0;
  std::int64_t number = 0;
  for (const char c : version.substr(1)) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + (c - '0');
  }
  return number;
}

Json manifest_to_json(const PackageManifest& manifest) {
  Json metrics = Json::object();
  for (const auto& [name, value] : manifest.metrics) metrics.set(name, value);
  Json json = Json::object();
  json.set("format", kPackageFormat).set("name", manifest.name).set("version", manifest.version);
  if (!manifest.parent.empty()) json.set("parent", manifest.parent);
  json.set("created_ms", manifest.created_ms).set("seed", static_cast<std::int64_t>(manifest.seed));
  json.set("fold_version", manifest.fold_version).set("feature_version", manifest.feature_version);
  json.set("data_from_ms", manifest.data_from_ms).set("data_to_ms", manifest.data_to_ms);
  json.set("metrics", std::move(metrics)).set("params", manifest.params).set("features", manifest.features);
  if (!manifest.model.empty()) json.set("model", manifest.model);
  return json;
}

Result<PackageManifest> manifest_from_json(const Json& json) {
  const JsonView view(json);
  const auto format = view.integer("format", 1);
  if (!format.ok()) return base::corrupt(format.status().message());
  if (*format > kPackageFormat) {
    return base::unsupported("the package has format " + std::to_string(*format) +
                             ", but this build reads formats up to " + std::to_string(kPackageFormat) +
                             "; use a newer build of Inkling.");
  }
  auto manifest = read_fields(view);
  if (!manifest.ok()) return base::corrupt(manifest.status().message());
  const Status checked = check_manifest(*manifest);
  if (!checked.ok()) return base::corrupt(checked.message());
  return manifest;
}

Status check_manifest(const PackageManifest& manifest) {
  INKLING_TRY(check_name("name", manifest.name));
  if (!manifest.model.empty()) INKLING_TRY(check_name("model", manifest.model));
  if (version_number(manifest.version) == 0) {
    return base::invalid_input("version: \"" + manifest.version + "\" is no version; use v1, v2 and so on.");
  }
  if (!manifest.parent.empty() && version_number(manifest.parent) == 0) {
    return base::invalid_input("parent: \"" + manifest.parent + "\" is no version; use v1, v2 and so on.");
  }
  if (manifest.seed >= kSeedLimit) {
    return base::invalid_input("seed: " + std::to_string(manifest.seed) + " is not below 2^63.");
  }
  for (const auto& [name, value] : manifest.metrics) {
    if (!std::isfinite(value)) return base::invalid_input("metrics." + name + ": the value is not a finite number.");
  }
  return {};
}

Status check_versions(const PackageManifest& manifest, int fold_version, int feature_version) {
  const auto check = [&](const char* what, int found, int expected) -> Status {
    if (found == expected) return {};
    return base::unsupported("model " + manifest.name + " " + manifest.version + " was trained with " + what +
                             " version " + std::to_string(found) + ", but this build has " + what + " version " +
                             std::to_string(expected) + "; the model must be retrained.");
  };
  INKLING_TRY(check("fold", manifest.fold_version, fold_version));
  return check("feature", manifest.feature_version, feature_version);
}

Result<Weights> open_weights(std::span<const std::byte> file_bytes, int fold_version, int feature_version) {
  INKLING_ASSIGN(Safetensors tensors, Safetensors::parse(file_bytes));
  INKLING_TRY(tensors.verify_checksums());
  const auto text = tensors.metadata().find(std::string(kManifestKey));
  if (text == tensors.metadata().end()) {
    return base::corrupt("the metadata has no \"" + std::string(kManifestKey) + "\", so this is no model package.");
  }
  const std::string where = "metadata \"" + std::string(kManifestKey) + "\"";
  const auto json = Json::parse(text->second);
  if (!json.ok()) return base::corrupt(where + ": " + json.status().message());
  auto manifest = manifest_from_json(*json);
  if (!manifest.ok()) return manifest.status().within(where);
  INKLING_TRY(check_versions(*manifest, fold_version, feature_version));
  return Weights{*std::move(manifest), std::move(tensors)};
}

}  // namespace inkling::artifact
