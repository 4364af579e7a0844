// What a package of the model holds beside the network's weights and the statistics: names, means and spreads. Thread
// safety: pure functions. Failure: errors name the tensor.
#pragma once

#include "artifact/safetensors.h"
#include "models/caam/caam_columns.h"
#include "models/caam/caam_vocabulary.h"

namespace inkling::models::caam {

struct InputTables {
  Vocabulary vocabulary;
  Normal request;
  Normal candidate;
};

[[nodiscard]] base::Status write_input_tables(const InputTables& tables, artifact::SafetensorsWriter& out);
[[nodiscard]] base::Result<InputTables> read_input_tables(const artifact::Safetensors& weights);

}  // namespace inkling::models::caam
