// Visits as the training of item vectors reads them: which items one shopper touched one after the other, without a
// long silence between. Not for features of shoppers (src/state, src/sample).
//
// Items are base::name_hash of their ids. Ownership, thread safety: plain values. Cost: 24 bytes a touch while a
// journal is read, 16 afterwards.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"

namespace inkling::train {

struct Touch {
  std::uint64_t item = 0;
  bool bought = false;  // or put into the cart; otherwise looked at
};

// One visit behind the other, in the order of their first touches.
struct VisitLog {
  std::vector<Touch> touches;
  std::vector<std::size_t> starts;      // of each visit, in `touches`
  std::vector<std::int64_t> starts_ms;  // when each began

  [[nodiscard]] std::size_t size() const { return starts.size(); }
  [[nodiscard]] std::span<const Touch> visit(std::size_t i) const {
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : touches.size();
    return std::span(touches).subspan(starts[i], end - starts[i]);
  }
  void add(std::int64_t start_ms, std::span<const Touch> visit);
};

// Puts touches of many shoppers, told in any order, into visits. An item that is touched several times in a row stays
// one touch, bought if it ever was.
class VisitMaker {
 public:
  explicit VisitMaker(std::int64_t gap_ms) : gap_ms_(gap_ms) {}
  // `shopper` is a name_hash.
  void add(std::uint64_t shopper, std::int64_t ts_ms, Touch touch) { touches_.push_back({shopper, ts_ms, touch}); }
  // Once.
  [[nodiscard]] VisitLog finish();

 private:
  struct Touched {
    std::uint64_t shopper = 0;
    std::int64_t ts_ms = 0;
    Touch touch;
  };
  std::int64_t gap_ms_;
  std::vector<Touched> touches_;
};

}  // namespace inkling::train
