// What must hold for every cart and every book: thousands of small random ones, seeded.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "offer/banner.h"
#include "offer/offer_for_test.h"
#include "offer/shares.h"

namespace inkling::offer {
namespace {

constexpr std::uint64_t kCarts = 6000;
constexpr std::uint64_t kMostPromotions = 6;
constexpr std::uint64_t kMostLines = 7;

std::shared_ptr<const PromotionBook> shelved(const std::vector<Promotion>& promotions) {
  PromotionShelf shelf;
  for (const Promotion& each : promotions) EXPECT_TRUE(shelf.add(each).ok());
  return shelf.publish();
}

template <typename Check>
void for_each_case(Check&& check) {
  for (std::uint64_t seed = 0; seed < kCarts && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomShop shop(seed);
    const auto book = shelved(shop.promotions(kMostPromotions));
    CartForTest cart = shop.cart(kMostLines);
    check(shop, book, cart);
  }
}

// The semantics of promotion.h and cart_quote.h once more, in the plainest way.
bool counts_for(const Promotion& promotion, const Goods& goods) {
  const auto below = [&](const CategoryPath& path) {
    return path.size() <= goods.category.size() && std::equal(path.begin(), path.end(), goods.category.begin());
  };
  const auto any = [&](const std::vector<CategoryPath>& paths) { return std::ranges::any_of(paths, below); };
  const auto named = [](const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::count(names, name) > 0;
  };
  const Selection& scope = promotion.scope;
  const Selection& excluded = promotion.excluded;
  return promotion.starts_ms <= kNowMs && kNowMs < promotion.ends_ms && promotion.currency == goods.currency &&
         (scope.shops.empty() || named(scope.shops, goods.shop)) &&
         (scope.categories.empty() || any(scope.categories)) && !named(excluded.items, goods.item) &&
         !named(excluded.shops, goods.shop) && !any(excluded.categories);
}

std::int64_t plain_saving(const Promotion& promotion, const std::vector<CartLine>& lines) {
  std::int64_t eligible = 0;
  for (const CartLine& line : lines) {
    if (line.ticked && counts_for(promotion, line.goods)) eligible += line.goods.price_cents * line.quantity;
  }
  std::int64_t saved = 0;
  if (promotion.repeats) {
    for (std::int64_t left = eligible; left >= promotion.tiers[0].spend_cents;
         left -= promotion.tiers[0].spend_cents) {
      saved += promotion.tiers[0].save_cents;
    }
  } else {
    for (const Tier& tier : promotion.tiers) {
      if (eligible >= tier.spend_cents) saved = tier.save_cents + eligible * tier.save_basis_points / 10'000;
    }
  }
  return promotion.cap_cents ? std::min(saved, *promotion.cap_cents) : saved;
}

bool allowed(const PromotionBook& book, unsigned subset) {
  std::map<std::string, int> groups;
  for (std::uint32_t row = 0; row < book.size(); ++row) {
    if ((subset >> row & 1U) == 0) continue;
    const Promotion& promotion = book.promotion(row);
    if (promotion.alone && std::popcount(subset) > 1) return false;
    if (!promotion.group.empty() && ++groups[promotion.group] > 1) return false;
  }
  return true;
}

std::int64_t best_by_trying_all(const PromotionBook& book, const std::vector<CartLine>& lines) {
  std::int64_t best = 0;
  for (unsigned subset = 0; subset < 1U << book.size(); ++subset) {
    std::int64_t saved = 0;
    for (std::uint32_t row = 0; allowed(book, subset) && row < book.size(); ++row) {
      if ((subset >> row & 1U) != 0) saved += plain_saving(book.promotion(row), lines);
    }
    best = std::max(best, saved);
  }
  return best;
}

TEST(Properties, the_best_total_is_that_of_all_allowed_subsets_tried) {
  std::map<std::size_t, int> applied;
  for_each_case([&](RandomShop&, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    EXPECT_EQ(quote.saved_cents(), best_by_trying_all(*book, cart.lines));
    std::int64_t sum = 0;
    for (const PromotionQuote& each : quote.promotions()) sum += each.applied ? each.saved_now_cents : 0;
    EXPECT_EQ(sum, quote.saved_cents());
    ++applied[static_cast<std::size_t>(std::ranges::count(quote.promotions(), true, &PromotionQuote::applied))];
  });
  EXPECT_GT(applied[0], 100);
  EXPECT_GT(applied[1], 100);
  EXPECT_GT(applied[2], 100);  // the cases are worth trying
}

TEST(Properties, shares_add_up_to_the_cent_and_never_above_a_line) {
  for_each_case([](RandomShop&, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    std::vector<std::int64_t> by_line(cart.lines.size());
    std::vector<std::int64_t> by_promotion(quote.promotions().size());
    for (const Share& share : divide(quote)) {
      EXPECT_GT(share.saved_cents, 0);
      EXPECT_TRUE(counts_for(*quote.promotions()[share.promotion].promotion, cart.lines[share.line].goods));
      by_line[share.line] += share.saved_cents;
      by_promotion[share.promotion] += share.saved_cents;
    }
    for (std::size_t i = 0; i < by_line.size(); ++i) EXPECT_LE(by_line[i], quote.line_cents()[i]);
    for (std::size_t i = 0; i < by_promotion.size(); ++i) {
      const PromotionQuote& told = quote.promotions()[i];
      EXPECT_EQ(by_promotion[i], told.applied ? told.saved_now_cents : 0);
    }
    EXPECT_EQ(std::accumulate(by_line.begin(), by_line.end(), std::int64_t{0}), quote.saved_cents());
  });
}

// Promotions that together save everything leave rounding no room at all.
TEST(Properties, shares_add_up_where_everything_is_free) {
  for (std::uint64_t seed = 0; seed < kCarts && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomShop shop(seed);
    PromotionShelf shelf;
    for (int i = 0; i < 2; ++i) {
      Promotion half;
      half.id = "half" + std::to_string(i);
      half.repeats = true;
      half.tiers = {{2, 1, 0}};
      if (i == 1) half.excluded.items = {"i3", "i4", "i5"};
      ASSERT_TRUE(shelf.add(half).ok());
    }
    CartForTest cart;
    for (int i = 0; i < 5; ++i) cart.add(shop.name("i", 6), 1 + static_cast<std::int64_t>(shop.random().below(3)));
    const CartQuote quote = quoted(shelf.publish(), cart);
    std::vector<std::int64_t> by_line(cart.lines.size());
    for (const Share& share : divide(quote)) by_line[share.line] += share.saved_cents;
    for (std::size_t i = 0; i < by_line.size(); ++i) EXPECT_LE(by_line[i], quote.line_cents()[i]);
    EXPECT_EQ(std::accumulate(by_line.begin(), by_line.end(), std::int64_t{0}), quote.saved_cents());
  }
}

using Told = std::map<std::string, std::array<std::int64_t, 6>>;

Told told_of(const CartQuote& quote) {
  Told told;
  for (const PromotionQuote& each : quote.promotions()) {
    told[each.promotion->id] = {each.eligible_cents,           each.saved_now_cents,  each.applied,
                                each.gap_cents().value_or(-1), each.saved_then_cents, each.more_cents};
  }
  return told;
}

std::vector<std::tuple<std::string, std::string, std::int64_t, std::int64_t>> shares_of(const CartQuote& quote,
                                                                                        const CartForTest& cart) {
  std::vector<std::tuple<std::string, std::string, std::int64_t, std::int64_t>> rows;
  for (const Share& share : divide(quote)) {
    rows.emplace_back(quote.promotions()[share.promotion].promotion->id, cart.lines[share.line].goods.item,
                      quote.line_cents()[share.line], share.saved_cents);
  }
  std::ranges::sort(rows);
  return rows;
}

template <typename T>
void shuffle(std::vector<T>& rows, base::Random& random) {
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.below(i)]);
}

TEST(Properties, the_order_of_lines_and_promotions_changes_nothing) {
  for_each_case([](RandomShop& shop, const auto& book, CartForTest& cart) {
    // An item has one category.
    for (CartLine& line : cart.lines) {
      const auto first =
          std::ranges::find(cart.lines, line.goods.item, [](const CartLine& l) { return l.goods.item; });
      line.goods.category = first->goods.category;
    }
    const CartQuote quote = quoted(book, cart);
    const auto shares = shares_of(quote, cart);
    std::vector<Promotion> promotions;
    for (std::uint32_t row = 0; row < book->size(); ++row) promotions.push_back(book->promotion(row));
    shuffle(promotions, shop.random());
    shuffle(cart.lines, shop.random());
    const CartQuote again = quoted(shelved(promotions), cart);
    EXPECT_EQ(again.saved_cents(), quote.saved_cents());
    EXPECT_EQ(told_of(again), told_of(quote));
    EXPECT_EQ(shares_of(again, cart), shares);
    EXPECT_EQ(banner_of(again), banner_of(quote));
  });
}

TEST(Properties, one_more_tick_never_lowers_the_best_total) {
  int raised = 0;
  for_each_case([&](RandomShop& shop, const auto& book, CartForTest& cart) {
    shop.add_line(cart);
    for (CartLine& line : cart.lines) {
      line.ticked = false;
      const std::int64_t without = quoted(book, cart).saved_cents();
      line.ticked = true;
      const std::int64_t with = quoted(book, cart).saved_cents();
      EXPECT_GE(with, without);
      raised += with > without ? 1 : 0;
    }
  });
  EXPECT_GT(raised, 1000);
}

// What an addition to `quote` told of its i-th promotion is what the cart with it is quoted.
void expect_told_as(const CartQuote& whole, const CartQuote& quote, std::size_t i, const Addition& added) {
  EXPECT_EQ(added.saved_cents, whole.saved_cents());
  EXPECT_EQ(added.more_cents, whole.saved_cents() - quote.saved_cents());
  const auto same = std::ranges::find(whole.promotions(), quote.promotions()[i].row, &PromotionQuote::row);
  ASSERT_NE(same, whole.promotions().end());
  EXPECT_EQ(added.gap_after_cents, same->gap_cents());
  EXPECT_EQ(added.reaches, same->saved_now_cents > quote.promotions()[i].saved_now_cents);
}

TEST(Properties, one_more_line_is_quoted_as_if_it_had_been_in_the_cart) {
  for_each_case([](RandomShop& shop, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    shop.add_line(cart);
    cart.lines.back().ticked = true;
    const CartQuote whole = quoted(book, cart);
    const CartLine& line = cart.lines.back();
    for (std::size_t i = 0; i < quote.promotions().size(); ++i) {
      const auto added = quote.with(line.goods, line.quantity, i);
      ASSERT_TRUE(added);
      expect_told_as(whole, quote, i, *added);
    }
    EXPECT_EQ(quote.with(line.goods, line.quantity)->saved_cents, whole.saved_cents());
  });
}

TEST(Properties, two_more_lines_are_quoted_as_if_they_had_been_in_the_cart) {
  int reached = 0;
  for_each_case([&](RandomShop& shop, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    for (int i = 0; i < 2; ++i) {
      shop.add_line(cart);
      cart.lines.back().ticked = true;
      cart.lines.back().quantity = 1;
    }
    const CartQuote whole = quoted(book, cart);
    const Goods& one = cart.lines[cart.lines.size() - 2].goods;
    const Goods& other = cart.lines.back().goods;
    for (std::size_t i = 0; i < quote.promotions().size(); ++i) {
      const auto added = quote.with_both(one, other, i);
      ASSERT_TRUE(added);
      EXPECT_EQ(added->amount_cents, one.price_cents + other.price_cents);
      expect_told_as(whole, quote, i, *added);
      reached += added->reaches ? 1 : 0;
    }
  });
  EXPECT_GT(reached, 1000);
}

// The promise of the banner: whatever of the promotion's goods fills the gap saves at least what was said.
TEST(Properties, what_the_next_step_promises_is_given) {
  int kept = 0;
  for_each_case([&](RandomShop& shop, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    CartForTest more;
    for (int i = 0; i < 10; ++i) shop.add_line(more);
    for (std::size_t i = 0; i < quote.promotions().size(); ++i) {
      const PromotionQuote& told = quote.promotions()[i];
      EXPECT_GE(told.more_cents, 0);
      for (CartLine& line : more.lines) {
        if (!told.threshold_cents || !counts_for(*told.promotion, line.goods)) continue;
        line.goods.price_cents = *told.gap_cents();
        const auto reached = quote.with(line.goods, 1, i);
        ASSERT_TRUE(reached);
        EXPECT_TRUE(reached->reaches);
        EXPECT_GE(reached->more_cents, told.more_cents);
        line.goods.price_cents -= 1;
        const auto short_of = quote.with(line.goods, 1, i);
        EXPECT_EQ(short_of->gap_after_cents,
                  told.promotion->tiers[0].save_basis_points > 0 ? short_of->gap_after_cents : 1);
        ++kept;
      }
    }
  });
  EXPECT_GT(kept, 1000);
}

TEST(Properties, the_receipt_agrees_with_the_answer_and_nothing_else_does) {
  for_each_case([](RandomShop& shop, const auto& book, CartForTest& cart) {
    const CartQuote quote = quoted(book, cart);
    std::vector<domain::OrderLine> order = receipt(quote, cart.lines);
    shuffle(order, shop.random());
    // What was bought, recomputed: the same lines without those that were not ticked.
    std::vector<CartLine> bought;
    std::ranges::copy_if(cart.lines, std::back_inserter(bought), &CartLine::ticked);
    const auto again = CartQuote::make(book, bought, kNowMs);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->saved_cents(), quote.saved_cents());
    EXPECT_TRUE(agrees(order, *again, bought).ok()) << agrees(order, *again, bought).message();
    if (order.empty()) return;
    auto wrong = order;
    wrong[0].price->cents += 1;
    EXPECT_FALSE(agrees(wrong, *again, bought).ok());
    wrong = order;
    wrong[0].promotions.push_back("unknown");
    EXPECT_FALSE(agrees(wrong, *again, bought).ok());
    wrong = order;
    wrong.pop_back();
    EXPECT_FALSE(agrees(wrong, *again, bought).ok());
  });
}

}  // namespace
}  // namespace inkling::offer
