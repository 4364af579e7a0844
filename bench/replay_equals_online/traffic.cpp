#include "bench/replay_equals_online/traffic.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/core/clock.h"
#include "base/core/random.h"
#include "sim/marketplace.h"

namespace inkling::bench {
namespace {

using base::Random;
using domain::Event;

constexpr std::uint64_t kGestureStream = 1;
constexpr std::uint64_t kArrivalStream = 2;
constexpr double kGestureChance = 0.5;
constexpr double kDelayChance = 0.05;
constexpr double kRepeatChance = 0.05;
constexpr double kSwapChance = 0.05;
constexpr std::int64_t kLongestDelayMs = 2 * base::kDayMs;
constexpr std::int64_t kLongestRepeatMs = base::kDayMs;

std::int16_t place(Random& random) {
  return static_cast<std::int16_t>(random.below(10'001));
}

std::int16_t small_index(Random& random) {
  return static_cast<std::int16_t>(random.below(12));
}

domain::Swipe made_up_swipe(Random& random, std::int32_t offset_ms) {
  domain::Swipe swipe;
  swipe.offset_ms = offset_ms;
  swipe.duration_ms = static_cast<std::int32_t>(40 + random.below(900));
  const bool tapped_before = random.chance(0.7);
  swipe.tap_x = tapped_before ? place(random) : std::int16_t{-1};
  swipe.tap_y = tapped_before ? place(random) : std::int16_t{-1};
  swipe.start_x = place(random);
  swipe.start_y = place(random);
  swipe.end_x = place(random);
  swipe.end_y = place(random);
  swipe.page = small_index(random);
  swipe.action = small_index(random);
  return swipe;
}

domain::Tap made_up_tap(Random& random, std::int32_t offset_ms) {
  return {offset_ms, place(random), place(random), small_index(random), small_index(random), small_index(random)};
}

// Gestures that begin with an action; the last of them may come after the shopper's next action.
Event gestures_around(const Event& action, std::uint64_t number, Random& random) {
  domain::Gestures gestures;
  std::int32_t offset_ms = 0;
  for (std::uint64_t left = 1 + random.below(10); left > 0; --left) {
    offset_ms += static_cast<std::int32_t>(100 + random.below(4000));
    if (random.chance(0.7)) {
      gestures.swipes.push_back(made_up_swipe(random, offset_ms));
    } else {
      gestures.taps.push_back(made_up_tap(random, offset_ms));
    }
  }
  return {
      "gestures-" + std::to_string(number), action.ts_ms, action.shopper, action.session, std::move(gestures), ""};
}

// From a minute to `longest_ms`, as many short ones as long ones.
std::int64_t delay_ms(Random& random, std::int64_t longest_ms) {
  const double low = std::log(static_cast<double>(base::kMinuteMs));
  return static_cast<std::int64_t>(std::exp(random.uniform(low, std::log(static_cast<double>(longest_ms)))));
}

class Mail {
 public:
  explicit Mail(std::uint64_t seed) : random_(Random::stream(seed, kArrivalStream)) {}

  void send(Event&& event) {
    const auto before = last_of_.find(event.shopper);
    if (before != last_of_.end() && random_.chance(kSwapChance)) {
      traffic_.arrivals[before->second].arrival_ms = event.ts_ms + 1;
      ++traffic_.swapped;
    }
    std::int64_t arrival_ms = event.ts_ms;
    if (random_.chance(kDelayChance)) {
      arrival_ms += delay_ms(random_, kLongestDelayMs);
      ++traffic_.delayed;
    }
    if (random_.chance(kRepeatChance)) {
      repeats_.push_back({arrival_ms + delay_ms(random_, kLongestRepeatMs), event});
      ++traffic_.repeated;
    }
    last_of_[event.shopper] = traffic_.arrivals.size();
    traffic_.arrivals.push_back({arrival_ms, std::move(event)});
  }

  Traffic take() {
    std::move(repeats_.begin(), repeats_.end(), std::back_inserter(traffic_.arrivals));
    std::stable_sort(traffic_.arrivals.begin(), traffic_.arrivals.end(),
                     [](const Arrival& a, const Arrival& b) { return a.arrival_ms < b.arrival_ms; });
    return std::move(traffic_);
  }

 private:
  Random random_;
  Traffic traffic_;
  std::vector<Arrival> repeats_;
  std::unordered_map<std::string, std::size_t> last_of_;
};

}  // namespace

base::Result<std::vector<Event>> simulated_events(const TrafficOptions& options) {
  sim::MarketplaceOptions market;
  market.seed = options.seed;
  market.shoppers = options.shoppers;
  market.days = options.days;
  market.items = options.items;
  Random random = Random::stream(options.seed, kGestureStream);
  std::vector<Event> events;
  std::uint64_t gestures = 0;
  INKLING_TRY(sim::Marketplace(market).generate([&](Event&& event) {
    const bool with_gestures = !event.shopper.empty() && random.chance(kGestureChance);
    events.push_back(std::move(event));
    if (with_gestures) events.push_back(gestures_around(Event(events.back()), gestures++, random));
    return base::Status();
  }));
  return events;
}

base::Result<Traffic> make_traffic(const TrafficOptions& options) {
  INKLING_ASSIGN(std::vector<Event> events, simulated_events(options));
  Mail mail(options.seed);
  std::vector<Event> catalogue;
  for (Event& event : events) {
    if (event.shopper.empty()) {
      catalogue.push_back(std::move(event));
    } else {
      mail.send(std::move(event));
    }
  }
  Traffic traffic = mail.take();
  traffic.catalogue = std::move(catalogue);
  return traffic;
}

}  // namespace inkling::bench
