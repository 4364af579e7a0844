// The training half of a model that gives every item a vector: visits and parameters go in, named tensors come out.
// Thread safety: train() is called by one thread at a time. Failure: a Status that names what is wrong with the
// visits or the parameters.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "train/visit_log.h"

namespace inkling::train {

struct VectorJob {
  const VisitLog& visits;
  base::Json params;  // complete (ParameterTable::complete)
  std::uint64_t seed = 1;
};

struct LearntVectors {
  artifact::SafetensorsWriter weights;
  std::map<std::string, double> metrics;  // of what was held out; empty when nothing was
  std::size_t items = 0;
};

class VectorHalf {
 public:
  virtual ~VectorHalf() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual base::Result<LearntVectors> train(const VectorJob& job) const = 0;
};

}  // namespace inkling::train

namespace inkling::plugins {

// All of this build, in alphabetical order (generated from the model folders).
[[nodiscard]] std::span<const train::VectorHalf* const> vector_halves();

}  // namespace inkling::plugins
