#include "models/caam/caam_fit_net.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "base/core/random.h"
#include "train/fit_network.h"
#include "train/rowwise_adam.h"

namespace inkling::models::caam {
namespace {

using base::Result;
using base::Status;
using torch::Tensor;
using Batch = std::vector<const NetworkSample*>;

constexpr double kWarmupShare = 0.1;  // of all steps, in which the rate rises
constexpr double kFirstRate = 0.04;   // of the largest

double rate_at(std::int64_t step, std::int64_t steps, double largest) {
  const double at = (static_cast<double>(step) + 0.5) / static_cast<double>(steps);
  if (at < kWarmupShare) return largest * (kFirstRate + (1 - kFirstRate) * at / kWarmupShare);
  return largest * (1 + std::cos(std::numbers::pi * (at - kWarmupShare) / (1 - kWarmupShare))) / 2;
}

void start_from_rate(std::span<const NetworkSample* const> samples, CaamNetwork& network, const LossOptions& loss) {
  if (loss.listwise) return;  // the same to all candidates says nothing there
  const Tensor deeds = deeds_of(samples).mean(0);
  const double rates[] = {deeds[0].item<double>(), deeds[1].item<double>(), deeds[2].item<double>()};
  const auto logit = [](double share) {
    const double rate = std::clamp(share, 1e-4, 1 - 1e-4);
    return std::log(rate / (1 - rate));
  };
  const torch::NoGradGuard no_gradient;
  Tensor bias = network.named_parameters()["top" + std::to_string(network.architecture().top_mlp.size()) + ".bias"];
  if (network.architecture().head == Head::kSingle) {
    bias[0] = logit(loss.click_only ? rates[0] : (rates[0] + rates[1] + rates[2]) / 3);
    return;
  }
  bias[0] = logit(rates[0]);
  bias[1] = logit(rates[1] / std::max(rates[0], 1e-9));
  bias[2] = logit(rates[2] / std::max(rates[1], 1e-9));
}

// What was wanted, and `negatives` of the rest, drawn at random.
NetworkSample thinned(const NetworkSample& sample, std::size_t negatives, base::Random& random) {
  NetworkSample thin;
  thin.steps = sample.steps;
  thin.triggers = sample.triggers;
  thin.unticked = sample.unticked;
  thin.request = sample.request;
  std::vector<std::size_t> kept, others;
  for (std::size_t i = 0; i < sample.deeds.size(); ++i) {
    (sample.deeds[i][0] + sample.deeds[i][1] + sample.deeds[i][2] > 0 ? kept : others).push_back(i);
  }
  for (std::size_t i = 0; i < std::min(negatives, others.size()); ++i) {
    std::swap(others[i], others[i + random.below(others.size() - i)]);
    kept.push_back(others[i]);
  }
  const std::size_t width = candidate_width();
  for (const std::size_t i : kept) {
    thin.candidates.push_back(sample.candidates[i]);
    thin.deeds.push_back(sample.deeds[i]);
    const auto row = std::span(sample.features).subspan(i * width, width);
    thin.features.insert(thin.features.end(), row.begin(), row.end());
  }
  return thin;
}

class Fitting {
 public:
  Fitting(const std::vector<NetworkSample>& samples, const FitOptions& options, CaamNetwork& network)
      : options_(options), network_(network), random_(options.seed) {
    const auto held = static_cast<std::size_t>(options.held_out_share * static_cast<double>(samples.size()));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      (i + held < samples.size() ? taught_ : held_out_).push_back(&samples[i]);
    }
    parameters_ = network.parameters();
    if (!options.learnt_weights) return;
    balance_ = torch::zeros({3}, torch::requires_grad());
    parameters_.push_back(balance_);
  }

  FitOutcome run() {
    start_from_rate(taught_, network_, options_.loss);
    train::RowwiseAdam adam(parameters_, network_.tables(), {options_.learning_rate, options_.weight_decay});
    FitOutcome outcome;
    outcome.validation_loss = std::numeric_limits<double>::quiet_NaN();
    std::vector<Tensor> best;
    for (int epoch = 1; epoch <= options_.epochs; ++epoch) {
      run_epoch(adam);
      const double loss = validation_loss();
      const bool better = held_out_.empty() || !(loss >= outcome.validation_loss);
      if (!better && epoch - outcome.best_epoch >= options_.patience) break;
      if (!better) continue;
      outcome.best_epoch = epoch;
      outcome.validation_loss = loss;
      best.clear();
      for (const Tensor& parameter : parameters_) best.push_back(parameter.detach().clone());
    }
    const torch::NoGradGuard no_gradient;
    for (std::size_t i = 0; i < best.size(); ++i) parameters_[i].copy_(best[i]);
    network_.eval();
    for (std::int64_t k = 0; balance_.defined() && k < 3; ++k) {
      outcome.balance.push_back(std::exp(-balance_[k].item<double>()));
    }
    return outcome;
  }

 private:
  void run_epoch(train::RowwiseAdam& adam) {
    for (std::size_t i = taught_.size(); i > 1; --i) std::swap(taught_[i - 1], taught_[random_.below(i)]);
    network_.train();
    const auto batch = static_cast<std::size_t>(options_.batch_samples);
    const std::size_t batches = (taught_.size() + batch - 1) / batch;
    for (std::size_t b = 0; b < batches; ++b) {
      const auto whole = std::span(taught_).subspan(b * batch, std::min(batch, taught_.size() - b * batch));
      const Batch part = shown(whole);
      adam.set_learning_rate(
          rate_at(step_++, static_cast<std::int64_t>(batches) * options_.epochs, options_.learning_rate));
      adam.zero_grad();
      add_gradients(part);
      adam.clip(options_.gradient_clip);
      adam.step();
    }
  }

  // Losses of one logit in one go, the others through LibTorch's graph.
  void add_gradients(const Batch& part) {
    using Loss = train::fused::AddOnFunction::Loss;
    if (network_.architecture().head == Head::kEsmm || balance_.defined()) {
      loss_of(network_.forward(part), part, network_.architecture(), options_.loss, balance_).backward();
      return;
    }
    const Tensor labels = labels_of(deeds_of(part), options_.loss.click_only);
    (void)network_.add_gradients(part, labels, options_.loss.listwise ? Loss::kListwise : Loss::kGraded);
  }

  Batch shown(std::span<const NetworkSample* const> whole) {
    if (!options_.loss.listwise || options_.epoch_negatives == 0) return {whole.begin(), whole.end()};
    thin_.clear();
    Batch part;
    for (const NetworkSample* sample : whole) {
      thin_.push_back(thinned(*sample, static_cast<std::size_t>(options_.epoch_negatives), random_));
    }
    for (const NetworkSample& sample : thin_) part.push_back(&sample);
    return part;
  }

  double validation_loss() {
    if (held_out_.empty()) return std::numeric_limits<double>::quiet_NaN();
    const torch::NoGradGuard no_gradient;
    network_.eval();
    const auto batch = static_cast<std::size_t>(options_.batch_samples);
    double sum = 0;
    for (std::size_t at = 0; at < held_out_.size(); at += batch) {
      const auto part = std::span(held_out_).subspan(at, std::min(batch, held_out_.size() - at));
      // Learnt weights are left out: what they add grows and falls with them.
      const Tensor loss = loss_of(network_.forward(part), part, network_.architecture(), options_.loss, {});
      sum += loss.item<double>() * static_cast<double>(part.size());
    }
    return sum / static_cast<double>(held_out_.size());
  }

  const FitOptions& options_;
  CaamNetwork& network_;
  base::Random random_;
  Batch taught_, held_out_;
  std::vector<NetworkSample> thin_;  // of the batch in hand
  std::vector<Tensor> parameters_;
  Tensor balance_;
  std::int64_t step_ = 0;
};

}  // namespace

Status check_samples(const std::vector<NetworkSample>& samples, const LossOptions& loss) {
  std::size_t candidates = 0, positive = 0, mixed = 0;
  for (const NetworkSample& sample : samples) {
    const auto clicked = static_cast<std::size_t>(
        std::ranges::count_if(sample.deeds, [](const Deeds& deeds) { return deeds[0] + deeds[1] + deeds[2] > 0; }));
    candidates += sample.candidates.size();
    positive += clicked;
    if (clicked > 0 && clicked < sample.candidates.size()) ++mixed;
  }
  if (positive == 0) {
    return base::invalid_input("none of the " + std::to_string(candidates) + " candidates that teach, in " +
                               std::to_string(samples.size()) + " questions, was clicked, put into a cart or bought");
  }
  if (positive == candidates) {
    return base::invalid_input("each of the " + std::to_string(candidates) +
                               " candidates that teach was clicked: there is nothing to tell them from; keep the "
                               "impressions of what was left alone");
  }
  if (loss.listwise && mixed == 0) {
    return base::invalid_input(
        "loss listwise: no question has both a candidate that was wanted and one that was not; "
        "use loss=graded");
  }
  return {};
}

Result<FitOutcome> fit(const std::vector<NetworkSample>& samples, const FitOptions& options, CaamNetwork& network) {
  INKLING_TRY(check_samples(samples, options.loss));
  train::limit_threads(options.threads);
  return Fitting(samples, options, network).run();
}

}  // namespace inkling::models::caam
