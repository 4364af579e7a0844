#include "apps/edge/packed_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "apps/edge/edge_for_test.h"
#include "apps/edge/event_reader.h"
#include "apps/edge/packed_event_for_test.h"
#include "state/event_samples.h"
#include "wire/event_json.h"

namespace inkling::edge {
namespace {

using domain::Event;

base::Result<Event> read(std::span<const std::byte> bytes) {
  Event event;
  INKLING_TRY(read_packed(bytes, event));
  return event;
}

// What a device keeps of it.
Event as_packed(Event event) {
  if (auto* profile = std::get_if<domain::Profile>(&event.body)) *profile = {};
  if (auto* link = std::get_if<domain::Link>(&event.body)) *link = {};
  return event;
}

bool is_packed(const Event& event) {
  return std::holds_alternative<domain::Action>(event.body) || std::holds_alternative<domain::Gestures>(event.body) ||
         std::holds_alternative<domain::Profile>(event.body) || std::holds_alternative<domain::Link>(event.body);
}

TEST(PackedEvents, are_the_events_that_json_would_have_been) {
  base::Random random(5);
  std::int64_t now_ms = 1'700'000'000'000;
  std::array<int, 8> taken{};
  for (int i = 0; i < 5000; ++i) {
    Event event = state::random_event(random, now_ms);
    event.id = "e" + std::to_string(i);
    std::string json;
    wire::write_event(event, json);
    const auto expected = read_event(json);
    if (!is_packed(event) || !expected.ok()) continue;
    const auto found = read(EventPacker().pack(*expected));
    ASSERT_TRUE(found.ok()) << json << found.status().message();
    ASSERT_TRUE(*found == as_packed(*expected)) << json;
    ++taken[event.body.index()];
  }
  for (const std::size_t type : {1U, 6U, 7U}) EXPECT_GT(taken[type], 20) << domain::kEventTypeNames[type];
}

// The same lines are in web/sdk/src/packed_event.test.ts: what JavaScript packs is what this reads.
TEST(PackedEvents, of_javascript_are_the_events_that_it_packed) {
  std::ifstream lines("tests/golden/edge/packed.jsonl");
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const base::Json json = *base::Json::parse(line);
    const std::string& digits = *json.find("packed")->if_text();
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    const auto expected = read_event(json.find("event")->to_text());
    const auto found = read(bytes);
    ASSERT_TRUE(expected.ok() && found.ok()) << line << expected.status().message() << found.status().message();
    EXPECT_TRUE(*found == as_packed(*expected)) << line;
  }
  EXPECT_GE(count, 6);
}

Event some_action() {
  domain::Action action;
  action.action = domain::ActionKind::kPurchase;
  action.item = "i";
  action.category = {"a", "b"};
  action.page = "p";
  action.price = domain::Money{1250, "EUR"};
  action.lines = {
      {.item = "77", .quantity = 2, .price = domain::Money{5, ""}, .promotions = {"x"}, .coupons = {"y"}}};
  return {
      .id = "e", .ts_ms = 1'700'000'000'000, .shopper = "ann", .session = "s", .body = action, .unknown_json = ""};
}

TEST(PackedEvents, are_refused_when_cut_longer_or_out_of_bounds) {
  const auto whole = EventPacker().pack(some_action());
  ASSERT_TRUE(read(whole).ok());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto refused = read(std::span(whole).first(size));
    EXPECT_EQ(refused.status().code(), base::ErrorCode::kInvalidInput) << size;
    EXPECT_THAT(refused.status().message(), ::testing::HasSubstr("cannot be"));
  }
  auto longer = whole;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(read(longer).ok());
  const auto refused = [](auto change) {
    Event event = some_action();
    change(event, std::get<domain::Action>(event.body));
    return !read(EventPacker().pack(event)).ok();
  };
  EXPECT_FALSE(refused([](Event&, domain::Action&) {}));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) { event.id.clear(); }));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) { event.shopper.clear(); }));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) { event.ts_ms = domain::kLastTimeMs; }));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) { event.session.assign(129, 'x'); }));
  EXPECT_TRUE(refused([](Event&, domain::Action& action) { action.item.assign(129, 'x'); }));
  EXPECT_TRUE(refused([](Event&, domain::Action& action) { action.price->currency = "eur"; }));
  EXPECT_TRUE(refused([](Event&, domain::Action& action) { action.lines[0].item.clear(); }));
  EXPECT_TRUE(refused([](Event&, domain::Action& action) { action.action = static_cast<domain::ActionKind>(22); }));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) { event.body = domain::Item{}; }));
  EXPECT_TRUE(refused([](Event& event, domain::Action&) {
    event.body =
        domain::Gestures{.swipes = std::vector<domain::Swipe>(domain::kMaxSwipes + 1), .taps = {}, .pointer = {}};
  }));
  EXPECT_EQ(read(std::vector<std::byte>(kMaxEventBytes + 1)).status().code(), base::ErrorCode::kTooLarge);
}

TEST(PackedEvents, change_a_device_as_their_json_does) {
  Device by_json, by_bytes;
  base::Random random(8);
  std::int64_t now_ms = 1'700'000'000'000;
  for (int i = 0; i < 300; ++i) {
    Event event = state::random_event(random, now_ms);
    event.id = "e" + std::to_string(i);
    std::string json;
    wire::write_event(event, json);
    const auto read_back = read_event(json);
    if (!is_packed(event) || !read_back.ok()) continue;
    by_json.must_take(json);
    const auto bytes = EventPacker().pack(*read_back);
    ASSERT_EQ(inkling_edge_event_packed(by_bytes.get(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                        static_cast<std::uint32_t>(bytes.size())),
              INKLING_EDGE_OK);
    ASSERT_EQ(by_json.score(now_ms), by_bytes.score(now_ms)) << json;
  }
}

TEST(PackedEvents, that_are_refused_change_nothing) {
  Device device;
  device.swipe(1'700'000'000'000, 500);
  const auto before = device.score(1'700'000'001'000);
  const std::uint8_t none = 0;
  EXPECT_EQ(inkling_edge_event_packed(device.get(), &none, 1), INKLING_EDGE_INVALID);
  EXPECT_THAT(inkling_edge_error(device.get()), ::testing::HasSubstr("cannot be"));
  EXPECT_EQ(inkling_edge_event_packed(device.get(), nullptr, 1), INKLING_EDGE_INVALID);
  EXPECT_EQ(inkling_edge_event_packed(nullptr, &none, 1), INKLING_EDGE_INVALID);
  EXPECT_EQ(device.score(1'700'000'001'000), before);
}

}  // namespace
}  // namespace inkling::edge
