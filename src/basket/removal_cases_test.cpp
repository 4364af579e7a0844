#include "basket/removal_cases.h"

#include <gtest/gtest.h>

#include "basket/co_basket_builder.h"
#include "basket/purchases_for_test.h"
#include "basket/sample_request.h"

namespace inkling::basket {
namespace {

CoBasket statistics_of(const std::vector<Purchase>& purchases) {
  CoBasketBuilder builder(CoBasketOptions{});
  for (const Purchase& purchase : purchases) builder.add(purchase);
  return *builder.build(100 * base::kDayMs);
}

TEST(Histories, keep_the_newest_lines_of_each_shopper_oldest_first) {
  Histories histories;
  for (std::int64_t day = 0; day < 250; ++day)
    histories.add(purchase_of(1, day, {static_cast<std::uint64_t>(day + 1)}));
  histories.add(purchase_of(2, 3, {7, 8}));
  histories.add(purchase_of(0, 3, {9}));
  const auto kept = histories.behaviours(1);
  ASSERT_EQ(kept.size(), kMaxBehaviours);
  EXPECT_EQ(kept.front().item.item, 151U);
  EXPECT_EQ(kept.back().item.item, 250U);
  EXPECT_EQ(kept.back().item.price_cents, 25'000);
  EXPECT_EQ(kept.back().ts_ms, 249 * base::kDayMs);
  EXPECT_EQ(kept.back().kind, BehaviourKind::kPurchase);
  EXPECT_EQ(histories.behaviours(2).size(), 2U);
  EXPECT_TRUE(histories.behaviours(0).empty()) << "somebody unknown";
}

TEST(AddOnCase, is_asked_with_what_is_left_in_the_basket_and_what_was_bought_before) {
  const std::vector<Purchase> purchases = {purchase_of(1, 0, {5, 6, 7}), purchase_of(1, 1, {5, 8})};
  const CoBasket statistics = statistics_of(purchases);
  Histories histories;
  histories.add(purchases[0]);
  CaseMaker maker(statistics, {});
  base::Random random(1);
  const auto made = maker.make(purchase_of(1, 20, {5, 6, 7}), random);
  ASSERT_TRUE(made);
  const AddOnRequest request = request_of(statistics, histories, *made);
  EXPECT_EQ(request.statistics, &statistics);
  EXPECT_EQ(request.history, histories.find(1));
  EXPECT_EQ(request.now_ms, 20 * base::kDayMs);
  EXPECT_EQ(request.gap_cents, made->gap_cents);
  EXPECT_EQ(request.behaviours.size(), 3U);
  ASSERT_EQ(request.ticked.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(request.ticked[i].item, statistics.item(request.triggers[i]));
    EXPECT_EQ(request.ticked[i].price_cents, static_cast<std::int64_t>(100 * request.ticked[i].item));
  }
  for (const Candidate& candidate : made->candidates) EXPECT_EQ(candidate.item, statistics.item(candidate.row));
}

TEST(SampleRequest, asks_what_the_question_asked) {
  const CoBasket statistics = statistics_of({purchase_of(1, 0, {5, 6, 7})});
  Histories histories;
  histories.add(purchase_of(4, 0, {5}));
  AddOnSample sample;
  sample.shopper = 4;
  sample.now_ms = 9;
  sample.promotion = 11;
  sample.tier = 2;
  sample.threshold_cents = 300;
  sample.gap_cents = 40;
  sample.intent_prob = 0.5F;
  sample.ticked = {{5, 1, 2, 3, 500}, {99, 1, 2, 3, 100}};
  sample.unticked = {{6, 0, 0, 0, 600}};
  sample.behaviours = {{{7, 0, 0, 0, 700}, BehaviourKind::kClick, 8}};
  sample.offered.resize(2);
  sample.offered[0].item = {6, 10, 20, 30, 600};
  sample.offered[0].recalls[0] = {77, 0.5F};
  sample.offered[0].recall_count = 1;
  sample.offered[1].item = {98, 0, 0, 0, kNoPrice};
  const SampleRequest asked(sample, statistics, histories);
  const AddOnRequest& request = asked.request();
  ASSERT_EQ(request.triggers.size(), 1U) << "the statistics do not know the other";
  EXPECT_EQ(statistics.item(request.triggers[0]), 5U);
  EXPECT_EQ(request.ticked.size(), 2U);
  EXPECT_EQ(request.unticked[0].item, 6U);
  EXPECT_EQ(request.behaviours[0].kind, BehaviourKind::kClick);
  EXPECT_EQ(request.promotion, 11U);
  EXPECT_EQ(request.tier, 2U);
  EXPECT_EQ(request.threshold_cents, 300);
  EXPECT_EQ(request.gap_cents, 40);
  EXPECT_EQ(request.intent_prob, 0.5F);
  EXPECT_EQ(request.history, histories.find(4));
  const Candidate& first = asked.candidates()[0];
  EXPECT_EQ(statistics.item(first.row), 6U);
  EXPECT_EQ(first.leaf, 10U);
  EXPECT_EQ(first.top, 20U);
  EXPECT_EQ(first.shop, 30U);
  ASSERT_EQ(first.recalls.size(), 1U);
  EXPECT_EQ(first.recalls[0].recall, 77U);
  EXPECT_EQ(asked.candidates()[1].row, kUnknownItem);
}

}  // namespace
}  // namespace inkling::basket
