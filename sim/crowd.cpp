#include "sim/crowd.h"

#include <algorithm>
#include <future>
#include <numeric>
#include <queue>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "base/core/clock.h"

namespace inkling::sim {
namespace {

constexpr std::int64_t kEventsADay = 30;  // of one shopper, about
constexpr std::int64_t kEventsAWindow = 100'000;
constexpr std::int64_t kShoppersAnEvent = 4;  // every window visits every shopper, which has to be worth it

// Gestures make an event some ten times as large and days three times as full.
constexpr std::int64_t kEventsADayHandled = 90;
constexpr std::int64_t kEventsAWindowHandled = 10'000;

std::int64_t window_ms(const MarketplaceOptions& options) {
  const std::int64_t shoppers = options.shoppers;
  const std::int64_t most = options.gestures ? kEventsAWindowHandled : kEventsAWindow;
  const std::int64_t a_day = options.gestures ? kEventsADayHandled : kEventsADay;
  const std::int64_t events = std::max(most, shoppers / kShoppersAnEvent);
  return std::max<std::int64_t>(events * base::kDayMs / (shoppers * a_day), 1);
}

std::size_t thread_count(const MarketplaceOptions& options) {
  const std::uint32_t wanted = options.threads > 0 ? options.threads : std::thread::hardware_concurrency();
  return std::clamp<std::size_t>(wanted, 1, options.shoppers);
}

}  // namespace

Crowd::Crowd(const MarketplaceOptions& options, const Catalogue& catalogue)
    : start_ms_(options.start_ms),
      end_ms_(options.start_ms + options.days * base::kDayMs),
      window_ms_(window_ms(options)) {
  shoppers_.reserve(options.shoppers);
  for (std::uint32_t i = 0; i < options.shoppers; ++i) shoppers_.emplace_back(options, catalogue, i);
  const std::size_t threads = thread_count(options);
  for (std::size_t i = 0; i < threads; ++i) {
    ranges_.push_back({shoppers_.size() * i / threads, shoppers_.size() * (i + 1) / threads});
  }
}

Crowd::Part Crowd::play(Range shoppers, std::int64_t window_end_ms) {
  Part part;
  for (std::size_t i = shoppers.begin; i < shoppers.end; ++i) {
    Shopper& shopper = shoppers_[i];
    while (shopper.next_ms() < window_end_ms) {
      if (shopper.has_event()) {
        part.told.push_back(shopper.next());
      } else {
        shopper.play_visit();
      }
    }
  }
  part.order.resize(part.told.size());
  std::iota(part.order.begin(), part.order.end(), 0U);
  // Stable: the shoppers came in their order, and each one's events in theirs.
  std::stable_sort(part.order.begin(), part.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return part.told[a].event.ts_ms < part.told[b].event.ts_ms;
  });
  return part;
}

std::vector<Crowd::Part> Crowd::play_window(std::int64_t window_end_ms) {
  std::vector<std::future<Part>> others;
  for (std::size_t i = 1; i < ranges_.size(); ++i) {
    others.push_back(
        std::async(std::launch::async, [this, i, window_end_ms] { return play(ranges_[i], window_end_ms); }));
  }
  std::vector<Part> parts;
  parts.push_back(play(ranges_.front(), window_end_ms));
  for (auto& other : others) parts.push_back(other.get());
  return parts;
}

base::Status Crowd::tell(std::vector<Part>&& parts, const Sink& on_told) {
  using Turn = std::tuple<std::int64_t, std::size_t, std::size_t>;  // ts_ms, part, place in its order
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
  const auto queue = [&](std::size_t part, std::size_t place) {
    if (place == parts[part].order.size()) return;
    turns.emplace(parts[part].told[parts[part].order[place]].event.ts_ms, part, place);
  };
  for (std::size_t part = 0; part < parts.size(); ++part) queue(part, 0);
  while (!turns.empty()) {
    const auto [ts_ms, part, place] = turns.top();
    turns.pop();
    INKLING_TRY(on_told(std::move(parts[part].told[parts[part].order[place]])));
    queue(part, place + 1);
  }
  return base::Status::ok_status();
}

base::Status Crowd::tell_all(const Sink& on_told) {
  // One thread is told to be one: it plays and tells in turns.
  const auto policy = ranges_.size() > 1 ? std::launch::async : std::launch::deferred;
  try {
    std::int64_t window_end_ms = std::min(start_ms_ + window_ms_, end_ms_);
    std::future<std::vector<Part>> next = std::async(policy, [=, this] { return play_window(window_end_ms); });
    while (next.valid()) {
      std::vector<Part> parts = next.get();
      if (window_end_ms < end_ms_) {
        window_end_ms = std::min(window_end_ms + window_ms_, end_ms_);
        next = std::async(policy, [=, this] { return play_window(window_end_ms); });
      }
      INKLING_TRY(tell(std::move(parts), on_told));
    }
  } catch (const std::system_error& error) {
    return base::unavailable("simulated marketplace: no thread could be started (" + std::string(error.what()) +
                             "); fewer threads may do");
  }
  return base::Status::ok_status();
}

}  // namespace inkling::sim
