// What a device tells its application, as JSON. Internal to apps/edge. inkling_edge.h says what the members mean.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "apps/edge/gesture_ledger.h"
#include "feature/scorer.h"

namespace inkling::edge {

[[nodiscard]] std::string info_json(const feature::ScorerInfo& info, std::string_view precision,
                                    std::size_t memory_bytes);
[[nodiscard]] std::string explain_json(std::span<const feature::ViewAttention> views);
[[nodiscard]] std::string gestures_json(const GestureBatch& batch);

}  // namespace inkling::edge
