#include "scene/live_check.h"

#include <gtest/gtest.h>

#include "index/world_builder.h"
#include "offer/promotion_book.h"

namespace inkling::scene {
namespace {

using Texts = std::vector<std::string>;

// A page of two, "exact" and "near", with "spare" behind them, for a cart that is short of 40.00 to "spend-300".
class LiveCheckTest : public testing::Test {
 protected:
  LiveCheckTest() {
    tell("coat", 26'000);
    tell("exact", 4000);
    tell("near", 4500);
    tell("spare", 5000);
    promise(R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
    draft_.checks_live = true;
    draft_.page = 2;
    for (const auto& [item, cents] : {std::pair{"exact", 4000}, {"near", 4500}, {"spare", 5000}}) {
      draft_.answer.items.emplace_back().item = item;
      draft_.prices_cents.push_back(cents);
    }
    draft_.answer.offer = AnswerOffer{"spend-300", 0, 4000, "{}"};
    draft_.cart = {{"coat", 1, true, {}}};
    draft_.stretch = 0.5;
  }

  void tell(const std::string& item, std::int64_t cents, bool on_sale = true, std::int64_t stock = domain::kMissing) {
    domain::Item facts;
    facts.item = item;
    facts.price = domain::Money{cents, {}};
    facts.on_sale = on_sale;
    facts.stock = stock;
    domain::Event event;
    event.ts_ms = 1;
    event.body = std::move(facts);
    world_.fold(++sequence_, event);
  }
  void promise(const std::string& definition) { shelf_.tell("spend-300", definition); }

  const LiveCheck& check(std::vector<ToldFacts> told = {}, bool from_checker = false) {
    const auto world = world_.publish();
    check_live(
        draft_,
        {.world = *world, .offers = shelf_.publish(), .now_ms = now_ms_, .told = told, .from_checker = from_checker});
    return *draft_.answer.check;
  }
  Texts dropped() const {
    Texts all;
    for (const DroppedItem& item : draft_.answer.check->dropped) all.push_back(item.item + " " + item.reason);
    return all;
  }
  // What would leave.
  Texts page() const {
    Texts all;
    for (const AnswerItem& item : finish(draft_).items) all.push_back(item.item);
    return all;
  }

  index::WorldBuilder world_;
  offer::PromotionShelf shelf_;
  std::uint64_t sequence_ = 0;
  std::int64_t now_ms_ = 1000;
  Draft draft_;
};

TEST_F(LiveCheckTest, leaves_what_still_holds_as_it_is) {
  const LiveCheck& found = check();
  EXPECT_EQ(found.source, "catalogue");
  EXPECT_EQ(found.snapshot, "w4");
  EXPECT_TRUE(found.dropped.empty() && found.repriced.empty());
  EXPECT_EQ(found.offer_gone, "");
  EXPECT_EQ(page(), (Texts{"exact", "near"}));
  EXPECT_EQ(draft_.answer.offer->gap_cents, 4000);
}

TEST_F(LiveCheckTest, puts_a_spare_where_something_went_off_sale_or_was_sold_out) {
  tell("exact", 4000, false);
  check();
  EXPECT_EQ(dropped(), Texts{"exact off_sale"});
  EXPECT_EQ(page(), (Texts{"near", "spare"}));
  tell("near", 4500, true, 0);
  check();
  EXPECT_EQ(dropped(), Texts{"near sold_out"});
  EXPECT_EQ(page(), Texts{"spare"}) << "the catalogue has no more than one left";
}

TEST_F(LiveCheckTest, keeps_what_costs_something_else_and_still_reaches_the_step) {
  tell("near", 4200);
  const LiveCheck& found = check();
  ASSERT_EQ(found.repriced.size(), 1U);
  EXPECT_EQ(found.repriced[0].item, "near");
  EXPECT_EQ(found.repriced[0].from_cents, 4500);
  EXPECT_EQ(found.repriced[0].to_cents, 4200);
  EXPECT_EQ(page(), (Texts{"exact", "near"}));
}

TEST_F(LiveCheckTest, drops_what_falls_short_of_the_step_or_became_too_dear) {
  tell("exact", 3999);
  tell("near", 6001);
  check();
  EXPECT_EQ(dropped(), (Texts{"exact falls_short", "near too_dear"}));
  EXPECT_EQ(page(), Texts{"spare"});
}

TEST_F(LiveCheckTest, a_pair_stands_and_falls_as_one) {
  tell("cup", 1500);
  tell("pot", 2500);
  const auto with_pair = [&] {
    draft_.answer.items = {AnswerItem()};
    draft_.answer.items[0].item = "cup";
    draft_.answer.items[0].with = "pot";
    draft_.prices_cents = {4000};
    draft_.answer.offer = AnswerOffer{"spend-300", 0, 4000, "{}"};
    return check();
  };
  EXPECT_TRUE(with_pair().dropped.empty());
  tell("pot", 2600);
  EXPECT_EQ(with_pair().repriced.at(0).to_cents, 4100);
  tell("pot", 2400);
  EXPECT_EQ(with_pair().dropped.at(0).reason, "falls_short");
  tell("pot", 2500, true, 0);
  EXPECT_EQ(with_pair().dropped.at(0).reason, "sold_out");
  tell("pot", 2500, false);
  EXPECT_EQ(with_pair().dropped.at(0).reason, "off_sale");
}

TEST_F(LiveCheckTest, quotes_the_cart_anew) {
  tell("coat", 25'900);
  check();
  ASSERT_TRUE(draft_.answer.offer);
  EXPECT_EQ(draft_.answer.offer->gap_cents, 4100);
  EXPECT_EQ(dropped(), Texts{"exact falls_short"});
}

TEST_F(LiveCheckTest, offers_nothing_once_the_promotion_ended_and_keeps_the_goods) {
  promise(R"({"ends_ms": 1000, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  EXPECT_EQ(check().offer_gone, "ended");
  EXPECT_FALSE(draft_.answer.offer);
  EXPECT_EQ(page(), (Texts{"exact", "near"}));
}

TEST_F(LiveCheckTest, offers_nothing_once_the_promotion_was_withdrawn) {
  promise(R"({"withdrawn": true})");
  EXPECT_EQ(check().offer_gone, "withdrawn");
  EXPECT_FALSE(draft_.answer.offer);
}

TEST_F(LiveCheckTest, offers_nothing_once_the_cart_reaches_the_step_by_itself) {
  tell("coat", 30'000);
  EXPECT_EQ(check().offer_gone, "no_step");
  EXPECT_FALSE(draft_.answer.offer);
}

TEST_F(LiveCheckTest, takes_a_checkers_word_before_the_catalogues) {
  const LiveCheck& found =
      check({{"exact", {}, false, domain::kMissing}, {"near", domain::Money{4400, {}}, true, 3}}, true);
  EXPECT_EQ(found.source, "checker");
  EXPECT_EQ(dropped(), Texts{"exact off_sale"});
  ASSERT_EQ(found.repriced.size(), 1U);
  EXPECT_EQ(found.repriced[0].to_cents, 4400);
  EXPECT_EQ(page(), (Texts{"near", "spare"}));
}

TEST_F(LiveCheckTest, tells_the_next_page_from_what_leaves) {
  draft_.seen.emplace();
  tell("exact", 4000, false);
  check();
  const Answer answer = finish(draft_);
  EXPECT_EQ(answer.cursor, "") << "nothing is left behind the page";
  draft_.more = true;
  const auto seen = SeenItems::parse(finish(draft_).cursor);
  ASSERT_TRUE(seen.ok());
  EXPECT_TRUE(seen->hold("spare"));
  EXPECT_FALSE(seen->hold("exact"));
}

TEST_F(LiveCheckTest, tells_a_next_page_while_spares_are_left) {
  draft_.seen.emplace();
  check();
  const auto seen = SeenItems::parse(finish(draft_).cursor);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->size(), 2U);
  EXPECT_FALSE(seen->hold("spare"));
}

TEST_F(LiveCheckTest, looks_at_no_answer_whose_scene_did_not_ask_for_it) {
  draft_.checks_live = false;
  tell("exact", 4000, false);
  const auto world = world_.publish();
  check_live(draft_, {.world = *world, .offers = shelf_.publish(), .now_ms = now_ms_});
  EXPECT_FALSE(draft_.answer.check);
}

TEST_F(LiveCheckTest, says_when_a_checker_was_silent_beside_what_was_degraded_before) {
  checker_was_silent(draft_, "the checker slept");
  EXPECT_EQ(draft_.answer.degraded->cause, DegradedCause::kCheckerSilent);
  EXPECT_EQ(draft_.answer.degraded->fallback, "catalogue");
  draft_.answer.degraded = {DegradedCause::kOverload, "rank/blend", "late", "recall/hot"};
  checker_was_silent(draft_, "the checker slept");
  EXPECT_EQ(draft_.answer.degraded->cause, DegradedCause::kOverload);
  EXPECT_EQ(draft_.answer.degraded->detail, "late; then the checker slept");
}

}  // namespace
}  // namespace inkling::scene
