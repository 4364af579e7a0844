#include "models/session_vectors/session_vectors_serve.h"

#include <span>
#include <vector>

#include "models/session_vectors/session_vectors_params_yaml.h"

namespace inkling::models::session_vectors {

using base::Result;

base::Status write_vectors(const index::ItemVectors& vectors, artifact::SafetensorsWriter& out) {
  const auto rows = static_cast<std::int64_t>(vectors.rows()), dim = static_cast<std::int64_t>(vectors.dim());
  INKLING_TRY(out.add<std::uint64_t>("items", {rows}, vectors.items()));
  return out.add<float>("vectors", {rows, dim}, vectors.values());
}

Result<index::ItemVectors> read_vectors(const artifact::Safetensors& weights) {
  INKLING_ASSIGN(const auto items, weights.values<std::uint64_t>("items", {-1}));
  INKLING_ASSIGN(const auto values, weights.floats("vectors", {static_cast<std::int64_t>(items.size()), -1}));
  const std::size_t dim = items.empty() ? 1 : values.size() / items.size();
  return index::ItemVectors::make(dim, {items.begin(), items.end()}, {values.begin(), values.end()});
}

const VectorModel& vector_model() {
  static const VectorModel kModel = {
      "session_vectors", kParamsYaml,
      [](const artifact::PackageManifest&, const artifact::Safetensors& weights) { return read_vectors(weights); }};
  return kModel;
}

}  // namespace inkling::models::session_vectors
