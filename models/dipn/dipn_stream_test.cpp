// Streaming equals the full computation: at every prefix, whatever the switches, and also when it begins midway.
#include <gtest/gtest.h>

#include <cmath>

#include "models/dipn/dipn_shopper_test.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using base::Random;
using feature::View;

constexpr double kEqual = 1e-5;
const Assignments kOdd = {"hidden=21", "embedding_dim=5", "attention_size=11", "mlp=[19]"};

struct Case {
  const char* name;
  Assignments assignments;
  twin::Input input;
  bool streams = true;  // false: it computes in full all the same
};

std::vector<Case> cases() {
  twin::Input browse_alone, swipe_and_browse, no_views;
  browse_alone.views = {View::kBrowse};
  swipe_and_browse.views = {View::kSwipe, View::kBrowse};
  no_views.views = {};
  return {{"as_by_default", {}, {}},
          {"product", {"readout=product"}, {}},
          {"looking_at_all_views", {"inter_scope=all", "intra_scale_by_length=false"}, {}},
          {"product_looking_at_all_views", {"inter_scope=all", "readout=product"}, {}},
          {"lstm", {"cell=lstm"}, {}},
          {"lstm_product_without_intra", {"cell=lstm", "readout=product", "intra=false"}, {}},
          {"without_intra", {"intra=false"}, {}},
          {"without_inter", {"inter=false", "wide=false"}, {}},
          {"without_either", {"inter=false", "intra=false"}, {}},
          {"two_views_product", {"readout=product"}, swipe_and_browse},
          {"one_view_looking_at_itself", {"inter_scope=all"}, browse_alone},
          {"one_view_looking_at_nothing", {}, browse_alone},
          {"whole_vectors", {"hidden=32", "attention_size=16"}, {}},
          {"tanh_product", {"combine=tanh_product"}, {}, false},
          {"tanh_product_without_inter", {"combine=tanh_product", "inter=false"}, {}},
          {"statistics_alone", {}, no_views, false}};
}

class DipnStream : public testing::TestWithParam<Case> {
 protected:
  DipnStream() : twins_(make_twins(kOdd + GetParam().assignments, GetParam().input)), scorer_(served(twins_)) {}
  Twins twins_;
  std::shared_ptr<const DipnScorer> scorer_;
};

double largest_difference(const Probs& a, const Probs& b) {
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    // A difference that is no number is not a small one.
    const double difference = std::abs(static_cast<double>(a[k]) - static_cast<double>(b[k]));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

// A memory that streams and one that does not, on the same records.
class Pair {
 public:
  explicit Pair(std::shared_ptr<const DipnScorer> scorer)
      : scorer_(std::move(scorer)),
        full_(scorer_->new_memory()),
        streamed_(scorer_->new_memory()),
        workspace_(scorer_->new_workspace()) {
    set_streaming(true);
  }

  void set_streaming(bool streaming) { scorer_->set_streaming(*streamed_, streaming); }
  void restart() {
    for (auto* memory : {full_.get(), streamed_.get()}) scorer_->restart(*memory);
  }
  void advance(std::size_t view, std::size_t records, Random& random) {
    std::vector<std::uint32_t> ids;
    for (std::size_t record = 0; record < records; ++record) {
      for (const auto& feature : scorer_->blueprint().spec().views[view].features)
        ids.push_back(static_cast<std::uint32_t>(twin::random_id(feature.encoder, random)));
    }
    for (auto* memory : {full_.get(), streamed_.get()}) scorer_->advance(view, ids, *memory, *workspace_);
  }
  [[nodiscard]] double difference(bool session_live = true) {
    return largest_difference(logits(*full_, session_live), logits(*streamed_, session_live));
  }
  [[nodiscard]] Probs logits() { return logits(*full_, true); }

 private:
  [[nodiscard]] Probs logits(const feature::ScorerMemory& memory, bool session_live) {
    const std::vector<float> numbers(scorer_->blueprint().number_count(), 0.5F);
    const std::vector<std::uint32_t> ids(scorer_->blueprint().statistic_id_count(), 1);
    Probs logits(2);
    scorer_->score_encoded(memory, session_live, numbers, ids, *workspace_, logits);
    return logits;
  }
  std::shared_ptr<const DipnScorer> scorer_;
  std::unique_ptr<feature::ScorerMemory> full_, streamed_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
};

// Records of views in turns, mostly one at a time, now and then more than a window at once; sessions begin anew, and
// streaming ends and begins, at any time.
TEST_P(DipnStream, equals_the_full_computation_after_every_record) {
  const std::size_t views = scorer_->blueprint().spec().views.size();
  for (const math::Kernels* kernels : {&math::simd_kernels(), &math::scalar_kernels()}) {
    Pair pair(served(twins_, math::Precision::kFloat, *kernels));
    Random random(31);
    double largest = pair.difference(), sum = 0, squares = 0;
    constexpr int kSteps = 600;
    for (int i = 0; i < kSteps; ++i) {
      if (random.chance(0.01)) pair.restart();
      if (random.chance(0.02)) pair.set_streaming(random.chance(0.7));
      if (views > 0) pair.advance(random.below(views), random.chance(0.05) ? random.below(45) : 1, random);
      largest = std::max({largest, pair.difference(), random.chance(0.05) ? pair.difference(false) : 0.0});
      const auto logit = static_cast<double>(pair.logits()[0]);
      sum += logit, squares += logit * logit;
    }
    EXPECT_LE(largest, kEqual) << kernels->name;
    const double mean = sum / kSteps;
    if (views > 0) {
      EXPECT_GE(std::sqrt(squares / kSteps - mean * mean), 0.02) << "equal logits compare nothing";
    }
  }
}

// As a server does it: several events at once, sessions that end by silence, and hours in between.
TEST_P(DipnStream, follows_a_shoppers_life_as_the_full_computation_does) {
  Random random(32);
  Follower full(scorer_), streamed(scorer_);
  streamed.set_streaming(true);
  double largest = 0;
  const auto events = random_life(300, random);
  for (std::size_t i = 0; i < events.size(); ++i) {
    full.fold(events[i]);
    streamed.fold(events[i]);
    if (!random.chance(0.4) && i % 7 != 0) continue;
    ASSERT_TRUE(full.catch_up() && streamed.catch_up()) << i;
    if (random.chance(0.03)) streamed.set_streaming(random.chance(0.6));
    for (const std::int64_t now_ms : {events[i].ts_ms, events[i].ts_ms + 31 * 60'000}) {
      largest = std::max(largest, largest_difference(full.probs(now_ms), streamed.probs(now_ms)));
    }
  }
  EXPECT_LE(largest, kEqual);
}

void expect_near(std::span<const float> found, std::span<const float> expected, const std::string& what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  double largest = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double difference = std::abs(static_cast<double>(found[i]) - static_cast<double>(expected[i]));
    if (!(difference <= largest)) largest = difference;
  }
  EXPECT_LE(largest, kEqual) << what;
}

// What the two tell of a shopper's attention at a moment.
void expect_the_same_attention(const DipnScorer& scorer, const Follower& full, const Follower& streamed,
                               std::int64_t now_ms) {
  const auto expected = scorer.explain(full.state(), full.memory(), now_ms, full.workspace());
  const auto found = scorer.explain(streamed.state(), streamed.memory(), now_ms, streamed.workspace());
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t v = 0; v < expected.size(); ++v) {
    EXPECT_EQ(found[v].view, expected[v].view);
    EXPECT_EQ(found[v].rows, expected[v].rows);
    EXPECT_EQ(found[v].column_views, expected[v].column_views);
    EXPECT_EQ(found[v].column_counts, expected[v].column_counts);
    expect_near(found[v].intra, expected[v].intra, expected[v].view + " inside");
    expect_near(found[v].inter, expected[v].inter, expected[v].view + " between");
  }
}

TEST_P(DipnStream, tells_the_attention_that_the_full_computation_tells) {
  Random random(33);
  Follower full(scorer_), streamed(scorer_);
  streamed.set_streaming(true);
  std::size_t weights = 0;
  for (const auto& event : random_life(150, random)) {
    full.fold(event);
    streamed.fold(event);
    ASSERT_TRUE(full.catch_up() && streamed.catch_up());
    if (!random.chance(0.3)) continue;
    for (const std::int64_t now_ms : {event.ts_ms, event.ts_ms + 31 * 60'000}) {
      expect_the_same_attention(*scorer_, full, streamed, now_ms);
    }
    for (const auto& view : scorer_->explain(full.state(), full.memory(), event.ts_ms, full.workspace())) {
      weights += view.intra.size() + view.inter.size();
    }
  }
  const base::JsonView params(twins_.params);
  const auto shape = must(architecture_from_json(params, twin::two_targets()));
  const bool attends = !GetParam().input.views.empty() && (shape.intra || shape.inter_all);
  if (attends) {
    EXPECT_GT(weights, 200U) << "or little was compared";
  }
}

// Floats of a stream as the header and the README have them: whole groups of 16 everywhere.
std::size_t documented_floats(const DipnScorer& scorer, const Architecture& shape) {
  const auto hidden = static_cast<std::size_t>(shape.hidden), width = static_cast<std::size_t>(shape.attention_size);
  const bool by_pairs = shape.readout == Readout::kProduct;
  const auto groups = [](std::size_t floats) { return (floats + 15) / 16 * 16; };
  const auto& views = scorer.blueprint().spec().views;
  std::size_t rows = 0, longest = 0, floats = 0;
  for (const auto& view : views) {
    rows += view.window;
    longest = std::max<std::size_t>(longest, view.window);
  }
  for (std::size_t v = 0; v < views.size(); ++v) {
    const std::size_t window = views[v].window;
    std::size_t columns = 0;
    for (std::size_t other = 0; other < views.size() && shape.inter; ++other) {
      if (other == v && !shape.inter_all) continue;
      columns += by_pairs ? groups(views[other].window) : views[other].window;
      if (by_pairs) floats += groups(window * hidden) + 2 * groups(window);
    }
    columns = groups(columns);
    floats += groups(shape.intra ? window * width : 0) + window * columns + columns + 2 * groups(window);
  }
  return floats + groups(hidden) + groups(longest) + groups(width) + (by_pairs ? 22 * groups(longest) : 0);
}

TEST_P(DipnStream, takes_the_memory_that_is_documented_and_gives_it_back) {
  const auto memory = scorer_->new_memory();
  const std::size_t cold = memory->memory_bytes();
  scorer_->set_streaming(*memory, true);
  const std::size_t hot = memory->memory_bytes();
  scorer_->set_streaming(*memory, true);
  EXPECT_EQ(memory->memory_bytes(), hot) << "twice is once";
  if (GetParam().streams) {
    const base::JsonView params(twins_.params);
    const auto architecture = must(architecture_from_json(params, twin::two_targets()));
    const std::size_t floats = documented_floats(*scorer_, architecture);
    EXPECT_GE(hot - cold, floats * sizeof(float));
    EXPECT_LE(hot - cold, floats * sizeof(float) + 2048) << "and its bookkeeping";
  } else {
    EXPECT_EQ(hot, cold);
  }
  scorer_->set_streaming(*memory, false);
  EXPECT_EQ(memory->memory_bytes(), cold);
}

INSTANTIATE_TEST_SUITE_P(On, DipnStream, testing::ValuesIn(cases()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(DipnStreaming, has_no_effect_in_reduced_precision_or_where_exps_would_leave_a_floats_range) {
  const auto gains = [](const Twins& twins, math::Precision precision) {
    const auto scorer = served(twins, precision);
    const auto memory = scorer->new_memory();
    const std::size_t cold = memory->memory_bytes();
    scorer->set_streaming(*memory, true);
    return memory->memory_bytes() > cold;
  };
  const Twins twins = make_twins(kSmall);
  EXPECT_TRUE(gains(twins, math::Precision::kFloat));
  if (math::best_product_path()) {
    EXPECT_FALSE(gains(twins, math::Precision::kReduced));
  }
  for (const char* part : {"intra_state", "intra_last", "intra_bias"}) {
    const Twins steep = make_twins(kSmall);
    const torch::NoGradGuard no_gradient;
    for (auto& item : steep.network->named_parameters()) {
      if (item.key().find(part) != std::string::npos) item.value().mul_(1000);
    }
    EXPECT_FALSE(gains(steep, math::Precision::kFloat)) << part;
  }
}

}  // namespace
}  // namespace inkling::models::dipn
