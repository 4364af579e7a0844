#include "server/event_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/fake_scorer.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

std::string view(std::uint64_t n) {
  return view_json("anna", n);
}

TEST(EventBody, reads_json_lines_with_blank_lines_and_windows_line_ends) {
  const auto parsed = parse_events(kJsonLinesType, view(0) + "\r\n\n" + view(1) + "\n");
  ASSERT_TRUE(parsed.status.ok()) << parsed.status.message();
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[1].id, "anna-1");
}

TEST(EventBody, reads_one_object_over_several_lines) {
  const auto parsed = parse_events(kJsonType,
                                   "\n{\n\"type\": \"action\",\n\"id\": \"a\", \"ts_ms\": 5,\n"
                                   "\"shopper\": \"anna\", \"action\": \"view\"}\n");
  ASSERT_TRUE(parsed.status.ok()) << parsed.status.message();
  EXPECT_EQ(parsed.events.at(0).ts_ms, 5);
}

TEST(EventBody, reads_an_array_whose_strings_hold_brackets_commas_and_quotes) {
  const std::string tricky = R"({"type":"action","id":"a","ts_ms":5,"shopper":"anna","action":"search",)"
                             R"("query":"],[\"\\","odd":[{"x":[1,2]}]})";
  const auto parsed = parse_events(kJsonType, " [ " + tricky + " ,\n" + view(1) + "]\n ");
  ASSERT_TRUE(parsed.status.ok()) << parsed.status.message();
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(std::get<domain::Action>(parsed.events[0].body).query, "],[\"\\");
  EXPECT_EQ(parsed.events[0].unknown_json, R"({"odd":[{"x":[1,2]}]})");
}

TEST(EventBody, takes_a_body_without_a_type_for_what_it_looks_like) {
  EXPECT_EQ(parse_events("", view(0) + "\n" + view(1)).events.size(), 2U);
  EXPECT_EQ(parse_events("", "[" + view(0) + "," + view(1) + "]").events.size(), 2U);
}

TEST(EventBody, one_bad_line_refuses_all_and_names_line_field_and_value) {
  const auto parsed = parse_events(
      kJsonLinesType,
      view(0) + "\n\n" + R"({"type":"action","id":"x","ts_ms":"yesterday","shopper":"a","action":"view"})" + "\n");
  EXPECT_TRUE(parsed.events.empty());
  EXPECT_EQ(parsed.line, 3U);
  EXPECT_EQ(parsed.status.code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(parsed.status.message(), HasSubstr("line 3"));
  EXPECT_THAT(parsed.status.message(), HasSubstr("ts_ms"));
  EXPECT_THAT(parsed.status.message(), HasSubstr("yesterday"));
}

TEST(EventBody, names_the_line_where_a_bad_array_element_begins) {
  const auto parsed = parse_events(kJsonType, "[" + view(0) + ",\n\n  {\"type\":\n\"nonsense\"}]");
  EXPECT_EQ(parsed.line, 3U) << parsed.status.message();
}

TEST(EventBody, refuses_broken_arrays) {
  for (const std::string& body : {"[" + view(0), "[" + view(0) + ",]", "[" + view(0) + "]]", "[" + view(0) + "] {}",
                                  "[," + view(0) + "]", "[\"" + view(0), std::string("[")}) {
    const auto parsed = parse_events(kJsonType, body);
    EXPECT_EQ(parsed.status.code(), base::ErrorCode::kInvalidInput) << body;
    EXPECT_EQ(parsed.line, 1U) << body;
  }
}

TEST(EventBody, refuses_bodies_without_events) {
  for (const char* body : {"", "  \n\r\n", "[]", " [ ] "}) {
    const auto parsed = parse_events(kJsonType, body);
    EXPECT_EQ(parsed.status.code(), base::ErrorCode::kInvalidInput) << body;
    EXPECT_THAT(parsed.status.message(), HasSubstr("no event")) << body;
  }
}

TEST(EventBody, refuses_events_too_far_ahead_of_the_clock) {
  const std::int64_t first_ms = view_event("anna", 0).ts_ms;
  const std::string body = view(0) + "\n" + view(1) + "\n" + view(2) + "\n";  // a second apart
  EXPECT_EQ(parse_events(kJsonLinesType, body, {first_ms, 2000}).events.size(), 3U);
  const auto parsed = parse_events(kJsonLinesType, body, {first_ms, 1999});
  EXPECT_TRUE(parsed.events.empty());
  EXPECT_EQ(parsed.line, 3U);
  EXPECT_EQ(parsed.status.code(), base::ErrorCode::kInvalidInput);
  EXPECT_EQ(
      parsed.status.message(),
      "line 3: ts_ms: 1700000002000 is 2000 ms ahead of the server's clock; expected milliseconds since 1970 in "
      "UTC, at most 1700000001999");
  EXPECT_EQ(parse_events(kJsonType, "[" + body.substr(0, body.find('\n')) + "]", {first_ms - 2000, 1999}).line, 1U);
}

TEST(EventBody, refuses_what_is_not_utf8) {
  const auto parsed = parse_events(
      kJsonLinesType, "{\"type\":\"action\",\"id\":\"\xFF\",\"ts_ms\":1,\"shopper\":\"a\",\"action\":\"view\"}");
  EXPECT_EQ(parsed.status.code(), base::ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace inkling::server
