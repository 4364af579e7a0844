// Long because: one fixture serves every promise of the training loop, from order to resume.
#include "train/fit_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "artifact/test_folder.h"
#include "base/core/random.h"
#include "sample/shard.h"
#include "train/checkpoint.h"

namespace inkling::train {
namespace {

using sample::Part;
using testing::HasSubstr;

constexpr std::int64_t kNumbers = 4;

struct Row {
  std::array<float, kNumbers> numbers{};
  std::array<std::uint8_t, 2> labels{};
  Part part = Part::kTrain;
};

// Numbers whose first two tell the labels; `turned` samples say the opposite.
std::vector<Row> rows_of(std::size_t count, Part part, std::uint64_t seed, bool turned = false) {
  base::Random random(seed);
  std::vector<Row> rows(count);
  for (Row& row : rows) {
    for (float& number : row.numbers) number = static_cast<float>(random.normal());
    const bool buys = row.numbers[0] + row.numbers[1] > 0;
    row.labels = {buys != turned, (buys || row.numbers[2] > 1) != turned};
    row.part = part;
  }
  return rows;
}

std::vector<Row> joined(std::vector<Row> a, const std::vector<Row>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Samples on disk, as a job and its data see them. Sample i has i % 5 browse records.
class Fixture {
 public:
  explicit Fixture(const std::vector<Row>& rows) {
    set_.blueprint = blueprint();
    set_.plan.targets = {{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}};
    set_.plan.train_until_ms = set_.plan.test_from_ms = set_.plan.test_until_ms = 1;
    set_.shards = {folder_.path() / "part-00000.safetensors"};
    for (const Row& row : rows) ++set_.part_counts.at(static_cast<std::size_t>(row.part));
    const auto made = feature::Blueprint::make(set_.blueprint);
    const auto written = sample::write_shard(set_.shards.front(), columns(rows), *made, set_.plan);
    EXPECT_TRUE(written.ok()) << written.message();
    auto data = SequenceData::load(set_);
    EXPECT_TRUE(data.ok()) << data.status().message();
    if (data.ok()) data_ = *std::move(data);
    job_.samples = &set_;
    job_.params = base::Json::object();
    job_.params.set("hidden", 8);
  }

  [[nodiscard]] const SequenceData& data() const { return *data_; }
  [[nodiscard]] TrainingJob job() const { return job_; }
  [[nodiscard]] TrainingJob job_with_checkpoint(std::uint64_t seed = 1) const {
    TrainingJob job = job_;
    job.seed = seed;
    job.checkpoint = folder_.path() / "checkpoint.pt";
    return job;
  }
  [[nodiscard]] const artifact::TestFolder& folder() const { return folder_; }

 private:
  static feature::BlueprintSpec blueprint() {
    feature::Encoder index;
    index.kind = feature::EncoderKind::kIndex;
    index.size = 22;
    feature::BlueprintSpec spec;
    spec.views.push_back({feature::View::kBrowse, 3, {{"action", index}}});
    for (const char* source : {"age_ms", "idle_ms", "active_days", "spent_cents"})
      spec.statistics.push_back({source, {}});
    return spec;
  }
  static sample::ShardColumns columns(const std::vector<Row>& rows) {
    sample::ShardColumns columns;
    columns.views.resize(1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto& view = columns.views.front();
      view.begin.push_back(static_cast<std::int64_t>(view.ids.size()));
      view.ids.insert(view.ids.end(), i % 5, 2);
      view.end.push_back(static_cast<std::int64_t>(view.ids.size()));
      columns.numbers.insert(columns.numbers.end(), rows[i].numbers.begin(), rows[i].numbers.end());
      columns.labels.insert(columns.labels.end(), rows[i].labels.begin(), rows[i].labels.end());
      columns.part.push_back(static_cast<std::uint8_t>(rows[i].part));
      for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) column->push_back(0);
    }
    return columns;
  }

  artifact::TestFolder folder_;
  sample::SampleSet set_;
  std::optional<SequenceData> data_;
  TrainingJob job_;
};

// One hidden layer with dropout over the statistics: enough to have a matrix, a bias and randomness of its own.
class SmallNetwork final : public Network {
 public:
  explicit SmallNetwork(std::uint64_t seed, double dropout = 0.2) {
    torch::manual_seed(seed);
    hidden_ = register_module("hidden", torch::nn::Linear(kNumbers, 8));
    dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
    logits_ = register_module("logits", torch::nn::Linear(8, 2));
  }
  torch::Tensor forward(const Batch& batch) override {
    if (is_training()) seen.push_back(batch.numbers);
    return logits_->forward(dropout_->forward(torch::relu(hidden_->forward(batch.numbers))));
  }
  std::vector<torch::Tensor> seen;

 private:
  torch::nn::Linear hidden_{nullptr}, logits_{nullptr};
  torch::nn::Dropout dropout_{nullptr};
};

// Everything at once: warm-up over the stop, a moving average, decay, dropout.
FitOptions options() {
  FitOptions options;
  options.loss_weights = {1, 0.5};
  options.learning_rate = 0.02;
  options.weight_decay = 0.01;
  options.warmup_steps = 20;
  options.average_decay = 0.9;
  options.batch_size = 16;
  options.max_epochs = 6;
  options.patience = 100;
  return options;
}

// One full-batch step and nothing else.
FitOptions one_step() {
  FitOptions options;
  options.loss_weights = {1, 0.5};
  options.learning_rate = 0.01;
  options.batch_size = 1000;
  options.max_epochs = 1;
  return options;
}

std::vector<torch::Tensor> differences(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  std::vector<torch::Tensor> result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] - b[i]);
  return result;
}

bool same_bits(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const torch::Tensor& x, const torch::Tensor& y) { return torch::equal(x, y); });
}

double largest(const torch::Tensor& tensor) {
  return tensor.abs().max().item<double>();
}

struct Fitted {
  std::vector<torch::Tensor> before, after;
  FitOutcome outcome;
};

Fitted fit(const Fixture& fixture, const FitOptions& options, const TrainingJob& job, std::uint64_t weights_seed = 3,
           double dropout = 0.2) {
  SmallNetwork network(weights_seed, dropout);
  Fitted fitted{snapshot(network), {}, {}};
  const auto outcome = fit_network(network, fixture.data(), options, job);
  EXPECT_TRUE(outcome.ok()) << outcome.status().message();
  if (outcome.ok()) fitted.outcome = *outcome;
  fitted.after = snapshot(network);
  return fitted;
}

base::Status failure(const Fixture& fixture, const FitOptions& options, const TrainingJob& job, double scale = 1) {
  SmallNetwork network(3);
  for (const torch::Tensor& tensor : network.parameters()) tensor.data().mul_(scale);
  const auto outcome = fit_network(network, fixture.data(), options, job);
  EXPECT_FALSE(outcome.ok());
  return outcome.status();
}

Fixture mixed_samples() {
  return Fixture(joined(rows_of(100, Part::kTrain, 5), rows_of(40, Part::kValidation, 6)));
}

// What is learned makes held-out shoppers who behave the opposite way ever less likely.
Fixture contrary_validation() {
  return Fixture(joined(rows_of(100, Part::kTrain, 5), rows_of(40, Part::kValidation, 6, true)));
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

TEST(FitNetwork, resumes_after_a_stop_bit_for_bit_as_if_never_stopped) {
  const Fixture fixture = mixed_samples();
  const Fitted whole = fit(fixture, options(), fixture.job());
  std::atomic<bool> stop = false;
  TrainingJob job = fixture.job_with_checkpoint();
  job.stop = &stop;
  job.on_progress = [&](const TrainingProgress& progress) {
    if (progress.epoch == 3 && progress.finished == nullptr) stop = true;
  };
  const auto stopped = failure(fixture, options(), job);
  EXPECT_EQ(stopped.code(), base::ErrorCode::kUnavailable);
  EXPECT_THAT(stopped.message(), HasSubstr("stopped in epoch 3; run it again with --resume"));

  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  int first_epoch = 0;
  rest.on_progress = [&](const TrainingProgress& progress) {
    if (first_epoch == 0) first_epoch = progress.epoch;
  };
  const Fitted resumed = fit(fixture, options(), rest, 99);  // its own first weights must not matter
  EXPECT_EQ(first_epoch, 3);
  EXPECT_TRUE(same_bits(resumed.after, whole.after));
  ASSERT_EQ(resumed.outcome.epochs.size(), whole.outcome.epochs.size());
  EXPECT_EQ(resumed.outcome.best_epoch, whole.outcome.best_epoch);
  for (std::size_t i = 0; i < whole.outcome.epochs.size(); ++i) {
    EXPECT_EQ(resumed.outcome.epochs[i].epoch, whole.outcome.epochs[i].epoch);
    EXPECT_EQ(resumed.outcome.epochs[i].train_loss, whole.outcome.epochs[i].train_loss);
    EXPECT_EQ(resumed.outcome.epochs[i].validation_loss, whole.outcome.epochs[i].validation_loss);
    EXPECT_EQ(resumed.outcome.epochs[i].validation_auc, whole.outcome.epochs[i].validation_auc);
    EXPECT_EQ(resumed.outcome.epochs[i].is_best, whole.outcome.epochs[i].is_best);
  }
}

// Every step writes a checkpoint; what a kill at any of them would leave is kept.
std::vector<std::string> checkpoints_of_every_step(const Fixture& fixture) {
  TrainingJob job = fixture.job_with_checkpoint();
  job.checkpoint_every_steps = 1;
  std::vector<std::string> files;
  job.on_progress = [&](const TrainingProgress&) {
    std::string bytes = fixture.folder().read("checkpoint.pt");
    if (!bytes.empty() && (files.empty() || files.back() != bytes)) files.push_back(std::move(bytes));
  };
  fit(fixture, options(), job);
  return files;
}

TEST(FitNetwork, goes_on_from_any_step_of_an_epoch_bit_for_bit) {
  const Fixture fixture = mixed_samples();
  const Fitted whole = fit(fixture, options(), fixture.job());
  const std::vector<std::string> files = checkpoints_of_every_step(fixture);
  ASSERT_GE(files.size(), 40U);  // 6 epochs of 7 steps
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  for (std::size_t i = 0; i < files.size(); i += 3) {
    fixture.folder().write("checkpoint.pt", files[i]);
    const Fitted resumed = fit(fixture, options(), rest, 99);
    EXPECT_TRUE(same_bits(resumed.after, whole.after)) << i;
    for (std::size_t e = 0; e < whole.outcome.epochs.size(); ++e) {
      EXPECT_EQ(resumed.outcome.epochs.at(e).train_loss, whole.outcome.epochs[e].train_loss) << i << " " << e;
    }
  }
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

TEST(FitNetwork, removes_what_a_killed_writer_left_and_nothing_else) {
  const Fixture fixture = mixed_samples();
  fixture.folder().write("checkpoint.pt.tmp-17-3", "half a checkpoint");
  fixture.folder().write("other.pt.tmp-17-3", "of another seed");
  fit(fixture, options(), fixture.job_with_checkpoint());
  EXPECT_FALSE(std::filesystem::exists(fixture.folder().path() / "checkpoint.pt.tmp-17-3"));
  EXPECT_TRUE(std::filesystem::exists(fixture.folder().path() / "other.pt.tmp-17-3"));
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

TEST(FitNetwork, resumes_without_validation_samples_too) {
  const Fixture fixture(rows_of(40, Part::kTrain, 5));
  FitOptions part = options();
  part.max_epochs = 2;
  fit(fixture, part, fixture.job_with_checkpoint());
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  const Fitted resumed = fit(fixture, options(), rest, 99);
  EXPECT_TRUE(same_bits(resumed.after, fit(fixture, options(), fixture.job()).after));
  EXPECT_TRUE(std::isnan(resumed.outcome.epochs.front().validation_loss));
}

TEST(FitNetwork, resumes_with_the_best_epoch_of_before_the_stop) {
  const Fixture fixture = contrary_validation();
  FitOptions part = options();
  part.max_epochs = 4;
  const Fitted before = fit(fixture, part, fixture.job_with_checkpoint());
  ASSERT_LT(before.outcome.best_epoch, 4);
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  const Fitted resumed = fit(fixture, options(), rest, 99);
  EXPECT_EQ(resumed.outcome.best_epoch, before.outcome.best_epoch);
  EXPECT_TRUE(same_bits(resumed.after, before.after));
}

TEST(FitNetwork, starts_anew_where_there_is_no_checkpoint_or_no_wish_to_resume) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  job.resume = true;
  const Fitted first = fit(fixture, options(), job);
  job.resume = false;
  const Fitted again = fit(fixture, options(), job);
  EXPECT_EQ(again.outcome.epochs.size(), 6U);
  EXPECT_TRUE(same_bits(first.after, again.after));
}

TEST(FitNetwork, refuses_the_checkpoint_of_another_job_with_its_name_and_a_remedy) {
  const Fixture fixture = mixed_samples();
  fit(fixture, options(), fixture.job_with_checkpoint());
  TrainingJob other_seed = fixture.job_with_checkpoint(2);
  TrainingJob other_params = fixture.job_with_checkpoint();
  other_params.params.set("hidden", 16);
  sample::SampleSet more = *fixture.job().samples;
  ++more.part_counts[0];
  TrainingJob other_samples = fixture.job_with_checkpoint();
  other_samples.samples = &more;
  for (TrainingJob* job : {&other_seed, &other_params, &other_samples}) {
    job->resume = true;
    const auto status = failure(fixture, options(), *job);
    EXPECT_EQ(status.code(), base::ErrorCode::kConflict);
    EXPECT_THAT(status.message(), HasSubstr("checkpoint.pt: it belongs to another training job"));
    EXPECT_THAT(status.message(), HasSubstr("without --resume"));
  }
}

TEST(FitNetwork, refuses_the_checkpoint_of_a_machine_that_multiplies_otherwise) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  job.params.set("precision", "reduced");
  job.products = math::ProductPath::kAmxBf16;
  fit(fixture, options(), job);
  job.resume = true;
  EXPECT_EQ(fit(fixture, options(), job).outcome.epochs.size(), 6U);
  job.products = math::ProductPath::kAvx512Bf16;
  EXPECT_THAT(failure(fixture, options(), job).message(), HasSubstr("other instructions for precision: reduced"));
  job.params.set("precision", "float");
  EXPECT_EQ(failure(fixture, options(), job).code(), base::ErrorCode::kConflict);
}

TEST(FitNetwork, refuses_a_damaged_checkpoint_in_one_line) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  fit(fixture, options(), job);
  const std::string bytes = fixture.folder().read("checkpoint.pt");
  job.resume = true;
  std::string flipped = bytes;
  flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 1);
  std::vector<std::string> all = {"", "no archive", flipped};
  for (std::size_t cut = 1; cut < bytes.size(); cut += bytes.size() / 20) all.push_back(bytes.substr(0, cut));
  for (const std::string& damaged : all) {
    fixture.folder().write("checkpoint.pt", damaged);
    const auto status = failure(fixture, options(), job);
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr("checkpoint.pt is damaged"));
    EXPECT_EQ(status.message().find('\n'), std::string::npos);
  }
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
