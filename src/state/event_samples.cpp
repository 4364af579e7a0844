#include "state/event_samples.h"

#include <limits>

namespace inkling::state {
namespace {

constexpr std::int64_t kStartMs = 1'700'000'000'000;

std::string random_id(base::Random& random, const char* prefix) {
  std::string id = prefix + std::to_string(random.below(60));
  if (random.chance(0.2)) id.resize(domain::kMaxIdBytes, 'x');
  if (random.chance(0.02)) id.resize(domain::kMaxIdBytes + 1 + random.below(100), 'y');
  return random.chance(0.05) ? "" : id;
}

std::int64_t random_number(base::Random& random) {
  if (random.chance(0.03)) return std::numeric_limits<std::int64_t>::max();
  if (random.chance(0.03)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(random.below(5000)) - 100;
}

std::optional<domain::Money> random_price(base::Random& random) {
  if (random.chance(0.3)) return std::nullopt;
  return domain::Money{random_number(random), "EUR"};
}

std::vector<std::string> random_path(base::Random& random) {
  std::vector<std::string> path(random.below(4));
  for (auto& level : path) level = random_id(random, "category");
  return path;
}

domain::OrderLine random_line(base::Random& random) {
  domain::OrderLine line{random_id(random, "item"), random_number(random), random_price(random), {}, {}};
  if (random.chance(0.3)) line.coupons.push_back(random_id(random, "coupon"));
  return line;
}

domain::Action random_action(base::Random& random) {
  domain::Action action;
  action.action = static_cast<domain::ActionKind>(random.below(domain::kActionKindCount));
  action.item = random_id(random, "item");
  action.category = random_path(random);
  action.page = random_id(random, "page");
  action.stay_ms = random_number(random);
  action.quantity = random_number(random);
  action.price = random_price(random);
  action.lines.resize(random.chance(0.7) ? 0 : random.below(40));
  for (auto& line : action.lines) line = random_line(random);
  action.coupon = random_id(random, "coupon");
  action.expires_ms = random_number(random);
  return action;
}

std::int16_t random_short(base::Random& random) {
  return static_cast<std::int16_t>(random.below(65536));
}

domain::Gestures random_gestures(base::Random& random) {
  domain::Gestures gestures;
  gestures.swipes.resize(random.below(12));
  for (auto& swipe : gestures.swipes) {
    swipe.offset_ms = static_cast<std::int32_t>(random.next());
    swipe.duration_ms = static_cast<std::int32_t>(random.next());
    swipe.start_x = random_short(random);
    swipe.action = random_short(random);
  }
  gestures.taps.resize(random.below(6));
  for (auto& tap : gestures.taps) {
    tap.offset_ms = static_cast<std::int32_t>(random.below(100'000));
    tap.button = random_short(random);
  }
  return gestures;
}

domain::Profile random_profile(base::Random& random) {
  domain::Profile profile;
  profile.attributes.resize(random.below(5));
  for (auto& [name, value] : profile.attributes) {
    name = random_id(random, "fact");
    value = std::string(random.below(random.chance(0.1) ? 2000 : 60), 'v');
  }
  return profile;
}

domain::EventBody random_body(base::Random& random) {
  switch (random.below(12)) {
    case 0:
      return domain::Item{};
    case 1:
      return random_profile(random);
    case 2:
      return domain::Link{};
    case 3:
      return domain::Promotion{};
    case 4:
      return domain::Impression{};
    case 5:
    case 6:
      return random_gestures(random);
    default:
      return random_action(random);
  }
}

std::string long_id(std::size_t id_bytes, std::size_t number) {
  std::string id = std::to_string(number);
  id.resize(id_bytes, '-');
  return id;
}

domain::Action fullest_action(domain::ActionKind kind, std::size_t id_bytes, std::size_t number) {
  domain::Action action;
  action.action = kind;
  action.item = action.coupon = long_id(id_bytes, number);
  action.category = {"top", "leaf" + std::to_string(number)};
  return action;
}

void fill_profile(ShopperState& state) {
  domain::Profile profile;
  const std::size_t value_bytes = kProfileBytes / kProfileAttributes - 2;
  for (std::size_t i = 0; i < kProfileAttributes; ++i) {
    profile.attributes.emplace_back(std::to_string(10 + i), std::string(value_bytes, 'v'));
  }
  apply(state, {"", kStartMs, "shopper", "", profile, ""});
}

}  // namespace

domain::Event event_with(domain::Action action, std::int64_t ts_ms) {
  return {"", ts_ms, "shopper", "session", std::move(action), ""};
}

domain::Event action_event(std::int64_t ts_ms, domain::ActionKind kind, std::string item) {
  domain::Action action;
  action.action = kind;
  action.item = std::move(item);
  return event_with(std::move(action), ts_ms);
}

domain::Event gesture_event(std::int64_t ts_ms, domain::Gestures gestures) {
  return {"", ts_ms, "shopper", "session", std::move(gestures), ""};
}

domain::Event random_event(base::Random& random, std::int64_t& now_ms) {
  now_ms += static_cast<std::int64_t>(random.exponential(random.chance(0.05) ? 3e8 : 30'000));
  domain::Event event{"", now_ms, "shopper", random_id(random, "session"), random_body(random), ""};
  if (random.chance(0.1)) event.ts_ms -= static_cast<std::int64_t>(random.below(100'000'000));
  if (random.chance(0.001)) event.ts_ms = random_number(random);
  return event;
}

ShopperState random_state(std::uint64_t seed, std::size_t event_count) {
  base::Random random(seed);
  std::int64_t now_ms = kStartMs;
  ShopperState state;
  for (std::size_t i = 0; i < event_count; ++i) apply(state, random_event(random, now_ms));
  return state;
}

ShopperState fullest_state(std::size_t id_bytes) {
  ShopperState state;
  fill_profile(state);
  domain::Gestures gestures;
  gestures.swipes.resize(2 * kSwipeHistory);
  gestures.taps.resize(2 * kTapHistory);
  apply(state, gesture_event(kStartMs, gestures));
  for (std::size_t i = 0; i < 2 * kBrowseHistory; ++i) {
    for (const auto kind : {domain::ActionKind::kGrant, domain::ActionKind::kPurchase}) {
      apply(state, event_with(fullest_action(kind, id_bytes, i), kStartMs));
    }
  }
  for (std::size_t i = 0; i < 2 * kCartLines; ++i) {
    auto event = event_with(fullest_action(domain::ActionKind::kCartAdd, id_bytes, 1000 + i), kStartMs);
    event.session = long_id(domain::kMaxIdBytes, i);
    apply(state, event);
  }
  return state;
}

}  // namespace inkling::state
