// The best rows by a score that only rises, best first, kept exactly while rows come and go: rows that are not listed
// score at most as much as the last one listed. Twice as many are kept as are shown, so that a row may leave; when
// too many have left, is_short() asks for all rows once more. Thread safety: plain value. Cost: a rise moves what
// lies between the two places; memory 16 bytes a listed row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::index {

struct TopEntry {
  double score = 0;
  std::uint32_t row = 0;

  bool operator==(const TopEntry&) const = default;
};

// The better score first, and of equal ones the row that was told first.
[[nodiscard]] constexpr bool ranks_before(const TopEntry& a, const TopEntry& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}
// Leaves the best `count`, best first.
void keep_best(std::vector<TopEntry>& entries, std::size_t count);

class TopList {
 public:
  explicit TopList(std::size_t shown = 0) : shown_(shown) {}

  // A row that is not listed.
  void add(TopEntry entry);
  // A row that add() was told of, and its score before.
  void rise(std::uint32_t row, double old_score, double new_score);
  void remove(TopEntry entry);

  [[nodiscard]] bool is_short() const { return dropped_ && entries_.size() < shown_; }
  // Forgets everything; add() every row next.
  void clear();

  [[nodiscard]] std::span<const TopEntry> entries() const {
    return std::span(entries_).first(entries_.size() < shown_ ? entries_.size() : shown_);
  }

 private:
  using Iterator = std::vector<TopEntry>::iterator;
  [[nodiscard]] Iterator place_of(const TopEntry& entry);

  std::size_t shown_;
  bool dropped_ = false;  // some row is not listed
  std::vector<TopEntry> entries_;
};

}  // namespace inkling::index
