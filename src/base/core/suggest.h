// "Did you mean ...?": the valid choice nearest to what was found, for error messages.
// Not for search: it compares names by edit distance (a swap of neighbours counts one, case counts nothing).
// Thread safety: pure functions. Cost: found x choice bytes for each choice; meant for the error path.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace inkling::base {

// The choice nearest to `found`, or "" when none resembles it (more than a third of its letters, at least two,
// differ) and none begins or ends with it, or the other way round.
[[nodiscard]] std::string nearest(std::string_view found, std::span<const std::string_view> choices);
[[nodiscard]] std::string nearest(std::string_view found, std::span<const std::string> choices);

// "expected one of a, b, c; did you mean b?"; the question is left out when nothing is near, and a long list is cut.
// Without any choice it is "none is known".
[[nodiscard]] std::string expected_one_of(std::string_view found, std::span<const std::string_view> choices);
[[nodiscard]] std::string expected_one_of(std::string_view found, std::span<const std::string> choices);

}  // namespace inkling::base
