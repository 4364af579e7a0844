// Fits the network to its samples: whole samples in batches, AdamW with a rate that rises and falls (one cycle), and
// the epoch that is best on the samples held out.
//
// Held out are the last of the samples in the order of time; with none, the last epoch is taken. The same samples,
// seed and thread count give the same weights. Thread safety: one thread; LibTorch runs `threads` of its own.
// Failure: kInvalidInput that names what the samples lack; LibTorch throws. Source of the schedule: Smith and Topin,
// "Super- convergence" (2018), with a cosine fall.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "models/caam/caam_loss_net.h"

namespace inkling::models::caam {

struct FitOptions {
  LossOptions loss;
  bool learnt_weights = false;
  double learning_rate = 1e-3;
  double weight_decay = 1e-4;
  double gradient_clip = 5;
  int epochs = 6;
  int patience = 3;
  int batch_samples = 64;
  int epoch_negatives = 31;  // of a sample that are shown with what was wanted, with loss listwise; 0: all
  double held_out_share = 0.1;
  std::uint64_t seed = 1;
  int threads = 1;
};

struct FitOutcome {
  int best_epoch = 0;           // from 1
  double validation_loss = 0;   // NaN: nothing was held out
  std::vector<double> balance;  // learnt weights of click, cart and purchase; empty: their plain mean
};

// Refuses samples from which the loss cannot learn: no candidate, none with a deed, or all of them with one.
[[nodiscard]] base::Status check_samples(const std::vector<NetworkSample>& samples, const LossOptions& loss);

[[nodiscard]] base::Result<FitOutcome> fit(const std::vector<NetworkSample>& samples, const FitOptions& options,
                                           CaamNetwork& network);

}  // namespace inkling::models::caam
