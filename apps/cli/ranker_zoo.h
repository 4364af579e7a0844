// Every name under which a model that orders candidates is trained: each such model of this build under its folder's
// name, and the variants that its variants.yaml lists. As zoo.h has it for models of shoppers. Thread safety: pure
// functions over the build's own texts. Failure: kNotFound with the nearest name.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "models/ranking_model.h"
#include "train/variants.h"

namespace inkling::cli {

struct RankerEntry {
  const models::RankingModel* model = nullptr;
  train::ParameterTable parameters;  // the model's
  train::Variant variant;            // without presets under a model's own name
};

// Models in alphabetical order, each followed by its variants.
[[nodiscard]] base::Result<std::vector<RankerEntry>> ranker_zoo();
[[nodiscard]] base::Result<RankerEntry> find_ranker(const std::string& name);

}  // namespace inkling::cli
