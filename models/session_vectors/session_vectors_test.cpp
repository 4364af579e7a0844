#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/core/random.h"
#include "math/vector_ops.h"
#include "models/session_vectors/session_vectors_draw_net.h"
#include "models/session_vectors/session_vectors_net.h"
#include "models/session_vectors/session_vectors_next_item_net.h"
#include "models/session_vectors/session_vectors_params_yaml.h"
#include "models/session_vectors/session_vectors_serve.h"
#include "models/session_vectors/session_vectors_skip_gram_net.h"
#include "train/parameters.h"

namespace inkling::models::session_vectors {
namespace {

using testing::HasSubstr;
using train::Touch;
using train::VisitLog;

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}
void must(const base::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

constexpr std::uint64_t kClusters = 10, kClusterItems = 12;

std::uint64_t cluster_of(std::uint64_t item) {
  return (item - 1) / kClusterItems;
}

// Each visit looks around in one cluster, and once in four at any item.
VisitLog planted(std::size_t visits, std::uint64_t seed = 1) {
  base::Random random(seed);
  VisitLog log;
  for (std::size_t i = 0; i < visits; ++i) {
    const std::uint64_t cluster = random.below(kClusters);
    std::vector<Touch> visit;
    for (std::size_t k = 0; k < 2 + random.below(5); ++k) {
      const bool stray = random.chance(0.25);
      const std::uint64_t item =
          stray ? random.below(kClusters * kClusterItems) : cluster * kClusterItems + random.below(kClusterItems);
      visit.push_back({1 + item, false});
    }
    log.add(static_cast<std::int64_t>(i), visit);
  }
  return log;
}

// How many of an item's nearest belong to its cluster, over all items.
double share_of_own(const index::ItemVectors& vectors) {
  double own = 0;
  for (std::uint32_t row = 0; row < vectors.rows(); ++row) {
    std::vector<std::pair<float, std::uint32_t>> near;
    for (std::uint32_t other = 0; other < vectors.rows(); ++other) {
      if (other != row) near.emplace_back(-math::dot(vectors.vector(row), vectors.vector(other)), other);
    }
    std::ranges::sort(near);
    for (std::size_t i = 0; i < kClusterItems - 1; ++i) {
      own += cluster_of(vectors.item(near[i].second)) == cluster_of(vectors.item(row)) ? 1 : 0;
    }
  }
  return own / static_cast<double>(vectors.rows() * (kClusterItems - 1));
}

SkipGramOptions small_options() {
  SkipGramOptions options;
  options.dim = 16;
  return options;
}

train::VectorJob job_of(const VisitLog& log, std::initializer_list<const char*> settings = {}) {
  const auto table = must(train::ParameterTable::parse(kParamsYaml, "params.yaml"));
  base::Json given = base::Json::object();
  for (const char* setting : {"dim=16", "epochs=10"}) must(table.set(setting, given));
  for (const char* setting : settings) must(table.set(setting, given));
  return {log, must(table.complete(base::JsonView(given))), 1};
}

std::vector<std::byte> bytes_of(const train::LearntVectors& learnt) {
  return must(learnt.weights.bytes());
}

TEST(WeightedDraw, draws_in_proportion_to_the_power_of_the_counts) {
  const std::vector<std::size_t> counts = {1, 16, 81, 256};
  const WeightedDraw draw(counts, 0.5);
  base::Random random(3);
  std::vector<double> drawn(4);
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) drawn[draw.draw(random)] += 1.0 / kDraws;
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_NEAR(drawn[row], std::sqrt(static_cast<double>(counts[row])) / 30, 0.005) << row;
  }
}

TEST(SkipGram, brings_items_together_that_are_looked_at_in_one_visit) {
  const VisitLog log = planted(3000);
  const auto vectors = must(fit_skip_gram(log, log.size(), small_options()));
  EXPECT_EQ(vectors.rows(), kClusters * kClusterItems);
  EXPECT_GT(share_of_own(vectors), 0.95);  // by chance 0.09
}

// How much nearer what is bought at the end of a visit lies to what the visit began with than to what other visits
// begin with, where more than a window of items that say nothing lies between.
double nearness_to_beginnings(bool bought_context) {
  base::Random random(5);
  VisitLog log;
  for (int i = 0; i < 600; ++i) {
    const std::uint64_t kind = random.below(12);
    std::vector<Touch> visit;
    for (int k = 0; k < 4; ++k) visit.push_back({1 + 6 * kind + random.below(6), false});
    for (int k = 0; k < 4; ++k) visit.push_back({200 + random.below(60), false});
    visit.push_back({100 + kind, true});
    log.add(i, visit);
  }
  SkipGramOptions options = small_options();
  options.window = 2;
  options.subsample = 0;
  options.bought_context = bought_context;
  const auto vectors = must(fit_skip_gram(log, log.size(), options));
  const auto bought = vectors.vector(*vectors.find(100));
  float sum = 0;
  for (std::uint64_t item = 1; item <= 6; ++item) {
    sum += math::dot(bought, vectors.vector(*vectors.find(item)));
    sum -= math::dot(bought, vectors.vector(*vectors.find(6 + item)));
  }
  return static_cast<double>(sum) / 6;
}

TEST(SkipGram, learns_from_what_is_outside_its_window_only_when_it_was_bought) {
  EXPECT_LT(nearness_to_beginnings(false), 0.5);
  EXPECT_GT(nearness_to_beginnings(true), 0.8);
}

TEST(SkipGram, gives_no_vector_to_items_that_were_hardly_touched) {
  VisitLog log = planted(500);
  log.add(500, std::vector<Touch>{{1, false}, {9999, false}});
  SkipGramOptions options = small_options();
  EXPECT_FALSE(must(fit_skip_gram(log, log.size(), options)).find(9999));
  options.min_count = 1;
  EXPECT_TRUE(must(fit_skip_gram(log, log.size(), options)).find(9999));
}

TEST(SkipGram, reads_only_the_visits_that_it_is_told_to) {
  VisitLog log = planted(500);
  const auto first = must(fit_skip_gram(log, 500, small_options()));
  const VisitLog more = planted(100, 2);
  for (std::size_t i = 0; i < more.size(); ++i) log.add(500, more.visit(i));
  const auto again = must(fit_skip_gram(log, 500, small_options()));
  EXPECT_TRUE(std::ranges::equal(again.values(), first.values()));
}

TEST(SkipGram, refuses_visits_of_fewer_than_two_items) {
  VisitLog log;
  log.add(0, std::vector<Touch>{{1, false}, {2, false}, {1, false}});
  EXPECT_THAT(fit_skip_gram(log, 1, small_options()).status().message(),
              HasSubstr("1 items were touched at least 2 times"));
}

TEST(NextItems, ask_for_what_was_touched_next_where_both_are_known) {
  const auto vectors = must(index::ItemVectors::make(1, {1, 2, 3}, {1, 1, 1}));
  VisitLog log;
  log.add(0, std::vector<Touch>{{1, false}, {2, false}});
  log.add(1, std::vector<Touch>{{9, false}, {1, false}, {9, false}, {2, false}, {3, false}});
  log.add(2, std::vector<Touch>{{3, false}});
  const auto points = next_items(log, 1, vectors, 100);
  ASSERT_EQ(points.size(), 2U) << "before 1 nothing is known, and 9 cannot be answered";
  EXPECT_EQ(points[0].item, 2U);
  EXPECT_EQ(points[0].before.size(), 3U);
  EXPECT_EQ(points[1].item, 3U);
  EXPECT_EQ(next_items(log, 0, vectors, 2).size(), 2U);
}

TEST(Found, counts_ranks_by_hand) {
  // On a circle: the nearest to item 1 are 2, 3, 4 in this order.
  const auto vectors = must(index::ItemVectors::make(2, {1, 2, 3, 4}, {1, 0, 2, 1, 1, 1, 1, 2}));
  VisitLog log;
  log.add(0, std::vector<Touch>{{1, false}, {3, false}});
  log.add(1, std::vector<Touch>{{1, false}, {4, false}, {2, false}});
  const auto points = next_items(log, 0, vectors, 100);
  const Found found = must(search_near(vectors, points, 0));
  EXPECT_EQ(found.points, 3U);
  EXPECT_EQ(found.hits, 3U);
  EXPECT_DOUBLE_EQ(found.reciprocal_ranks, 1.0 / 2 + 1.0 / 3 + 1.0 / 2);
  // The mean of 1 and 4 lies nearer to 2 than to 3.
  EXPECT_DOUBLE_EQ(must(search_near(vectors, points, 1e9)).reciprocal_ranks, 1.0 / 2 + 1.0 / 3 + 1);
  // 1 was touched twice, then come 4, 3 and 2; what was touched last is no answer.
  EXPECT_DOUBLE_EQ(search_popular(log, 2, points).reciprocal_ranks, 1.0 / 2 + 1 + 1.0 / 3);
}

TEST(SessionVectorsTraining, is_measured_on_the_last_visits_and_beats_popularity) {
  const VisitLog log = planted(3000);
  const auto learnt = must(vector_half().train(job_of(log)));
  EXPECT_EQ(learnt.items, kClusters * kClusterItems);
  EXPECT_GT(learnt.metrics.at("test.points"), 500);
  // Three in four next items lie in the cluster of the one before, if that was no stray itself.
  EXPECT_GT(learnt.metrics.at("test.hr20"), 0.5);
  EXPECT_LT(learnt.metrics.at("test.popularity.hr20"), 0.3);
  EXPECT_GT(learnt.metrics.at("test.mrr20"), 2 * learnt.metrics.at("test.popularity.mrr20"));
  EXPECT_TRUE(must(vector_half().train(job_of(log, {"test_share=0"}))).metrics.empty());
}

TEST(SessionVectorsTraining, is_the_same_for_the_same_seed_and_another_for_another) {
  const VisitLog log = planted(500);
  auto job = job_of(log);
  const auto first = bytes_of(must(vector_half().train(job)));
  EXPECT_EQ(bytes_of(must(vector_half().train(job))), first);
  job.seed = 2;
  EXPECT_NE(bytes_of(must(vector_half().train(job))), first);
}

TEST(SessionVectorsPackage, comes_out_as_it_went_in) {
  const VisitLog log = planted(500);
  const auto bytes = bytes_of(must(vector_half().train(job_of(log, {"test_share=0"}))));
  const auto loaded = must(vector_model().load({}, must(artifact::Safetensors::parse(bytes))));
  SkipGramOptions options = small_options();
  options.epochs = 10;
  const auto fitted = must(fit_skip_gram(log, log.size(), options));
  EXPECT_TRUE(std::ranges::equal(loaded.items(), fitted.items()));
  ASSERT_EQ(loaded.dim(), 16U);
  for (std::size_t i = 0; i < fitted.values().size(); ++i) ASSERT_NEAR(loaded.values()[i], fitted.values()[i], 1e-6);
}

TEST(SessionVectorsPackage, is_refused_by_the_tensor_that_does_not_fit) {
  artifact::SafetensorsWriter out;
  must(out.add<std::uint64_t>("items", {2}, std::vector<std::uint64_t>{1, 2}));
  const auto none = must(out.bytes());
  EXPECT_THAT(read_vectors(must(artifact::Safetensors::parse(none))).status().message(), HasSubstr("vectors"));
  must(out.add<float>("vectors", {1, 2}, std::vector<float>{1, 2}));
  const auto few = must(out.bytes());
  EXPECT_THAT(read_vectors(must(artifact::Safetensors::parse(few))).status().message(), HasSubstr("[1, 2]"));
}

}  // namespace
}  // namespace inkling::models::session_vectors
