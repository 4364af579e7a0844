// XGBoost's model document (JSON, its own format of version 1.x) as our trees. Thread safety: pure function.
// Failure: kInternal with the path inside the document, when XGBoost writes something else than it documents.
#pragma once

#include <string_view>

#include "base/core/result.h"
#include "forest/tree_columns.h"

namespace inkling::train {

// `start` becomes the logit of base_score, as objective binary:logistic means it; where only the order of scores
// counts, as with rank:pairwise, any start will do. The first `rounds` trees, or one empty leaf when that is none.
[[nodiscard]] base::Result<forest::TreeColumns> trees_from_model(std::string_view model_json, int rounds);

}  // namespace inkling::train
