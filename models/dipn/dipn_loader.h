// Fills a DipnScorer with layers, from whatever holds its weights. Internal to models/dipn. Wasm-clean.
#pragma once

#include <cstddef>

#include "models/dipn/dipn_serve.h"
#include "models/dipn/dipn_tensor.h"

namespace inkling::models::dipn {

class DipnLoader {
 public:
  // Of a scorer that knows its blueprint, architecture and info and has no layers yet.
  DipnLoader(DipnScorer& scorer, WeightSource& source)
      : scorer_(scorer),
        source_(source),
        shape_(scorer.architecture_),
        kernels_(*scorer.kernels_),
        hidden_(static_cast<std::size_t>(shape_.hidden)),
        embedding_dim_(static_cast<std::size_t>(shape_.embedding_dim)) {}

  [[nodiscard]] base::Status load();

 private:
  [[nodiscard]] std::size_t gates_size() const { return static_cast<std::size_t>(shape_.gate_count()) * hidden_; }
  base::Status matrix(const TensorKey& key, std::size_t rows, std::size_t columns, nn::Weight& out);
  base::Status vector(const TensorKey& key, std::size_t size, nn::Weight& out);
  base::Result<nn::Embedding> embedding(const TensorKey& key, const feature::Encoder& encoder);
  base::Result<nn::Dense> dense(const TensorKey& weight, const TensorKey& bias, std::size_t out, std::size_t in,
                                nn::Activation activation);
  base::Status load_view(const feature::ViewSpec& spec);
  base::Status load_cell(feature::View view, DipnScorer::ViewLayers& layers);
  base::Status load_input(const feature::ViewSpec& spec, DipnScorer::ViewLayers& layers);
  base::Status load_intra(feature::View view, DipnScorer::ViewLayers& layers);
  base::Status load_inter(feature::View view, DipnScorer::ViewLayers& layers);
  base::Status load_statistics();
  base::Status load_mlp();

  DipnScorer& scorer_;
  WeightSource& source_;
  const Architecture& shape_;
  const math::Kernels& kernels_;
  std::size_t hidden_, embedding_dim_;
  std::size_t largest_folded_vocab_ = 0;
};

}  // namespace inkling::models::dipn
