// What the promotions of a book give for a cart at one moment: how far each is, what comes next, and the best total
// that their stacking rules allow; and, without copying the cart, what it would be with one more line. Not for who
// may see it and not for prices: whoever asks brings them, after their own discounts.
//
// Semantics, with those of promotion.h:
// * Only ticked lines count. Each promotion counts the whole amount (price x quantity) of the lines that it touches.
// * Of the promotions of one group the one that saves most counts; those without a group count beside all others; one
//   that stands alone counts instead of all others when it saves more. Ties go to the smaller id, and to the others
//   before one that stands alone. Nothing else decides, so the best total is the sum of the largest of each group, or
//   the largest that stands alone; no promotion lowers another (bearing.h is why that never exceeds the goods).
// * From this follows: the order of lines and promotions changes nothing, and one more ticked line never lowers the
//   best total. What `more_cents` says is the least that reaching the next step adds to the best total.
//
// Bounds: ticked lines of one currency, prices 0..kMaxCents, quantities 1..kMaxQuantity, their sum at most kMaxCents.
// Ownership: keeps the book alive; the lines are not kept. Thread safety: immutable, any thread.
// Cost: make O(lines x log lines + lines that each promotion touches); with() O(promotions that touch the goods and
// those that touch the cart), no allocation, does not block. Failure: make answers kInvalidInput naming the line.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "offer/goods.h"
#include "offer/promotion_book.h"

namespace inkling::offer {

struct PromotionQuote {
  std::uint32_t row = 0;                 // in the book
  const Promotion* promotion = nullptr;  // lives as long as the book
  std::int64_t eligible_cents = 0;       // of the ticked lines that it touches
  std::int64_t step = 0;                 // Reach::step
  std::int64_t saved_now_cents = 0;      // by it, were it alone
  bool applied = false;                  // it is one of those that make the best total, and saves something
  // The next step; threshold_cents - eligible_cents is the gap. nullopt: there is none.
  std::optional<std::int64_t> threshold_cents{};
  std::int64_t saved_then_cents = 0;  // by it, at just that threshold
  std::int64_t more_cents = 0;        // of the best total, then

  [[nodiscard]] std::optional<std::int64_t> gap_cents() const {
    return threshold_cents ? std::optional(*threshold_cents - eligible_cents) : std::nullopt;
  }
};

// With more ticked lines.
struct Addition {
  std::int64_t saved_cents = 0;                   // best total then
  std::int64_t more_cents = 0;                    // so much above the best total now
  std::int64_t amount_cents = 0;                  // of the lines
  std::optional<std::int64_t> gap_after_cents{};  // of the promotion asked for, to its next step then; nullopt: none
  bool reaches = false;                           // that promotion saves more than before
};

class CartQuote {
 public:
  [[nodiscard]] static base::Result<CartQuote> make(std::shared_ptr<const PromotionBook> book,
                                                    std::span<const CartLine> lines, std::int64_t now_ms);

  [[nodiscard]] const std::string& currency() const { return currency_; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  [[nodiscard]] std::int64_t ticked_cents() const { return ticked_cents_; }
  [[nodiscard]] std::int64_t saved_cents() const { return saved_cents_; }
  [[nodiscard]] std::int64_t payable_cents() const { return ticked_cents_ - saved_cents_; }
  // Those that touch a line, ticked or not, in the order of their rows.
  [[nodiscard]] std::span<const PromotionQuote> promotions() const { return promotions_; }
  // Of each line given: price x quantity when it is ticked, else 0.
  [[nodiscard]] std::span<const std::int64_t> line_cents() const { return line_cents_; }
  // The lines that promotions()[i] touches, ticked or not, in an order that depends on the goods only.
  [[nodiscard]] std::span<const std::uint32_t> touched_lines(std::size_t i) const {
    return std::span(touched_lines_).subspan(touched_begin_[i], touched_begin_[i + 1] - touched_begin_[i]);
  }

  // nullopt where the goods cannot be added: another currency, a price or quantity out of bounds, or a sum that would
  // be. `target`: the place in promotions() of the one whose gap is asked.
  [[nodiscard]] std::optional<Addition> with(const Goods& goods, std::int64_t quantity,
                                             std::optional<std::size_t> target = {}) const;
  // The same with one piece of each of two goods; nullopt, too, where these are priced in two currencies.
  [[nodiscard]] std::optional<Addition> with_both(const Goods& one, const Goods& other,
                                                  std::optional<std::size_t> target = {}) const;

 private:
  struct GroupBest {
    std::uint32_t group = 0;
    std::int64_t saved_cents = 0;
  };
  class Growth;  // with() and with_both(), promotion by promotion
  CartQuote() = default;
  [[nodiscard]] base::Status take_lines(std::span<const CartLine> lines);
  void touch(std::span<const CartLine> lines);
  void choose();
  void apply();
  void look_ahead();
  [[nodiscard]] bool has_room_for(std::int64_t amount_cents, std::string_view currency) const;
  [[nodiscard]] std::int64_t group_best(std::uint32_t group) const;

  std::shared_ptr<const PromotionBook> book_;
  std::int64_t now_ms_ = 0;
  bool has_currency_ = false;  // false: no line says one
  std::string currency_;
  std::int64_t ticked_cents_ = 0;
  std::int64_t saved_cents_ = 0;
  std::int64_t stacked_cents_ = 0;  // the largest of each group, summed
  std::int64_t alone_cents_ = 0;    // the largest that stands alone
  std::vector<PromotionQuote> promotions_;
  std::vector<GroupBest> groups_;  // of those that stack; ascending
  std::vector<std::int64_t> line_cents_;
  std::vector<std::uint32_t> touched_lines_;
  std::vector<std::size_t> touched_begin_;  // one more than promotions_
};

}  // namespace inkling::offer
