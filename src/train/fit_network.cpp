#include "train/fit_network.h"

#include <dlfcn.h>
#include <torch/serialize.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/core/hash.h"
#include "base/core/number_text.h"
#include "base/core/random.h"
#include "eval/auc.h"
#include "train/checkpoint.h"
#include "train/micro_batch.h"
#include "train/rowwise_adam.h"

namespace inkling::train {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t kSortedBatches = 32;  // lengths are sorted within chunks of so many batches
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

template <typename T>
void shuffle(std::vector<T>& values, base::Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

std::vector<std::vector<SampleRef>> epoch_batches(const SequenceData& data, std::int64_t batch_size,
                                                  std::uint64_t seed, int epoch) {
  base::Random random = base::Random::stream(seed, static_cast<std::uint64_t>(epoch));
  std::vector<SampleRef> order = data.part(sample::Part::kTrain);
  shuffle(order, random);
  const auto size = static_cast<std::size_t>(batch_size);
  const auto shorter = [&](SampleRef a, SampleRef b) { return data.length(a) < data.length(b); };
  std::vector<std::vector<SampleRef>> batches;
  for (std::size_t chunk = 0; chunk < order.size(); chunk += size * kSortedBatches) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(chunk);
    const auto end =
        order.begin() + static_cast<std::ptrdiff_t>(std::min(chunk + size * kSortedBatches, order.size()));
    std::stable_sort(begin, end, shorter);
    for (auto at = begin; at < end; at += std::min<std::ptrdiff_t>(batch_size, end - at)) {
      batches.emplace_back(at, at + std::min<std::ptrdiff_t>(batch_size, end - at));
    }
  }
  shuffle(batches, random);
  return batches;
}

class Fitting {
 public:
  Fitting(Network& network, const SequenceData& data, const FitOptions& options, const TrainingJob& job)
      : network_(network),
        data_(data),
        options_(options),
        job_(job),
        optimizer_(network.parameters(), network.tables(), {options.learning_rate, options.weight_decay}) {
    kept_.best = snapshot(network);
    kept_.average = snapshot(network);  // of its own: copies of a tensor share their values
  }

  Result<FitOutcome> run() {
    if (job_.resume) INKLING_TRY(load_checkpoint(job_, network_, optimizer_, kept_, outcome_));
    while (!finished()) {
      INKLING_TRY(epoch(static_cast<int>(outcome_.epochs.size()) + 1));
      if (!job_.checkpoint.empty()) INKLING_TRY(save_checkpoint(job_, network_, optimizer_, kept_, outcome_));
    }
    restore(network_, kept_.best);
    return outcome_;
  }

 private:
  [[nodiscard]] bool finished() const {
    const int done = static_cast<int>(outcome_.epochs.size());
    return done >= options_.max_epochs || (done > 0 && done - outcome_.best_epoch >= options_.patience);
  }

  Status epoch(int number) {
    torch::manual_seed(base::mix64(job_.seed ^ (static_cast<std::uint64_t>(number) << 32)));
    const auto start = std::chrono::steady_clock::now();
    EpochReport report;
    report.epoch = number;
    INKLING_ASSIGN(report.train_loss, train_pass(number));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto samples = static_cast<double>(data_.part(sample::Part::kTrain).size());
    report.samples_per_second = samples / std::max(report.seconds, 1e-9);
    const std::vector<torch::Tensor> trained = snapshot(network_);
    if (options_.average_decay > 0) restore(network_, kept_.average);
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

  Result<double> train_pass(int number) {
    network_.train();
    const auto batches = epoch_batches(data_, options_.batch_size, job_.seed, number);
    const std::uint64_t total = data_.part(sample::Part::kTrain).size();
    std::uint64_t done = 0;
    double loss_sum = 0;
    for (const auto& refs : batches) {
      if (job_.stop != nullptr && job_.stop->load()) {
        return base::unavailable("training was stopped in epoch " + std::to_string(number) +
                                 "; run it again with --resume to continue from the last finished epoch");
      }
      const double loss = step(refs);
      if (!std::isfinite(loss)) {
        return diverged("loss", loss, number);
      }
      loss_sum += loss * static_cast<double>(refs.size());
      done += refs.size();
      tell(number, done, total, loss, nullptr);
    }
    return loss_sum / static_cast<double>(std::max<std::uint64_t>(done, 1));
  }

  [[nodiscard]] Status diverged(const std::string& what, double value, int epoch) const {
    return base::invalid_input("the " + what + " became " + std::to_string(value) + " in epoch " +
                               std::to_string(epoch) + "; try a smaller learning_rate (it is " +
                               base::number_text(options_.learning_rate) + ")");
  }

  double step(const std::vector<SampleRef>& refs) {
    const Batch batch = data_.batch(refs);
    ++kept_.steps;
    warm_up();
    optimizer_.zero_grad();
    const double loss = accumulate_gradients(network_, batch, options_.loss_weights);
    optimizer_.clip(options_.gradient_clip);
    optimizer_.step();
    average();
    return loss;
  }

  void warm_up() {
    if (kept_.steps > options_.warmup_steps) return;
    const double share = static_cast<double>(kept_.steps) / static_cast<double>(options_.warmup_steps);
    optimizer_.set_learning_rate(options_.learning_rate * share);
  }

  // Follows quickly at first, so that the early, poor weights do not linger.
  void average() {
    if (options_.average_decay <= 0) return;
    const torch::NoGradGuard no_gradient;
    const auto step = static_cast<double>(kept_.steps);
    const double decay = std::min(options_.average_decay, step / (step + 10));
    const auto parameters = network_.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      kept_.average[i].mul_(decay).add_(parameters[i].detach(), 1 - decay);
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
    const auto size = static_cast<std::size_t>(options_.batch_size);
    double loss_sum = 0;
    for (std::size_t at = 0; at < refs.size(); at += size) {
      const Batch batch = data_.batch(std::span(refs).subspan(at, std::min(size, refs.size() - at)));
      const torch::Tensor logits = network_.forward(batch);
      loss_sum +=
          joint_loss(logits, batch.labels, options_.loss_weights).item<double>() * static_cast<double>(batch.size());
      for (std::size_t k = 0; k < scores.size(); ++k) append(logits, k, scores[k]);
    }
    report.validation_loss = loss_sum / static_cast<double>(refs.size());
    for (std::size_t k = 0; k < scores.size(); ++k) report.validation_auc[k] = auc_of(refs, scores[k], k);
  }

  static void append(const torch::Tensor& logits, std::size_t target, std::vector<double>& out) {
    const torch::Tensor column = logits.select(1, static_cast<std::int64_t>(target)).contiguous();
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
    kept_.best = snapshot(network_);
  }

  void tell(int epoch, std::uint64_t done, std::uint64_t total, double loss, const EpochReport* report) const {
    if (job_.on_progress) job_.on_progress({epoch, options_.max_epochs, done, total, loss, report});
  }

  Network& network_;
  const SequenceData& data_;
  const FitOptions& options_;
  const TrainingJob& job_;
  RowwiseAdam optimizer_;
  KeptWeights kept_;
  FitOutcome outcome_;
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

Result<FitOutcome> fit_network(Network& network, const SequenceData& data, const FitOptions& options,
                               const TrainingJob& job) {
  if (data.part(sample::Part::kTrain).empty()) return base::invalid_input("there are no training samples");
  return Fitting(network, data, options, job).run();
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
