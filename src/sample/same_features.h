// Whether a training asks for the features that an older package has: training can only go on from the same views,
// sources and encoders. What training fits (cut points, vocabularies, means) is not compared. Thread safety: a free
// function. Failure: kConflict that names the first place where they differ, and both values.
#pragma once

#include <string>

#include "base/core/result.h"
#include "feature/blueprint.h"

namespace inkling::sample {

// `parent_name` ("dipn v3") goes into the message.
[[nodiscard]] base::Status check_same_features(const feature::BlueprintSpec& asked,
                                               const feature::BlueprintSpec& parent, const std::string& parent_name);

}  // namespace inkling::sample
