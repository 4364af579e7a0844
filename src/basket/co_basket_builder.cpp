#include "basket/co_basket_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "base/core/clock.h"
#include "basket/item_autoencoder.h"
#include "basket/pair_lists.h"
#include "basket/repurchase_priors.h"

namespace inkling::basket {
namespace {

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

// Item rows, most bought first; of equal ones the smaller hash.
std::vector<std::uint32_t> by_purchases(const std::vector<std::uint32_t>& counts,
                                        const std::vector<std::uint64_t>& items) {
  std::vector<std::uint32_t> order(counts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : items[a] < items[b];
  });
  return order;
}

// The upper one of two in the middle is left out of account: prices are those that were asked.
std::int64_t median(std::vector<std::int64_t>& prices) {
  if (prices.empty()) return kNoPrice;
  const auto middle = prices.begin() + static_cast<std::ptrdiff_t>((prices.size() - 1) / 2);
  std::ranges::nth_element(prices, middle);
  return *middle;
}

}  // namespace

void CoBasketBuilder::add(const Purchase& purchase) {
  const std::size_t begin = lines_.size();
  for (const PurchaseLine& line : purchase.lines) {
    const auto [known, is_new] = item_rows_.try_emplace(line.item, static_cast<std::uint32_t>(items_.size()));
    if (is_new) items_.push_back(line.item);
    const auto from = lines_.begin() + static_cast<std::ptrdiff_t>(begin);
    if (std::find(from, lines_.end(), known->second) != lines_.end()) continue;
    lines_.push_back(known->second);
    prices_.push_back(line.price_cents);
  }
  if (lines_.size() == begin) return;
  baskets_.push_back({purchase.shopper, purchase.ts_ms, lines_.size()});
  if (baskets_.size() > options_.max_baskets) drop_oldest();
}

// A quarter at once, so that moving the rest is cheap for each.
void CoBasketBuilder::drop_oldest() {
  const std::size_t dropped = baskets_.size() - options_.max_baskets + options_.max_baskets / 4;
  const std::size_t lines = baskets_[dropped - 1].end;
  baskets_.erase(baskets_.begin(), baskets_.begin() + static_cast<std::ptrdiff_t>(dropped));
  lines_.erase(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(lines));
  prices_.erase(prices_.begin(), prices_.begin() + static_cast<std::ptrdiff_t>(lines));
  for (Basket& basket : baskets_) basket.end -= lines;
}

// One building: from baskets in the order of purchase to columns and lists in the order of hashes.
class CoBasketBuild {
 public:
  CoBasketBuild(const CoBasketBuilder& from, std::int64_t now_ms)
      : from_(from), options_(from.options_), now_ms_(now_ms) {}

  base::Result<CoBasket> run() {
    choose_items();
    count_baskets();
    fill_repurchases();
    INKLING_TRY(fill_lists());
    return CoBasket::make(std::move(out_));
  }

 private:
  [[nodiscard]] std::size_t items() const { return out_.items.size(); }

  // Visits every basket with its lines of items that are known.
  template <typename Visit>
  void for_each_line(Visit visit) const {
    std::size_t line = 0;
    for (std::size_t basket = 0; basket < from_.baskets_.size(); ++basket) {
      for (; line < from_.baskets_[basket].end; ++line) {
        const std::uint32_t row = rows_[from_.lines_[line]];
        if (row != kNoRow) visit(from_.baskets_[basket], row, from_.prices_[line]);
      }
    }
  }

  void choose_items() {
    std::vector<std::uint32_t> counts(from_.items_.size());
    for (const std::uint32_t item : from_.lines_) ++counts[item];
    std::vector<std::uint32_t> chosen = by_purchases(counts, from_.items_);
    chosen.resize(std::min(chosen.size(), options_.max_items));
    std::erase_if(chosen, [&](std::uint32_t item) { return counts[item] == 0; });
    std::ranges::sort(chosen, {}, [&](std::uint32_t item) { return from_.items_[item]; });
    rows_.assign(from_.items_.size(), kNoRow);
    for (const std::uint32_t item : chosen) {
      rows_[item] = static_cast<std::uint32_t>(out_.items.size());
      out_.items.push_back(from_.items_[item]);
    }
  }

  void count_baskets() {
    out_.baskets.assign(items(), 0);
    out_.baskets_30d = out_.baskets_7d = out_.baskets;
    out_.first_ms.assign(items(), std::numeric_limits<std::int64_t>::max());
    out_.last_ms.assign(items(), std::numeric_limits<std::int64_t>::min());
    std::vector<std::vector<std::int64_t>> prices(items());
    for_each_line([&](const auto& basket, std::uint32_t row, std::int64_t price_cents) {
      ++out_.baskets[row];
      out_.baskets_30d[row] += within(basket.ts_ms, 30);
      out_.baskets_7d[row] += within(basket.ts_ms, 7);
      out_.first_ms[row] = std::min(out_.first_ms[row], basket.ts_ms);
      out_.last_ms[row] = std::max(out_.last_ms[row], basket.ts_ms);
      if (price_cents >= 0) prices[row].push_back(price_cents);
    });
    for (auto& each : prices) out_.price_cents.push_back(median(each));
    std::int64_t days_30 = 0, days_7 = 0;
    for (const auto& basket : from_.baskets_) {
      days_30 += within(basket.ts_ms, 30);
      days_7 += within(basket.ts_ms, 7);
    }
    out_.totals = {now_ms_, static_cast<std::int64_t>(from_.baskets_.size()), days_30, days_7};
  }

  [[nodiscard]] std::uint32_t within(std::int64_t ts_ms, int days) const {
    return now_ms_ - ts_ms < days * base::kDayMs ? 1 : 0;
  }

  void fill_repurchases() {
    std::vector<ShopperPurchase> purchases;
    for_each_line([&](const auto& basket, std::uint32_t row, std::int64_t) {
      if (basket.shopper != 0) purchases.push_back({row, basket.shopper, basket.ts_ms});
    });
    for (const RepurchasePrior& prior : repurchase_priors(std::move(purchases), items(), now_ms_)) {
      out_.buy_again_prob.push_back(prior.buy_again_prob);
      out_.cycle_days.push_back(prior.cycle_days);
      out_.wait_days.push_back(prior.wait_days);
    }
  }

  [[nodiscard]] RowLists paired_baskets() const {
    RowLists lists;
    std::size_t line = 0;
    for (const auto& basket : from_.baskets_) {
      const std::size_t begin = lists.rows.size();
      for (; line < basket.end; ++line) {
        if (rows_[from_.lines_[line]] != kNoRow) lists.rows.push_back(rows_[from_.lines_[line]]);
      }
      const std::size_t size = lists.rows.size() - begin;
      if (size < 2 || size > options_.max_basket_items) {
        lists.rows.resize(begin);
      } else {
        lists.close();
      }
    }
    return lists;
  }

  base::Status fill_lists() {
    const RowLists baskets = paired_baskets(), baskets_of = turned_round(baskets, items());
    for (std::size_t item = 0; item < items(); ++item) {
      out_.paired_baskets.push_back(static_cast<std::uint32_t>(baskets_of.list(item).size()));
    }
    std::vector<std::uint32_t> dense = by_purchases(out_.paired_baskets, out_.items);
    dense.resize(std::min(dense.size(), options_.max_autoencoder_items));
    std::erase_if(dense, [&](std::uint32_t row) { return out_.paired_baskets[row] == 0; });
    std::ranges::sort(dense);
    std::vector<float> gram = fill_pairs(baskets, baskets_of, dense);
    INKLING_TRY(item_autoencoder(dense.size(), options_.lambda, gram));
    fill_weights(dense, gram);
    return {};
  }

  // Answers the counts of the `dense` items by themselves, row by row.
  std::vector<float> fill_pairs(const RowLists& baskets, const RowLists& baskets_of,
                                const std::vector<std::uint32_t>& dense) {
    std::vector<float> gram(dense.size() * dense.size());
    PairCounter counter(baskets, baskets_of);
    RowLists lists;
    std::vector<WeighedRow> candidates;
    std::size_t next_dense = 0;
    for (std::uint32_t item = 0; item < items(); ++item) {
      counter.count(item);
      candidates.clear();
      for (const std::uint32_t partner : counter.partners()) {
        const auto pairs = static_cast<float>(counter.pairs_with(partner));
        candidates.push_back({partner, pairs / std::sqrt(static_cast<float>(out_.paired_baskets[partner])), pairs});
      }
      keep_largest(candidates, options_.max_neighbours, lists, out_.pair_count);
      if (next_dense == dense.size() || dense[next_dense] != item) continue;
      float* row = gram.data() + next_dense * dense.size();
      for (std::size_t k = 0; k < dense.size(); ++k)
        row[k] = static_cast<float>(counter_or_own(counter, item, dense[k]));
      ++next_dense;
    }
    out_.pair_start = std::move(lists.start);
    out_.pair_row = std::move(lists.rows);
    return gram;
  }

  [[nodiscard]] std::uint32_t counter_or_own(const PairCounter& counter, std::uint32_t item,
                                             std::uint32_t partner) const {
    return partner == item ? out_.paired_baskets[item] : counter.pairs_with(partner);
  }

  void fill_weights(const std::vector<std::uint32_t>& dense, const std::vector<float>& weights) {
    RowLists lists;
    std::vector<WeighedRow> candidates;
    std::size_t next_dense = 0;
    for (std::uint32_t item = 0; item < items(); ++item) {
      candidates.clear();
      if (next_dense < dense.size() && dense[next_dense] == item) {
        const float* row = weights.data() + next_dense++ * dense.size();
        for (std::size_t k = 0; k < dense.size(); ++k) {
          if (row[k] > 0) candidates.push_back({dense[k], row[k], row[k]});
        }
      }
      keep_largest(candidates, options_.max_neighbours, lists, out_.weight);
    }
    out_.weight_start = std::move(lists.start);
    out_.weight_row = std::move(lists.rows);
  }

  const CoBasketBuilder& from_;
  const CoBasketOptions& options_;
  std::int64_t now_ms_;
  std::vector<std::uint32_t> rows_;  // of the builder's items; kNoRow: bought too seldom
  CoBasketTensors out_;
};

base::Result<CoBasket> CoBasketBuilder::build(std::int64_t now_ms) const {
  return CoBasketBuild(*this, now_ms).run();
}

}  // namespace inkling::basket
