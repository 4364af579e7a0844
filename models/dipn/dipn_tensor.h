// Where the loader's weights come from: packages of servers hold tensors by name, device packages in the order in
// which the loader asks, so nobody makes names where there are none. Internal to models/dipn. Wasm-clean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "feature/source.h"
#include "nn/weight.h"

namespace inkling::models::dipn {

enum class TensorPart : std::uint8_t {
  kEmbedding,
  kWeightHh,
  kBiasIh,
  kBiasHh,
  kWeightIh,
  kIntraState,
  kIntraLast,
  kIntraBias,
  kIntraQuery,
  kInterMerged,
  kInterBias,
  kStatisticEmbedding,
  kMlpWeight,
  kMlpBias,
  kWideWeight,
  kWideBias,
};

struct TensorKey {
  TensorPart part;
  feature::View view{};   // where it is part of one
  std::size_t index = 0;  // of a feature, statistic or layer
};

// Not on devices.
[[nodiscard]] std::string tensor_name(const TensorKey& key);

class WeightSource {
 public:
  static constexpr std::size_t kVector = 0;  // in place of columns
  virtual ~WeightSource() = default;
  // `out` stays valid while the scorer lives; its name until the source is asked again.
  [[nodiscard]] virtual base::Status take(const TensorKey& key, std::size_t rows, std::size_t columns,
                                          nn::Weight& out) = 0;
};

}  // namespace inkling::models::dipn
