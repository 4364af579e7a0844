#include "train/visit_log.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace inkling::train {
namespace {

// In the order of their first touches, which the visits of shoppers one after the other are not in.
VisitLog in_order_of_time(const VisitLog& log) {
  std::vector<std::size_t> order(log.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return log.starts_ms[i]; });
  VisitLog sorted;
  sorted.touches.reserve(log.touches.size());
  for (const std::size_t i : order) sorted.add(log.starts_ms[i], log.visit(i));
  return sorted;
}

}  // namespace

void VisitLog::add(std::int64_t start_ms, std::span<const Touch> visit) {
  starts.push_back(touches.size());
  starts_ms.push_back(start_ms);
  touches.insert(touches.end(), visit.begin(), visit.end());
}

VisitLog VisitMaker::finish() {
  std::ranges::stable_sort(touches_, {}, [](const Touched& t) { return std::tuple(t.shopper, t.ts_ms); });
  VisitLog log;
  const Touched* last = nullptr;
  for (const Touched& next : touches_) {
    const bool goes_on = last != nullptr && next.shopper == last->shopper && next.ts_ms - last->ts_ms <= gap_ms_;
    if (!goes_on) log.add(next.ts_ms, {});
    if (goes_on && log.touches.back().item == next.touch.item) {
      log.touches.back().bought |= next.touch.bought;
    } else {
      log.touches.push_back(next.touch);
    }
    last = &next;
  }
  VisitLog sorted = in_order_of_time(log);
  touches_ = {};
  return sorted;
}

}  // namespace inkling::train
