// What a log may bring that teaches nothing, or too much at once: training and serving must bear it and agree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "artifact/test_folder.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using Lengths = std::vector<std::vector<std::size_t>>;
using Change = std::function<void(sample::ShardColumns&)>;

// Records of swipe, tap and browse view for each of twelve samples; every fourth one is for validation.
Lengths usual_lengths() {
  return Lengths(12, {8, 4, 6});
}

// Trains on what `change` leaves of made-up samples, and holds the package to the numbers that training told.
void expect_bearable(const Lengths& lengths, const Change& change, const Assignments& assignments = {}) {
  const feature::Blueprint blueprint = must(feature::Blueprint::make(twin::blueprint_of({})));
  base::Random random(31);
  sample::ShardColumns columns = twin::random_columns(blueprint, lengths, random);
  for (std::size_t i = 0; i < lengths.size(); i += 4)
    columns.part[i] = static_cast<std::uint8_t>(sample::Part::kValidation);
  change(columns);
  const artifact::TestFolder folder;
  const auto samples = must(twin::write_samples(std::move(columns), blueprint, folder.path()));
  train::TrainingJob job;
  job.samples = &samples.set;
  job.params = must(twin::params_of(kSmall + Assignments{"max_epochs=2", "batch_size=4"} + assignments));
  const auto trained = training_half().train(job);
  ASSERT_TRUE(trained.ok()) << trained.status().message();
  for (const auto& epoch : trained->epochs) {
    EXPECT_TRUE(std::isfinite(epoch.train_loss) && std::isfinite(epoch.validation_loss));
  }
  const auto scorer = must(twin::serve(twin::manifest_of(blueprint.spec(), trained->params), trained->weights));
  const auto logits = twin::scorer_logits(*scorer, samples.columns);
  double loss = 0;
  std::size_t held_out = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (samples.columns.part[i] != static_cast<std::uint8_t>(sample::Part::kValidation)) continue;
    ++held_out;
    for (std::size_t k = 0; k < 2; ++k) {
      const double sign = samples.columns.labels[2 * i + k] != 0 ? -1 : 1;
      loss += (k == 0 ? 1 : 0.5) / 1.5 * std::log1p(std::exp(sign * static_cast<double>(logits[i][k])));
    }
  }
  const auto& best = trained->epochs.at(static_cast<std::size_t>(trained->best_epoch) - 1);
  EXPECT_NEAR(loss / static_cast<double>(held_out), best.validation_loss, 1e-4);
}

void fill_ids(sample::ShardColumns& columns, std::int32_t id) {
  for (auto& view : columns.views) std::fill(view.ids.begin(), view.ids.end(), id);
  std::fill(columns.statistic_ids.begin(), columns.statistic_ids.end(), id);
}

TEST(DipnBadInput, features_that_never_vary) {
  expect_bearable(usual_lengths(), [](sample::ShardColumns& columns) {
    fill_ids(columns, static_cast<std::int32_t>(feature::kFirstId));
    std::fill(columns.numbers.begin(), columns.numbers.end(), 0.25F);
  });
}

TEST(DipnBadInput, features_that_are_always_missing) {
  expect_bearable(usual_lengths(), [](sample::ShardColumns& columns) {
    fill_ids(columns, static_cast<std::int32_t>(feature::kMissingId));
    std::fill(columns.numbers.begin(), columns.numbers.end(), 0.0F);  // as the encoder gives a missing number
  });
}

TEST(DipnBadInput, a_view_that_some_shoppers_lack) {
  Lengths lengths = usual_lengths();
  for (std::size_t i = 0; i < lengths.size(); i += 2) lengths[i][0] = 0;
  for (std::size_t i = 0; i < lengths.size(); i += 3) lengths[i] = {0, 0, 0};
  expect_bearable(lengths, [](sample::ShardColumns&) {});
}

TEST(DipnBadInput, a_view_that_all_shoppers_lack) {
  for (const Assignments& assignments : {Assignments{}, Assignments{"cell=lstm"}, Assignments{"readout=product"},
                                         Assignments{"combine=tanh_product", "inter_scope=all"}}) {
    expect_bearable(
        Lengths(12, {0, 4, 6}), [](sample::ShardColumns&) {}, assignments);
    expect_bearable(
        Lengths(12, {0, 0, 0}), [](sample::ShardColumns&) {}, assignments);
  }
}

TEST(DipnBadInput, labels_of_one_class) {
  for (const std::uint8_t label : {0, 1}) {
    expect_bearable(usual_lengths(), [label](sample::ShardColumns& columns) {
      std::fill(columns.labels.begin(), columns.labels.end(), label);
    });
  }
}

TEST(DipnBadInput, sessions_without_a_record_beside_one_of_ten_thousand) {
  Lengths lengths(12, {0, 0, 0});
  lengths[4] = {10'000, 3, 1};
  lengths[5] = {2, 10'000, 10'000};
  expect_bearable(lengths, [](sample::ShardColumns&) {}, {"max_epochs=1"});
}

}  // namespace
}  // namespace inkling::models::dipn
