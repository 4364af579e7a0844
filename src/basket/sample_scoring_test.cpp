#include "basket/sample_scoring.h"

#include <gtest/gtest.h>

#include "basket/co_basket_builder.h"
#include "basket/purchases_for_test.h"

namespace inkling::basket {
namespace {

// Repeats what it was asked, so that a test can read it.
class Recorder final : public CandidateScorer {
 public:
  explicit Recorder(CoBasket statistics) : statistics_(std::move(statistics)) {}
  [[nodiscard]] const CoBasket& statistics() const override { return statistics_; }
  [[nodiscard]] std::unique_ptr<CandidateWorkspace> new_workspace() const override {
    return std::make_unique<CandidateWorkspace>();
  }
  void start(const AddOnRequest& request, CandidateWorkspace&) const override { asked = request; }
  void score(std::span<const Candidate> candidates, CandidateWorkspace&, std::span<float> scores) const override {
    offered.assign(candidates.begin(), candidates.end());
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<float>(i);
  }

  mutable AddOnRequest asked;
  mutable std::vector<Candidate> offered;

 private:
  CoBasket statistics_;
};

CoBasket small_statistics() {
  CoBasketBuilder builder(CoBasketOptions{});
  builder.add(purchase_of(1, 0, {5, 6}));
  builder.add(purchase_of(1, 80, {5, 6}));
  builder.add(purchase_of(2, 96, {5, 7}));
  return *builder.build(100 * base::kDayMs);
}

TEST(SampleScoring, asks_as_a_scene_would) {
  const Recorder recorder(small_statistics());
  SampleScorer scoring(recorder);
  AddOnSample sample;
  sample.now_ms = 5;
  sample.gap_cents = 7;
  sample.threshold_cents = 9;
  sample.tier = 2;
  sample.promotion = 11;
  sample.ticked = {{.item = 6}, {.item = 999}};  // the second is in no statistics
  sample.unticked = {{.item = 5}};
  sample.behaviours = {{{.item = 7}, BehaviourKind::kFavourite, 4}};
  OfferedItem offered;
  offered.item = {.item = 7, .leaf = 3, .top = 2, .shop = 1, .price_cents = 70};
  offered.recalls[0] = {21, 0.5F};
  offered.recalls[1] = {22, 0.25F};
  offered.recall_count = 2;
  sample.offered = {offered, OfferedItem{.item = {.item = 888}}};
  const PersonalHistory history;
  const auto scores = scoring.score(sample, &history);
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_EQ(scores[1], 1);
  const AddOnRequest& asked = recorder.asked;
  EXPECT_EQ(asked.statistics, &recorder.statistics());
  EXPECT_EQ(asked.history, &history);
  ASSERT_EQ(asked.triggers.size(), 1U);
  EXPECT_EQ(asked.triggers[0], *recorder.statistics().find(6));
  EXPECT_EQ(asked.ticked.size(), 2U);
  EXPECT_EQ(asked.unticked.size(), 1U);
  EXPECT_EQ(asked.behaviours.size(), 1U);
  EXPECT_EQ(asked.gap_cents, 7);
  EXPECT_EQ(asked.threshold_cents, 9);
  EXPECT_EQ(asked.tier, 2U);
  EXPECT_EQ(asked.promotion, 11U);
  EXPECT_EQ(asked.now_ms, 5);
  ASSERT_EQ(recorder.offered.size(), 2U);
  const Candidate& first = recorder.offered[0];
  EXPECT_EQ(first.row, *recorder.statistics().find(7));
  EXPECT_EQ(first.price_cents, 70);
  EXPECT_EQ(first.leaf, 3U);
  ASSERT_EQ(first.recalls.size(), 2U);
  EXPECT_EQ(first.recalls[1].recall, 22U);
  EXPECT_EQ(recorder.offered[1].row, kUnknownItem);
  EXPECT_TRUE(recorder.offered[1].recalls.empty());
}

TEST(SampleScoring, the_recalls_order_is_the_sum_of_what_they_said) {
  OfferedItem offered;
  EXPECT_EQ(recall_score(offered), 0);
  offered.recalls = {{{1, 0.5F}, {2, 0.25F}, {3, 8}, {}}};
  offered.recall_count = 2;
  EXPECT_DOUBLE_EQ(recall_score(offered), 0.75);
}

}  // namespace
}  // namespace inkling::basket
