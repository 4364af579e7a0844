// CAAM in LibTorch: the network that training fits, request by request. The serving half computes the same
// (caam_serve.h); tests hold one against the other.
//
//   e(i)   sum of the item's embeddings (caam_vocabulary.h); s_t = e(i_t) + kind + age; c_c = e(ticked); x =
//   e(candidate) w^x_t  MLP of [s_t, x, s_t - x, s_t * x], leaky ReLU, no softmax: DIN's unit (KDD 2018, section 4.3)
//   w^c_t  T sum_k o_k mean_c softmax_t((W^Q_k c_c) . (W^K_k s_t) / sqrt(E/h)): ticked items as queries
//   w_t    g w^x + (1 - g) w^c,  g = sigmoid(a w^x + b w^c + k . request + d); without triggers w^x
//   r      sum_t w_t s_t / sqrt(T); 0 without history
//   logit  MLP of [r, x, p, x * p, u, request, candidate];  p the triggers' mean, u the unticked items'
//
// Shapes: a sample has T steps, C triggers and N candidates, each of them 0 or more; logits are [sum of N, outputs].
// Thread safety: none. Failure: LibTorch throws. Source: the article on CAAM; models.md B.2, which says what we
// chose.
#pragma once

#include <torch/nn.h>

#include <array>
#include <span>
#include <vector>

#include "models/caam/caam_architecture.h"
#include "models/caam/caam_input.h"
#include "train/tensor_bytes.h"

namespace inkling::models::caam {

// Whether the candidate was clicked, put into the cart, bought.
using Deeds = std::array<float, 3>;

// One question as the network learns from it; numbers are encoded (caam_columns.h).
struct NetworkSample {
  std::vector<StepRows> steps;
  std::vector<ItemRows> triggers, unticked, candidates;
  std::vector<float> request;   // [request_width()]
  std::vector<float> features;  // [N x candidate_width()]
  std::vector<Deeds> deeds;     // [N]
};

// Only in training, against learning ids by heart: what the top MLP reads of embeddings is dropped element by
// element, and for a share of the samples all of it at once, so that the numbers must do alone.
struct Dropouts {
  double hidden = 0;       // of each hidden layer of the top MLP
  double embedding = 0;    // elements
  double blind_share = 0;  // samples
};

class CaamNetwork final : public torch::nn::Module {
 public:
  CaamNetwork(const Architecture& architecture, const Vocabulary& vocabulary, const Dropouts& dropouts);

  [[nodiscard]] torch::Tensor forward(std::span<const NetworkSample* const> samples);
  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  // Under their names in a package; they share their values with the network.
  [[nodiscard]] train::NamedTensors weights() const;
  // Updated row by row; [ids x E].
  [[nodiscard]] std::vector<torch::Tensor> tables() const;

 private:
  struct Embedded {
    torch::Tensor steps, triggers, unticked, candidates;  // [rows of all samples x E]
  };
  [[nodiscard]] Embedded embed(std::span<const NetworkSample* const> samples);
  [[nodiscard]] torch::Tensor items(const std::vector<const ItemRows*>& rows);
  [[nodiscard]] torch::Tensor target_weights(const torch::Tensor& steps, const torch::Tensor& candidates);
  [[nodiscard]] torch::Tensor trigger_weights(const torch::Tensor& steps, const torch::Tensor& triggers);
  [[nodiscard]] torch::Tensor read_history(const torch::Tensor& steps, const torch::Tensor& triggers,
                                           const torch::Tensor& candidates, const torch::Tensor& request);
  [[nodiscard]] torch::Tensor dropped(const torch::Tensor& vectors) const;
  [[nodiscard]] torch::Tensor top(torch::Tensor inputs);

  Architecture architecture_;
  std::array<torch::Tensor, kItemTables> item_tables_;
  torch::Tensor kinds_, ages_;
  std::vector<torch::nn::Linear> attention_, top_;
  torch::Tensor query_, key_, heads_;
  torch::Tensor gate_scale_, gate_context_, gate_bias_;
  Dropouts dropouts_;
};

}  // namespace inkling::models::caam
