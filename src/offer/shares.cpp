#include "offer/shares.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace inkling::offer {

namespace {

__extension__ using Wide = __int128;  // a product of two amounts

// What one applied promotion gave so far.
struct Given {
  std::uint32_t promotion = 0;
  std::span<const std::uint32_t> lines;
  std::vector<std::int64_t> cents;  // one a line
};

class Divider {
 public:
  explicit Divider(const CartQuote& quote)
      : quote_(quote), left_(quote.line_cents().begin(), quote.line_cents().end()) {}

  std::vector<Share> divide() {
    const auto promotions = quote_.promotions();
    for (std::uint32_t i = 0; i < promotions.size(); ++i) {
      if (promotions[i].applied) give(i, promotions[i]);
    }
    std::vector<Share> shares;
    for (const Given& given : given_) {
      for (std::size_t k = 0; k < given.lines.size(); ++k) {
        if (given.cents[k] > 0) shares.push_back({given.lines[k], given.promotion, given.cents[k]});
      }
    }
    return shares;
  }

 private:
  void give(std::uint32_t promotion, const PromotionQuote& told) {
    Given& given = given_.emplace_back(Given{promotion, quote_.touched_lines(promotion), {}});
    given.cents.assign(given.lines.size(), 0);
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;  // negative, so that the largest comes first
    std::int64_t rest = told.saved_now_cents;
    for (std::size_t k = 0; k < given.lines.size(); ++k) {
      const Wide product = Wide{told.saved_now_cents} * quote_.line_cents()[given.lines[k]];
      rest -= put(given, k, static_cast<std::int64_t>(product / told.eligible_cents));
      remainders.emplace_back(-static_cast<std::int64_t>(product % told.eligible_cents), k);
    }
    std::ranges::sort(remainders);
    for (const auto& [remainder, k] : remainders) {
      if (rest > 0 && remainder < 0) rest -= put(given, k, 1);
    }
    for (std::size_t k = 0; k < given.lines.size(); ++k) rest -= put(given, k, rest);
    while (rest > 0 && make_room(given.lines)) {
      for (std::size_t k = 0; k < given.lines.size(); ++k) rest -= put(given, k, rest);
    }
    assert(rest == 0);
  }

  // What of so much the line can bear.
  std::int64_t put(Given& given, std::size_t k, std::int64_t cents) {
    const std::int64_t taken = std::min(cents, left_[given.lines[k]]);
    left_[given.lines[k]] -= taken;
    given.cents[k] += taken;
    return taken;
  }

  // Rounding may have filled the last lines that a promotion touches with another one's cents. Moves one of those
  // cents, along the shortest way, to a line that has room; that there is one follows from bearing.h. False: there is
  // none.
  bool make_room(std::span<const std::uint32_t> wanted) {
    struct Step {
      std::uint32_t line;
      std::optional<std::size_t> before;  // in `steps`
      std::size_t given = 0;              // whose cent would move from the line before to this one
    };
    std::vector<Step> steps;
    std::vector<bool> seen(left_.size());
    const auto visit = [&](std::uint32_t line, std::optional<std::size_t> before, std::size_t given) {
      if (!seen[line]) steps.push_back({line, before, given});
      seen[line] = true;
    };
    for (const std::uint32_t line : wanted) visit(line, std::nullopt, 0);
    for (std::size_t at = 0; at < steps.size(); ++at) {
      if (left_[steps[at].line] > 0) {
        --left_[steps[at].line];
        std::size_t step = at;
        for (; steps[step].before; step = *steps[step].before) {
          ++cents_of(steps[step].given, steps[step].line);
          --cents_of(steps[step].given, steps[*steps[step].before].line);
        }
        ++left_[steps[step].line];
        return true;
      }
      for (std::size_t g = 0; g < given_.size(); ++g) {
        if (holds(g, steps[at].line)) {
          for (const std::uint32_t line : given_[g].lines) visit(line, at, g);
        }
      }
    }
    return false;
  }

  std::int64_t& cents_of(std::size_t given, std::uint32_t line) {
    Given& owner = given_[given];
    const auto at = std::ranges::find(owner.lines, line) - owner.lines.begin();
    return owner.cents[static_cast<std::size_t>(at)];
  }

  bool holds(std::size_t given, std::uint32_t line) {
    return std::ranges::count(given_[given].lines, line) > 0 && cents_of(given, line) > 0;
  }

  const CartQuote& quote_;
  std::vector<std::int64_t> left_;  // of each line, to be given away
  std::vector<Given> given_;
};

auto key_of(const domain::OrderLine& line) {
  return std::tuple(std::string_view(line.item), line.quantity, line.price ? line.price->cents : -1,
                    line.price ? std::string_view(line.price->currency) : std::string_view());
}

std::vector<domain::OrderLine> in_order(std::span<const domain::OrderLine> lines) {
  std::vector<domain::OrderLine> sorted(lines.begin(), lines.end());
  for (domain::OrderLine& line : sorted) std::ranges::sort(line.promotions);
  std::ranges::sort(sorted, [](const auto& a, const auto& b) {
    return std::tie(a.promotions, a.item) < std::tie(b.promotions, b.item);
  });
  std::ranges::stable_sort(sorted, {}, key_of);
  return sorted;
}

std::string names(const std::vector<std::string>& promotions) {
  std::string text;
  for (const std::string& each : promotions) text += (text.empty() ? "" : ", ") + each;
  return text.empty() ? "none" : text;
}

}  // namespace

std::vector<Share> divide(const CartQuote& quote) {
  return Divider(quote).divide();
}

std::vector<domain::OrderLine> receipt(const CartQuote& quote, std::span<const CartLine> lines) {
  std::vector<std::vector<std::string>> promotions(lines.size());
  for (const Share& share : divide(quote)) {
    promotions[share.line].push_back(quote.promotions()[share.promotion].promotion->id);
  }
  std::vector<domain::OrderLine> order;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].ticked) continue;
    const Goods& goods = lines[i].goods;
    order.push_back({std::string(goods.item),
                     lines[i].quantity,
                     domain::Money{goods.price_cents, std::string(goods.currency)},
                     std::move(promotions[i]),
                     {}});
  }
  return order;
}

base::Status agrees(std::span<const domain::OrderLine> told, const CartQuote& quote,
                    std::span<const CartLine> lines) {
  const std::vector<domain::OrderLine> right = in_order(receipt(quote, lines));
  const std::vector<domain::OrderLine> found = in_order(told);
  for (std::size_t i = 0; i < std::min(right.size(), found.size()); ++i) {
    if (key_of(right[i]) != key_of(found[i])) {
      return base::conflict("item \"" + found[i].item + "\": quantity or price is not as quoted; expected " +
                            std::to_string(right[i].quantity) + " pieces of \"" + right[i].item + "\" at " +
                            std::to_string(right[i].price->cents) + " cents");
    }
    if (right[i].promotions == found[i].promotions) continue;
    return base::conflict("item \"" + found[i].item + "\": promotions are " + names(found[i].promotions) +
                          "; expected " + names(right[i].promotions));
  }
  if (right.size() == found.size()) return {};
  return base::conflict("the order has " + std::to_string(found.size()) + " lines; expected " +
                        std::to_string(right.size()));
}

}  // namespace inkling::offer
