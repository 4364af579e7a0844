// CAAM when it learns: its parameters, and the fused operators over them (train/fused/add_on_function.h). The serving
// half computes the same (caam_serve.h); tests hold one against the other.
//
//   e(i)   sum of the item's embeddings (caam_vocabulary.h); s_t = e(i_t) + kind + age; c_c = e(ticked); x =
//   e(candidate) w^x_t  MLP of [s_t, x, s_t - x, s_t * x], leaky ReLU, no softmax: DIN's unit (KDD 2018, section 4.3)
//   w^c_t  T sum_k o_k mean_c softmax_t((W^Q_k c_c) . (W^K_k s_t) / sqrt(E/h)): ticked items as queries
//   w_t    g w^x + (1 - g) w^c,  g = sigmoid(a w^x + b w^c + k . request + d); without triggers w^x
//   r      sum_t w_t s_t / sqrt(T); 0 without history
//   logit  MLP of [r, x, p, x * p, u, request, candidate];  p the triggers' mean, u the unticked items'
//
// Shapes: a sample has T steps, C triggers and N candidates, each of them 0 or more; logits are [sum of N, outputs].
// Thread safety: none. Threads: the operators run on the caller's alone, LibTorch's on as many as it is allowed.
// Failure: LibTorch throws. Source: the article on CAAM; models.md B.2, which says what we chose.
#pragma once

#include <torch/nn.h>

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "models/caam/caam_architecture.h"
#include "models/caam/caam_input.h"
#include "train/fused/add_on_function.h"
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

  // Logits, differentiable (backward() adds to .grad), for losses that LibTorch's operators make.
  [[nodiscard]] torch::Tensor forward(std::span<const NetworkSample* const> samples);
  // A whole step of a loss of one logit without a graph: adds to every parameter's .grad and returns the loss.
  // labels: [sum of N].
  [[nodiscard]] double add_gradients(std::span<const NetworkSample* const> samples, const torch::Tensor& labels,
                                     train::fused::AddOnFunction::Loss loss);
  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  // Under their names in a package; they share their values with the network.
  [[nodiscard]] train::NamedTensors weights() const;
  // Updated row by row; [ids x E].
  [[nodiscard]] std::vector<torch::Tensor> tables() const;

 private:
  // What the layers read of samples, and in training what is dropped of it, drawn anew.
  struct Read {
    train::fused::AddOnBatch batch;
    train::fused::AddOnFunction::Masks masks;
  };
  void add_trigger_attention();
  [[nodiscard]] train::fused::AddOnParameters body_parameters() const;
  [[nodiscard]] Read read(std::span<const NetworkSample* const> samples) const;

  Architecture architecture_;
  std::array<torch::Tensor, kItemTables> item_tables_;
  torch::Tensor kinds_, ages_;
  std::vector<torch::nn::Linear> attention_, top_;
  torch::Tensor query_, key_, heads_;
  torch::Tensor gate_scale_, gate_context_, gate_bias_;
  Dropouts dropouts_;
  std::optional<train::fused::AddOnFunction> body_;  // all up to what the top MLP reads
};

}  // namespace inkling::models::caam
