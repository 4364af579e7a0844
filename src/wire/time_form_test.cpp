#include "wire/time_form.h"

#include <gtest/gtest.h>

namespace inkling::wire {
namespace {

constexpr std::int64_t kChinaMs = 8 * 3'600'000;

std::optional<std::int64_t> read(std::string_view form, std::string_view text, std::int64_t offset_ms = 0) {
  const auto parsed = TimeForm::parse(form);
  EXPECT_TRUE(parsed.ok()) << parsed.status().message();
  return parsed.ok() ? parsed->read(text, offset_ms) : std::nullopt;
}

TEST(TimeForm, reads_strptime_forms) {
  EXPECT_EQ(read("%Y-%m-%d", "2013-04-15"), 1'365'984'000'000);
  EXPECT_EQ(read("%Y-%m-%d", "2013-04-15", kChinaMs), 1'365'984'000'000 - kChinaMs);
  EXPECT_EQ(read("%d.%m.%Y %H:%M:%S.%f", "5.3.2024 18:20:09.1239"), 1'709'662'809'123);
  EXPECT_EQ(read("%Y%m%d %H%M%S %z", "20240305 182009 +0100", kChinaMs), 1'709'659'209'000);
  EXPECT_EQ(read("100%% %Y/%m/%d", "100% 1970/01/02"), 86'400'000);
}

TEST(TimeForm, reads_iso8601) {
  EXPECT_EQ(read("iso8601", "2024-03-05"), 1'709'596'800'000);
  EXPECT_EQ(read("iso8601", "2024-03-05T18:20"), 1'709'662'800'000);
  EXPECT_EQ(read("iso8601", "2024-03-05 18:20:09"), 1'709'662'809'000);
  EXPECT_EQ(read("iso8601", "2024-03-05T18:20:09.5Z", kChinaMs), 1'709'662'809'500);
  EXPECT_EQ(read("iso8601", "2024-03-05T18:20:09+01:00", kChinaMs), 1'709'659'209'000);
  EXPECT_EQ(read("iso8601", "2024-03-05T18:20:09-0330"), 1'709'675'409'000);
  EXPECT_EQ(read("iso8601", "2024-03-05T18:20:09", kChinaMs), 1'709'662'809'000 - kChinaMs);
}

TEST(TimeForm, reads_epochs_whatever_the_offset) {
  EXPECT_EQ(read("epoch_s", "1709662809", kChinaMs), 1'709'662'809'000);
  EXPECT_EQ(read("epoch_s", "1709662809.25"), 1'709'662'809'250);
  EXPECT_EQ(read("epoch_ms", "1709662809123", kChinaMs), 1'709'662'809'123);
}

TEST(TimeForm, refuses_texts_that_do_not_follow) {
  for (const std::string_view text : {"", "2013-04", "2013-13-01", "2013-02-29", "2013-00-10", "13-04-15",
                                      "2013-04-15x", "2013/04/15", " 2013-04-15"}) {
    EXPECT_EQ(read("%Y-%m-%d", text), std::nullopt) << text;
    EXPECT_EQ(read("iso8601", text), std::nullopt) << text;
  }
  EXPECT_EQ(read("%Y-%m-%d", "2012-02-29"), 1'330'473'600'000);
  for (const std::string_view text : {"2024-03-05T24:00", "2024-03-05T10:60", "2024-03-05T10", "2024-03-05T10:00:00.",
                                      "2024-03-05T10:00+19:00", "2024-03-05T10:00+01:", "2024-03-05 10:00 Z"}) {
    EXPECT_EQ(read("iso8601", text), std::nullopt) << text;
  }
  for (const std::string_view text : {"", "x", "-1", "1709662809x", "1.", "99999999999999999", "1e9"}) {
    EXPECT_EQ(read("epoch_s", text), std::nullopt) << text;
  }
  EXPECT_EQ(read("epoch_ms", "17.5"), std::nullopt);
}

TEST(TimeForm, refuses_forms_that_it_cannot_carry_out) {
  const auto mistake = [](std::string_view form) { return TimeForm::parse(form).status().message(); };
  EXPECT_EQ(mistake("epoch"),
            "\"epoch\" is not a time form; expected one of epoch_s, epoch_ms, iso8601, %Y-%m-%d; "
            "did you mean epoch_s?");
  EXPECT_EQ(mistake("%d %b %Y"), "\"%d %b %Y\" holds %b; expected only %Y %m %d %H %M %S %f %z and %%");
  EXPECT_EQ(mistake("%Y-%m-%d %"), "\"%Y-%m-%d %\" holds %; expected only %Y %m %d %H %M %S %f %z and %%");
  EXPECT_EQ(mistake("%H:%M"), "\"%H:%M\" names no day; it needs %Y (or the key year), %m and %d");
  EXPECT_EQ(mistake("%%Y-%m-%d"), "\"%%Y-%m-%d\" names no day; it needs %Y (or the key year), %m and %d");
}

TEST(TimeForm, reads_utc_offsets) {
  EXPECT_EQ(parse_utc_offset("+08:00"), kChinaMs);
  EXPECT_EQ(parse_utc_offset("-0330"), -12'600'000);
  EXPECT_EQ(parse_utc_offset("+08"), kChinaMs);
  EXPECT_EQ(parse_utc_offset("Z"), 0);
  EXPECT_EQ(parse_utc_offset("8"), std::nullopt);
  EXPECT_EQ(parse_utc_offset("+08:00x"), std::nullopt);
  EXPECT_EQ(parse_utc_offset("+08:60"), std::nullopt);
  EXPECT_EQ(parse_utc_offset(""), std::nullopt);
}

}  // namespace
}  // namespace inkling::wire
