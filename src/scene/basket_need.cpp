#include "scene/basket_need.h"

#include <algorithm>
#include <utility>

#include "base/core/hash.h"
#include "offer/banner.h"
#include "offer/quote_json.h"

namespace inkling::scene {
namespace {

class CartReader {
 public:
  CartReader(const index::World& world, BasketNeed& need) : world_(world), need_(need) {}

  // `otherwise`: the price where the catalogue has none.
  void read(std::string_view item, std::int64_t quantity, bool ticked, const std::optional<offer::Goods>& otherwise) {
    const auto row = world_.find(item);
    auto goods = row ? goods_of(world_, *row) : std::nullopt;
    if (!goods) goods = otherwise;
    const bool one_currency = !goods || need_.lines.empty() || goods->currency == need_.lines.front().goods.currency;
    if (goods && one_currency && quantity >= 1 && quantity <= offer::kMaxQuantity && can_be_bought(row, quantity)) {
      need_.lines.push_back({*goods, quantity, ticked});
    } else {
      need_.left_out.push_back(item);
    }
  }

 private:
  [[nodiscard]] bool can_be_bought(std::optional<std::uint32_t> row, std::int64_t quantity) const {
    if (!row) return true;
    const index::ItemFacts& facts = world_.facts(*row);
    return facts.available() && (facts.stock == domain::kMissing || facts.stock >= quantity);
  }

  const index::World& world_;
  BasketNeed& need_;
};

// With a price that somebody told of an item; nullopt: nobody did.
std::optional<offer::Goods> told_goods(std::string_view item, std::int64_t price_cents, std::string_view currency) {
  if (price_cents < 0 || price_cents > offer::kMaxCents) return std::nullopt;
  return offer::Goods{.item = item, .shop = {}, .category = {}, .price_cents = price_cents, .currency = currency};
}

std::optional<std::size_t> target_of(const offer::CartQuote& quote, std::string_view wanted) {
  const auto promotions = quote.promotions();
  for (std::size_t i = 0; !wanted.empty() && i < promotions.size(); ++i) {
    if (promotions[i].promotion->id == wanted && promotions[i].more_cents > 0) return i;
  }
  return offer::nearest_step(quote);
}

base::Result<BasketNeed> quoted(BasketNeed need, std::shared_ptr<const offer::PromotionBook> book,
                                std::int64_t now_ms, std::string_view promotion) {
  INKLING_ASSIGN(auto quote, offer::CartQuote::make(std::move(book), need.lines, now_ms));
  need.target = target_of(quote, promotion);
  need.quote = std::move(quote);
  return need;
}

}  // namespace

bool BasketNeed::holds(std::string_view item) const {
  return std::ranges::any_of(lines, [&](const offer::CartLine& line) { return line.goods.item == item; });
}

std::optional<offer::Goods> goods_of(const index::World& world, std::uint32_t row) {
  const index::ItemFacts& facts = world.facts(row);
  if (!facts.price || facts.price->cents < 0 || facts.price->cents > offer::kMaxCents) return std::nullopt;
  return offer::Goods{.item = facts.item,
                      .shop = world.shop_of(row),
                      .category = world.category_path(row),
                      .price_cents = facts.price->cents,
                      .currency = facts.price->currency};
}

void trigger_rows(const BasketNeed& need, const basket::CoBasket& statistics, std::vector<std::uint32_t>& rows) {
  rows.clear();
  for (const offer::CartLine& line : need.lines) {
    if (!line.ticked) continue;
    if (const auto row = statistics.find(base::name_hash(line.goods.item))) rows.push_back(*row);
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

base::Result<BasketNeed> basket_need(const Request& request, const state::ShopperState& state,
                                     const index::World& world, std::shared_ptr<const offer::PromotionBook> book,
                                     std::int64_t now_ms, std::string_view promotion) {
  if (request.cart) return basket_need(*request.cart, world, std::move(book), now_ms, promotion);
  BasketNeed need;
  CartReader reader(world, need);
  for (const state::CartLine& line : state.cart) {
    reader.read(line.item, line.quantity, line.ticked, told_goods(line.item, line.price_cents, {}));
  }
  return quoted(std::move(need), std::move(book), now_ms, promotion);
}

base::Result<BasketNeed> basket_need(std::span<const RequestCartLine> cart, const index::World& world,
                                     std::shared_ptr<const offer::PromotionBook> book, std::int64_t now_ms,
                                     std::string_view promotion) {
  BasketNeed need;
  CartReader reader(world, need);
  for (const RequestCartLine& line : cart) {
    reader.read(line.item, line.quantity, line.ticked,
                line.price ? told_goods(line.item, line.price->cents, line.price->currency) : std::nullopt);
  }
  return quoted(std::move(need), std::move(book), now_ms, promotion);
}

std::vector<RequestCartLine> cart_lines(const Request& request, const state::ShopperState& state) {
  if (request.cart) return *request.cart;
  std::vector<RequestCartLine> lines;
  for (const state::CartLine& line : state.cart) {
    lines.push_back({line.item, line.quantity, line.ticked, domain::Money{line.price_cents, {}}});
  }
  return lines;
}

std::optional<AnswerOffer> offer_of(const BasketNeed& need) {
  if (!need.target) return std::nullopt;
  const offer::PromotionQuote& reached = need.quote->promotions()[*need.target];
  return AnswerOffer{reached.promotion->id, reached.step, *reached.gap_cents(),
                     offer::promotion_json(*need.quote, *need.target).to_text()};
}

}  // namespace inkling::scene
