// What every model folder offers to the rest of the house. The list of all models is generated at configure time from
// the folders (cmake/Components.cmake), so adding a model touches no existing file. Wasm-clean.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "artifact/device_package.h"
#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "math/precision.h"

namespace inkling::models {

// The serving half of one model.
struct ServingModel {
  std::string_view name;         // the folder's
  std::string_view params_yaml;  // the text of params.yaml: every parameter with meaning, unit, range and default
  // Makes a scorer from a package's contents. `owner` keeps the bytes behind `weights` alive; the scorer holds it.
  // A model without a reduced form computes in float whatever `precision` asks for; its ScorerInfo says which.
  // Errors name the parameter or tensor that does not fit.
  base::Result<std::shared_ptr<const feature::Scorer>> (*load)(const artifact::PackageManifest& manifest,
                                                               const artifact::Safetensors& weights,
                                                               std::shared_ptr<const void> owner,
                                                               math::Precision precision);
  // What it reads unless the training file says otherwise; nullptr: the published lists (apps/cli/training_file.h).
  feature::BlueprintSpec (*default_features)() = nullptr;
  // Whether it takes numbers as they are, missing ones as NaN (encoder kind raw); networks need them standardised.
  bool takes_raw_numbers = false;
  // The package as a device takes it (artifact/device_package.h); nullptr: the model is not for devices.
  base::Result<std::vector<std::byte>> (*device_package)(const artifact::PackageManifest& manifest,
                                                         const artifact::Safetensors& weights,
                                                         artifact::DevicePrecision precision) = nullptr;
};

// The text of a model folder's variants.yaml: other names under which the model is trained (train/variants.h).
struct VariantsFile {
  std::string_view model;  // the folder's
  std::string_view yaml;
};

}  // namespace inkling::models

namespace inkling::plugins {

// All serving halves of this build, in alphabetical order.
[[nodiscard]] std::span<const models::ServingModel* const> models();
// Of the model folders that have one, in alphabetical order.
[[nodiscard]] std::span<const models::VariantsFile* const> variants_files();

}  // namespace inkling::plugins
