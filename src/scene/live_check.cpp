#include "scene/live_check.h"

#include <algorithm>
#include <utility>

#include "scene/basket_need.h"

namespace inkling::scene {
namespace {

// Of an item now.
struct Facts {
  std::optional<offer::Goods> goods;  // nullopt: without a price
  bool on_sale = true;
  std::int64_t stock = domain::kMissing;
};

class LiveLook {
 public:
  LiveLook(Draft& draft, const NewestFacts& newest) : draft_(draft), newest_(newest) {}

  void look() {
    found_.source = newest_.from_checker ? "checker" : "catalogue";
    found_.snapshot = newest_.world.name();
    look_at_offer();
    look_at_items();
    draft_.answer.check = std::move(found_);
  }

 private:
  void look_at_offer() {
    if (!draft_.answer.offer) return;
    const std::string& promotion = draft_.answer.offer->promotion;
    auto need = basket_need(draft_.cart, newest_.world, newest_.offers, newest_.now_ms, promotion);
    if (need.ok()) need_ = *std::move(need);
    if (need_ && need_->target && need_->quote->promotions()[*need_->target].promotion->id == promotion) {
      draft_.answer.offer = offer_of(*need_);
      return;
    }
    found_.offer_gone = why_gone(promotion);
    need_.reset();
    draft_.answer.offer.reset();
  }

  [[nodiscard]] std::string why_gone(const std::string& promotion) const {
    const auto row = newest_.offers->find(promotion);
    if (!row) return "withdrawn";
    return newest_.offers->promotion(*row).ends_ms <= newest_.now_ms ? "ended" : "no_step";
  }

  void look_at_items() {
    std::vector<AnswerItem>& items = draft_.answer.items;
    std::size_t kept = 0;
    std::size_t looked = 0;
    for (; looked < items.size() && kept < draft_.page; ++looked) {
      if (!keep(items[looked], draft_.prices_cents[looked])) continue;
      if (kept != looked) items[kept] = std::move(items[looked]);
      ++kept;
    }
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(kept),
                items.begin() + static_cast<std::ptrdiff_t>(looked));
  }

  bool keep(const AnswerItem& item, std::int64_t before_cents) {
    const Facts facts = facts_of(item.item);
    const std::optional<Facts> partner = item.with.empty() ? std::nullopt : std::optional(facts_of(item.with));
    const std::int64_t now_cents = cents_of(facts, partner);
    const std::string_view why_not = wrong_with(facts, partner, now_cents, before_cents);
    if (!why_not.empty()) {
      found_.dropped.push_back({item.item, std::string(why_not)});
      return false;
    }
    if (now_cents != before_cents) found_.repriced.push_back({item.item, before_cents, now_cents});
    return true;
  }

  // Of a pair both together.
  static std::int64_t cents_of(const Facts& facts, const std::optional<Facts>& partner) {
    if (!facts.goods || (partner && !partner->goods)) return domain::kMissing;
    return facts.goods->price_cents + (partner ? partner->goods->price_cents : 0);
  }

  [[nodiscard]] Facts facts_of(const std::string& item) const {
    Facts facts;
    if (const auto row = newest_.world.find(item)) {
      const index::ItemFacts& known = newest_.world.facts(*row);
      facts = {goods_of(newest_.world, *row), known.on_sale, known.stock};
    } else {
      facts.on_sale = false;
    }
    const auto told = std::ranges::find(newest_.told, item, &ToldFacts::item);
    if (told == newest_.told.end()) return facts;
    facts.on_sale = told->on_sale;
    facts.stock = told->stock;
    if (told->price) set_price(facts, *told);
    return facts;
  }

  static void set_price(Facts& facts, const ToldFacts& told) {
    if (!facts.goods) facts.goods.emplace().item = told.item;
    facts.goods->price_cents = told.price->cents;
    facts.goods->currency = told.price->currency;
  }

  // A code; "": nothing.
  [[nodiscard]] std::string_view wrong_with(const Facts& facts, const std::optional<Facts>& partner,
                                            std::int64_t now_cents, std::int64_t before_cents) const {
    if (!facts.on_sale || (partner && !partner->on_sale)) return "off_sale";
    if (facts.stock == 0 || (partner && partner->stock == 0)) return "sold_out";
    if (!need_) return {};
    if (now_cents == domain::kMissing) return "no_price";
    const auto addition = partner ? need_->quote->with_both(*facts.goods, *partner->goods, need_->target)
                                  : need_->quote->with(*facts.goods, 1, need_->target);
    if (!addition || !addition->reaches || addition->more_cents <= 0) return "falls_short";
    return is_too_dear(now_cents, before_cents) ? "too_dear" : std::string_view();
  }

  // A bound that the answer did not keep when it was made is none now: what did not become dearer stays.
  [[nodiscard]] bool is_too_dear(std::int64_t now_cents, std::int64_t before_cents) const {
    if (!draft_.stretch || now_cents <= before_cents) return false;
    return static_cast<double>(now_cents) > static_cast<double>(*need_->gap_cents()) * (1 + *draft_.stretch);
  }

  Draft& draft_;
  const NewestFacts& newest_;
  std::optional<BasketNeed> need_;  // while there is an offer
  LiveCheck found_;
};

}  // namespace

void check_live(Draft& draft, const NewestFacts& newest) {
  if (draft.checks_live) LiveLook(draft, newest).look();
}

void checker_was_silent(Draft& draft, std::string why) {
  std::optional<Degraded>& degraded = draft.answer.degraded;
  if (degraded) {
    degraded->detail += "; then " + why;
  } else {
    degraded = {DegradedCause::kCheckerSilent, "check", std::move(why), "catalogue"};
  }
}

}  // namespace inkling::scene
