#include "wire/gestures_form.h"

#include <gtest/gtest.h>

#include "wire/event_json.h"

namespace inkling::wire {
namespace {

using domain::Event;
using domain::Gestures;

std::string with(const std::string& members) {
  return R"({"type":"gestures","id":"e","ts_ms":1,"shopper":"s",)" + members + "}";
}
// On a screen of 100 x 200 pixels.
std::string with_rows(const std::string& rows) {
  return with(R"("samples":{"screen":[100,200],"rows":[)" + rows + "]}");
}

Event parsed(const std::string& json) {
  EventParser parser;
  auto event = parser.parse(json);
  EXPECT_TRUE(event.ok()) << event.status().message();
  return event.ok() ? *std::move(event) : Event{};
}
Gestures gestures_of(const std::string& json) {
  return std::get<Gestures>(parsed(json).body);
}
std::string written(const Event& event) {
  std::string json;
  write_event(event, json);
  return json;
}
std::string mistake(const std::string& json) {
  EventParser parser;
  const auto event = parser.parse(json);
  EXPECT_FALSE(event.ok()) << json;
  return event.status().message();
}

TEST(GesturesForm, samples_are_kept_as_the_swipes_and_taps_that_they_add_up_to) {
  const Event event =
      parsed(with_rows("[0,1,7,50,150,3,4,5,6],[20,0,7,50,100],[40,2,7,50,50,9],"
                       "[900,1,8,30,30],[950,2,8,31,30]"));
  EXPECT_EQ(written(event),
            with(R"("swipes":[[40,40,-1,-1,5000,7500,5000,2500,3,4]],"taps":[[950,3000,1500,9,5,6]])"));
  EXPECT_EQ(parsed(written(event)), event) << "and read back as they are";
}

TEST(GesturesForm, indexes_that_a_row_leaves_out_are_as_in_the_row_before) {
  const Gestures gestures =
      gestures_of(with_rows("[0,4,0,0,0,3],[10,1,0,50,50],[60,2,0,50,50],[200,4,0,0,0,8,1,2,9],"
                            "[210,1,0,50,50],[260,2,0,50,50]"));
  EXPECT_EQ(gestures.taps, (std::vector<domain::Tap>{{60, 5000, 2500, 3, 0, 0}, {260, 5000, 2500, 8, 2, 9}}));
}

TEST(GesturesForm, a_pointer_marks_all_samples_of_its_event_wherever_it_stands) {
  const std::string samples = R"("samples":{"rows":[[0,0,0,10,10],[50,0,0,60,60]],"screen":[100,200]})";
  EXPECT_TRUE(gestures_of(with(samples)).swipes.empty()) << "a finger that was never down";
  for (const std::string& members : {samples + R"(,"pointer":"mouse")", R"("pointer":"mouse",)" + samples}) {
    const Gestures gestures = gestures_of(with(members));
    EXPECT_EQ(gestures.pointer, domain::Pointer::kMouse);
    EXPECT_EQ(gestures.swipes.size(), 1U);
  }
}

TEST(GesturesForm, the_pointer_survives_and_touch_is_not_written) {
  for (const std::string name : {"mouse", "pen"}) {
    const std::string json = with(R"("taps":[[0,1,2,3,4,5]],"pointer":")" + name + "\"");
    EXPECT_EQ(written(parsed(json)), json);
  }
  EXPECT_EQ(written(parsed(with(R"("pointer":"touch","taps":[[0,1,2,3,4,5]])"))), with(R"("taps":[[0,1,2,3,4,5]])"));
  EXPECT_EQ(mistake(with(R"("pointer":"mose")")),
            "pointer: \"mose\" is not a pointer; expected one of touch, mouse, pen; did you mean mouse?");
}

TEST(GesturesForm, takes_samples_without_a_gesture_in_them) {
  EXPECT_EQ(written(parsed(with_rows(""))), R"({"type":"gestures","id":"e","ts_ms":1,"shopper":"s"})");
  EXPECT_EQ(gestures_of(with_rows("[0,1,0,65535,65535],[9,6,0,0,0]")).taps.size(), 0U);
}

TEST(GesturesForm, names_the_row_and_cell_that_is_wrong) {
  EXPECT_EQ(mistake(with_rows("[0,1,0,5,5],[5,2,0,5]")),
            "samples.rows[1]: [5,2,0,5] is not an array of 5 to 9 integers");
  EXPECT_EQ(mistake(with_rows("[0,1,0,5,5,0,0,0,0,0]")),
            "samples.rows[0]: [0,1,0,5,5,0,0,0,0,0] is not an array of 5 to 9 integers");
  EXPECT_EQ(mistake(with_rows("7")), "samples.rows[0]: 7 is not an array of 5 to 9 integers");
  EXPECT_EQ(mistake(with_rows("[0,7,0,5,5]")), "samples.rows[0][1]: 7 is out of range; expected 0 to 6");
  EXPECT_EQ(mistake(with_rows("[0,1,0,5.5,5]")), "samples.rows[0][3]: 5.5 is not an integer");
  EXPECT_EQ(mistake(with_rows("[0,1,0,5,5,32768]")),
            "samples.rows[0][5]: 32768 is out of range; expected -32768 to 32767");
  EXPECT_EQ(mistake(with_rows("[2147483648,1,0,5,5]")),
            "samples.rows[0][0]: 2147483648 is out of range; expected -2147483648 to 2147483647");
}

TEST(GesturesForm, wants_a_screen) {
  EXPECT_EQ(mistake(with(R"("samples":{"rows":[]})")), "samples.screen: is missing");
  EXPECT_EQ(mistake(with(R"("samples":{"screen":[100,200]})")), "samples.rows: is missing");
  EXPECT_EQ(mistake(with(R"("samples":{"screen":[100],"rows":[]})")),
            "samples.screen: [100] is not a screen; expected [width, height] in CSS pixels");
  EXPECT_EQ(mistake(with(R"("samples":{"screen":[100,0],"rows":[]})")),
            "samples.screen[1]: 0 is out of range; expected 1 to 32767");
  EXPECT_EQ(mistake(with(R"("samples":{"scren":[100,1],"rows":[]})")),
            "samples: unknown member \"scren\"; expected one of screen, rows; did you mean screen?");
}

TEST(GesturesForm, refuses_samples_beside_what_they_add_up_to) {
  const std::string expected = "samples: are given beside swipes or taps; an event carries one or the other";
  const std::string samples = R"("samples":{"screen":[100,200],"rows":[]})";
  EXPECT_EQ(mistake(with(samples + R"(,"taps":[[0,1,2,3,4,5]])")), expected);
  EXPECT_EQ(mistake(with(R"("swipes":[[0,0,0,0,0,0,0,0,0,0]],)" + samples)), expected);
}

TEST(GesturesForm, bounds_samples_and_what_they_hold) {
  const auto taps = [](std::size_t count) {
    std::string rows;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string at = std::to_string(1000 * i);
      rows += "[" + at + ",1,0,5,5],[" + at + ",2,0,5,5],";
    }
    rows.pop_back();
    return with_rows(rows);
  };
  EXPECT_EQ(gestures_of(taps(50)).taps.size(), 50U);
  EXPECT_EQ(mistake(taps(51)),
            "samples: hold 51 taps; at most 50 are allowed in one event, so send samples in smaller batches");
  std::string swipes;
  for (std::size_t i = 0; i < 101; ++i) swipes += "[0,1,0,5,5],[0,2,0,50,50],";
  swipes.pop_back();
  EXPECT_EQ(mistake(with_rows(swipes)),
            "samples: hold 101 swipes; at most 100 are allowed in one event, so send samples in smaller batches");
  std::string many;
  for (std::size_t i = 0; i <= gesture::kMaxSamples; ++i) many += "[0,0,0,5,5],";
  many.pop_back();
  EXPECT_EQ(mistake(with_rows(many)), "samples.rows: has 4097 elements; at most 4096 are allowed in one event");
}

}  // namespace
}  // namespace inkling::wire
