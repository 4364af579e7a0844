// What a model folder offers that orders candidates instead of scoring shoppers (models/model.h). The list of all
// such models is generated at configure time from the folders (cmake/Components.cmake). Wasm-clean.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "basket/candidate_scorer.h"

namespace inkling::models {

struct RankingModel {
  std::string_view name;         // the folder's
  std::string_view params_yaml;  // the text of params.yaml: every parameter with meaning, unit, range and default
  // Makes a scorer that holds copies of all it needs. Errors name the feature or tensor that does not fit.
  base::Result<std::shared_ptr<const basket::CandidateScorer>> (*load)(const artifact::PackageManifest& manifest,
                                                                       const artifact::Safetensors& weights);
};

}  // namespace inkling::models

namespace inkling::plugins {

// All of this build, in alphabetical order.
[[nodiscard]] std::span<const models::RankingModel* const> ranking_models();

}  // namespace inkling::plugins
