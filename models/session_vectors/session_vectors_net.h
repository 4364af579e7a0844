// The training half of session vectors: skip-gram over visits (session_vectors_skip_gram_net.h), measured on the last
// of them (session_vectors_next_item_net.h). Thread safety: as train::VectorHalf.
#pragma once

#include "train/vector_half.h"

namespace inkling::models::session_vectors {

// The registry's entry (train/vector_half.h).
[[nodiscard]] const train::VectorHalf& vector_half();

}  // namespace inkling::models::session_vectors
