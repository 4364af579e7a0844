// Promotions and carts for the tests of this folder: fixed ones written short, and random ones that are small enough
// to be worked out by hand or by trying everything.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "offer/cart_quote.h"
#include "offer/promotion_book.h"
#include "offer/promotion_json.h"

namespace inkling::offer {

inline constexpr std::int64_t kNowMs = 1'700'000'000'000;

inline Promotion promotion(const std::string& id, const std::string& definition) {
  auto read = read_promotion(id, definition, id);
  EXPECT_TRUE(read.ok()) << read.status().message();
  return read.ok() && *read ? **std::move(read) : Promotion();
}

using Definitions = std::vector<std::pair<std::string, std::string>>;  // id, definition

inline std::shared_ptr<const PromotionBook> book_of(const Definitions& definitions) {
  PromotionShelf shelf;
  for (const auto& [id, definition] : definitions) shelf.tell(id, definition);
  return shelf.publish();
}

// Owns the texts that its lines show.
class CartForTest {
 public:
  CartForTest& add(const std::string& item, std::int64_t price_cents, std::int64_t quantity = 1, bool ticked = true,
                   const std::string& shop = "", CategoryPath category = {}, const std::string& currency = "") {
    rows_.push_back(std::make_unique<Row>(Row{item, shop, currency, std::move(category)}));
    const Row& row = *rows_.back();
    lines.push_back({{row.item, row.shop, row.category, price_cents, row.currency}, quantity, ticked});
    return *this;
  }
  std::vector<CartLine> lines;

 private:
  struct Row {
    std::string item, shop, currency;
    CategoryPath category;
  };
  std::vector<std::unique_ptr<Row>> rows_;
};

inline CartQuote quoted(std::shared_ptr<const PromotionBook> book, const CartForTest& cart,
                        std::int64_t now_ms = kNowMs) {
  auto quote = CartQuote::make(std::move(book), cart.lines, now_ms);
  EXPECT_TRUE(quote.ok()) << quote.status().message();
  return *std::move(quote);
}

// Amounts of a few cents to some hundred, so that every edge is met often.
class RandomShop {
 public:
  explicit RandomShop(std::uint64_t seed) : random_(seed) {}

  std::string name(const char* kind, std::uint64_t count) { return kind + std::to_string(random_.below(count)); }

  CategoryPath category() {
    CategoryPath path;
    for (std::uint64_t depth = random_.below(4); depth > 0; --depth) path.push_back(name("c", 2));
    return path;
  }

  Promotion promotion(const std::string& id) {
    Promotion made;
    made.id = id;
    made.repeats = random_.chance(0.3);
    make_tiers(made);
    if (random_.chance(0.4)) made.scope.shops = {name("s", 3)};
    if (random_.chance(0.4)) made.scope.categories = {{name("c", 2)}};
    if (random_.chance(0.2)) made.excluded.items = {name("i", 6)};
    if (random_.chance(0.1)) made.excluded.shops = {name("s", 3)};
    if (random_.chance(0.2)) made.excluded.categories = {{name("c", 2), name("c", 2)}};
    if (random_.chance(0.3)) made.group = name("g", 2);
    if (made.group.empty() && random_.chance(0.15)) made.alone = true;
    if (random_.chance(0.2)) made.ends_ms = kNowMs + static_cast<std::int64_t>(random_.below(3)) - 1;
    return made;
  }

  std::vector<Promotion> promotions(std::uint64_t most) {
    std::vector<Promotion> made;
    const std::uint64_t count = random_.below(most + 1);
    for (std::uint64_t i = 0; i < count; ++i) made.push_back(promotion("p" + std::to_string(i)));
    return made;
  }

  void add_line(CartForTest& cart) {
    const auto price = static_cast<std::int64_t>(random_.below(random_.chance(0.3) ? 4 : 90));
    cart.add(name("i", 6), price, 1 + static_cast<std::int64_t>(random_.below(3)), random_.chance(0.8), name("s", 3),
             category());
  }

  CartForTest cart(std::uint64_t most) {
    CartForTest made;
    for (std::uint64_t count = random_.below(most + 1); count > 0; --count) add_line(made);
    return made;
  }

  base::Random& random() { return random_; }

 private:
  void make_tiers(Promotion& made) {
    const bool percent = !made.repeats && random_.chance(0.3);
    std::int64_t spend = 0;
    std::int64_t save = 0;
    for (std::uint64_t count = made.repeats ? 1 : 1 + random_.below(3); count > 0; --count) {
      spend += 2 + static_cast<std::int64_t>(random_.below(60));
      save += 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(spend - save)));
      save = std::min(save, spend);
      if (!made.tiers.empty() && save <= made.tiers.back().save_cents) break;
      made.tiers.push_back({spend, percent ? 0 : save, percent ? std::min<std::int64_t>(10'000, 97 * save) : 0});
      if (percent && made.tiers.back().save_basis_points == 10'000) break;
    }
    if (made.repeats && random_.chance(0.5)) {
      made.cap_cents = made.tiers.front().save_cents * static_cast<std::int64_t>(1 + random_.below(3)) +
                       static_cast<std::int64_t>(random_.below(2));
    }
  }

  base::Random random_;
};

}  // namespace inkling::offer
