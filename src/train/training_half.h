// The training half of a model, as seen from outside LibTorch: samples and parameters go in, named tensors come out.
// Thread safety: train() is called by one thread at a time; LibTorch runs `threads` of its own.
// Failure: everything LibTorch throws is caught and told as a Status.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "math/half_cpu.h"
#include "sample/build_samples.h"

namespace inkling::train {

struct EpochReport {
  int epoch = 0;  // 1-based
  double train_loss = 0;
  double validation_loss = 0;          // the joint loss on held-out shoppers; NaN without any
  std::vector<double> validation_auc;  // per target; NaN where undefined
  double seconds = 0;
  double samples_per_second = 0;
  double waited_seconds = 0;  // of `seconds`: for the next batch to be ready
  bool is_best = false;
};

// Called after every step and, with `epoch` set, after every epoch.
struct TrainingProgress {
  int epoch = 0;
  int max_epochs = 0;
  std::uint64_t samples_done = 0;  // of this epoch
  std::uint64_t samples_total = 0;
  double recent_loss = 0;
  const EpochReport* finished = nullptr;
};

// The package that training goes on from. The job's blueprint is the parent's with names added to its vocabularies.
struct Parent {
  std::string name;  // "dipn v3", for messages
  const artifact::Safetensors* weights = nullptr;
};

struct TrainingJob {
  const sample::SampleSet* samples = nullptr;
  base::Json params;  // complete (ParameterTable::complete)
  std::uint64_t seed = 1;
  int threads = 1;
  std::optional<math::ProductPath> products;  // for precision: reduced; nothing: the machine's fastest
  bool composite = false;                     // LibTorch's own operators even where the model has faster ones
  int loader_threads = 1;                     // prepare batches ahead; 0: none
  std::string device = "cpu";                 // or "cuda"
  const Parent* parent = nullptr;             // start from its weights instead of from random ones
  std::filesystem::path checkpoint;           // written after every epoch and within; empty: none
  std::int64_t checkpoint_every_ms = 60'000;  // within an epoch; 0: not by time
  std::int64_t checkpoint_every_steps = 0;    // in place of the time; 0: by time
  bool resume = false;                        // continue from the checkpoint when it is there and of this very job
  std::function<void(const TrainingProgress&)> on_progress;
  std::function<void(std::string_view)> on_note;  // a sentence for whoever started it, before the first step
  const std::atomic<bool>* stop = nullptr;        // set: finish the step, write the checkpoint, return kUnavailable
};

struct TrainedModel {
  artifact::SafetensorsWriter weights;  // the best epoch's
  base::Json params;                    // the job's and "targets"
  std::vector<EpochReport> epochs;
  int best_epoch = 0;
};

class TrainingHalf {
 public:
  virtual ~TrainingHalf() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Whether train() can start from job.parent.
  [[nodiscard]] virtual bool goes_on() const { return false; }
  [[nodiscard]] virtual base::Result<TrainedModel> train(const TrainingJob& job) const = 0;
};

}  // namespace inkling::train

namespace inkling::plugins {

// All training halves of this build, in alphabetical order (generated from the model folders).
[[nodiscard]] std::span<const train::TrainingHalf* const> training_halves();

}  // namespace inkling::plugins
