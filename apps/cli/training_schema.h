// The published JSON Schema of training files, made of the tables that check them: feature sources, encoders and the
// models' params.yaml. Thread safety: pure function.
#pragma once

#include "base/core/json.h"

namespace inkling::cli {

[[nodiscard]] base::Json training_schema();

}  // namespace inkling::cli
