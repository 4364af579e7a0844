// The network's layers as serving computes them, made from a package. Not for reading requests (caam_input.h). The
// plain form of the same is CaamNetwork (caam_network_net.h), to which tests hold it.
//
// Ownership: copies all it takes from the package. Thread safety: immutable. Failure: make() names the tensor that is
// missing or of another shape.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "artifact/safetensors.h"
#include "models/caam/caam_architecture.h"
#include "models/caam/caam_vocabulary.h"
#include "nn/batch_mlp.h"
#include "nn/gated_readout.h"
#include "nn/target_attention.h"
#include "nn/trigger_attention.h"

namespace inkling::models::caam {

class ItemEmbedding {
 public:
  [[nodiscard]] static base::Result<ItemEmbedding> make(const artifact::Safetensors& weights,
                                                        const Vocabulary& vocabulary, std::size_t dim);
  [[nodiscard]] std::size_t dim() const { return dim_; }
  // vector [dim]
  void item(const ItemRows& rows, std::span<float> vector) const;
  void step(const StepRows& rows, std::span<float> vector) const;
  // The mean of the items; zero of none.
  void pool(std::span<const ItemRows> items, std::span<float> vector) const;

 private:
  explicit ItemEmbedding(std::size_t dim) : dim_(dim) {}
  void add(const std::vector<float>& table, std::uint32_t row, std::span<float> vector) const;

  std::size_t dim_;
  std::array<std::vector<float>, kItemTables> tables_;
  std::vector<float> kinds_, ages_;
};

struct Layers {
  ItemEmbedding embedding;
  nn::TargetAttention attention;
  std::optional<nn::TriggerAttention> triggers;  // none: the variant does not look at them
  nn::GatedReadout readout;                      // without triggers it mixes nothing
  nn::BatchMlp top;
};

[[nodiscard]] base::Result<Layers> make_layers(const artifact::Safetensors& weights, const Architecture& architecture,
                                               const Vocabulary& vocabulary);

}  // namespace inkling::models::caam
