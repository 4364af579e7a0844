// How a package keeps what its model was trained to predict: the member "targets" of its parameters. Thread safety:
// pure functions. Failure: kInvalidInput with the path. Wasm-clean.
#pragma once

#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/scorer.h"

namespace inkling::feature {

// [{"name": "purchase_1h", "horizon_ms": 3600000}, ...]
[[nodiscard]] base::Json targets_to_json(const std::vector<Target>& targets);
// Of `params`, which must have between 1 and kMaxTargets of them.
[[nodiscard]] base::Result<std::vector<Target>> targets_from_json(const base::JsonView& params);

}  // namespace inkling::feature
