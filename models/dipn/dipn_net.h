// The training half of DIPN: the same network as dipn_serve, in LibTorch's composite operators and, for the
// combinations that has_fused_form() names, in the fused ones of train/fused, which the CPU takes by itself. Both
// compute the same. Only this file pair and src/train include LibTorch. Source: models.md A.3; every [P] switch is in
// params.yaml.
#pragma once

#include <memory>

#include "artifact/safetensors.h"
#include "models/dipn/dipn_architecture.h"
#include "train/fit_network.h"
#include "train/fused/body_function.h"
#include "train/fused/loss_function.h"
#include "train/tensor_bytes.h"
#include "train/training_half.h"
#include "train/warm_start.h"

namespace inkling::models::dipn {

// One view: embeddings, recurrent cell, the two attentions.
class ViewNetImpl : public torch::nn::Module {
 public:
  ViewNetImpl(const Architecture& architecture, const feature::ViewSpec& spec, bool reads_context);

  struct States {
    torch::Tensor rows;     // [B, T, H], zero beyond each sample's length
    torch::Tensor mask;     // [B, T] bool, true where there is a record
    torch::Tensor lengths;  // [B] int64
  };
  // The window's hidden states, after the intra-view attention if there is one.
  States forward(const train::ViewBatch& batch);
  // [B, view_width]: what goes to the MLP, from this view's states and those it looks at.
  torch::Tensor read_out(const States& own, const torch::Tensor& other_rows, const torch::Tensor& other_mask);
  // For the fused form; GRU only.
  [[nodiscard]] train::fused::ViewParameters parameters_of_view() const;
  [[nodiscard]] train::fused::ViewShape shape() const;
  [[nodiscard]] const std::vector<torch::nn::Embedding>& embeddings() const { return embeddings_; }
  // Adds its tensors under the names that dipn_serve reads; they share their values with the network.
  void add_weights(const std::string& view, train::NamedTensors& out) const;

 private:
  torch::Tensor embed(const torch::Tensor& ids);
  torch::Tensor run_cell(const train::ViewBatch& batch);
  torch::Tensor attend(const torch::Tensor& rows, const torch::Tensor& mask, const torch::Tensor& lengths);
  torch::Tensor context(const States& own, const torch::Tensor& other_rows, const torch::Tensor& other_mask);

  Architecture architecture_;
  std::vector<torch::nn::Embedding> embeddings_;
  torch::nn::GRU gru_{nullptr};
  torch::nn::LSTM lstm_{nullptr};
  torch::Tensor intra_state_, intra_last_, intra_bias_, intra_query_;
  torch::Tensor inter_merged_, inter_bias_;
};
TORCH_MODULE(ViewNet);

enum class Form : std::uint8_t { kFastest, kComposite };

// GRU, the other views only, residual combination: everything else runs in the composite form.
[[nodiscard]] bool has_fused_form(const Architecture& architecture);

class DipnNet final : public train::Network {
 public:
  // `path`: the fused form multiplies bf16 factors in its large products.
  DipnNet(const Architecture& architecture, const feature::Blueprint& blueprint, double dropout,
          Form form = Form::kFastest, train::fused::ReducedPath path = {});
  torch::Tensor forward(const train::Batch& batch) override;
  // Fused: without a graph over MLP and loss.
  [[nodiscard]] double add_gradients(const train::Batch& batch, const std::vector<double>& loss_weights,
                                     double share) override;
  [[nodiscard]] std::int64_t micro_batch() const override;
  [[nodiscard]] std::vector<torch::Tensor> tables() const override;
  // What the views read out, [B, views x view_width]: the part of forward() that has two forms.
  torch::Tensor read_views(const std::vector<train::ViewBatch>& batch);
  [[nodiscard]] train::fused::BodyShape body_shape() const;
  [[nodiscard]] std::vector<train::fused::ViewParameters> body_parameters() const;
  // Starts from the base rates instead of learning them: one logit per target into the last bias.
  void start_from(const std::vector<double>& base_rates);
  // Every tensor under the names that dipn_serve reads; they share their values with the network.
  [[nodiscard]] train::NamedTensors weights() const;
  // A copy of them for a package.
  [[nodiscard]] base::Result<artifact::SafetensorsWriter> write() const;

 private:
  torch::Tensor statistics(const train::Batch& batch);
  [[nodiscard]] bool runs_fused() const;
  torch::Tensor read_views_composite(const std::vector<train::ViewBatch>& batch);
  Architecture architecture_;
  Form form_;
  train::fused::ReducedPath path_;
  std::unique_ptr<train::fused::BodyFunction> fused_;  // made at the first use
  std::vector<std::string> view_names_;
  std::vector<ViewNet> views_;
  std::vector<torch::nn::Embedding> statistic_embeddings_;
  std::vector<torch::nn::Linear> mlp_;
  torch::nn::Linear wide_{nullptr};
  torch::nn::Dropout dropout_{nullptr};
  train::fused::LossFunction loss_;
};

// The encoder behind each embedding table, by its name in a package.
[[nodiscard]] train::TableEncoders table_encoders(const feature::Blueprint& blueprint);

[[nodiscard]] const train::TrainingHalf& training_half();

}  // namespace inkling::models::dipn
