#include "server/timetable.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

namespace inkling::server {
namespace {

using scene::RawParameter;

base::Result<TimetableRow> read(const std::vector<RawParameter>& given) {
  const auto parameters = scene::make_parameters(timetable_specs(), given);
  if (!parameters.ok()) return parameters.status();
  return timetable_row(*parameters);
}

RawParameter list(std::string name, std::vector<std::string> texts) {
  return {std::move(name), RawParameter::Shape::kList, std::move(texts)};
}

TimetableRow row(const std::string& from, const std::string& to, std::vector<RawParameter> further) {
  further.push_back(RawParameter::plain("from", from));
  further.push_back(RawParameter::plain("to", to));
  const auto row = read(further);
  EXPECT_TRUE(row.ok()) << row.status().message();
  return row.value();
}

// A Friday, the 11th of November.
LocalMoment friday(int hour, int minute = 0) {
  return {{4, 11, 11}, {3, 11, 10}, hour * 60 + minute};
}
LocalMoment saturday(int hour) {
  return {{5, 11, 12}, {4, 11, 11}, hour * 60};
}

std::optional<std::size_t> threads_at(const std::vector<TimetableRow>& rows, const LocalMoment& moment) {
  return limits_at(rows, moment).threads;
}

TEST(Timetable, lasts_from_its_first_minute_to_the_one_before_its_last) {
  const std::vector rows = {row("19:30", "23:00", {RawParameter::plain("threads", "8")})};
  EXPECT_EQ(threads_at(rows, friday(19, 29)), std::nullopt);
  EXPECT_EQ(threads_at(rows, friday(19, 30)), 8U);
  EXPECT_EQ(threads_at(rows, friday(22, 59)), 8U);
  EXPECT_EQ(threads_at(rows, friday(23)), std::nullopt);
}

TEST(Timetable, is_of_its_days_and_dates_only) {
  const std::vector weekly = {row("00:00", "24:00", {RawParameter::plain("threads", "2"), list("days", {"fri"})})};
  EXPECT_EQ(threads_at(weekly, friday(12)), 2U);
  EXPECT_EQ(threads_at(weekly, saturday(12)), std::nullopt);
  const std::vector yearly = {row("00:00", "24:00", {RawParameter::plain("threads", "3"), list("dates", {"11-12"})})};
  EXPECT_EQ(threads_at(yearly, friday(12)), std::nullopt);
  EXPECT_EQ(threads_at(yearly, saturday(12)), 3U);
}

TEST(Timetable, goes_on_over_midnight_into_the_night_behind_its_day) {
  const std::vector rows = {row("22:00", "02:00", {RawParameter::plain("threads", "8"), list("days", {"fri"})})};
  EXPECT_EQ(threads_at(rows, friday(1)), std::nullopt) << "that night belongs to Thursday";
  EXPECT_EQ(threads_at(rows, friday(23)), 8U);
  EXPECT_EQ(threads_at(rows, saturday(1)), 8U);
  EXPECT_EQ(threads_at(rows, saturday(2)), std::nullopt);
}

TEST(Timetable, lets_later_rows_stand_above_earlier_ones_limit_by_limit) {
  const std::vector rows = {
      row("00:00", "24:00", {RawParameter::plain("threads", "2"), RawParameter::plain("max_connections", "100")}),
      row("12:00", "13:00", {RawParameter::plain("threads", "8"), RawParameter::plain("shed_load", "false")})};
  const Limits noon = limits_at(rows, friday(12));
  EXPECT_EQ(noon.threads, 8U);
  EXPECT_EQ(noon.max_connections, 100U);
  EXPECT_EQ(noon.shed_load, false);
  EXPECT_EQ(noon.store_queue_requests, std::nullopt);
  EXPECT_EQ(threads_at(rows, friday(13)), 2U);
  EXPECT_EQ(most_threads(rows, 4), 8U);
  EXPECT_EQ(most_threads(rows, 9), 9U);
}

TEST(Timetable, refuses_what_is_no_time_no_day_and_no_limit) {
  const RawParameter threads = RawParameter::plain("threads", "2");
  const auto told = [&](const std::string& from, const RawParameter& further) {
    return read({RawParameter::plain("from", from), RawParameter::plain("to", "24:00"), further}).status().message();
  };
  for (const char* wrong : {"24:01", "12:60", "7:30", "noon", "1170"}) {
    EXPECT_EQ(told(wrong, threads),
              std::string("from: \"") + wrong + "\" is no time of a day; allowed is 00:00 to 24:00, in quotes");
  }
  EXPECT_EQ(told("00:00", list("dates", {"02-30"})),
            "dates: \"02-30\" is no day of a year; allowed is month and day, as 11-11");
  EXPECT_EQ(told("00:00", list("days", {"fri"})),
            "from: the row limits nothing; allowed beside it are threads, max_connections, store_queue_requests and "
            "shed_load");
}

TEST(Timetable, knows_the_days_and_hours_of_the_machines_zone) {
  const char* const before = ::getenv("TZ");
  const std::string kept = before != nullptr ? before : "";
  ::setenv("TZ", "CST-8", 1);
  ::tzset();
  const LocalMoment moment = local_moment(1'668'096'000'000);  // 2022-11-10 16:00 UTC
  EXPECT_EQ(moment.minute, 0);
  EXPECT_EQ(moment.today.weekday, 4);
  EXPECT_EQ(moment.today.month, 11);
  EXPECT_EQ(moment.today.day, 11);
  EXPECT_EQ(moment.yesterday.day, 10);
  before != nullptr ? ::setenv("TZ", kept.c_str(), 1) : ::unsetenv("TZ");
  ::tzset();
}

}  // namespace
}  // namespace inkling::server
