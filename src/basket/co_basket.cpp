#include "basket/co_basket.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace inkling::basket {
namespace {

using base::Status;

Status wrong(const char* tensor, const std::string& what) {
  return base::corrupt(std::string("tensor \"") + tensor + "\" " + what);
}

template <typename T>
Status check_size(const char* name, const std::vector<T>& tensor, std::size_t size) {
  if (tensor.size() == size) return {};
  return wrong(name, "has " + std::to_string(tensor.size()) + " entries where " + std::to_string(size) + " belong");
}

// One entry an item in each of them.
Status check_columns(const CoBasketTensors& tensors) {
  const std::size_t items = tensors.items.size();
  INKLING_TRY(check_size("baskets", tensors.baskets, items));
  INKLING_TRY(check_size("baskets_30d", tensors.baskets_30d, items));
  INKLING_TRY(check_size("baskets_7d", tensors.baskets_7d, items));
  INKLING_TRY(check_size("paired_baskets", tensors.paired_baskets, items));
  INKLING_TRY(check_size("first_ms", tensors.first_ms, items));
  INKLING_TRY(check_size("last_ms", tensors.last_ms, items));
  INKLING_TRY(check_size("price_cents", tensors.price_cents, items));
  INKLING_TRY(check_size("buy_again_prob", tensors.buy_again_prob, items));
  INKLING_TRY(check_size("cycle_days", tensors.cycle_days, items));
  return check_size("wait_days", tensors.wait_days, items);
}

Status check_finite(const char* name, const std::vector<float>& values) {
  const auto bad = std::ranges::find_if(values, [](float value) { return !std::isfinite(value) || value < 0; });
  if (bad == values.end()) return {};
  return wrong(name, "is not a number from 0 at entry " + std::to_string(bad - values.begin()));
}

Status check_lists(const char* start_name, const std::vector<std::uint32_t>& start, const char* row_name,
                   const std::vector<std::uint32_t>& rows, const char* value_name, const std::vector<float>& values,
                   std::size_t items) {
  INKLING_TRY(check_size(start_name, start, items + 1));
  INKLING_TRY(check_size(value_name, values, rows.size()));
  if (start.front() != 0 || start.back() != rows.size()) return wrong(start_name, "does not span its lists");
  if (!std::ranges::is_sorted(start)) return wrong(start_name, "decreases");
  for (std::size_t item = 0; item < items; ++item) {
    for (std::size_t at = start[item]; at < start[item + 1]; ++at) {
      const bool fits = rows[at] < items && rows[at] != item && (at == start[item] || rows[at - 1] < rows[at]);
      if (!fits) return wrong(row_name, "is out of order or outside the items at entry " + std::to_string(at));
    }
  }
  return check_finite(value_name, values);
}

Status check_totals(const std::vector<std::int64_t>& totals) {
  INKLING_TRY(check_size("totals", totals, 4));
  const auto fits = [](std::int64_t count) {
    return count >= 0 && count <= std::numeric_limits<std::uint32_t>::max();
  };
  if (!fits(totals[1]) || !fits(totals[2]) || !fits(totals[3])) return wrong("totals", "holds no numbers of baskets");
  return {};
}

Neighbours list_of(const std::vector<std::uint32_t>& start, const std::vector<std::uint32_t>& rows,
                   const std::vector<float>& values, std::uint32_t item) {
  const std::size_t from = start[item], count = start[item + 1] - from;
  return {std::span(rows).subspan(from, count), std::span(values).subspan(from, count)};
}

}  // namespace

base::Result<CoBasket> CoBasket::make(CoBasketTensors tensors) {
  const auto disorder = std::ranges::adjacent_find(tensors.items, std::ranges::greater_equal());
  if (disorder != tensors.items.end()) return wrong("items", "does not increase");
  INKLING_TRY(check_columns(tensors));
  INKLING_TRY(check_finite("buy_again_prob", tensors.buy_again_prob));
  INKLING_TRY(check_finite("cycle_days", tensors.cycle_days));
  INKLING_TRY(check_finite("wait_days", tensors.wait_days));
  INKLING_TRY(check_lists("pair_start", tensors.pair_start, "pair_row", tensors.pair_row, "pair_count",
                          tensors.pair_count, tensors.items.size()));
  INKLING_TRY(check_lists("weight_start", tensors.weight_start, "weight_row", tensors.weight_row, "weight",
                          tensors.weight, tensors.items.size()));
  INKLING_TRY(check_totals(tensors.totals));
  CoBasket made;
  made.time_ms_ = tensors.totals[0];
  made.totals_ = {static_cast<std::uint32_t>(tensors.totals[1]), static_cast<std::uint32_t>(tensors.totals[2]),
                  static_cast<std::uint32_t>(tensors.totals[3])};
  made.tensors_ = std::move(tensors);
  return made;
}

std::optional<std::uint32_t> CoBasket::find(std::uint64_t item) const {
  const auto at = std::ranges::lower_bound(tensors_.items, item);
  if (at == tensors_.items.end() || *at != item) return std::nullopt;
  return static_cast<std::uint32_t>(at - tensors_.items.begin());
}

Neighbours CoBasket::pairs(std::uint32_t trigger) const {
  return list_of(tensors_.pair_start, tensors_.pair_row, tensors_.pair_count, trigger);
}

Neighbours CoBasket::weights(std::uint32_t trigger) const {
  return list_of(tensors_.weight_start, tensors_.weight_row, tensors_.weight, trigger);
}

}  // namespace inkling::basket
