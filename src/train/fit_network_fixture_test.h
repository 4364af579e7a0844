// Samples on disk, a small network and the ways to train it, for the tests of fit_network.h.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "artifact/test_folder.h"
#include "base/core/random.h"
#include "sample/shard.h"
#include "train/fit_network.h"

namespace inkling::train {

using sample::Part;

inline constexpr std::int64_t kNumbers = 4;

struct Row {
  std::array<float, kNumbers> numbers{};
  std::array<std::uint8_t, 2> labels{};
  Part part = Part::kTrain;
};

// Numbers whose first two tell the labels; `turned` samples say the opposite.
inline std::vector<Row> rows_of(std::size_t count, Part part, std::uint64_t seed, bool turned = false) {
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

inline std::vector<Row> joined(std::vector<Row> a, const std::vector<Row>& b) {
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
inline FitOptions options() {
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
inline FitOptions one_step() {
  FitOptions options;
  options.loss_weights = {1, 0.5};
  options.learning_rate = 0.01;
  options.batch_size = 1000;
  options.max_epochs = 1;
  return options;
}
inline bool same_bits(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const torch::Tensor& x, const torch::Tensor& y) { return torch::equal(x, y); });
}

struct Fitted {
  std::vector<torch::Tensor> before, after;
  FitOutcome outcome;
};

inline Fitted fit(const Fixture& fixture, const FitOptions& options, const TrainingJob& job,
                  std::uint64_t weights_seed = 3, double dropout = 0.2) {
  SmallNetwork network(weights_seed, dropout);
  Fitted fitted{snapshot(network), {}, {}};
  const auto outcome = fit_network(network, fixture.data(), options, job);
  EXPECT_TRUE(outcome.ok()) << outcome.status().message();
  if (outcome.ok()) fitted.outcome = *outcome;
  fitted.after = snapshot(network);
  return fitted;
}

inline base::Status failure(const Fixture& fixture, const FitOptions& options, const TrainingJob& job,
                            double scale = 1) {
  SmallNetwork network(3);
  for (const torch::Tensor& tensor : network.parameters()) tensor.data().mul_(scale);
  const auto outcome = fit_network(network, fixture.data(), options, job);
  EXPECT_FALSE(outcome.ok());
  return outcome.status();
}

inline Fixture mixed_samples() {
  return Fixture(joined(rows_of(100, Part::kTrain, 5), rows_of(40, Part::kValidation, 6)));
}

// What is learned makes held-out shoppers who behave the opposite way ever less likely.
inline Fixture contrary_validation() {
  return Fixture(joined(rows_of(100, Part::kTrain, 5), rows_of(40, Part::kValidation, 6, true)));
}
}  // namespace inkling::train
