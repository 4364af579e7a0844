// The made-up package behind tests/golden/package_v1: tests only. Changing it changes nothing in the golden folder,
// which stays as it was written; a new package format gets a new function and a new folder beside it.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"

namespace inkling::artifact::golden {

inline PackageManifest manifest_v1() {
  PackageManifest manifest;
  manifest.name = "golden";
  manifest.version = "v1";
  manifest.created_ms = 1'700'000'000'000;
  manifest.seed = 7;
  manifest.fold_version = 1;
  manifest.feature_version = 1;
  manifest.data_from_ms = 1'690'000'000'000;
  manifest.data_to_ms = 1'699'999'999'999;
  manifest.metrics = {{"auc", 0.8125}, {"log_loss", 0.1}};
  manifest.params.set("hidden", 4).set("learning_rate", 1e-3).set("note", "made up: \"quoted\", 40 % off \u2713");
  base::Json view = base::Json::object();
  view.set("name", "swipe").set("window", 128).set("numbers", base::Json().push(0.5).push(-2).push(nullptr));
  manifest.features.set("views", base::Json().push(view)).set("on device", true);
  return manifest;
}

inline base::Result<SafetensorsWriter> weights_v1() {
  SafetensorsWriter writer;
  std::array<float, 6> kernel{};
  for (std::size_t i = 0; i < kernel.size(); ++i) kernel[i] = 0.25f * static_cast<float>(i) - 0.5f;
  const std::array<float, 2> bias = {0.125f, -3.0f};
  const std::array<std::int64_t, 3> hashes = {1, -2, std::int64_t{1} << 62};
  INKLING_TRY(writer.add<float>("dense.kernel", {2, 3}, kernel));
  INKLING_TRY(writer.add<float>("dense.bias", {2}, bias));
  INKLING_TRY(writer.add<std::int64_t>("vocabulary", {3}, hashes));
  return writer;
}

}  // namespace inkling::artifact::golden
