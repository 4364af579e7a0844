// XGBoost's model document (JSON, its own format of version 1.x) as our trees. Thread safety: pure function.
// Failure: kInternal with the path inside the document, when XGBoost writes something else than it documents.
#pragma once

#include <string_view>

#include "base/core/result.h"
#include "models/purchase_gbdt/purchase_gbdt_trees.h"

namespace inkling::models::purchase_gbdt {

// The first `rounds` trees, or one empty leaf when that is none.
[[nodiscard]] base::Result<TreeColumns> trees_from_model(std::string_view model_json, int rounds);

}  // namespace inkling::models::purchase_gbdt
