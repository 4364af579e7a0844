#include "offer/banner.h"

#include <gtest/gtest.h>

#include "offer/offer_for_test.h"

namespace inkling::offer {
namespace {

TEST(Banner, says_what_is_and_what_would_be) {
  EXPECT_EQ(english({BannerKind::kSavedAndMore, 3000, 4000, 3000, ""}), "30 saved, 40 more saves another 30");
  EXPECT_EQ(english({BannerKind::kMore, 0, 4050, 3000, "EUR"}), "EUR 40.50 more saves EUR 30");
  EXPECT_EQ(english({BannerKind::kSaved, 5, 0, 0, "EUR"}), "EUR 0.05 saved");
  EXPECT_EQ(english({}), "");
  EXPECT_EQ(chinese({BannerKind::kSavedAndMore, 3000, 4000, 3000, "CNY"}), "已减30元,再买40元减30元");
  EXPECT_EQ(chinese({BannerKind::kMore, 0, 4000, 3000, ""}), "再买40元减30元");
  EXPECT_EQ(chinese({BannerKind::kSaved, 3000, 0, 0, "EUR"}), "已减EUR 30");
  EXPECT_EQ(chinese({}), "");
}

TEST(Banner, writes_amounts_with_the_decimals_of_their_currency) {
  EXPECT_EQ(amount_text(1234, "EUR"), "EUR 12.34");
  EXPECT_EQ(amount_text(1200, "EUR"), "EUR 12");
  EXPECT_EQ(amount_text(7, ""), "0.07");
  EXPECT_EQ(amount_text(0, "EUR"), "EUR 0");
  EXPECT_EQ(amount_text(1234, "JPY"), "JPY 1234");
  EXPECT_EQ(amount_text(1234, "KWD"), "KWD 1.234");
}

TEST(Banner, is_about_the_nearest_step_that_adds_something) {
  const auto book = book_of({{"far", R"({"tiers":[{"spend_cents":900,"save_cents":200}]})"},
                             {"near", R"({"tiers":[{"spend_cents":500,"save_cents":10}]})"},
                             {"useless", R"({"tiers":[{"spend_cents":350,"save_cents":5}],"group":"g"})"},
                             {"better", R"({"tiers":[{"spend_cents":100,"save_cents":50}],"group":"g"})"}});
  CartForTest cart;
  cart.add("a", 300);
  const CartQuote quote = quoted(book, cart);
  const auto next = nearest_step(quote);
  ASSERT_TRUE(next);
  EXPECT_EQ(quote.promotions()[*next].promotion->id, "near");
  EXPECT_EQ(banner_of(quote), (Banner{BannerKind::kSavedAndMore, 50, 200, 10, ""}));
  for (std::size_t i = 0; i < quote.promotions().size(); ++i) {
    const std::string& id = quote.promotions()[i].promotion->id;
    if (id == "useless") {
      EXPECT_EQ(banner_of(quote, i).kind, BannerKind::kNothing);
    }
    if (id == "better") {
      EXPECT_EQ(banner_of(quote, i).kind, BannerKind::kSaved);
    }
    if (id == "far") {
      EXPECT_EQ(banner_of(quote, i).kind, BannerKind::kMore);
    }
  }
  CartForTest full;
  full.add("a", 900);
  EXPECT_EQ(nearest_step(quoted(book, full)), std::nullopt);
  EXPECT_EQ(english(banner_of(quoted(book, full))), "2.60 saved");
}

}  // namespace
}  // namespace inkling::offer
