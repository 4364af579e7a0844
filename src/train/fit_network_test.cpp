#include "train/fit_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "train/fit_network_fixture_test.h"

namespace inkling::train {
namespace {

using testing::HasSubstr;

std::vector<torch::Tensor> differences(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  std::vector<torch::Tensor> result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] - b[i]);
  return result;
}

double largest(const torch::Tensor& tensor) {
  return tensor.abs().max().item<double>();
}

TEST(JointLoss, is_the_weighted_mean_of_each_targets_cross_entropy) {
  const auto logits = torch::tensor({0.0F, 2.0F, 1.0F, -1.0F}).view({2, 2});
  const auto labels = torch::tensor({1.0F, 0.0F, 0.0F, 1.0F}).view({2, 2});
  const auto softplus = [](double x) { return std::log1p(std::exp(x)); };
  const double first = (std::log(2.0) + softplus(1)) / 2;  // -ln s(0), -ln(1 - s(1))
  const double second = (softplus(2) + softplus(1)) / 2;   // -ln(1 - s(2)), -ln s(-1)
  EXPECT_NEAR(joint_loss(logits, labels, {1, 0.5}).item<double>(), (first + 0.5 * second) / 1.5, 1e-6);
  EXPECT_NEAR(joint_loss(logits, labels, {1, 0}).item<double>(), first, 1e-6);
}

TEST(FitNetwork, gives_the_same_weights_twice_and_others_with_another_seed) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job();
  const Fitted once = fit(fixture, options(), job);
  const Fitted twice = fit(fixture, options(), job);
  EXPECT_TRUE(same_bits(once.after, twice.after));
  EXPECT_FALSE(same_bits(once.after, once.before));
  job.seed = 2;
  EXPECT_FALSE(same_bits(once.after, fit(fixture, options(), job).after));
}

TEST(FitNetwork, learns_what_there_is_to_learn) {
  const Fixture fixture = mixed_samples();
  FitOptions longer = options();
  longer.max_epochs = 30;
  const Fitted fitted = fit(fixture, longer, fixture.job());
  const EpochReport& best = fitted.outcome.epochs.at(static_cast<std::size_t>(fitted.outcome.best_epoch) - 1);
  EXPECT_GT(best.validation_auc.at(0), 0.95);
  EXPECT_LT(best.train_loss, 0.7 * fitted.outcome.epochs.front().train_loss);
}

TEST(FitNetwork, shows_every_training_sample_once_an_epoch_in_another_order_and_no_other) {
  const Fixture fixture = mixed_samples();
  FitOptions two = options();
  two.max_epochs = 2;
  SmallNetwork network(3);
  ASSERT_TRUE(fit_network(network, fixture.data(), two, fixture.job()).ok());
  ASSERT_EQ(network.seen.size(), 14U);  // 100 samples in batches of 16, twice
  const auto epoch = [&](std::size_t first) {
    return torch::cat(std::vector<torch::Tensor>(network.seen.begin() + static_cast<std::ptrdiff_t>(first),
                                                 network.seen.begin() + static_cast<std::ptrdiff_t>(first + 7)))
        .select(1, 0);
  };
  std::vector<float> expected;
  for (const Row& row : rows_of(100, Part::kTrain, 5)) expected.push_back(row.numbers[0]);
  std::sort(expected.begin(), expected.end());
  const torch::Tensor all = torch::tensor(expected);
  EXPECT_TRUE(torch::equal(std::get<0>(epoch(0).sort()), all));
  EXPECT_TRUE(torch::equal(std::get<0>(epoch(7).sort()), all));
  EXPECT_FALSE(torch::equal(epoch(0), epoch(7)));
}

TEST(FitNetwork, gives_the_same_weights_whatever_prepares_its_batches) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job();
  job.loader_threads = 0;
  const Fitted alone = fit(fixture, options(), job);
  for (const int threads : {1, 3}) {
    job.loader_threads = threads;
    EXPECT_TRUE(same_bits(fit(fixture, options(), job).after, alone.after)) << threads;
  }
}

TEST(FitNetwork, refuses_a_device_that_is_unknown_or_not_here) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job();
  job.device = "cud";
  EXPECT_EQ(failure(fixture, options(), job).message(),
            "device \"cud\" is unknown; expected one of cpu, cuda; did you mean cuda?");
  if (torch::cuda::is_available()) GTEST_SKIP() << "this machine has CUDA";
  job.device = "cuda";
  EXPECT_THAT(failure(fixture, options(), job).message(), HasSubstr("LibTorch finds no CUDA here"));
}

TEST(FitNetwork, stops_early_and_keeps_the_best_epoch) {
  const Fixture fixture = contrary_validation();
  FitOptions early = options();
  early.max_epochs = 20;
  early.patience = 3;
  const Fitted fitted = fit(fixture, early, fixture.job());
  const auto& epochs = fitted.outcome.epochs;
  const int best = fitted.outcome.best_epoch;
  ASSERT_EQ(epochs.size(), static_cast<std::size_t>(best) + 3);
  ASSERT_LT(epochs.size(), 20U);
  for (const EpochReport& epoch : epochs) {
    EXPECT_GE(epoch.validation_loss, epochs[static_cast<std::size_t>(best) - 1].validation_loss);
  }
  FitOptions until_best = early;
  until_best.max_epochs = best;
  EXPECT_TRUE(same_bits(fitted.after, fit(fixture, until_best, fixture.job()).after));
}

TEST(FitNetwork, keeps_the_last_epoch_when_nobody_is_held_out) {
  const Fixture fixture(rows_of(60, Part::kTrain, 5));
  const Fitted fitted = fit(fixture, options(), fixture.job());
  EXPECT_EQ(fitted.outcome.best_epoch, 6);
  EXPECT_TRUE(std::isnan(fitted.outcome.epochs.back().validation_loss));
  FitOptions shorter = options();
  shorter.max_epochs = 5;
  EXPECT_FALSE(same_bits(fitted.after, fit(fixture, shorter, fixture.job()).after));
}

TEST(FitNetwork, grows_the_step_size_over_the_warm_up) {
  const Fixture fixture(rows_of(60, Part::kTrain, 5));
  FitOptions warming = one_step();
  warming.warmup_steps = 10;
  // Adam's first step moves every weight by the step size.
  const Fitted cold = fit(fixture, one_step(), fixture.job());
  const Fitted warm = fit(fixture, warming, fixture.job());
  EXPECT_NEAR(largest(differences(cold.after, cold.before)[0]), 0.01, 1e-4);
  EXPECT_NEAR(largest(differences(warm.after, warm.before)[0]), 0.001, 1e-5);
}

TEST(FitNetwork, scores_and_keeps_the_moving_average_of_the_weights) {
  const Fixture fixture(rows_of(60, Part::kTrain, 5));
  FitOptions averaging = one_step();
  averaging.average_decay = 0.9;  // after one step the average still follows with 1 / 11
  const Fitted plain = fit(fixture, one_step(), fixture.job());
  const Fitted averaged = fit(fixture, averaging, fixture.job());
  const auto plain_steps = differences(plain.after, plain.before);
  const auto averaged_steps = differences(averaged.after, averaged.before);
  for (std::size_t i = 0; i < plain_steps.size(); ++i) {
    EXPECT_LT(largest(averaged_steps[i] - plain_steps[i] * (10.0 / 11.0)), 1e-6) << i;
  }
  averaging.average_decay = 0.05;
  const auto quick_steps = differences(fit(fixture, averaging, fixture.job()).after, plain.before);
  EXPECT_LT(largest(quick_steps[0] - plain_steps[0] * 0.95), 1e-6);
}

TEST(FitNetwork, trains_on_from_the_weights_and_not_from_their_average) {
  const Fixture fixture = mixed_samples();
  FitOptions plain = options();
  plain.average_decay = 0;
  const auto averaged_epochs = fit(fixture, options(), fixture.job()).outcome.epochs;
  const auto plain_epochs = fit(fixture, plain, fixture.job()).outcome.epochs;
  for (std::size_t i = 0; i < plain_epochs.size(); ++i) {
    EXPECT_EQ(averaged_epochs.at(i).train_loss, plain_epochs[i].train_loss) << i;
    EXPECT_NE(averaged_epochs.at(i).validation_loss, plain_epochs[i].validation_loss) << i;
  }
}

TEST(FitNetwork, decays_matrices_and_leaves_biases_alone) {
  const Fixture fixture(rows_of(60, Part::kTrain, 5));
  FitOptions decaying = one_step();
  decaying.weight_decay = 0.5;
  const Fitted plain = fit(fixture, one_step(), fixture.job());
  const auto effect = differences(fit(fixture, decaying, fixture.job()).after, plain.after);
  for (std::size_t i = 0; i < effect.size(); ++i) {
    const torch::Tensor expected = plain.before[i] * (plain.before[i].dim() > 1 ? -0.01 * 0.5 : 0.0);
    EXPECT_LT(largest(effect[i] - expected), 1e-6) << i;
  }
}

TEST(FitNetwork, tells_how_far_it_is_after_every_step_and_every_epoch) {
  const Fixture fixture = mixed_samples();
  FitOptions two = options();
  two.max_epochs = 2;
  TrainingJob job = fixture.job();
  std::vector<std::uint64_t> done;
  std::vector<int> finished;
  job.on_progress = [&](const TrainingProgress& progress) {
    EXPECT_EQ(progress.max_epochs, 2);
    if (progress.finished != nullptr) return finished.push_back(progress.finished->epoch);
    EXPECT_EQ(progress.samples_total, 100U);
    if (progress.epoch == 1) done.push_back(progress.samples_done);
  };
  fit(fixture, two, job);
  EXPECT_EQ(done.size(), 7U);
  EXPECT_EQ(done.back(), 100U);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(finished, (std::vector<int>{1, 2}));
}

TEST(FitNetwork, refuses_a_set_without_training_samples) {
  const Fixture fixture(rows_of(10, Part::kTest, 5));
  EXPECT_EQ(failure(fixture, options(), fixture.job()).message(), "there are no training samples");
}

TEST(FitNetwork, ends_when_a_loss_is_no_number_instead_of_keeping_such_weights) {
  std::vector<Row> broken = rows_of(20, Part::kTrain, 5);
  broken[3].numbers[0] = broken[3].numbers[1] = std::numeric_limits<float>::max();
  const Fixture in_training(broken);
  const auto training = failure(in_training, one_step(), in_training.job(), 1000);
  EXPECT_EQ(training.code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(training.message(),
              testing::ContainsRegex("the loss became (-?nan|inf) in epoch 1; try a smaller learning_rate"));
  for (Row& row : broken) row.part = Part::kValidation;
  const Fixture in_validation(joined(rows_of(20, Part::kTrain, 5), broken));
  EXPECT_THAT(failure(in_validation, one_step(), in_validation.job(), 1000).message(),
              testing::ContainsRegex("the validation loss became (-?nan|inf) in epoch 1"));
}

}  // namespace
}  // namespace inkling::train
