// Finds what somebody probably meant: for messages about names that do not exist. Not for search.
// Thread safety: any thread. Cost: product of the lengths, so only on the error path.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace inkling::scene {

// The known name with the smallest edit distance, "" when none is close (more than a third of the letters differ).
[[nodiscard]] std::string_view nearest_name(std::string_view name, std::span<const std::string_view> known);

// `nearest is "low"` or `known are high, low`.
[[nodiscard]] std::string suggest_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace inkling::scene
