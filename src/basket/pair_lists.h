// Counts of pairs in baskets, one item after the other: whose baskets are walked, and which partners are kept.
// Private to the builder. Layout: baskets and their turned-round form as compressed rows. Thread safety: one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::basket {

// Lists of rows, flat: list i is rows[start[i], start[i + 1]).
struct RowLists {
  std::vector<std::uint32_t> start = {0};
  std::vector<std::uint32_t> rows;

  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> list(std::size_t i) const {
    return std::span(rows).subspan(start[i], start[i + 1] - start[i]);
  }
  void close() { start.push_back(static_cast<std::uint32_t>(rows.size())); }
};

// Which baskets each of `items` is in.
[[nodiscard]] RowLists turned_round(const RowLists& baskets, std::size_t items);

class PairCounter {
 public:
  PairCounter(const RowLists& baskets, const RowLists& baskets_of);

  // In how many baskets each partner stands with `item`; good until the next call. Partners in no order.
  void count(std::uint32_t item);
  [[nodiscard]] std::span<const std::uint32_t> partners() const { return partners_; }
  [[nodiscard]] std::uint32_t pairs_with(std::uint32_t partner) const { return counts_[partner]; }

 private:
  const RowLists& baskets_;
  const RowLists& baskets_of_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> partners_;
};

struct WeighedRow {
  std::uint32_t row = 0;
  float weight = 0;  // decides who is kept
  float value = 0;   // is kept
};

// Appends the `most` of largest weight (of equal ones the first rows) to a list in the order of their rows.
void keep_largest(std::vector<WeighedRow>& candidates, std::size_t most, RowLists& lists, std::vector<float>& values);

}  // namespace inkling::basket
