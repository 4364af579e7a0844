#include "offer/cart_quote.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace inkling::offer {

namespace {

using base::Result;
using base::Status;

std::string shown(std::string_view currency) {
  return currency.empty() ? "the marketplace's own currency" : std::string(currency);
}

// nullopt: out of bounds.
std::optional<std::int64_t> amount_of(std::int64_t price_cents, std::int64_t quantity) {
  std::int64_t amount = 0;
  if (price_cents < 0 || quantity < 1 || quantity > kMaxQuantity) return std::nullopt;
  if (__builtin_mul_overflow(price_cents, quantity, &amount) || amount > kMaxCents) return std::nullopt;
  return amount;
}

Result<std::int64_t> checked_amount(const CartLine& line) {
  if (const auto amount = amount_of(line.goods.price_cents, line.quantity)) return *amount;
  const std::string item = "item \"" + std::string(line.goods.item) + "\": ";
  if (line.goods.price_cents < 0) {
    return base::invalid_input(item + "its price of " + std::to_string(line.goods.price_cents) +
                               " cents is negative; expected 0 or more");
  }
  if (line.quantity < 1 || line.quantity > kMaxQuantity) {
    return base::invalid_input(item + std::to_string(line.quantity) + " pieces of it; expected 1 to " +
                               std::to_string(kMaxQuantity));
  }
  return base::invalid_input(item + std::to_string(line.quantity) + " pieces at " +
                             std::to_string(line.goods.price_cents) + " cents are more than " +
                             std::to_string(kMaxCents) + " cents; expected no larger amount");
}

Status other_currency(const CartLine& line, std::string_view currency) {
  return base::invalid_input("item \"" + std::string(line.goods.item) + "\": its price is in " +
                             shown(line.goods.currency) + ", ticked lines before it are in " + shown(currency) +
                             "; expected one currency: untick the others");
}

struct Touch {
  std::uint32_t row = 0;
  std::uint32_t line = 0;
};

// Lines in an order that their own facts decide, so that whoever wrote them first changes nothing.
std::vector<std::uint32_t> in_own_order(std::span<const CartLine> lines) {
  std::vector<std::uint32_t> order(lines.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t line) {
    const CartLine& each = lines[line];
    return std::tuple(each.goods.item, each.goods.shop, each.goods.price_cents, each.quantity, line);
  });
  return order;
}

}  // namespace

Result<CartQuote> CartQuote::make(std::shared_ptr<const PromotionBook> book, std::span<const CartLine> lines,
                                  std::int64_t now_ms) {
  CartQuote quote;
  quote.book_ = std::move(book);
  quote.now_ms_ = now_ms;
  INKLING_TRY(quote.take_lines(lines));
  quote.touch(lines);
  quote.choose();
  quote.apply();
  quote.look_ahead();
  return quote;
}

Status CartQuote::take_lines(std::span<const CartLine> lines) {
  for (const bool ticked : {true, false}) {
    for (const CartLine& line : lines) {
      if (has_currency_ || line.ticked != ticked) continue;
      has_currency_ = true;
      currency_ = line.goods.currency;
    }
  }
  line_cents_.assign(lines.size(), 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].ticked) continue;
    if (lines[i].goods.currency != currency_) return other_currency(lines[i], currency_);
    INKLING_ASSIGN(line_cents_[i], checked_amount(lines[i]));
    ticked_cents_ += line_cents_[i];
    if (ticked_cents_ <= kMaxCents) continue;
    return base::invalid_input("item \"" + std::string(lines[i].goods.item) + "\": with it the ticked lines are " +
                               std::to_string(ticked_cents_) + " cents; expected at most " +
                               std::to_string(kMaxCents));
  }
  return {};
}

void CartQuote::touch(std::span<const CartLine> lines) {
  std::vector<Touch> touches;
  for (const std::uint32_t line : in_own_order(lines)) {
    if (lines[line].goods.currency != currency_) continue;
    book_->for_each_touching(lines[line].goods, now_ms_, [&](std::uint32_t row) { touches.push_back({row, line}); });
  }
  std::ranges::stable_sort(touches, {}, &Touch::row);
  for (const Touch& touch : touches) {
    if (promotions_.empty() || promotions_.back().row != touch.row) {
      touched_begin_.push_back(touched_lines_.size());
      promotions_.push_back({.row = touch.row, .promotion = &book_->promotion(touch.row)});
    }
    promotions_.back().eligible_cents += line_cents_[touch.line];
    touched_lines_.push_back(touch.line);
  }
  touched_begin_.push_back(touched_lines_.size());
}

void CartQuote::choose() {
  for (PromotionQuote& each : promotions_) {
    const Reach reached = reach(*each.promotion, each.eligible_cents);
    each.step = reached.step;
    each.saved_now_cents = reached.saved_cents;
    each.threshold_cents = reached.next_spend_cents;
    each.saved_then_cents = reached.saved_then_cents;
    if (each.promotion->alone) {
      alone_cents_ = std::max(alone_cents_, each.saved_now_cents);
      continue;
    }
    const std::uint32_t group = book_->group(each.row);
    if (groups_.empty() || groups_.back().group != group) groups_.push_back({group, 0});
    groups_.back().saved_cents = std::max(groups_.back().saved_cents, each.saved_now_cents);
  }
  for (const GroupBest& group : groups_) stacked_cents_ += group.saved_cents;
  saved_cents_ = std::max(stacked_cents_, alone_cents_);
}

// Marks the first of those that save the most, as choose() found it.
void CartQuote::apply() {
  const bool stacks = stacked_cents_ >= alone_cents_;
  std::optional<std::uint32_t> done;  // the group that has its promotion
  for (PromotionQuote& each : promotions_) {
    if (each.saved_now_cents == 0 || each.promotion->alone == stacks) continue;
    if (!stacks) {
      each.applied = each.saved_now_cents == alone_cents_;
      if (each.applied) return;
      continue;
    }
    const std::uint32_t group = book_->group(each.row);
    if (done == group || each.saved_now_cents != group_best(group)) continue;
    each.applied = true;
    done = group;
  }
}

void CartQuote::look_ahead() {
  for (PromotionQuote& each : promotions_) {
    if (!each.threshold_cents) continue;
    std::int64_t stacked = stacked_cents_;
    std::int64_t alone = alone_cents_;
    if (each.promotion->alone) {
      alone = std::max(alone, each.saved_then_cents);
    } else {
      stacked += std::max<std::int64_t>(0, each.saved_then_cents - group_best(book_->group(each.row)));
    }
    each.more_cents = std::max(stacked, alone) - saved_cents_;
  }
}

std::int64_t CartQuote::group_best(std::uint32_t group) const {
  const auto found = std::ranges::lower_bound(groups_, group, {}, &GroupBest::group);
  return found == groups_.end() || found->group != group ? 0 : found->saved_cents;
}

// The best total, carried on while the rows that more lines touch come by in their order.
class CartQuote::Growth {
 public:
  Growth(const CartQuote& quote, std::int64_t amount_cents, std::optional<std::size_t> target)
      : quote_(quote),
        known_(quote.promotions_.begin()),
        target_(target),
        stacked_cents_(quote.stacked_cents_),
        alone_cents_(quote.alone_cents_) {
    addition_.amount_cents = amount_cents;
    if (target) addition_.gap_after_cents = quote.promotions_[*target].gap_cents();
  }

  // `amount_cents`: of the lines that the promotion touches.
  void touch(std::uint32_t row, std::int64_t amount_cents) {
    const auto before = [](const PromotionQuote& each, std::uint32_t wanted) { return each.row < wanted; };
    known_ = std::lower_bound(known_, quote_.promotions_.end(), row, before);
    const bool is_known = known_ != quote_.promotions_.end() && known_->row == row;
    const Promotion& promotion = quote_.book_->promotion(row);
    const std::int64_t eligible_cents = (is_known ? known_->eligible_cents : 0) + amount_cents;
    const std::int64_t saved = offer::saved_cents(promotion, eligible_cents);
    if (is_known && target_ == static_cast<std::size_t>(known_ - quote_.promotions_.begin())) {
      const auto next = reach(promotion, eligible_cents).next_spend_cents;
      addition_.gap_after_cents = next ? std::optional(*next - eligible_cents) : std::nullopt;
      addition_.reaches = saved > known_->saved_now_cents;
    }
    if (promotion.alone) {
      alone_cents_ = std::max(alone_cents_, saved);
    } else {
      stack(quote_.book_->group(row), saved);
    }
  }

  [[nodiscard]] Addition sum() {
    addition_.saved_cents = std::max(stacked_cents_, alone_cents_);
    addition_.more_cents = addition_.saved_cents - quote_.saved_cents_;
    return addition_;
  }

 private:
  void stack(std::uint32_t group, std::int64_t saved) {
    if (group_ != group) counted_cents_ = quote_.group_best(group);
    group_ = group;
    stacked_cents_ += std::max<std::int64_t>(0, saved - counted_cents_);
    counted_cents_ = std::max(counted_cents_, saved);
  }

  const CartQuote& quote_;
  std::vector<PromotionQuote>::const_iterator known_;
  std::optional<std::size_t> target_;
  std::int64_t stacked_cents_;
  std::int64_t alone_cents_;
  std::optional<std::uint32_t> group_;
  std::int64_t counted_cents_ = 0;  // of that group, in stacked_cents_
  Addition addition_;
};

std::optional<Addition> CartQuote::with(const Goods& goods, std::int64_t quantity,
                                        std::optional<std::size_t> target) const {
  const auto amount = amount_of(goods.price_cents, quantity);
  if (!amount || !has_room_for(*amount, goods.currency)) return std::nullopt;
  Growth growth(*this, *amount, target);
  book_->for_each_touching(goods, now_ms_, [&](std::uint32_t row) { growth.touch(row, *amount); });
  return growth.sum();
}

std::optional<Addition> CartQuote::with_both(const Goods& one, const Goods& other,
                                             std::optional<std::size_t> target) const {
  struct Touched {
    std::uint32_t row;
    std::int64_t amount_cents;
  };
  thread_local std::vector<Touched> touched;  // reused: no request of this thread allocates twice
  touched.clear();
  if (one.currency != other.currency) return std::nullopt;
  std::int64_t sum_cents = 0;
  for (const Goods* goods : {&one, &other}) {
    const auto amount = amount_of(goods->price_cents, 1);
    if (!amount) return std::nullopt;
    sum_cents += *amount;
    book_->for_each_touching(*goods, now_ms_, [&](std::uint32_t row) { touched.push_back({row, *amount}); });
  }
  if (!has_room_for(sum_cents, one.currency)) return std::nullopt;
  std::ranges::sort(touched, {}, &Touched::row);
  Growth growth(*this, sum_cents, target);
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const bool by_both = i + 1 < touched.size() && touched[i + 1].row == touched[i].row;
    growth.touch(touched[i].row, by_both ? sum_cents : touched[i].amount_cents);
    i += by_both ? 1 : 0;
  }
  return growth.sum();
}

bool CartQuote::has_room_for(std::int64_t amount_cents, std::string_view currency) const {
  return amount_cents <= kMaxCents - ticked_cents_ && (ticked_cents_ == 0 || currency == currency_);
}

}  // namespace inkling::offer
