#include "offer/cart_quote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/core/allocation_count_test.h"
#include "offer/banner.h"
#include "offer/offer_for_test.h"
#include "offer/quote_json.h"
#include "offer/shares.h"

namespace inkling::offer {
namespace {

using testing::HasSubstr;

constexpr const char* kLadder =
    R"({"tiers":[{"spend_cents":20000,"save_cents":3000},{"spend_cents":30000,"save_cents":5000}]})";
constexpr const char* kEvery200 = R"({"every":{"spend_cents":20000,"save_cents":3000}})";

std::string refusal(const CartForTest& cart) {
  const auto quote = CartQuote::make(book_of({}), cart.lines, kNowMs);
  EXPECT_FALSE(quote.ok());
  return quote.ok() ? "" : quote.status().message();
}

TEST(CartQuote, tells_how_far_a_promotion_is_and_what_comes_next) {
  CartForTest cart;
  cart.add("a", 8000, 2).add("b", 10000, 1).add("c", 99999, 1, false);
  const CartQuote quote = quoted(book_of({{"spend", kLadder}}), cart);
  EXPECT_EQ(quote.ticked_cents(), 26000);
  EXPECT_EQ(quote.saved_cents(), 3000);
  EXPECT_EQ(quote.payable_cents(), 23000);
  ASSERT_EQ(quote.promotions().size(), 1U);
  const PromotionQuote& told = quote.promotions()[0];
  EXPECT_EQ(told.eligible_cents, 26000);
  EXPECT_EQ(told.step, 1);
  EXPECT_TRUE(told.applied);
  EXPECT_EQ(told.saved_now_cents, 3000);
  EXPECT_EQ(told.threshold_cents, 30000);
  EXPECT_EQ(told.gap_cents(), 4000);
  EXPECT_EQ(told.saved_then_cents, 5000);
  EXPECT_EQ(told.more_cents, 2000);
}

TEST(CartQuote, a_promotion_of_the_cart_that_no_ticked_line_counts_for_is_told_with_its_whole_gap) {
  CartForTest cart;
  cart.add("a", 8000, 1, false);
  const CartQuote quote = quoted(book_of({{"spend", kLadder}}), cart);
  ASSERT_EQ(quote.promotions().size(), 1U);
  EXPECT_EQ(quote.promotions()[0].gap_cents(), 20000);
  EXPECT_FALSE(quote.promotions()[0].applied);
  EXPECT_TRUE(quoted(book_of({{"spend", kLadder}}), CartForTest()).promotions().empty());
}

TEST(CartQuote, counts_only_goods_of_its_scope) {
  const auto book =
      book_of({{"all", R"({"every":{"spend_cents":100,"save_cents":10}})"},
               {"shop", R"({"every":{"spend_cents":100,"save_cents":10},"scope":{"shops":["s1","s2"]}})"},
               {"shoes", R"({"every":{"spend_cents":100,"save_cents":10},"scope":{"categories":[["Shoes"]]},
                                "exclude":{"items":["b"],"shops":["s3"],"categories":[["Shoes","Running"]]}})"},
               {"both", R"({"every":{"spend_cents":100,"save_cents":10},
                                "scope":{"shops":["s1"],"categories":[["Shoes"]]}})"}});
  CartForTest cart;
  cart.add("a", 1, 1, true, "s1", {"Shoes", "Boots"})
      .add("b", 2, 1, true, "s1", {"Shoes"})
      .add("c", 4, 1, true, "s2", {"Shoes", "Running", "Spikes"})
      .add("d", 8, 1, true, "s3", {"Shoes"})
      .add("e", 16, 1, true, "s4", {"Shoe"})
      .add("f", 32, 1, true, "", {})
      .add("g", 64, 1, true, "s9", {"Shoes"});
  const CartQuote quote = quoted(book, cart);
  std::map<std::string, std::int64_t> eligible;
  for (const PromotionQuote& each : quote.promotions()) eligible[each.promotion->id] = each.eligible_cents;
  EXPECT_EQ(eligible, (std::map<std::string, std::int64_t>{
                          {"all", 127}, {"shop", 1 + 2 + 4}, {"shoes", 1 + 64}, {"both", 1 + 2}}));
}

TEST(CartQuote, of_a_group_the_one_that_saves_most_counts) {
  const auto book = book_of({{"a", R"({"tiers":[{"spend_cents":1000,"save_cents":100}],"group":"g"})"},
                             {"b", R"({"tiers":[{"spend_cents":2000,"save_cents":300}],"group":"g"})"},
                             {"c", R"({"tiers":[{"spend_cents":1000,"save_cents":50}]})"}});
  CartForTest cart;
  cart.add("x", 1500);
  const CartQuote now = quoted(book, cart);
  EXPECT_EQ(now.saved_cents(), 150);
  ASSERT_EQ(now.promotions().size(), 3U);
  EXPECT_TRUE(now.promotions()[0].applied);
  EXPECT_FALSE(now.promotions()[1].applied);
  EXPECT_EQ(now.promotions()[1].saved_then_cents, 300);
  EXPECT_EQ(now.promotions()[1].more_cents, 200);  // the group's other one goes
  cart.add("y", 500);
  EXPECT_EQ(quoted(book, cart).saved_cents(), 350);
}

TEST(CartQuote, one_that_stands_alone_counts_only_when_it_saves_more_than_all_others) {
  const auto book = book_of({{"a", R"({"tiers":[{"spend_cents":1000,"save_cents":100}]})"},
                             {"b", R"({"tiers":[{"spend_cents":1000,"save_cents":100}]})"},
                             {"solo", R"({"tiers":[{"spend_cents":1000,"save_cents":200},
                                                   {"spend_cents":2000,"save_cents":1900}],"alone":true})"}});
  CartForTest cart;
  cart.add("x", 1000);
  const CartQuote equal = quoted(book, cart);
  EXPECT_EQ(equal.saved_cents(), 200);
  EXPECT_TRUE(equal.promotions()[0].applied);
  EXPECT_FALSE(equal.promotions()[2].applied);
  EXPECT_EQ(equal.promotions()[2].more_cents, 1700);
  cart.add("y", 1000);
  const CartQuote solo = quoted(book, cart);
  EXPECT_EQ(solo.saved_cents(), 1900);
  EXPECT_TRUE(solo.promotions()[2].applied);
  EXPECT_FALSE(solo.promotions()[0].applied);
}

TEST(CartQuote, only_the_moment_asked_for_decides_what_is_in_force) {
  const auto book = book_of({{"p", R"({"every":{"spend_cents":10,"save_cents":1},"starts_ms":100,"ends_ms":200})"}});
  CartForTest cart;
  cart.add("x", 10);
  EXPECT_EQ(quoted(book, cart, 99).saved_cents(), 0);
  EXPECT_EQ(quoted(book, cart, 100).saved_cents(), 1);
  EXPECT_EQ(quoted(book, cart, 199).saved_cents(), 1);
  EXPECT_TRUE(quoted(book, cart, 200).promotions().empty());
}

TEST(CartQuote, a_promotion_of_another_currency_does_not_count) {
  const auto book = book_of({{"eur", R"({"every":{"spend_cents":10,"save_cents":1},"currency":"EUR"})"},
                             {"own", R"({"every":{"spend_cents":10,"save_cents":2}})"}});
  CartForTest cart;
  cart.add("x", 10, 1, true, "", {}, "EUR");
  EXPECT_EQ(quoted(book, cart).saved_cents(), 1);
  CartForTest own;
  own.add("x", 10).add("y", 10, 1, false, "", {}, "EUR");
  EXPECT_EQ(quoted(book, own).saved_cents(), 2);
  EXPECT_EQ(quoted(book, own).promotions().size(), 1U);
}

TEST(CartQuote, refuses_mixed_currencies_and_amounts_out_of_bounds_by_name) {
  EXPECT_THAT(refusal(CartForTest().add("x", 1).add("y", 1, 1, true, "", {}, "EUR")),
              HasSubstr("item \"y\": its price is in EUR, ticked lines before it are in the marketplace's own"));
  EXPECT_THAT(refusal(CartForTest().add("x", -1)), HasSubstr("item \"x\": its price of -1 cents is negative"));
  EXPECT_THAT(refusal(CartForTest().add("x", 1, 0)), HasSubstr("0 pieces of it; expected 1 to 1000000"));
  EXPECT_THAT(refusal(CartForTest().add("x", 1, 1'000'001)), HasSubstr("1000001 pieces"));
  EXPECT_THAT(refusal(CartForTest().add("x", kMaxCents, 2)), HasSubstr("are more than 9007199254740992 cents"));
  EXPECT_THAT(refusal(CartForTest().add("x", std::numeric_limits<std::int64_t>::max(), 1'000'000)),
              HasSubstr("are more than"));
  EXPECT_THAT(refusal(CartForTest().add("x", kMaxCents).add("y", 1)), HasSubstr("item \"y\": with it"));
}

TEST(CartQuote, is_exact_up_to_the_bound) {
  const auto book = book_of({{"p", R"({"tiers":[{"spend_cents":1,"save_basis_points":3333}]})"},
                             {"q", R"({"every":{"spend_cents":3,"save_cents":1}})"}});
  CartForTest cart;
  cart.add("x", kMaxCents - 7).add("y", 7);
  const CartQuote quote = quoted(book, cart);
  EXPECT_EQ(quote.promotions()[0].saved_now_cents, 3002099511605172);  // floor(2^53 x 0.3333)
  EXPECT_EQ(quote.promotions()[1].saved_now_cents, 3002399751580330);  // floor(2^53 / 3)
  std::int64_t shared = 0;
  for (const Share& share : divide(quote)) shared += share.saved_cents;
  EXPECT_EQ(shared, quote.saved_cents());
}

TEST(CartQuote, tells_what_one_more_line_would_save_without_allocating) {
  const auto book = book_of({{"ladder", kLadder}, {"shop", R"({"every":{"spend_cents":4000,"save_cents":100},
                             "scope":{"shops":["s"]}})"}});
  CartForTest cart;
  cart.add("a", 26000);
  const CartQuote quote = quoted(book, cart);
  CartForTest more;
  more.add("b", 2000, 1, true, "s").add("c", 1, 1, true, "", {}, "EUR");
  const Goods& goods = more.lines[0].goods;
  const std::size_t before = base::allocations;
  const auto one = quote.with(goods, 1, 0);
  const auto two = quote.with(goods, 2, 0);
  const std::size_t allocated = base::allocations - before;
  EXPECT_EQ(allocated, 0U);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->amount_cents, 2000);
  EXPECT_EQ(one->more_cents, 0);
  EXPECT_EQ(one->gap_after_cents, 2000);
  EXPECT_FALSE(one->reaches);
  EXPECT_EQ(two->saved_cents, 5100);
  EXPECT_EQ(two->more_cents, 2100);
  EXPECT_EQ(two->gap_after_cents, std::nullopt);
  EXPECT_TRUE(two->reaches);
  EXPECT_FALSE(quote.with(more.lines[1].goods, 1));
  EXPECT_FALSE(quote.with(goods, 0));
  EXPECT_FALSE(quote.with(Goods{"c", "", {}, kMaxCents, ""}, 1));
  EXPECT_FALSE(quote.with(Goods{"c", "", {}, -1, ""}, 1));
}

TEST(CartQuote, a_cart_of_nothing_takes_any_currency) {
  const auto book = book_of({{"eur", R"({"every":{"spend_cents":10,"save_cents":1},"currency":"EUR"})"}});
  const auto added = quoted(book, CartForTest()).with(Goods{"c", "", {}, 25, "EUR"}, 1);
  ASSERT_TRUE(added);
  EXPECT_EQ(added->saved_cents, 2);
}

TEST(CartQuote, is_told_as_json_with_lines_that_add_up) {
  CartForTest cart;
  cart.add("a", 8000, 2, true, "", {}, "CNY").add("b", 10000, 1, true, "", {}, "CNY");
  const auto book =
      book_of({{"spend", R"({"title":"618","currency":"CNY","every":{"spend_cents":20000,"save_cents":3000}})"}});
  EXPECT_EQ(
      to_json(quoted(book, cart), cart.lines).to_text(),
      R"({"currency":"CNY","ticked_cents":26000,"saved_cents":3000,"payable_cents":23000,"now_ms":1700000000000,)"
      R"("promotions":[{"promotion":"spend","title":"618","applied":true,"eligible_cents":26000,"step":1,)"
      R"("saved_now_cents":3000,"threshold_cents":40000,"gap_cents":14000,"saved_then_cents":6000,)"
      R"("more_cents":3000,"banner":{"kind":"saved_and_more","saved_cents":3000,"gap_cents":14000,)"
      R"("more_cents":3000,"text":{"en":"CNY 30 saved, CNY 140 more saves another CNY 30",)"
      R"("zh":"已减30元,再买140元减30元"}}}],"lines":[{"item":"a","quantity":2,"amount_cents":16000,)"
      R"("saved_cents":1846,"pay_cents":14154,"promotions":[{"promotion":"spend","saved_cents":1846}]},)"
      R"({"item":"b","quantity":1,"amount_cents":10000,"saved_cents":1154,"pay_cents":8846,)"
      R"("promotions":[{"promotion":"spend","saved_cents":1154}]}],"banner":{"kind":"saved_and_more",)"
      R"("saved_cents":3000,"gap_cents":14000,"more_cents":3000,"text":{)"
      R"("en":"CNY 30 saved, CNY 140 more saves another CNY 30","zh":"已减30元,再买140元减30元"},)"
      R"("promotion":"spend"}})");
}

TEST(CartQuote, the_banner_of_the_article) {
  CartForTest cart;
  cart.add("a", 26000);
  EXPECT_EQ(english(banner_of(quoted(book_of({{"p", kEvery200}}), cart))), "30 saved, 140 more saves another 30");
  CartForTest further;
  further.add("a", 36000);
  EXPECT_EQ(english(banner_of(quoted(book_of({{"p", kEvery200}}), further))), "30 saved, 40 more saves another 30");
  EXPECT_EQ(chinese(banner_of(quoted(book_of({{"p", kEvery200}}), further))), "已减30元,再买40元减30元");
}

}  // namespace
}  // namespace inkling::offer
