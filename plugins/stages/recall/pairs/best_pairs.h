// Pairs of goods whose prices together come just above a sum: least overshoot first, of equal ones the better scored,
// and no goods in two pairs. Exact, and lazy: for each goods the partners lie in the order of prices, so the next
// pair of all is the least of where each stands. Not for whether promotions count both: `fits` says that.
//
// Thread safety: none, one caller. Cost: O(n) to begin (two pointers), O(log n) for each pair that is looked at, at
// most kMostPairTries of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "scene/price_fit.h"

namespace inkling::stages::recall::pairs {

inline constexpr std::size_t kMostPairTries = 20'000;

struct PricedGoods {
  std::int64_t cents = 0;
  double score = 0;
  std::uint32_t row = 0;
};

// Indices of goods.
struct GoodsPair {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
};

class BestPairs {
 public:
  // Sorts the goods; their prices lie from 0 to offer::kMaxCents.
  void begin(std::vector<PricedGoods>& goods, const scene::PriceRange& sum) {
    std::ranges::sort(goods, {},
                      [](const PricedGoods& each) { return std::tuple(each.cents, -each.score, each.row); });
    goods_ = &goods;
    high_cents_ = sum.high_cents;
    heap_.clear();
    used_.assign(goods.size(), false);
    tries_ = 0;
    std::size_t reaches = goods.size();  // the first partner that is dear enough; the dearer the one, the lower
    for (std::uint32_t one = 0; one < goods.size(); ++one) {
      while (reaches > 0 && goods[one].cents + goods[reaches - 1].cents >= sum.low_cents) --reaches;
      push({one, static_cast<std::uint32_t>(std::max<std::size_t>(reaches, one + 1))});
    }
  }

  // The next best pair of goods that are in none yet and that fits(one, other); false: there is none.
  template <typename Fits>
  bool next(GoodsPair& found, Fits&& fits) {
    while (!heap_.empty() && tries_ < kMostPairTries) {
      std::ranges::pop_heap(heap_, later_);
      const GoodsPair pair = heap_.back();
      heap_.pop_back();
      ++tries_;
      if (used_[pair.one]) continue;
      if (!used_[pair.other] && fits(pair.one, pair.other)) {
        used_[pair.one] = used_[pair.other] = true;
        found = pair;
        return true;
      }
      push({pair.one, pair.other + 1});
    }
    return false;
  }

 private:
  void push(GoodsPair pair) {
    const std::vector<PricedGoods>& goods = *goods_;
    if (pair.other >= goods.size() || goods[pair.one].cents + goods[pair.other].cents > high_cents_) return;
    heap_.push_back(pair);
    std::ranges::push_heap(heap_, later_);
  }

  struct Later {
    const BestPairs* pairs;
    bool operator()(const GoodsPair& a, const GoodsPair& b) const { return pairs->place(b) < pairs->place(a); }
  };
  [[nodiscard]] std::tuple<std::int64_t, double, std::uint32_t, std::uint32_t> place(const GoodsPair& pair) const {
    const PricedGoods& one = (*goods_)[pair.one];
    const PricedGoods& other = (*goods_)[pair.other];
    return {one.cents + other.cents, -(one.score + other.score), pair.one, pair.other};
  }

  const std::vector<PricedGoods>* goods_ = nullptr;
  std::int64_t high_cents_ = 0;
  std::vector<GoodsPair> heap_;  // where each goods stands among its partners
  std::vector<bool> used_;
  std::size_t tries_ = 0;
  Later later_{this};
};

}  // namespace inkling::stages::recall::pairs
