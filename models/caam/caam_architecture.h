// What the network looks like, without how it is trained: what both halves need. Defaults and meanings: params.yaml.
// Thread safety: plain values. Failure: kInvalidInput that names the parameter. Source: models.md B.2.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::models::caam {

enum class Triggers : std::uint8_t { kNone, kPooled, kAttention };
enum class Head : std::uint8_t { kSingle, kEsmm };

inline constexpr float kLeakySlope = 0.1F;  // of every hidden layer

struct Architecture {
  bool network = true;  // false: the largest recall score is the answer, and nothing is learnt
  std::int64_t embedding_dim = 32;
  std::vector<std::int64_t> attention_mlp = {80, 40};
  std::vector<std::int64_t> top_mlp = {256, 128, 64};
  std::int64_t heads = 4;
  Triggers triggers = Triggers::kAttention;
  bool rich_context = true;
  bool recall_scores = true;  // only with rich_context
  Head head = Head::kSingle;

  [[nodiscard]] std::int64_t outputs() const { return head == Head::kEsmm ? 3 : 1; }
  // Floats that the top MLP reads.
  [[nodiscard]] std::int64_t top_input() const;
};

// From complete parameters (params.yaml's names).
[[nodiscard]] base::Result<Architecture> architecture_from_json(const base::JsonView& params);

// Tensor names in the package, "attention.0.weight"; `part` is attention or top.
[[nodiscard]] std::string layer_name(const char* part, std::size_t layer, const char* what);

}  // namespace inkling::models::caam
