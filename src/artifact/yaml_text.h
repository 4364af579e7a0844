// A Json as block-style YAML, for files that people read; base::YamlDocument reads it back as the same value.
// Not for hand-kept comments or styles. Texts are always in double quotes, so none is mistaken for a number.
// Thread safety: pure function.
#pragma once

#include <string>

#include "base/core/json.h"

namespace inkling::artifact {

[[nodiscard]] std::string yaml_text(const base::Json& object);

}  // namespace inkling::artifact
