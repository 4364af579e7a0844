// Starts a network from an older package of the model, as a rule from one that a larger log taught without any carts:
// embeddings by their names, and the unit that weighs the history. What stands behind them reads other inputs and
// learns anew. Thread safety: none. Failure: kInvalidInput that names the tensor which does not fit, and kCorrupt.
#pragma once

#include "models/caam/caam_network_net.h"

namespace inkling::models::caam {

// `vocabulary` is the network's; what it does not share with the parent keeps its random start.
[[nodiscard]] base::Status start_from(const artifact::Safetensors& parent, const Vocabulary& vocabulary,
                                      CaamNetwork& network);

}  // namespace inkling::models::caam
