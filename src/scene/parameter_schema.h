// The pieces of the published JSON Schemas (2020-12) that come from parameter tables: what checks a file also
// describes it. Thread safety: pure functions. Cost: meant for `inkling validate --schema` and documents.
#pragma once

#include <span>
#include <string_view>

#include "base/core/json.h"
#include "scene/parameter.h"

namespace inkling::scene {

// {"description": ..., "type": ..., "minimum": ...}: what one parameter may be.
[[nodiscard]] base::Json parameter_schema(const ParameterSpec& spec);
// An object of these members and no others.
[[nodiscard]] base::Json object_schema(base::Json members, std::span<const std::string_view> required);
// The same of a table: the parameters that it requires are required.
[[nodiscard]] base::Json parameters_schema(std::span<const ParameterSpec> specs);
// A whole document: `schema` under a title, with the dialect named.
[[nodiscard]] base::Json schema_document(std::string_view title, const base::Json& schema);

}  // namespace inkling::scene
