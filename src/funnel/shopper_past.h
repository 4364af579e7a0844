// The newest behaviours of one shopper, as samples of that shopper's questions have them. Items are rows of an
// ItemBook. Thread safety: one thread. Memory: 24 bytes a behaviour, 2 kMaxBehaviours at most. Cost: add() O(1), but
// for one move of the whole in every kMaxBehaviours.
#pragma once

#include <cstdint>
#include <vector>

#include "basket/add_on_sample.h"

namespace inkling::funnel {

class ShopperPast {
 public:
  struct Done {
    std::int64_t ts_ms = 0;
    std::int64_t price_cents = basket::kNoPrice;  // then
    std::uint32_t item = 0;
    basket::BehaviourKind kind = basket::BehaviourKind::kView;
  };

  void add(const Done& done) {
    if (newest_.size() == 2 * basket::kMaxBehaviours) newest_.erase(newest_.begin(), newest_.end() - kKept);
    newest_.push_back(done);
  }
  // visit(done) for the newest kMaxBehaviours that lie before a moment, oldest first; journals may tell later ones
  // earlier.
  template <typename Visit>
  void before(std::int64_t now_ms, Visit&& visit) const {
    std::size_t first = newest_.size();
    for (std::size_t left = basket::kMaxBehaviours; first > 0 && left > 0; --first) {
      left -= newest_[first - 1].ts_ms <= now_ms ? 1 : 0;
    }
    for (std::size_t i = first; i < newest_.size(); ++i) {
      if (newest_[i].ts_ms <= now_ms) visit(newest_[i]);
    }
  }

 private:
  static constexpr std::ptrdiff_t kKept = basket::kMaxBehaviours;
  std::vector<Done> newest_;  // oldest first
};

}  // namespace inkling::funnel
