// The training half of rnn_dnn: the same network as rnn_dnn_serve in LibTorch's operators.
// Only this file pair and src/train include LibTorch. Source: README.md beside this file.
#pragma once

#include <utility>
#include <vector>

#include "artifact/safetensors.h"
#include "models/rnn_dnn/rnn_dnn_architecture.h"
#include "train/fit_network.h"
#include "train/tensor_bytes.h"
#include "train/training_half.h"

namespace inkling::models::rnn_dnn {

class RnnDnnNet final : public train::Network {
 public:
  RnnDnnNet(const Architecture& architecture, const feature::Blueprint& blueprint, double dropout);
  torch::Tensor forward(const train::Batch& batch) override;
  void start_from(const std::vector<double>& base_rates);
  // Every tensor under the names that rnn_dnn_serve reads; they share their values with the network.
  [[nodiscard]] train::NamedTensors weights() const;
  // A copy of them for a package.
  [[nodiscard]] base::Result<artifact::SafetensorsWriter> write() const;

 private:
  using State = std::tuple<torch::Tensor, torch::Tensor>;  // h and c, [1, B, H]
  torch::Tensor embed(const torch::Tensor& ids);
  std::vector<State> carried(const train::ViewBatch& view);
  torch::Tensor read_sequence(const train::ViewBatch& view);
  torch::Tensor read_user(const train::Batch& batch);
  std::vector<torch::nn::Linear> make_net(const char* net, std::int64_t input,
                                          const std::vector<std::int64_t>& widths);

  Architecture architecture_;
  std::vector<torch::nn::Embedding> embeddings_, statistic_embeddings_;
  std::vector<torch::nn::LSTM> layers_;
  std::vector<torch::nn::Linear> user_, head_;
  torch::nn::Dropout dropout_{nullptr};
};

[[nodiscard]] const train::TrainingHalf& training_half();

}  // namespace inkling::models::rnn_dnn
