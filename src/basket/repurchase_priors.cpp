#include "basket/repurchase_priors.h"

#include <algorithm>
#include <tuple>

#include "base/core/clock.h"

namespace inkling::basket {
namespace {

// Of one item, or of all.
struct Repeats {
  double buyers = 0;
  double repeaters = 0;
  double intervals = 0;      // between two purchases of one shopper
  double interval_days = 0;  // all together
  double watched_days = 0;   // from the buyers' first purchases until now

  void add(const Repeats& other) {
    buyers += other.buyers;
    repeaters += other.repeaters;
    intervals += other.intervals;
    interval_days += other.interval_days;
    watched_days += other.watched_days;
  }
};

double days(std::int64_t span_ms) {
  return static_cast<double>(span_ms) / static_cast<double>(base::kDayMs);
}

Repeats of_one_shopper(std::int64_t first_ms, std::int64_t last_ms, std::size_t purchases, std::int64_t now_ms) {
  Repeats repeats;
  repeats.buyers = 1;
  repeats.repeaters = purchases > 1 ? 1 : 0;
  repeats.intervals = static_cast<double>(purchases - 1);
  repeats.interval_days = days(last_ms - first_ms);
  repeats.watched_days = days(std::max(now_ms, last_ms) - first_ms);
  return repeats;
}

double ratio(double part, double whole, double otherwise) {
  return whole > 0 ? part / whole : otherwise;
}

RepurchasePrior mixed(const Repeats& item, const Repeats& all) {
  const double prob = ratio(all.repeaters, all.buyers, 0), cycle = ratio(all.interval_days, all.intervals, 0);
  const double wait = ratio(all.watched_days, all.intervals, ratio(all.watched_days, all.buyers, 1));
  RepurchasePrior prior;
  prior.buy_again_prob =
      static_cast<float>((item.repeaters + kPriorShoppers * prob) / (item.buyers + kPriorShoppers));
  prior.cycle_days =
      static_cast<float>((item.interval_days + kPriorShoppers * cycle) / (item.intervals + kPriorShoppers));
  prior.wait_days =
      static_cast<float>((item.watched_days + kPriorShoppers * wait) / (item.intervals + kPriorShoppers));
  return prior;
}

}  // namespace

std::vector<RepurchasePrior> repurchase_priors(std::vector<ShopperPurchase> purchases, std::size_t items,
                                               std::int64_t now_ms) {
  std::ranges::sort(purchases, {}, [](const auto& each) { return std::tie(each.item, each.shopper, each.ts_ms); });
  std::vector<Repeats> repeats(items);
  Repeats all;
  for (std::size_t from = 0, to = 0; from < purchases.size(); from = to) {
    const auto same = [&](const auto& each) {
      return each.item == purchases[from].item && each.shopper == purchases[from].shopper;
    };
    while (to < purchases.size() && same(purchases[to])) ++to;
    const Repeats one = of_one_shopper(purchases[from].ts_ms, purchases[to - 1].ts_ms, to - from, now_ms);
    repeats[purchases[from].item].add(one);
    all.add(one);
  }
  std::vector<RepurchasePrior> priors;
  for (const Repeats& item : repeats) priors.push_back(mixed(item, all));
  return priors;
}

}  // namespace inkling::basket
