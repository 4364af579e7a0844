// When the server has which capacity: rows of days and local hours, each with limits that stand while it lasts. What
// a peak needs is known before it comes, and growing on demand comes too late. Not for applying them: server.cpp
// does, by the clock that it was lent.
//
//   timetable:
//     - {dates: [06-18, 11-11], from: "19:30", to: "01:00", threads: 8, max_connections: 20000}
//
// A row lasts from `from` to `to` of its days, over midnight when `to` is not after `from`, then in the night behind
// its day; without days and dates it is of every day. Of two rows at the same moment the later one's limits stand;
// what no row says is as the options say. Thread safety: plain values. Failure: kInvalidInput, "from: ...".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "scene/parameter.h"

namespace inkling::server {

struct Limits {
  std::optional<std::size_t> threads;
  std::optional<std::size_t> max_connections;
  std::optional<std::size_t> store_queue_requests;
  std::optional<bool> shed_load;

  bool operator==(const Limits&) const = default;
};

struct LocalDay {
  int weekday = 0;  // 0: Monday
  int month = 1;
  int day = 1;
};
struct LocalMoment {
  LocalDay today;
  LocalDay yesterday;
  int minute = 0;  // of the day
};
// In the time zone of the machine.
[[nodiscard]] LocalMoment local_moment(std::int64_t now_ms);

struct TimetableRow {
  std::uint8_t weekdays = 0;               // a bit each, 1: Monday
  std::vector<std::pair<int, int>> dates;  // month, day
  int from_minute = 0;
  int to_minute = 0;  // up to 24 * 60
  Limits limits;
};

[[nodiscard]] std::span<const scene::ParameterSpec> timetable_specs();
[[nodiscard]] base::Result<TimetableRow> timetable_row(const scene::Parameters& parameters);

[[nodiscard]] Limits limits_at(std::span<const TimetableRow> rows, const LocalMoment& moment);
// The most that any row asks for, `otherwise` included.
[[nodiscard]] std::size_t most_threads(std::span<const TimetableRow> rows, std::size_t otherwise);

}  // namespace inkling::server
