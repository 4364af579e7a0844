// AdamW that treats embedding tables row by row: a step updates only the rows whose gradient is not all zero.
// Everything else (matrices, vectors) is AdamW as LibTorch has it.
//
// A row's moments, bias corrections and decay count the steps that touched it, as if Adam had seen no others: rare
// ids take whole steps when they come and do not drift in between on old momentum. Refused: one count for all rows,
// as LibTorch's SparseAdam has it, which takes steps three times too large the first time a late row is touched.
// Clipping: the norm is over everything, as the untouched rows are zero. Moving averages are the trainer's business
// and cover all rows at every step.
//
// Gradients and moments of the dense tensors stand in one buffer each, so zeroing, norm and clipping are one pass.
// Tensors on other devices than the CPU take the same steps in LibTorch's operators.
// Thread safety: none. Cost: one pass over gradients, weights and moments; of tables, over the gradients and the
// touched rows. Determinism: no threads, fixed order.
// Source: AdamW (Loshchilov and Hutter, 2019); the lazy form for rows follows LazyAdam of TensorFlow Addons.
#pragma once

#include <torch/optim.h>

#include <cstdint>
#include <vector>

#include "math/training_steps.h"

namespace inkling::train {

class RowwiseAdam final : public torch::optim::Optimizer {
 public:
  struct Options {
    double learning_rate = 1e-3;
    double weight_decay = 0;  // of matrices and tables; vectors never decay
  };
  // `tables` are those of `parameters` that are updated row by row, [ids x width].
  RowwiseAdam(const std::vector<torch::Tensor>& parameters, const std::vector<torch::Tensor>& tables,
              const Options& options);

  void set_learning_rate(double rate) { options_.learning_rate = rate; }
  void zero_grad();
  // Shortens the gradient to this norm if it is longer; returns the norm before.
  double clip(double largest_norm);
  torch::Tensor step(LossClosure closure = nullptr) override;

  void save(torch::serialize::OutputArchive& archive) const override;
  void load(torch::serialize::InputArchive& archive) override;

 private:
  struct Dense {
    torch::Tensor weight;
    std::int64_t begin = 0;  // in the buffers
    bool decays = false;
  };
  struct Table {
    torch::Tensor weight, gradient, mean, square;
    torch::Tensor counts;  // [ids] int32: how often each row was updated
  };
  void step_dense(const Dense& dense, const math::AdamStep& step);
  void step_rows(Table& table);
  void step_rows_by_operators(Table& table);
  void correct_one_more();

  Options options_;
  std::vector<Dense> dense_;
  std::vector<Table> tables_;
  torch::Tensor gradients_, mean_, square_;  // of all dense tensors, one after another
  std::int64_t steps_ = 0;
  std::vector<float> inverse1_, inverse2_;  // 1 / (1 - beta^n)
};

}  // namespace inkling::train
