// A value of a YAML file, whose scalars were read as text, as the parameter that somebody wrote. For whoever checks a
// file against a table of ParameterSpec. Thread safety: pure function.
#pragma once

#include <string>

#include "base/core/json.h"
#include "scene/parameter.h"

namespace inkling::scene {

// `quoted`: the text stands in quotes in the file, so it is a text whatever it looks like.
[[nodiscard]] RawParameter raw_parameter(std::string name, const base::Json& value, bool quoted);

}  // namespace inkling::scene
