// What stands behind the '?' of a request's target. Thread safety: pure. Cost: one pass over the target.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::server {

// Every value of the member `name`, decoded (%2C and '+' too), in order. `target` is one that the route table
// matched.
[[nodiscard]] std::vector<std::string> query_values(std::string_view target, std::string_view name);

// The first of them; nullopt when the query does not say it.
[[nodiscard]] std::optional<std::string> query_value(std::string_view target, std::string_view name);

}  // namespace inkling::server
