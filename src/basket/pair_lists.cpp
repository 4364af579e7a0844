#include "basket/pair_lists.h"

#include <algorithm>

namespace inkling::basket {

RowLists turned_round(const RowLists& baskets, std::size_t items) {
  RowLists turned;
  turned.start.assign(items + 1, 0);
  for (const std::uint32_t item : baskets.rows) ++turned.start[item + 1];
  for (std::size_t item = 0; item < items; ++item) turned.start[item + 1] += turned.start[item];
  turned.rows.resize(baskets.rows.size());
  std::vector<std::uint32_t> next(turned.start.begin(), turned.start.end() - 1);
  for (std::size_t basket = 0; basket < baskets.size(); ++basket) {
    for (const std::uint32_t item : baskets.list(basket)) {
      turned.rows[next[item]++] = static_cast<std::uint32_t>(basket);
    }
  }
  return turned;
}

PairCounter::PairCounter(const RowLists& baskets, const RowLists& baskets_of)
    : baskets_(baskets), baskets_of_(baskets_of), counts_(baskets_of.size()) {}

void PairCounter::count(std::uint32_t item) {
  for (const std::uint32_t partner : partners_) counts_[partner] = 0;
  partners_.clear();
  for (const std::uint32_t basket : baskets_of_.list(item)) {
    for (const std::uint32_t partner : baskets_.list(basket)) {
      if (partner == item) continue;
      if (counts_[partner]++ == 0) partners_.push_back(partner);
    }
  }
}

void keep_largest(std::vector<WeighedRow>& candidates, std::size_t most, RowLists& lists,
                  std::vector<float>& values) {
  if (candidates.size() > most) {
    std::ranges::nth_element(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(most),
                             [](const WeighedRow& a, const WeighedRow& b) {
                               return a.weight != b.weight ? a.weight > b.weight : a.row < b.row;
                             });
    candidates.resize(most);
  }
  std::ranges::sort(candidates, {}, &WeighedRow::row);
  for (const WeighedRow& each : candidates) {
    lists.rows.push_back(each.row);
    values.push_back(each.value);
  }
  lists.close();
}

}  // namespace inkling::basket
