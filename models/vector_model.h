// What a model folder offers that gives every item a vector, instead of scoring shoppers (models/model.h) or ordering
// candidates (models/ranking_model.h). The list of all such models is generated at configure time from the folders
// (cmake/Components.cmake). Wasm-clean.
#pragma once

#include <span>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "index/item_vectors.h"

namespace inkling::models {

struct VectorModel {
  std::string_view name;         // the folder's
  std::string_view params_yaml;  // the text of params.yaml: every parameter with meaning, unit, range and default
  // Copies of what the package holds. Errors name the tensor that does not fit.
  base::Result<index::ItemVectors> (*load)(const artifact::PackageManifest& manifest,
                                           const artifact::Safetensors& weights);
};

}  // namespace inkling::models

namespace inkling::plugins {

// All of this build, in alphabetical order.
[[nodiscard]] std::span<const models::VectorModel* const> vector_models();

}  // namespace inkling::plugins
