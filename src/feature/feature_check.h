// What the parts of a blueprint demand of each other, told one by one: blueprint_from_json asks while it reads, so
// that one mistake hides no other, and Blueprint::make for specs that were put together in C++. Private to
// src/feature. Failure: kInvalidInput; the message starts with the place inside the blueprint. Wasm-clean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "feature/blueprint.h"

namespace inkling::feature {

// Of a view's feature, or of a statistic when `view` is empty.
[[nodiscard]] base::Result<ValueKind> check_source(const std::string& place, const std::string& source,
                                                   std::optional<View> view);
[[nodiscard]] base::Status check_encoder(const std::string& place, const FeatureSpec& feature, ValueKind source_kind,
                                         std::optional<View> view);
// Whether views[index] stands behind views that come before it, and only once.
[[nodiscard]] base::Status check_place(const std::vector<ViewSpec>& views, std::size_t index);

}  // namespace inkling::feature
