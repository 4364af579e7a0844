#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "base/core/allocation_count_test.h"
#include "base/core/clock.h"
#include "basket/statistics_tensors.h"
#include "models/add_on_gbdt/add_on_gbdt_net.h"
#include "models/add_on_gbdt/add_on_gbdt_params_yaml.h"
#include "models/add_on_gbdt/add_on_gbdt_serve.h"
#include "train/booster.h"
#include "train/parameters.h"

namespace inkling::models::add_on_gbdt {
namespace {

using base::kDayMs;
using basket::Purchase;
using testing::HasSubstr;

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}
void must(const base::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

constexpr std::uint64_t kSets = 40, kSetItems = 5;

std::int64_t price_of(std::uint64_t item) {
  return static_cast<std::int64_t>(100 + 37 * (item % 11));
}

// Eight baskets a day, each most of one of 40 sets of five items that are bought together, and
// one item that is the shopper's habit or a stray one.
std::vector<Purchase> shop_of(int days, std::uint64_t seed = 1) {
  base::Random random(seed);
  std::vector<Purchase> purchases;
  for (int i = 0; i < 8 * days; ++i) {
    Purchase purchase{1 + random.below(30), i * kDayMs / 8, {}};
    const std::uint64_t set = random.below(kSets);
    for (std::uint64_t k = 0; k < kSetItems; ++k) {
      const std::uint64_t item = 1 + set * kSetItems + k;
      if (random.chance(0.8)) purchase.lines.push_back({item, price_of(item)});
    }
    const std::uint64_t habit = 1 + 3 * purchase.shopper;
    const std::uint64_t stray = random.chance(0.5) ? habit : 1 + random.below(kSets * kSetItems);
    purchase.lines.push_back({stray, price_of(stray)});
    purchases.push_back(purchase);
  }
  return purchases;
}

basket::CoBasket statistics_of(const std::vector<Purchase>& purchases, std::int64_t end_ms) {
  basket::CoBasketBuilder builder(basket::CoBasketOptions{});
  for (const Purchase& purchase : purchases) builder.add(purchase);
  return must(builder.build(end_ms));
}

train::RankingJob job_of(const std::vector<Purchase>& purchases, std::initializer_list<const char*> settings = {}) {
  const auto table = must(train::ParameterTable::parse(kParamsYaml, "params.yaml"));
  base::Json given = base::Json::object();
  for (const char* setting : {"days=30", "test_days=0", "rounds=30"}) must(table.set(setting, given));
  for (const char* setting : settings) must(table.set(setting, given));
  train::RankingJob job;
  job.purchases = purchases;
  job.end_ms = purchases.back().ts_ms + 1;
  job.params = must(table.complete(base::JsonView(given)));
  return job;
}

std::vector<std::byte> bytes_of(const train::RankedModel& trained) {
  return must(trained.weights.bytes());
}

TEST(AddOnCases, ask_for_the_item_taken_out_among_those_that_close_the_gap) {
  const auto purchases = shop_of(60);
  const auto statistics = statistics_of(purchases, 60 * kDayMs);
  basket::CaseMaker maker(statistics, {});
  base::Random random(1);
  std::size_t cases = 0;
  for (const Purchase& purchase : purchases) {
    const auto made = maker.make(purchase, random);
    if (!made) continue;
    ++cases;
    const std::uint32_t target = made->candidates[made->target].row;
    EXPECT_EQ(made->gap_cents, price_of(statistics.item(target)));
    std::set<std::uint32_t> basket(made->triggers.begin(), made->triggers.end()), candidates;
    EXPECT_FALSE(basket.contains(target));
    basket.insert(target);
    for (const auto& candidate : made->candidates) candidates.insert(candidate.row);
    EXPECT_EQ(candidates.size(), made->candidates.size());
    for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
      const std::int64_t price = statistics.price_cents(row);
      const bool closes = price >= made->gap_cents && 2 * price <= 3 * made->gap_cents;
      EXPECT_EQ(candidates.contains(row), row == target || (closes && !basket.contains(row)));
    }
  }
  EXPECT_GT(cases, 300U);
}

TEST(AddOnCases, are_not_made_of_baskets_that_are_too_small_too_large_or_unknown) {
  const auto statistics = statistics_of(shop_of(60), 60 * kDayMs);
  basket::CaseMaker maker(statistics, {3, 4, 0.5});
  base::Random random(1);
  const auto of = [&](std::vector<std::uint64_t> items) {
    Purchase purchase;
    for (const std::uint64_t item : items) purchase.lines.push_back({item, 100});
    return maker.make(purchase, random).has_value();
  };
  EXPECT_FALSE(of({1, 2}));
  EXPECT_TRUE(of({1, 2, 3}));
  EXPECT_FALSE(of({1, 2, 2, 9999, 1})) << "twice the same, and one that nobody bought before";
  EXPECT_TRUE(of({1, 2, 3, 4, 9999}));
  EXPECT_FALSE(of({1, 2, 3, 4, 5}));
}

TEST(AddOnRows, have_one_item_taken_out_a_case_and_the_likeliest_others) {
  auto purchases = shop_of(60);
  RankerOptions options;
  options.days = 20;
  options.negatives = {3, 2};
  const RankingRows rows = must(training_rows(purchases, 60 * kDayMs, options));
  EXPECT_EQ(rows.values.size(), rows.labels.size() * basket::kCandidateFeatureCount);
  std::size_t at = 0;
  for (const std::uint32_t group : rows.groups) {
    EXPECT_LE(group, 6U);
    EXPECT_EQ(std::count(rows.labels.begin() + static_cast<std::ptrdiff_t>(at),
                         rows.labels.begin() + static_cast<std::ptrdiff_t>(at + group), 1),
              1);
    at += group;
  }
  EXPECT_EQ(at, rows.labels.size());
}

TEST(AddOnRows, keep_the_candidate_that_the_autoencoder_likes_best) {
  const auto purchases = shop_of(60);
  const auto likeliest = [&](std::size_t hard) {
    RankerOptions options;
    options.days = 20;
    options.negatives = {hard, 0};
    const RankingRows rows = must(training_rows(purchases, 60 * kDayMs, options));
    std::vector<float> best;
    std::size_t at = 0;
    for (const std::uint32_t group : rows.groups) {
      best.push_back(0);
      for (const std::size_t end = at + group; at < end; ++at) {
        const float score = rows.values[at * basket::kCandidateFeatureCount + 7];
        if (rows.labels[at] == 0) best.back() = std::max(best.back(), score);
      }
    }
    return best;
  };
  EXPECT_EQ(likeliest(1), likeliest(1000));
}

TEST(AddOnRows, know_nothing_of_the_days_that_teach) {
  auto purchases = shop_of(60);
  RankerOptions options;
  options.days = 20;
  const RankingRows before = must(training_rows(purchases, 60 * kDayMs, options));
  // Were teaching baskets counted, a second copy of each would change popularity.
  std::vector<Purchase> doubled;
  for (const Purchase& purchase : purchases) {
    doubled.push_back(purchase);
    if (purchase.ts_ms >= 40 * kDayMs) doubled.push_back(purchase);
  }
  const RankingRows after = must(training_rows(doubled, 60 * kDayMs, options));
  const auto most_popular = [](const RankingRows& rows) {
    float most = 0;
    for (std::size_t at = 0; at < rows.values.size(); at += basket::kCandidateFeatureCount) {
      most = std::max(most, rows.values[at]);
    }
    return most;
  };
  EXPECT_EQ(most_popular(after), most_popular(before));
  EXPECT_GT(after.groups.size(), before.groups.size());
  EXPECT_THAT(training_rows(purchases, kDayMs, options).status().message(), HasSubstr("ask for fewer days"));
}

TEST(AddOnRanker, serves_what_xgboost_predicts) {
  const auto purchases = shop_of(60);
  RankerOptions options;
  options.days = 20;
  const RankingRows rows = must(training_rows(purchases, 60 * kDayMs, options));
  const auto columns = must(fit_ranker(rows, options));
  const auto ours = must(nn::TreeEnsemble::make("trees", columns.tensors(), basket::kCandidateFeatureCount));
  ASSERT_EQ(ours.tree_count(), static_cast<std::size_t>(options.rounds));
  auto matrix = must(train::Matrix::make(rows.values, std::vector<bool>(basket::kCandidateFeatureCount, false)));
  must(matrix.set_labels(rows.labels));
  must(matrix.set_groups(rows.groups));
  const std::array<const train::Matrix*, 1> used = {&matrix};
  auto booster = must(train::Booster::make(booster_settings(options), used));
  for (int round = 0; round < options.rounds; ++round) must(booster.grow(round, matrix));
  const auto theirs = must(booster.predict(matrix, rows.labels.size()));
  float least = theirs[0], most = theirs[0];
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    const std::span row = std::span(rows.values).subspan(i * basket::kCandidateFeatureCount, 18);
    ASSERT_NEAR(ours.sum(row, columns.start_logit) + 0.5F, theirs[i], 1e-4) << "XGBoost starts from 0.5";
    least = std::min(least, theirs[i]), most = std::max(most, theirs[i]);
  }
  EXPECT_GT(most - least, 1);
}

TEST(AddOnTraining, finds_what_is_bought_together) {
  const auto purchases = shop_of(120);
  const auto trained = must(ranking_half().train(job_of(purchases, {"test_days=20"})));
  EXPECT_GT(trained.metrics.at("test.points"), 50);
  // The stray item of each basket, one in five of those taken out, nobody can find among some fifty but by luck.
  EXPECT_GT(trained.metrics.at("test.hr10"), 0.7);
  EXPECT_LE(trained.metrics.at("test.hr10"), 1);
  EXPECT_GT(trained.metrics.at("test.mrr10"), 0.5);
  EXPECT_TRUE(must(ranking_half().train(job_of(purchases))).metrics.empty());
}

TEST(AddOnTraining, is_the_same_for_the_same_seed_and_another_for_another) {
  const auto purchases = shop_of(60);
  auto job = job_of(purchases);
  const auto first = bytes_of(must(ranking_half().train(job)));
  EXPECT_EQ(bytes_of(must(ranking_half().train(job))), first);
  job.seed = 2;
  EXPECT_NE(bytes_of(must(ranking_half().train(job))), first);
}

TEST(AddOnTraining, is_not_measured_with_histories_that_hold_the_answer) {
  auto strangers = shop_of(60);
  std::uint64_t next = 1000;
  for (Purchase& purchase : strangers) {
    if (purchase.ts_ms > 50 * kDayMs) purchase.shopper = next++;
  }
  auto unknown = strangers;
  for (Purchase& purchase : unknown) {
    if (purchase.shopper >= 1000) purchase.shopper = 0;
  }
  const auto measured = [](const std::vector<Purchase>& purchases) {
    return must(ranking_half().train(job_of(purchases, {"test_days=9", "days=20"}))).metrics;
  };
  EXPECT_EQ(measured(strangers), measured(unknown)) << "of both nothing is known before their only basket";
}

TEST(AddOnTraining, refuses_a_feature_to_hide_that_is_none) {
  RankerOptions options;
  options.without = {"price"};
  EXPECT_THAT(fit_ranker({}, options).status().message(), HasSubstr("no candidate feature \"price\""));
}

TEST(AddOnScorer, comes_out_of_a_package_as_it_went_in_and_allocates_nothing) {
  const auto purchases = shop_of(60);
  const auto trained = must(ranking_half().train(job_of(purchases)));
  const auto bytes = bytes_of(trained);
  artifact::PackageManifest manifest;
  manifest.features = trained.features;
  const auto scorer = must(ranking_model().load(manifest, must(artifact::Safetensors::parse(bytes))));
  const auto statistics = statistics_of(purchases, purchases.back().ts_ms + 1);
  EXPECT_EQ(scorer->statistics().tensors().weight, statistics.tensors().weight);
  const std::vector<std::uint32_t> triggers = {0, 1, 7};
  std::vector<basket::Candidate> candidates;
  for (std::uint32_t row = 10; row < 60; ++row) candidates.push_back({row, statistics.price_cents(row)});
  std::vector<float> scores(candidates.size()), again(candidates.size());
  const auto workspace = scorer->new_workspace();
  const basket::AddOnRequest request = {nullptr, nullptr, triggers, 200, 61 * kDayMs};
  scorer->start(request, *workspace);
  scorer->score(candidates, *workspace, scores);
  const std::size_t before = base::allocations;
  scorer->start(request, *workspace);
  scorer->score(candidates, *workspace, again);
  EXPECT_EQ(base::allocations, before);
  EXPECT_EQ(again, scores);
  EXPECT_GT(*std::ranges::max_element(scores) - *std::ranges::min_element(scores), 0.1F);
}

TEST(AddOnScorer, refuses_a_package_by_what_does_not_fit) {
  const auto trained = must(ranking_half().train(job_of(shop_of(60))));
  artifact::PackageManifest manifest;
  const auto bytes = bytes_of(trained);
  const auto tensors = must(artifact::Safetensors::parse(bytes));
  EXPECT_THAT(ranking_model().load(manifest, tensors).status().message(), HasSubstr("other candidate features"));
  manifest.features = trained.features;
  artifact::SafetensorsWriter few;
  must(few.add<std::uint64_t>("basket.items", {0}, {}));
  const auto few_bytes = must(few.bytes());
  const auto without = ranking_model().load(manifest, must(artifact::Safetensors::parse(few_bytes)));
  EXPECT_THAT(without.status().message(), HasSubstr("basket.baskets"));
}

TEST(AddOnFound, counts_ties_against_the_item_taken_out) {
  basket::Found found;
  const std::vector<float> scores = {3, 2, 2, 1};
  found.add(scores, 1);
  EXPECT_EQ(found.reciprocal_ranks, 1.0 / 3);
  found.add(std::vector<float>(11, 0.0F), 4);
  EXPECT_EQ(found.hits, 1U);
  EXPECT_EQ(found.hit_rate(), 0.5);
}

}  // namespace
}  // namespace inkling::models::add_on_gbdt
