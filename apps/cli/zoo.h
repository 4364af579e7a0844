// Every name that --model and a training file's `model` may say: each model of this build under its folder's name,
// and the variants that its variants.yaml lists. Thread safety: pure functions over the build's own texts.
// Failure: kNotFound with the nearest name; a mistake in a variants.yaml of this build names its line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "models/model.h"
#include "models/picture_model.h"
#include "models/ranking_model.h"
#include "models/tagging_model.h"
#include "models/vector_model.h"
#include "train/variants.h"

namespace inkling::cli {

struct ZooEntry {
  const models::ServingModel* serving = nullptr;
  train::ParameterTable parameters;  // the model's
  train::Variant variant;            // without presets under a model's own name
};

// Models in alphabetical order, each followed by its variants.
[[nodiscard]] base::Result<std::vector<ZooEntry>> zoo();
[[nodiscard]] base::Result<std::vector<std::string>> zoo_names();
[[nodiscard]] base::Result<ZooEntry> find_in_zoo(const std::string& name);

// nullptr: no model that orders candidates has that name, nor a variant of one (ranker_zoo.h).
[[nodiscard]] const models::RankingModel* find_ranking_model(std::string_view name);
// nullptr: no model that gives items vectors has that name. They have no variants.
[[nodiscard]] const models::VectorModel* find_vector_model(std::string_view name);
// nullptr: no model that tags texts has that name. They have no variants.
[[nodiscard]] const models::TaggingModel* find_tagging_model(std::string_view name);
[[nodiscard]] std::vector<std::string> tagging_model_names();
// nullptr: no model that sorts pictures has that name. They have no variants.
[[nodiscard]] const models::PictureModel* find_picture_model(std::string_view name);
[[nodiscard]] std::vector<std::string> picture_model_names();

}  // namespace inkling::cli
