// Where a feature's value comes from: a named, pure function of one record, or of the state and the time of asking.
// The name is resolved once, when a blueprint is made; the returned function pointer does the work without
// allocating. Adding a source is one row at the end of a table of source.cpp. Wasm-clean.
//
// Record sources (per view; models.md A.2: swipe 14, tap 3, browse 6, and a few more to choose from):
//   swipe   duration_ms gap_ms tap_x tap_y start_x start_y end_x end_y length_x length_y page action
//           direction_h direction_v
//   tap     page event button x y gap_ms
//   browse  action top_category leaf_category page stay_ms timestamp | gap_ms hour weekday item_repeat item
// Statistic sources (of the state at `now_ms`):
//   count.<group>.<half-life>  total.<group>  days.<group>  recency.<group>  recent_days.<group>
//   today_records (groups and half-lives: shopper_state.h; recent_days fades by 30 days)
//   active_days age_ms idle_ms hour weekday cart.items cart.ticked cart.cents spent_cents
// Of the session that is going on (session.h; once it is over counts are 0 and all else is missing):
//   session.hour  session.weekday       when it began
//   session.length_ms                   from its first to its last record
//   session.gap_ms                      silence before it
//   session.clicks  session.<group>     browse records, and those of a group of actions
//   session.swipes  session.taps        gestures
//   session.items  session.categories   distinct ones (categories: leaves)
//   session.repeats  session.repeat_share   records of an item that had one before; share of items with two or more
//   session.dwell_mean_ms  session.dwell_max_ms  session.dwell_last_ms
//   session.first_item  session.last_item  session.most_item  session.first_category  session.last_category
//   session.most_category               names: most is the one with the most records
// Of a row of a table, for packages that were trained on one; a state has none, so there they are missing:
//   column.<name>  a number             category.<name>  a name
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "feature/session.h"
#include "feature/value.h"
#include "state/shopper_state.h"

namespace inkling::feature {

enum class View : std::uint8_t { kSwipe, kTap, kBrowse };
inline constexpr std::size_t kViewCount = 3;
[[nodiscard]] std::string_view view_name(View view);
[[nodiscard]] base::Result<View> view_from_name(std::string_view name);

// Whose clock hours and weekdays are told by.
struct LocalTime {
  std::int64_t utc_offset_ms = 0;
  [[nodiscard]] std::int64_t day(std::int64_t ts_ms) const;  // since 1970-01-01, local; negative before
  [[nodiscard]] int hour(std::int64_t ts_ms) const;          // 0..23
  [[nodiscard]] int weekday(std::int64_t ts_ms) const;       // 0 = Monday
};

template <typename Record>
struct RecordSource {
  std::string_view name;
  ValueKind kind;
  Value (*value)(const Record&, const LocalTime&);
};

struct StatisticSource {
  ValueKind kind = ValueKind::kNumber;
  Value (*value)(const state::ShopperState&, std::int64_t now_ms, const LocalTime&, std::size_t group,
                 std::size_t half_life) = nullptr;
  // Set instead of `value` where the session is asked: it is summed up once for all of them.
  Value (*session_value)(const SessionSummary&, const LocalTime&, std::size_t group) = nullptr;
  std::size_t group = 0;
  std::size_t half_life = 0;
};

// kInvalidInput with the nearest name when there is no such source.
[[nodiscard]] base::Result<const RecordSource<state::SwipeRecord>*> swipe_source(std::string_view name);
[[nodiscard]] base::Result<const RecordSource<state::TapRecord>*> tap_source(std::string_view name);
[[nodiscard]] base::Result<const RecordSource<state::BrowseRecord>*> browse_source(std::string_view name);
[[nodiscard]] base::Result<StatisticSource> statistic_source(std::string_view name);

// A source's number: its place in its view's table or, of a statistic, among statistic_source_names(); all columns of
// tables, then all categories, come behind those. Device packages name sources by it. nullptr, or neither function
// set: there is none.
[[nodiscard]] const RecordSource<state::SwipeRecord>* swipe_source_at(std::size_t number);
[[nodiscard]] const RecordSource<state::TapRecord>* tap_source_at(std::size_t number);
[[nodiscard]] const RecordSource<state::BrowseRecord>* browse_source_at(std::size_t number);
[[nodiscard]] StatisticSource statistic_source_at(std::size_t number);
// Of a view's feature, or of a statistic when `view` is empty; the name must be known.
[[nodiscard]] std::size_t source_number(std::optional<View> view, std::string_view name);

// "column." and "category.", which the name of a table's column follows.
inline constexpr std::string_view kColumnPrefix = "column.";
inline constexpr std::string_view kCategoryPrefix = "category.";
[[nodiscard]] bool is_table_source(std::string_view name);

// Every statistic source's name, in a fixed order; those of tables have no end and are left out.
[[nodiscard]] std::vector<std::string> statistic_source_names();

}  // namespace inkling::feature
