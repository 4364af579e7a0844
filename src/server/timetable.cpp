#include "server/timetable.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

#include "base/core/clock.h"
#include "base/core/suggest.h"

namespace inkling::server {
namespace {

using base::Result;
using scene::ParameterSpec;
using scene::ParameterType;

constexpr int kDayMinutes = 24 * 60;
constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<int, 12> kMonthDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

constexpr std::array kSpecs = {
    ParameterSpec{.name = "days",
                  .type = ParameterType::kTexts,
                  .meaning = "days of the week; with no dates either: every day",
                  .choices = kWeekdays},
    ParameterSpec{.name = "dates", .type = ParameterType::kTexts, .meaning = "days of every year, as 11-11"},
    ParameterSpec{.name = "from", .meaning = "local time, as 19:30", .required = true},
    ParameterSpec{
        .name = "to", .meaning = "local time, as 23:00; not after from: in the night behind", .required = true},
    ParameterSpec{.name = "threads",
                  .type = ParameterType::kInteger,
                  .meaning = "that new connections are spread over",
                  .min = 1,
                  .max = 1024},
    ParameterSpec{
        .name = "max_connections", .type = ParameterType::kInteger, .meaning = "as of server", .min = 1, .max = 1e6},
    ParameterSpec{.name = "store_queue_requests",
                  .type = ParameterType::kInteger,
                  .meaning = "as of server",
                  .min = 1,
                  .max = 1e6},
    ParameterSpec{.name = "shed_load", .type = ParameterType::kBoolean, .meaning = "as of server"}};

// Two numbers of two digits with `between` between them; nullopt: something else.
std::optional<std::pair<int, int>> two_numbers(std::string_view text, char between) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != between || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return std::pair{number(0), number(3)};
}

Result<int> minute_of(std::string_view name, const std::string& text) {
  const auto time = two_numbers(text, ':');
  if (time && time->second < 60 && time->first * 60 + time->second <= kDayMinutes) {
    return time->first * 60 + time->second;
  }
  return base::invalid_input(std::string(name) + ": \"" + text +
                             "\" is no time of a day; allowed is 00:00 to 24:00, in quotes");
}

Result<std::pair<int, int>> date_of(const std::string& text) {
  const auto date = two_numbers(text, '-');
  if (date && date->first >= 1 && date->first <= 12 && date->second >= 1 &&
      date->second <= kMonthDays[static_cast<std::size_t>(date->first) - 1]) {
    return *date;
  }
  return base::invalid_input("dates: \"" + text + "\" is no day of a year; allowed is month and day, as 11-11");
}

std::optional<std::size_t> count_of(const scene::Parameters& parameters, std::string_view name) {
  if (!parameters.has(name)) return std::nullopt;
  return static_cast<std::size_t>(parameters.integer(name));
}

LocalDay local_day(std::int64_t at_ms, int* minute = nullptr) {
  const auto seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  if (minute != nullptr) *minute = local.tm_hour * 60 + local.tm_min;
  return {(local.tm_wday + 6) % 7, local.tm_mon + 1, local.tm_mday};
}

bool is_of(const TimetableRow& row, const LocalDay& day) {
  if (row.weekdays == 0 && row.dates.empty()) return true;
  if ((row.weekdays >> day.weekday & 1) != 0) return true;
  return std::ranges::find(row.dates, std::pair{day.month, day.day}) != row.dates.end();
}

bool lasts(const TimetableRow& row, const LocalMoment& moment) {
  if (row.from_minute < row.to_minute) {
    return is_of(row, moment.today) && row.from_minute <= moment.minute && moment.minute < row.to_minute;
  }
  return (is_of(row, moment.today) && moment.minute >= row.from_minute) ||
         (is_of(row, moment.yesterday) && moment.minute < row.to_minute);
}

template <typename Value>
void take(std::optional<Value>& limit, const std::optional<Value>& said) {
  if (said) limit = said;
}

}  // namespace

LocalMoment local_moment(std::int64_t now_ms) {
  LocalMoment moment;
  moment.today = local_day(now_ms, &moment.minute);
  // About noon of the day before, whatever an hour of summer does to either.
  moment.yesterday = local_day(now_ms - (moment.minute + kDayMinutes / 2) * base::kMinuteMs);
  return moment;
}

std::span<const ParameterSpec> timetable_specs() {
  return kSpecs;
}

Result<TimetableRow> timetable_row(const scene::Parameters& parameters) {
  TimetableRow row;
  INKLING_ASSIGN(row.from_minute, minute_of("from", parameters.text("from")));
  INKLING_ASSIGN(row.to_minute, minute_of("to", parameters.text("to")));
  if (parameters.has("days")) {
    for (const std::string& day : parameters.texts("days")) {
      const auto weekday = std::ranges::find(kWeekdays, day) - kWeekdays.begin();
      row.weekdays = static_cast<std::uint8_t>(row.weekdays | 1U << weekday);
    }
  }
  if (parameters.has("dates")) {
    for (const std::string& text : parameters.texts("dates")) {
      INKLING_ASSIGN(const auto date, date_of(text));
      row.dates.push_back(date);
    }
  }
  row.limits = {count_of(parameters, "threads"), count_of(parameters, "max_connections"),
                count_of(parameters, "store_queue_requests"), std::nullopt};
  if (parameters.has("shed_load")) row.limits.shed_load = parameters.boolean("shed_load");
  if (row.limits != Limits{}) return row;
  return base::invalid_input(
      "from: the row limits nothing; allowed beside it are threads, max_connections, store_queue_requests and "
      "shed_load");
}

Limits limits_at(std::span<const TimetableRow> rows, const LocalMoment& moment) {
  Limits limits;
  for (const TimetableRow& row : rows) {
    if (!lasts(row, moment)) continue;
    take(limits.threads, row.limits.threads);
    take(limits.max_connections, row.limits.max_connections);
    take(limits.store_queue_requests, row.limits.store_queue_requests);
    take(limits.shed_load, row.limits.shed_load);
  }
  return limits;
}

std::size_t most_threads(std::span<const TimetableRow> rows, std::size_t otherwise) {
  for (const TimetableRow& row : rows) otherwise = std::max(otherwise, row.limits.threads.value_or(0));
  return otherwise;
}

}  // namespace inkling::server
