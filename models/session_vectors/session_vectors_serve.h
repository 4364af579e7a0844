// The serving half of session vectors: the items' vectors out of a package. Finding neighbours among them is
// src/index's. Thread safety: pure functions. Wasm-clean.
#pragma once

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "index/item_vectors.h"
#include "models/vector_model.h"

namespace inkling::models::session_vectors {

// Tensors "items" U64 [rows], hashes of ids, increasing, and "vectors" F32 [rows x dim].
[[nodiscard]] base::Status write_vectors(const index::ItemVectors& vectors, artifact::SafetensorsWriter& out);
[[nodiscard]] base::Result<index::ItemVectors> read_vectors(const artifact::Safetensors& weights);

// The registry's entry (models/vector_model.h).
[[nodiscard]] const VectorModel& vector_model();

}  // namespace inkling::models::session_vectors
