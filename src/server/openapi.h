// The API's own description (OpenAPI 3.1), made from the route table and the schemas of its bodies.
// Thread safety: pure functions. Cost: about a millisecond.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/route_table.h"

namespace inkling::server {

[[nodiscard]] std::string openapi_document(std::span<const Route> routes, std::string_view version);

// {"<name>": {JSON Schema}, ...}: together every name that a route uses, each once.
[[nodiscard]] std::string_view openapi_schemas();
[[nodiscard]] std::string_view openapi_post_schemas();

}  // namespace inkling::server
