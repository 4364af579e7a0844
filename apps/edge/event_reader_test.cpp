#include "apps/edge/event_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "apps/edge/packed_event.h"
#include "state/event_samples.h"
#include "wire/event_json.h"

namespace inkling::edge {
namespace {

using domain::Event;
using ::testing::HasSubstr;

// As src/wire reads it, without what a device does not keep.
base::Result<Event> as_wire_reads(std::string_view json) {
  wire::EventParser parser;
  auto event = parser.parse(json);
  if (event.ok()) event->unknown_json.clear();
  return event;
}

void expect_the_same(const std::string& json) {
  const auto expected = as_wire_reads(json);
  const auto found = read_event(json);
  ASSERT_EQ(found.ok(), expected.ok()) << json << "\nwire: " << expected.status().message()
                                       << "\nedge: " << found.status().message();
  if (!expected.ok()) {
    EXPECT_EQ(found.status().code(), base::ErrorCode::kInvalidInput);
    EXPECT_FALSE(found.status().message().empty());
    return;
  }
  EXPECT_TRUE(*found == *expected) << json;
}

// Whatever random_event makes, within what the wire takes.
std::string random_json(base::Random& random, std::int64_t& now_ms) {
  Event event = state::random_event(random, now_ms);
  event.id = random.chance(0.05) ? "" : "e" + std::to_string(random.below(1000));
  if (random.chance(0.9)) event.ts_ms = static_cast<std::int64_t>(random.below(2'000'000'000'000));
  std::string json;
  wire::write_event(event, json);
  return json;
}

bool concerns_states(const std::string& json) {
  for (const char* type : {"\"action\"", "\"gestures\"", "\"shopper\",", "\"link\""}) {
    if (json.starts_with("{\"type\":" + std::string(type).substr(0, std::string(type).find(',')))) return true;
  }
  return false;
}

TEST(EventReader, reads_what_the_wire_reads_over_random_events) {
  base::Random random(5);
  std::int64_t now_ms = 1'700'000'000'000;
  std::size_t accepted = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string json = random_json(random, now_ms);
    if (!concerns_states(json)) continue;
    expect_the_same(json);
    accepted += read_event(json).ok() ? 1 : 0;
  }
  EXPECT_GT(accepted, 1000U) << "or the comparison says little";
}

// Cuts, doubled members and foreign values: the two must refuse the same texts.
TEST(EventReader, refuses_what_the_wire_refuses_over_damaged_events) {
  base::Random random(6);
  std::int64_t now_ms = 1'700'000'000'000;
  static const std::string kValues[] = {"null", "-1", "1.5", "\"x\"", "[]", "{}", "true", "[1,2]", "1e400", "\"\""};
  for (int i = 0; i < 20'000; ++i) {
    std::string json = random_json(random, now_ms);
    if (!concerns_states(json)) continue;
    const std::size_t colon = json.find(':', random.below(json.size()));
    if (colon == std::string::npos) continue;
    const std::size_t end = json.find_first_of(",}", colon);
    if (random.chance(0.2)) {
      json.resize(colon);
    } else {
      json.replace(colon + 1, end - colon - 1, kValues[random.below(std::size(kValues))]);
    }
    expect_the_same(json);
  }
}

std::string gestures_with(const std::string& members) {
  return R"({"type":"gestures","id":"g","ts_ms":1700000000000,"shopper":"ann",)" + members + "}";
}

TEST(EventReader, turns_raw_samples_into_the_gestures_that_the_wire_makes_of_them) {
  base::Random random(7);
  for (int i = 0; i < 300; ++i) {
    std::string rows;
    std::int64_t at_ms = 0;
    for (std::uint64_t n = random.below(120); n > 0; --n) {
      at_ms += static_cast<std::int64_t>(random.below(700)) - 30;
      rows += (rows.empty() ? "[" : ",[") + std::to_string(at_ms) + "," + std::to_string(random.below(8)) + "," +
              std::to_string(random.below(2)) + "," + std::to_string(random.below(500)) + "," +
              std::to_string(random.below(900)) + (random.chance(0.3) ? ",3,1,2,4]" : "]");
    }
    const char* pointer = random.chance(0.5) ? R"("pointer":"mouse",)" : "";
    expect_the_same(gestures_with(pointer + std::string(R"("samples":{"screen":[390,844],"rows":[)") + rows + "]}"));
  }
}

TEST(EventReader, keeps_the_limits_of_the_wire) {
  const std::string start = R"("samples":{"screen":[390,844],"rows":[)";
  std::string many, taps;
  for (int i = 0; i < 4097; ++i) many += "[0,0,0,5,5],";
  for (int i = 0; i < 51; ++i) {
    taps += "[" + std::to_string(i * 900) + ",1,0,5,5],[" + std::to_string(i * 900 + 50) + ",2,0,5,5],";
  }
  expect_the_same(gestures_with(start + many + "[0,0,0,5,5]]}"));
  expect_the_same(gestures_with(start + taps + "[0,0,0,5,5]]}"));
  expect_the_same(gestures_with(start + "[0,0,0,5,5]]},\"swipes\":[[0,0,0,0,0,0,0,0,0,0]]"));
  for (const char* samples :
       {"7", "{}", R"({"screen":[0,1],"rows":[]})", R"({"screen":[1,1]})", R"({"screen":[1,1],"rows":[],"x":1})",
        R"({"screen":[1,1],"rows":[[1,2,3,4]]})", R"({"screen":[1,1],"rows":[[1,2,3,4,3000000000]]})", "null"}) {
    expect_the_same(gestures_with(std::string("\"samples\":") + samples));
  }
}

TEST(EventReader, passes_events_that_change_no_state) {
  const auto event = read_event(R"({"type":"item","id":"i","ts_ms":5,"item":"77","text":"any"})");
  ASSERT_TRUE(event.ok()) << event.status().message();
  EXPECT_TRUE(std::holds_alternative<domain::Item>(event->body));
}

TEST(EventReader, names_what_is_wrong) {
  EXPECT_EQ(
      read_event(R"({"type":"acton"})").status().message(),
      "type: \"acton\" is not known; expected one of item, shopper, link, promotion, campaign, impression, action, "
      "gestures; did you mean action?");
  EXPECT_EQ(read_event(R"({"type":"action","id":"e","ts_ms":"now","action":"view"})").status().message(),
            "ts_ms: expected a whole number from 0 to 7258118399999, found \"now\".");
  EXPECT_THAT(read_event(std::string(kMaxEventBytes + 1, ' ')).status().message(), HasSubstr("at most 262144"));
}

}  // namespace
}  // namespace inkling::edge
