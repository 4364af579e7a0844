#include "train/fit_network.h"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "base/core/hash.h"
#include "base/core/number_text.h"
#include "eval/auc.h"
#include "train/checkpoint.h"
#include "train/device.h"
#include "train/epoch_order.h"
#include "train/micro_batch.h"
#include "train/rowwise_adam.h"

namespace inkling::train {
namespace {

using base::Result;
using base::Status;
using Clock = std::chrono::steady_clock;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Random numbers of a step (dropout) depend on (seed, step) only, so that going on from any step repeats them.
void seed_step(std::uint64_t seed, std::int64_t step) {
  torch::manual_seed(base::mix64(seed ^ (static_cast<std::uint64_t>(step) << 20)));
}

class Fitting {
 public:
  Fitting(Network& network, const SequenceData& data, const FitOptions& options, const TrainingJob& job,
          const torch::Device& device)
      : network_(network),
        data_(data),
        options_(options),
        job_(job),
        device_(device),
        optimizer_(network.parameters(), network.tables(), {options.learning_rate, options.weight_decay}),
        best_(snapshot(network)),
        average_(snapshot(network)) {}  // of its own: copies of a tensor share their values

  Result<FitOutcome> run() {
    if (!job_.checkpoint.empty()) remove_unfinished_checkpoints(job_);
    if (job_.resume && !job_.checkpoint.empty()) INKLING_TRY(resume());
    while (!finished()) {
      INKLING_TRY(epoch(static_cast<int>(outcome_.epochs.size()) + 1));
      INKLING_TRY(save());
    }
    restore(network_, best_);
    return outcome_;
  }

 private:
  [[nodiscard]] bool finished() const {
    const int done = static_cast<int>(outcome_.epochs.size());
    return done >= options_.max_epochs || (done > 0 && done - outcome_.best_epoch >= options_.patience);
  }

  Status save() {
    saved_ = Clock::now();
    if (job_.checkpoint.empty()) return {};
    Checkpoint checkpoint{outcome_, position_, steps_, {}};
    add_group(checkpoint.tensors, "weights", network_.parameters());
    add_group(checkpoint.tensors, "buffers", network_.buffers());
    add_group(checkpoint.tensors, "best", best_);
    add_group(checkpoint.tensors, "average", average_);
    checkpoint.tensors.emplace_back("optimizer", optimizer_state(optimizer_));
    return save_checkpoint(job_, checkpoint);
  }

  Status resume() {
    INKLING_ASSIGN(std::optional<Checkpoint> found, load_checkpoint(job_));
    if (!found.has_value()) return {};
    outcome_ = std::move(found->outcome);
    position_ = found->position;
    steps_ = found->steps;
    INKLING_TRY(copy_group(found->tensors, "weights", network_.parameters()));
    INKLING_TRY(copy_group(found->tensors, "buffers", network_.buffers()));
    INKLING_TRY(copy_group(found->tensors, "best", best_));
    INKLING_TRY(copy_group(found->tensors, "average", average_));
    const auto state = std::ranges::find(found->tensors, "optimizer", &NamedTensors::value_type::first);
    if (state == found->tensors.end()) return base::corrupt("the checkpoint has no state of the optimiser");
    restore_optimizer(optimizer_, state->second);
    return {};
  }

  Status epoch(int number) {
    INKLING_TRY(train_pass(number));
    EpochReport report;
    report.epoch = number;
    report.train_loss = position_.loss_sum / static_cast<double>(std::max<std::uint64_t>(position_.samples, 1));
    report.seconds = position_.seconds;
    report.waited_seconds = position_.waited_seconds;
    report.samples_per_second = static_cast<double>(position_.samples) / std::max(report.seconds, 1e-9);
    position_ = {};
    const std::vector<torch::Tensor> trained = snapshot(network_);
    if (options_.average_decay > 0) restore(network_, average_);
    validate(report);
    if (!data_.part(sample::Part::kValidation).empty() && !std::isfinite(report.validation_loss)) {
      return diverged("validation loss", report.validation_loss, number);
    }
    keep_if_best(report);
    restore(network_, trained);
    outcome_.epochs.push_back(report);
    tell(number, 0, 0, report.train_loss, &report);
    return {};
  }

  // From where position_ says; also counts there.
  Status train_pass(int number) {
    network_.train();
    const BatchList batches = epoch_batches(data_, options_.batch_size, job_.seed, number);
    const std::uint64_t total = data_.part(sample::Part::kTrain).size();
    BatchLoader loader(data_, batches, position_.batches, job_.loader_threads);
    const EpochPosition before = position_;
    const auto start = Clock::now();
    while (!loader.done()) {
      const Batch batch = moved(loader.next(), device_);
      const double loss = step(batch);
      if (!std::isfinite(loss)) return diverged("loss", loss, number);
      ++position_.batches;
      position_.samples += static_cast<std::uint64_t>(batch.size());
      position_.loss_sum += loss * static_cast<double>(batch.size());
      position_.seconds = before.seconds + seconds_since(start);
      position_.waited_seconds = before.waited_seconds + loader.waited_seconds();
      tell(number, position_.samples, total, loss, nullptr);
      if (job_.stop != nullptr && job_.stop->load()) return stopped(number);
      if (checkpoint_is_due()) INKLING_TRY(save());
    }
    return {};
  }

  [[nodiscard]] bool checkpoint_is_due() const {
    if (job_.checkpoint_every_steps > 0) return steps_ % job_.checkpoint_every_steps == 0;
    return job_.checkpoint_every_ms > 0 &&
           seconds_since(saved_) * 1000 >= static_cast<double>(job_.checkpoint_every_ms);
  }

  Status stopped(int number) {
    INKLING_TRY(save());
    return base::unavailable("training was stopped in epoch " + std::to_string(number) +
                             "; run it again with --resume to continue from there");
  }

  [[nodiscard]] Status diverged(const std::string& what, double value, int epoch) const {
    return base::invalid_input("the " + what + " became " + std::to_string(value) + " in epoch " +
                               std::to_string(epoch) + "; try a smaller learning_rate (it is " +
                               base::number_text(options_.learning_rate) + ")");
  }

  double step(const Batch& batch) {
    ++steps_;
    seed_step(job_.seed, steps_);
    warm_up();
    optimizer_.zero_grad();
    const double loss = accumulate_gradients(network_, batch, options_.loss_weights);
    optimizer_.clip(options_.gradient_clip);
    optimizer_.step();
    average();
    return loss;
  }

  void warm_up() {
    if (steps_ > options_.warmup_steps) return;
    const double share = static_cast<double>(steps_) / static_cast<double>(options_.warmup_steps);
    optimizer_.set_learning_rate(options_.learning_rate * share);
  }

  // Follows quickly at first, so that the early, poor weights do not linger.
  void average() {
    if (options_.average_decay <= 0) return;
    const torch::NoGradGuard no_gradient;
    const auto step = static_cast<double>(steps_);
    const double decay = std::min(options_.average_decay, step / (step + 10));
    const auto parameters = network_.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      average_[i].mul_(decay).add_(parameters[i].detach(), 1 - decay);
    }
  }

  void validate(EpochReport& report) {
    report.validation_loss = kNone;
    report.validation_auc.assign(options_.loss_weights.size(), kNone);
    const auto& refs = data_.part(sample::Part::kValidation);
    if (refs.empty()) return;
    const torch::NoGradGuard no_gradient;
    network_.eval();
    std::vector<std::vector<double>> scores(options_.loss_weights.size());
    const BatchList batches = plain_batches(refs, options_.batch_size);
    BatchLoader loader(data_, batches, 0, job_.loader_threads);
    double loss_sum = 0;
    while (!loader.done()) {
      const Batch batch = moved(loader.next(), device_);
      const torch::Tensor logits = network_.forward(batch);
      loss_sum +=
          joint_loss(logits, batch.labels, options_.loss_weights).item<double>() * static_cast<double>(batch.size());
      for (std::size_t k = 0; k < scores.size(); ++k) append(logits, k, scores[k]);
    }
    report.validation_loss = loss_sum / static_cast<double>(refs.size());
    for (std::size_t k = 0; k < scores.size(); ++k) report.validation_auc[k] = auc_of(refs, scores[k], k);
  }

  static void append(const torch::Tensor& logits, std::size_t target, std::vector<double>& out) {
    const torch::Tensor column = logits.select(1, static_cast<std::int64_t>(target)).cpu().contiguous();
    const float* values = column.data_ptr<float>();
    out.insert(out.end(), values, values + column.numel());
  }

  [[nodiscard]] double auc_of(const std::vector<SampleRef>& refs, const std::vector<double>& scores,
                              std::size_t target) const {
    std::vector<std::uint8_t> labels;
    for (const SampleRef& ref : refs) labels.push_back(data_.label(ref, target) > 0.5F ? 1 : 0);
    const auto auc = eval::auc(scores, labels);
    return auc.ok() ? *auc : kNone;
  }

  void keep_if_best(EpochReport& report) {
    const int best = outcome_.best_epoch;
    const bool validated = !std::isnan(report.validation_loss);
    report.is_best = !validated || best == 0 ||
                     report.validation_loss < outcome_.epochs[static_cast<std::size_t>(best) - 1].validation_loss;
    if (!report.is_best) return;
    outcome_.best_epoch = report.epoch;
    best_ = snapshot(network_);
  }

  void tell(int epoch, std::uint64_t done, std::uint64_t total, double loss, const EpochReport* report) const {
    if (job_.on_progress) job_.on_progress({epoch, options_.max_epochs, done, total, loss, report});
  }

  Network& network_;
  const SequenceData& data_;
  const FitOptions& options_;
  const TrainingJob& job_;
  torch::Device device_;
  RowwiseAdam optimizer_;
  std::vector<torch::Tensor> best_;     // of the best epoch so far
  std::vector<torch::Tensor> average_;  // moving average over steps
  std::int64_t steps_ = 0;
  EpochPosition position_;
  FitOutcome outcome_;
  Clock::time_point saved_ = Clock::now();
};

}  // namespace

torch::Tensor joint_loss(const torch::Tensor& logits, const torch::Tensor& labels,
                         const std::vector<double>& weights) {
  // One call for all targets; its mean over samples and targets is that sum of means divided by their number.
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<float> shares;
  for (const double weight : weights) {
    shares.push_back(static_cast<float>(weight * static_cast<double>(weights.size()) / sum));
  }
  const torch::Tensor weight = torch::tensor(shares, torch::kFloat32).to(logits.options());
  return torch::binary_cross_entropy_with_logits(logits, labels, weight, {}, at::Reduction::Mean);
}

double Network::add_gradients(const Batch& batch, const std::vector<double>& loss_weights, double share) {
  const torch::Tensor loss = joint_loss(forward(batch), batch.labels, loss_weights) * share;
  loss.backward();
  return loss.item<double>();
}

Result<FitOutcome> fit_network(Network& network, const SequenceData& data, const FitOptions& options,
                               const TrainingJob& job) {
  if (data.part(sample::Part::kTrain).empty()) return base::invalid_input("there are no training samples");
  INKLING_ASSIGN(const torch::Device device, find_device(job.device));
  network.to(device);
  auto outcome = Fitting(network, data, options, job, device).run();
  network.to(torch::kCPU);
  return outcome;
}

void limit_threads(int threads) {
  at::set_num_threads(threads);
  using SetThreads = void (*)(int);
  if (void* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"); symbol != nullptr) {
    reinterpret_cast<SetThreads>(symbol)(threads);
  }
}

bool has_fast_blas() {
  return dlsym(RTLD_DEFAULT, "openblas_get_config") != nullptr;
}

}  // namespace inkling::train
