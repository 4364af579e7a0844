// What the trees read unless a training file says otherwise: the article's rival saw no gestures, so only the session
// as the browse records tell it (Romov and Sokolov's families) and the user's statistics. Thread safety: pure
// function. Wasm-clean. Source: models.md A.5 (RecSys 2015 winner), A.1 (extra inputs of every model).
#pragma once

#include "feature/blueprint.h"

namespace inkling::models::purchase_gbdt {

// Statistics only: numbers raw, names as vocabularies.
[[nodiscard]] feature::BlueprintSpec default_features();

}  // namespace inkling::models::purchase_gbdt
