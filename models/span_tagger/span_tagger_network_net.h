// The span tagger's network in LibTorch: embeddings, one GRU a direction, emissions of all chains, and the scorer of
// pairs. The serving half computes the same (span_tagger_serve.h). Thread safety: none.
#pragma once

#include <torch/nn.h>

#include <vector>

#include "models/span_tagger/span_tagger_architecture.h"
#include "models/span_tagger/span_tagger_pairs.h"
#include "models/span_tagger/span_tagger_vocabulary.h"
#include "train/tensor_bytes.h"

namespace inkling::models::span_tagger {

// Candidates of a batch, whose states are rows of [B T, 2 H].
struct PairBatch {
  std::vector<std::int64_t> ends;     // [pairs x 4]: first and last character of the first span, then of the second
  std::vector<std::int64_t> ids;      // [pairs x kPairColumns]
  std::vector<std::int64_t> classes;  // 0: no relation
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(classes.size()); }
};

class SpanTaggerNet : public torch::nn::Module {
 public:
  SpanTaggerNet(const Architecture& architecture, const Vocabulary& vocabulary, double dropout);

  // ids [B, T, columns] int64, lengths [B] decreasing -> states [B, T, 2 H].
  [[nodiscard]] torch::Tensor states(const torch::Tensor& ids, const torch::Tensor& lengths);
  // states -> [B, T, tags of all chains].
  [[nodiscard]] torch::Tensor emissions(const torch::Tensor& states);
  // states [B T, 2 H] -> [pairs, relations + 1].
  [[nodiscard]] torch::Tensor pair_logits(const torch::Tensor& states, const PairBatch& pairs);

  [[nodiscard]] torch::Tensor transitions(std::size_t chain) const { return transitions_[chain]; }
  [[nodiscard]] train::NamedTensors weights() const;
  // Large tables, updated row by row.
  [[nodiscard]] std::vector<torch::Tensor> tables() const;

 private:
  torch::nn::Embedding add_embedding(const std::string& name, std::size_t ids, std::size_t dim);

  std::vector<torch::nn::Embedding> embeddings_;  // of each column; both columns of neighbours share one
  torch::nn::GRU recurrent_ = nullptr;
  torch::nn::Linear emissions_ = nullptr;
  std::vector<torch::Tensor> transitions_;
  std::vector<torch::nn::Embedding> pair_embeddings_;
  torch::nn::Linear pair_hidden_ = nullptr, pair_out_ = nullptr;
  torch::nn::Dropout dropout_ = nullptr;
};

}  // namespace inkling::models::span_tagger
