#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "artifact/test_folder.h"
#include "base/core/random.h"
#include "eval/auc.h"
#include "feature/target_json.h"
#include "forest/tree_columns.h"
#include "models/purchase_gbdt/purchase_gbdt_net.h"
#include "models/purchase_gbdt/purchase_gbdt_rows_net.h"
#include "models/purchase_gbdt/purchase_gbdt_serve.h"
#include "sample/shard.h"
#include "train/booster.h"
#include "train/parameters.h"

namespace inkling::models::purchase_gbdt {
namespace {

using base::Random;
using feature::EncoderKind;
using testing::HasSubstr;
using train::Booster;
using train::Matrix;

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}
void must(const base::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kNames = 60;

feature::FeatureSpec feature_of(const char* source, EncoderKind kind) {
  feature::Encoder encoder;
  encoder.kind = kind;
  encoder.size = 24;
  return {source, encoder};
}

// Three raw numbers, an ordered id and one of names: what tells a purchase is put into all of them, and into what is
// missing.
feature::Blueprint blueprint_of() {
  feature::BlueprintSpec spec;
  for (const char* source : {"count.view.1h", "recency.cart_add", "active_days"}) {
    spec.statistics.push_back(feature_of(source, EncoderKind::kRaw));
  }
  spec.statistics.push_back(feature_of("hour", EncoderKind::kIndex));
  spec.statistics.push_back(feature_of("session.last_item", EncoderKind::kVocabulary));
  for (std::size_t i = 0; i < kNames; ++i) spec.statistics.back().encoder.entries.push_back(100 + i);
  return must(feature::Blueprint::make(spec));
}

struct Sample {
  std::vector<float> numbers;
  std::vector<std::uint32_t> ids;
  double prob = 0;
};

Sample random_sample(Random& random) {
  Sample sample;
  for (int i = 0; i < 3; ++i) {
    sample.numbers.push_back(random.chance(0.2) ? kMissing : static_cast<float>(random.normal() * 10));
  }
  const auto hour = random.below(24), name = random.below(kNames + 16);
  sample.ids = {static_cast<std::uint32_t>(hour + feature::kFirstId),
                random.chance(0.1) ? feature::kMissingId : static_cast<std::uint32_t>(name + feature::kFirstId)};
  const bool recent = std::isnan(sample.numbers[1]) || sample.numbers[1] < 0;
  const double logit = (recent ? 1.5 : -1.5) + (name % 3 == 0 ? 2 : -1) +
                       (hour > 12 && !std::isnan(sample.numbers[0]) ? 0.1 * sample.numbers[0] : -0.5);
  sample.prob = 1 / (1 + std::exp(-logit));
  return sample;
}

struct Drawn {
  sample::ShardColumns columns;
  sample::SampleSet set;
  std::vector<Sample> samples;
};

// Two targets; a fifth is held out. `second_rate` below 0: as the first.
Drawn draw(const std::filesystem::path& folder, std::size_t count, double second_rate = -1, bool held_out = true) {
  const feature::Blueprint blueprint = blueprint_of();
  Random random(5);
  Drawn drawn;
  for (std::size_t i = 0; i < count; ++i) {
    Sample sample = random_sample(random);
    auto& columns = drawn.columns;
    columns.numbers.insert(columns.numbers.end(), sample.numbers.begin(), sample.numbers.end());
    columns.statistic_ids.insert(columns.statistic_ids.end(), sample.ids.begin(), sample.ids.end());
    columns.labels.push_back(random.chance(sample.prob) ? 1 : 0);
    columns.labels.push_back(random.chance(second_rate < 0 ? sample.prob : second_rate) ? 1 : 0);
    columns.part.push_back(
        static_cast<std::uint8_t>(held_out && i % 5 == 0 ? sample::Part::kValidation : sample::Part::kTrain));
    for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) column->push_back(0);
    drawn.samples.push_back(std::move(sample));
  }
  auto& set = drawn.set;
  set.folder = folder;
  set.shards = {folder / "part-00000.safetensors"};
  set.blueprint = blueprint.spec();
  set.plan.targets = {{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}};
  set.plan.train_until_ms = set.plan.test_from_ms = set.plan.test_until_ms = 1;
  for (const std::uint8_t part : drawn.columns.part) ++set.part_counts.at(part);
  must(sample::write_shard(set.shards.front(), drawn.columns, blueprint, set.plan));
  return drawn;
}

train::TrainingJob job_on(const Drawn& drawn, const std::vector<std::string>& assignments = {}) {
  const auto table = must(train::ParameterTable::parse(serving_half().params_yaml, "params.yaml"));
  base::Json given = base::Json::object();
  must(table.set("rounds=60", given));
  for (const std::string& assignment : assignments) must(table.set(assignment, given));
  train::TrainingJob job;
  job.samples = &drawn.set;
  job.params = must(table.complete(base::JsonView(given)));
  return job;
}

std::vector<std::byte> bytes_of(const train::TrainedModel& trained) {
  return must(trained.weights.bytes());
}

artifact::PackageManifest manifest_of(const Drawn& drawn, const train::TrainedModel& trained) {
  artifact::PackageManifest manifest;
  manifest.name = "purchase_gbdt";
  manifest.version = "v1";
  manifest.params = trained.params;
  manifest.features = feature::blueprint_to_json(drawn.set.blueprint);
  return manifest;
}

// Probabilities of every sample, one row each.
std::vector<std::vector<float>> served(const Drawn& drawn, const train::TrainedModel& trained) {
  const auto bytes = bytes_of(trained);
  const auto scorer = must(TreeScorer::make(manifest_of(drawn, trained), must(artifact::Safetensors::parse(bytes))));
  const auto workspace = scorer->new_workspace();
  std::vector<std::vector<float>> rows;
  for (const Sample& sample : drawn.samples) {
    rows.emplace_back(2);
    must(scorer->score_statistics(sample.numbers, sample.ids, *workspace, rows.back()));
  }
  return rows;
}

double served_auc(const Drawn& drawn, const train::TrainedModel& trained, std::size_t target, sample::Part part) {
  const auto rows = served(drawn, trained);
  std::vector<double> scores;
  std::vector<std::uint8_t> labels;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (drawn.columns.part[i] != static_cast<std::uint8_t>(part)) continue;
    scores.push_back(rows[i][target]);
    labels.push_back(drawn.columns.labels[2 * i + target]);
  }
  return must(eval::auc(scores, labels));
}

// XGBoost's own answers for rows of every kind of column beside ours, missing values and unknown names included.
TEST(GbdtParity, serves_what_xgboost_predicts) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 6000);
  const TrainingRows rows = must(read_rows(drawn.set));
  Matrix train = must(Matrix::make(rows.train.values, rows.categories));
  const Matrix held_out = must(Matrix::make(rows.validation.values, rows.categories));
  const std::array<const Matrix*, 1> used = {&train};
  Booster booster = must(Booster::make({{"objective", "binary:logistic"},
                                        {"tree_method", "hist"},
                                        {"base_score", "0.37"},
                                        {"max_depth", "6"},
                                        {"max_cat_to_onehot", "4"},
                                        {"nthread", "1"},
                                        {"verbosity", "0"}},
                                       used));
  must(train.set_labels(rows.train.labels[0]));
  constexpr int kRounds = 80;
  for (int round = 0; round < kRounds; ++round) must(booster.grow(round, train));
  for (const int kept : {kRounds, 13}) {
    const forest::TreeColumns columns = must(booster.trees(kept));
    const auto trees = must(nn::TreeEnsemble::make("all", columns.tensors(), rows.columns));
    EXPECT_EQ(trees.tree_count(), static_cast<std::size_t>(kept));
    const auto expected = must(booster.predict(held_out, rows.validation.count, kept));
    float largest = 0, lowest = 1, highest = 0;
    for (std::size_t i = 0; i < rows.validation.count; ++i) {
      const auto row = std::span(rows.validation.values).subspan(i * rows.columns, rows.columns);
      const float prob = 1.0F / (1.0F + std::exp(-trees.sum(row, columns.start_logit)));
      largest = std::max(largest, std::abs(prob - expected[i]));
      lowest = std::min(lowest, prob);
      highest = std::max(highest, prob);
    }
    EXPECT_LT(largest, 1e-6F) << kept << " trees";
    EXPECT_GT(highest - lowest, 0.5F) << "rows that all score the same compare nothing";
  }
  EXPECT_GT(std::ranges::count_if(must(booster.trees(kRounds)).set, [](std::int32_t set) { return set >= 0; }), 20)
      << "no tree asks for names";
}

TEST(GbdtTraining, learns_what_numbers_names_and_missing_values_tell) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 6000);
  const auto trained = must(training_half().train(job_on(drawn)));
  std::vector<double> truth;
  std::vector<std::uint8_t> labels;
  for (std::size_t i = 0; i < drawn.samples.size(); i += 5) {
    truth.push_back(drawn.samples[i].prob);
    labels.push_back(drawn.columns.labels[2 * i]);
  }
  const double best = must(eval::auc(truth, labels));
  EXPECT_GT(served_auc(drawn, trained, 0, sample::Part::kValidation), best - 0.03);
  EXPECT_GT(served_auc(drawn, trained, 1, sample::Part::kValidation), best - 0.05);
}

TEST(GbdtTraining, learns_ten_samples_by_heart) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 10, -1, false);
  const auto trained = must(training_half().train(
      job_on(drawn, {"min_child_weight=0", "lambda=0", "eta=0.5", "subsample=1", "colsample_bytree=1"})));
  EXPECT_EQ(served_auc(drawn, trained, 0, sample::Part::kTrain), 1);
  EXPECT_EQ(served_auc(drawn, trained, 1, sample::Part::kTrain), 1);
}

TEST(GbdtTraining, is_the_same_for_the_same_seed_and_another_for_another) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 1500);
  auto job = job_on(drawn);
  const auto first = bytes_of(must(training_half().train(job)));
  EXPECT_EQ(bytes_of(must(training_half().train(job))), first);
  job.seed = 2;
  EXPECT_NE(bytes_of(must(training_half().train(job))), first);
}

TEST(GbdtTraining, stopped_and_resumed_gives_the_trees_of_an_uninterrupted_run) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 1500);
  auto job = job_on(drawn);
  const auto whole = must(training_half().train(job));
  std::atomic<bool> stop = false;
  job.checkpoint = folder.path() / "checkpoint";
  job.stop = &stop;
  job.on_progress = [&](const train::TrainingProgress& progress) {
    if (progress.epoch == 3 && progress.samples_done > 0) stop = true;
  };
  const auto stopped = training_half().train(job);
  ASSERT_EQ(stopped.status().code(), base::ErrorCode::kUnavailable);
  EXPECT_THAT(stopped.status().message(), HasSubstr("--resume"));
  stop = false;
  job.on_progress = {};
  job.resume = true;
  const auto resumed = must(training_half().train(job));
  EXPECT_EQ(bytes_of(resumed), bytes_of(whole));
  EXPECT_EQ(resumed.best_epoch, whole.best_epoch);
  ASSERT_EQ(resumed.epochs.size(), whole.epochs.size());
  EXPECT_EQ(resumed.epochs.front().validation_loss, whole.epochs.front().validation_loss);
}

TEST(GbdtTraining, refuses_the_checkpoint_of_another_job) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 500);
  auto job = job_on(drawn);
  job.checkpoint = folder.path() / "checkpoint";
  must(training_half().train(job));
  job.seed = 2;
  job.resume = true;
  EXPECT_EQ(training_half().train(job).status().code(), base::ErrorCode::kConflict);
  folder.write("checkpoint", "not a checkpoint");
  EXPECT_EQ(training_half().train(job).status().code(), base::ErrorCode::kCorrupt);
}

TEST(GbdtTraining, keeps_the_trees_that_held_out_shoppers_liked_best) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 1500);
  const auto trained =
      must(training_half().train(job_on(drawn, {"rounds=400", "eta=0.5", "patience=15", "max_depth=6"})));
  const base::JsonView params(trained.params);
  const auto rounds = must(params.elements("kept_rounds"));
  for (const auto& kept : rounds) EXPECT_LT(must(kept.as_integer()), 100);
  EXPECT_LT(trained.epochs.size(), 20U);
  const auto best = std::ranges::min_element(trained.epochs, {}, &train::EpochReport::validation_loss);
  EXPECT_EQ(trained.best_epoch, best->epoch);
}

TEST(GbdtTraining, grown_anew_on_everybody_answers_the_mean_of_its_ensembles) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 3000);
  const auto stopped = must(training_half().train(job_on(drawn)));
  const auto refitted = must(training_half().train(job_on(drawn, {"refit=3"})));
  EXPECT_EQ(must(base::JsonView(refitted.params).elements("kept_rounds"))[0].json(),
            must(base::JsonView(stopped.params).elements("kept_rounds"))[0].json());
  const auto bytes = bytes_of(refitted), before = bytes_of(stopped);
  const auto trees = must(forest::read_trees(must(artifact::Safetensors::parse(bytes)), 0, 5)).trees.tree_count();
  EXPECT_EQ(trees, 3 * must(forest::read_trees(must(artifact::Safetensors::parse(before)), 0, 5)).trees.tree_count());
  // Held-out points were seen now, and known better than by who never saw them.
  EXPECT_GT(served_auc(drawn, refitted, 0, sample::Part::kValidation),
            served_auc(drawn, stopped, 0, sample::Part::kValidation));
  EXPECT_EQ(bytes_of(must(training_half().train(job_on(drawn, {"refit=3"})))), bytes);
}

TEST(GbdtTraining, keeps_all_rounds_when_nobody_is_held_out) {
  const artifact::TestFolder folder;
  const auto trained = must(training_half().train(job_on(draw(folder.path(), 500, -1, false), {"rounds=23"})));
  for (const auto& kept : must(base::JsonView(trained.params).elements("kept_rounds"))) {
    EXPECT_EQ(must(kept.as_integer()), 23);
  }
  EXPECT_TRUE(std::isnan(trained.epochs.back().validation_loss));
}

TEST(GbdtTraining, answers_a_horizon_of_one_class_by_its_rate) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 500, 0);
  const auto rows = served(drawn, must(training_half().train(job_on(drawn))));
  for (const auto& row : rows) ASSERT_NEAR(row[1], 1e-4, 1e-7);
  EXPECT_NE(rows[0][0], rows[1][0]) << "the other horizon learns";
}

TEST(GbdtTraining, refuses_a_blueprint_without_statistics) {
  const artifact::TestFolder folder;
  Drawn drawn = draw(folder.path(), 10);
  drawn.set.blueprint.statistics.clear();
  EXPECT_THAT(training_half().train(job_on(drawn)).status().message(), HasSubstr("statistics: is empty"));
}

TEST(GbdtScorer, answers_for_a_state_what_it_answers_for_its_encoded_statistics) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 1500);
  const auto trained = must(training_half().train(job_on(drawn)));
  const auto bytes = bytes_of(trained);
  const auto scorer = must(TreeScorer::make(manifest_of(drawn, trained), must(artifact::Safetensors::parse(bytes))));
  const feature::Blueprint blueprint = blueprint_of();
  const auto workspace = scorer->new_workspace();
  const auto memory = scorer->new_memory();
  state::ShopperState state;
  domain::Action cart_add;
  cart_add.action = domain::ActionKind::kCartAdd;
  cart_add.item = "lamp";
  for (const std::int64_t now_ms : {1'000LL, 5'000'000LL}) {
    ASSERT_TRUE(scorer->catch_up(state, *memory));
    std::vector<float> numbers(3), probs(2), expected(2);
    std::vector<std::uint32_t> ids(2);
    blueprint.encode_statistics(state, now_ms, numbers, ids);
    scorer->score(state, *memory, now_ms, *workspace, probs);
    must(scorer->score_statistics(numbers, ids, *workspace, expected));
    EXPECT_EQ(probs, expected);
    EXPECT_TRUE(std::isnan(numbers[1]) == (now_ms == 1'000)) << "nobody has put anything into the cart at first";
    state::apply(state, {"e", 2'000, "ann", "", cart_add, ""});
  }
}

TEST(GbdtScorer, refuses_a_package_by_the_tensor_that_does_not_fit) {
  const artifact::TestFolder folder;
  const Drawn drawn = draw(folder.path(), 500);
  const auto trained = must(training_half().train(job_on(drawn)));
  auto manifest = manifest_of(drawn, trained);
  const auto bytes = bytes_of(trained);
  const auto tensors = must(artifact::Safetensors::parse(bytes));
  manifest.params.set("targets", feature::targets_to_json({{"a", 1}, {"b", 2}, {"c", 3}}));
  EXPECT_THAT(TreeScorer::make(manifest, tensors).status().message(), HasSubstr("target.2.start"));
  manifest = manifest_of(drawn, trained);
  auto fewer = drawn.set.blueprint;
  fewer.statistics.resize(1);
  manifest.features = feature::blueprint_to_json(fewer);
  EXPECT_THAT(TreeScorer::make(manifest, tensors).status().message(), HasSubstr("of 1 columns"));
}

}  // namespace
}  // namespace inkling::models::purchase_gbdt
