// The training loop that models share: seeded order, row-wise AdamW, clipped gradients, early stopping on held-out
// shoppers, checkpoints within and after every epoch, resume that continues as if never stopped.
//
// Determinism: everything random depends on (seed, epoch) or (seed, step) only, so the same job gives the same
// weights on the same machine and thread count, resumed or not. Batches group samples of similar length
// (epoch_order.h) and are prepared ahead (batch_loader.h). The network moves to the job's device and comes back to
// the CPU. Failure: see TrainingJob; LibTorch's exceptions pass through here and are caught by the model's train().
#pragma once

#include <torch/nn.h>
#include <torch/optim.h>

#include <vector>

#include "train/checkpoint.h"
#include "train/sequence_data.h"
#include "train/training_half.h"

namespace inkling::train {

// A network over batches: logits [B, K].
class Network : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(const Batch& batch) = 0;
  // Adds share x the gradient of the batch's joint loss to the parameters' .grad and returns share x that loss.
  [[nodiscard]] virtual double add_gradients(const Batch& batch, const std::vector<double>& loss_weights,
                                             double share);
  // Embedding tables, [ids x width], which the optimiser updates row by row.
  [[nodiscard]] virtual std::vector<torch::Tensor> tables() const { return {}; }
  // So many samples of a batch go forward and back at once, their gradients adding up; 0: all of them.
  [[nodiscard]] virtual std::int64_t micro_batch() const { return 0; }
};

struct FitOptions {
  std::vector<double> loss_weights;  // per target
  double learning_rate = 1e-3;
  double weight_decay = 0;        // of matrices and touched rows of tables; biases and vectors never decay
  std::int64_t warmup_steps = 0;  // the step size grows linearly to learning_rate over so many steps
  double average_decay = 0;       // exponential moving average of the weights, scored in their place; 0: none
  double gradient_clip = 5;
  std::int64_t batch_size = 128;
  int max_epochs = 20;
  int patience = 3;
};

// Leaves the best epoch's weights in `network` (the last epoch's when there are no validation samples).
[[nodiscard]] base::Result<FitOutcome> fit_network(Network& network, const SequenceData& data,
                                                   const FitOptions& options, const TrainingJob& job);

// Sum over targets of weight x mean binary cross-entropy, divided by the sum of weights.
[[nodiscard]] torch::Tensor joint_loss(const torch::Tensor& logits, const torch::Tensor& labels,
                                       const std::vector<double>& weights);

// Bounds LibTorch's own threads and OpenBLAS's (which ignores LibTorch's setting).
void limit_threads(int threads);
// Whether the BLAS behind LibTorch is OpenBLAS: reference BLAS is some 25 times slower.
[[nodiscard]] bool has_fast_blas();

}  // namespace inkling::train
