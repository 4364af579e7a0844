#include "feature/source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/core/clock.h"
#include "base/core/suggest.h"
#include "feature/source_names.h"

namespace inkling::feature {
namespace {

using state::BrowseRecord;
using state::ShopperState;
using state::SwipeRecord;
using state::TapRecord;

double sign(int delta) {
  return delta < 0 ? 0.0 : (delta == 0 ? 1.0 : 2.0);
}
Value gap(const state::RecordTime& time) {
  return Value::of_unless_negative(static_cast<double>(time.view_gap_ms));
}

constexpr std::array<RecordSource<SwipeRecord>, 14> kSwipeSources = {{
    {"duration_ms", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.duration_ms); }},
    {"gap_ms", ValueKind::kNumber, [](const SwipeRecord& r, const LocalTime&) { return gap(r.time); }},
    {"tap_x", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of_unless_negative(r.swipe.tap_x); }},
    {"tap_y", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of_unless_negative(r.swipe.tap_y); }},
    {"start_x", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.start_x); }},
    {"start_y", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.start_y); }},
    {"end_x", ValueKind::kNumber, [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.end_x); }},
    {"end_y", ValueKind::kNumber, [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.end_y); }},
    {"length_x", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.end_x - r.swipe.start_x); }},
    {"length_y", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.end_y - r.swipe.start_y); }},
    {"page", ValueKind::kNumber, [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.page); }},
    {"action", ValueKind::kNumber, [](const SwipeRecord& r, const LocalTime&) { return Value::of(r.swipe.action); }},
    {"direction_h", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(sign(r.swipe.end_x - r.swipe.start_x)); }},
    {"direction_v", ValueKind::kNumber,
     [](const SwipeRecord& r, const LocalTime&) { return Value::of(sign(r.swipe.end_y - r.swipe.start_y)); }},
}};

constexpr std::array<RecordSource<TapRecord>, 6> kTapSources = {{
    {"page", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return Value::of(r.tap.page); }},
    {"event", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return Value::of(r.tap.event); }},
    {"button", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return Value::of(r.tap.button); }},
    {"x", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return Value::of(r.tap.x); }},
    {"y", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return Value::of(r.tap.y); }},
    {"gap_ms", ValueKind::kNumber, [](const TapRecord& r, const LocalTime&) { return gap(r.time); }},
}};

// models.md A.2's "timestamp": hour of day x how long since the action before (6 steps), one number of 0..143.
double timestamp_bucket(const state::RecordTime& time, const LocalTime& local) {
  constexpr std::array<std::int64_t, 5> kSteps = {10 * base::kSecondMs, base::kMinuteMs, 10 * base::kMinuteMs,
                                                  base::kHourMs, base::kDayMs};
  const auto step = time.view_gap_ms < 0
                        ? kSteps.size()
                        : static_cast<std::size_t>(std::upper_bound(kSteps.begin(), kSteps.end(), time.view_gap_ms) -
                                                   kSteps.begin());
  return local.hour(time.ts_ms) * 6.0 + static_cast<double>(step);
}

constexpr std::array<RecordSource<BrowseRecord>, 11> kBrowseSources = {{
    {"action", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime&) { return Value::of(static_cast<double>(r.action)); }},
    {"top_category", ValueKind::kName,
     [](const BrowseRecord& r, const LocalTime&) { return Value::of_name(r.top_category); }},
    {"leaf_category", ValueKind::kName,
     [](const BrowseRecord& r, const LocalTime&) { return Value::of_name(r.leaf_category); }},
    {"page", ValueKind::kName, [](const BrowseRecord& r, const LocalTime&) { return Value::of_name(r.page); }},
    {"item", ValueKind::kName, [](const BrowseRecord& r, const LocalTime&) { return Value::of_name(r.item); }},
    {"stay_ms", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime&) {
       return Value::of_unless_negative(static_cast<double>(r.stay_ms));
     }},
    {"timestamp", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime& local) { return Value::of(timestamp_bucket(r.time, local)); }},
    {"gap_ms", ValueKind::kNumber, [](const BrowseRecord& r, const LocalTime&) { return gap(r.time); }},
    {"hour", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime& local) { return Value::of(local.hour(r.time.ts_ms)); }},
    {"weekday", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime& local) { return Value::of(local.weekday(r.time.ts_ms)); }},
    {"item_repeat", ValueKind::kNumber,
     [](const BrowseRecord& r, const LocalTime&) { return Value::of(r.item_repeat); }},
}};

using StatisticFn = decltype(StatisticSource::value);

Value decayed_count(const ShopperState& s, std::int64_t now_ms, const LocalTime&, std::size_t group,
                    std::size_t half_life) {
  return Value::of(s.groups[group].decayed_at(half_life, now_ms));
}
Value total_count(const ShopperState& s, std::int64_t, const LocalTime&, std::size_t group, std::size_t) {
  return Value::of(s.groups[group].total);
}
Value group_days(const ShopperState& s, std::int64_t, const LocalTime&, std::size_t group, std::size_t) {
  return Value::of(s.groups[group].active_days);
}
Value decayed_days(const ShopperState& s, std::int64_t now_ms, const LocalTime&, std::size_t group, std::size_t) {
  return Value::of(s.groups[group].decayed_days_at(now_ms));
}
// "Today" is the last active day while it is no more than 24 hours old: days of the state are UTC, shoppers' are not.
Value today_records(const ShopperState& s, std::int64_t now_ms, const LocalTime&, std::size_t, std::size_t) {
  const bool recent = s.last_record_ms >= 0 && now_ms - s.last_record_ms < base::kDayMs;
  return Value::of(recent ? s.last_day_records : 0);
}
Value recency(const ShopperState& s, std::int64_t now_ms, const LocalTime&, std::size_t group, std::size_t) {
  const std::int64_t last_ms = s.groups[group].last_ms;
  return last_ms < 0 ? Value::none() : Value::of(static_cast<double>(std::max<std::int64_t>(now_ms - last_ms, 0)));
}

template <typename Amount>
Value sum_cart(const ShopperState& s, Amount amount) {
  double sum = 0;
  for (const auto& line : s.cart) sum += static_cast<double>(amount(line));
  return Value::of(sum);
}
// In double, exact for all real carts: nothing bounds a price that somebody told, so the product may leave int64.
double line_cents(const state::CartLine& line) {
  return line.price_cents < 0 ? 0 : static_cast<double>(line.price_cents) * static_cast<double>(line.quantity);
}

struct PlainStatistic {
  std::string_view name;
  StatisticFn value;
};
constexpr std::array<PlainStatistic, 10> kPlainStatistics = {{
    {"today_records", today_records},
    {"active_days", [](const ShopperState& s, std::int64_t, const LocalTime&, std::size_t,
                       std::size_t) { return Value::of(s.active_days); }},
    {"age_ms",
     [](const ShopperState& s, std::int64_t now, const LocalTime&, std::size_t, std::size_t) {
       return s.first_ms < 0 ? Value::none()
                             : Value::of(static_cast<double>(std::max<std::int64_t>(now - s.first_ms, 0)));
     }},
    {"idle_ms",
     [](const ShopperState& s, std::int64_t now, const LocalTime&, std::size_t, std::size_t) {
       return s.last_record_ms < 0
                  ? Value::none()
                  : Value::of(static_cast<double>(std::max<std::int64_t>(now - s.last_record_ms, 0)));
     }},
    {"hour", [](const ShopperState&, std::int64_t now, const LocalTime& local, std::size_t,
                std::size_t) { return Value::of(local.hour(now)); }},
    {"weekday", [](const ShopperState&, std::int64_t now, const LocalTime& local, std::size_t,
                   std::size_t) { return Value::of(local.weekday(now)); }},
    {"cart.items",
     [](const ShopperState& s, std::int64_t, const LocalTime&, std::size_t, std::size_t) {
       return sum_cart(s, [](const state::CartLine& line) { return line.quantity; });
     }},
    {"cart.ticked",
     [](const ShopperState& s, std::int64_t, const LocalTime&, std::size_t, std::size_t) {
       return sum_cart(s, [](const state::CartLine& line) { return line.ticked ? line.quantity : 0; });
     }},
    {"cart.cents", [](const ShopperState& s, std::int64_t, const LocalTime&, std::size_t,
                      std::size_t) { return sum_cart(s, line_cents); }},
    {"spent_cents", [](const ShopperState& s, std::int64_t, const LocalTime&, std::size_t,
                       std::size_t) { return Value::of(static_cast<double>(s.spent_cents)); }},
}};

// Of the session that is going on. Once it is over, counts are zero and the rest is missing.
using SessionFn = decltype(StatisticSource::session_value);

Value if_live(const SessionSummary& session, double value) {
  return session.live ? Value::of(value) : Value::none();
}
Value dwell_mean(const SessionSummary& s) {
  return s.dwells == 0 ? Value::none() : Value::of(s.dwell_sum_ms / s.dwells);
}
Value repeat_share(const SessionSummary& s) {
  return s.items.distinct == 0 ? Value::none()
                               : Value::of(static_cast<double>(s.items.seen_twice) / s.items.distinct);
}

struct SessionStatistic {
  std::string_view name;
  ValueKind kind;
  SessionFn value;
};
constexpr std::array<SessionStatistic, 20> kSessionStatistics = {{
    {"session.hour", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime& local, std::size_t) { return if_live(s, local.hour(s.start_ms)); }},
    {"session.weekday", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime& local, std::size_t) {
       return if_live(s, local.weekday(s.start_ms));
     }},
    {"session.length_ms", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) {
       return if_live(s, static_cast<double>(s.last_ms - s.start_ms));
     }},
    {"session.gap_ms", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) {
       return Value::of_unless_negative(static_cast<double>(s.gap_ms));
     }},
    {"session.clicks", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.browses); }},
    {"session.swipes", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.swipes); }},
    {"session.taps", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.taps); }},
    {"session.items", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.items.distinct); }},
    {"session.categories", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.leaf_categories.distinct); }},
    {"session.repeats", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of(s.items.repeats); }},
    {"session.repeat_share", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return repeat_share(s); }},
    {"session.dwell_mean_ms", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return dwell_mean(s); }},
    {"session.dwell_max_ms", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) {
       return s.dwells == 0 ? Value::none() : Value::of(s.dwell_max_ms);
     }},
    {"session.dwell_last_ms", ValueKind::kNumber,
     [](const SessionSummary& s, const LocalTime&, std::size_t) {
       return Value::of_unless_negative(static_cast<double>(s.dwell_last_ms));
     }},
    {"session.first_item", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.items.first); }},
    {"session.last_item", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.items.last); }},
    {"session.most_item", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.items.most); }},
    {"session.first_category", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.leaf_categories.first); }},
    {"session.last_category", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.leaf_categories.last); }},
    {"session.most_category", ValueKind::kName,
     [](const SessionSummary& s, const LocalTime&, std::size_t) { return Value::of_name(s.leaf_categories.most); }},
}};

Value session_group(const SessionSummary& session, const LocalTime&, std::size_t group) {
  return Value::of(session.groups[group]);
}

Value no_table(const ShopperState&, std::int64_t, const LocalTime&, std::size_t, std::size_t) {
  return Value::none();
}

struct GroupStatistic {
  std::string_view prefix;
  StatisticFn value;
  bool has_half_life;
};
constexpr std::array<GroupStatistic, 5> kGroupStatistics = {{{"count", decayed_count, true},
                                                             {"total", total_count, false},
                                                             {"days", group_days, false},
                                                             {"recent_days", decayed_days, false},
                                                             {"recency", recency, false}}};

// What a statistic is called: up to three parts with a dot between them.
struct StatisticName {
  std::string_view prefix, group, half_life;
  [[nodiscard]] std::string text() const {
    std::string name(prefix);
    for (const std::string_view part : {group, half_life}) {
      if (!part.empty()) (name += '.') += part;
    }
    return name;
  }
};

// In the order of their numbers.
template <typename Visit>
void each_statistic(const Visit& visit) {
  for (const auto& plain : kPlainStatistics) {
    visit(StatisticName{plain.name, {}, {}}, StatisticSource{ValueKind::kNumber, plain.value, nullptr, 0, 0});
  }
  for (const auto& statistic : kGroupStatistics) {
    for (std::size_t group = 0; group < state::kActionGroupCount; ++group) {
      const std::size_t columns = statistic.has_half_life ? state::kHalfLivesMs.size() : 1;
      for (std::size_t half_life = 0; half_life < columns; ++half_life) {
        visit(StatisticName{statistic.prefix, state::kActionGroupNames[group],
                            statistic.has_half_life ? state::kHalfLifeNames[half_life] : std::string_view()},
              StatisticSource{ValueKind::kNumber, statistic.value, nullptr, group, half_life});
      }
    }
  }
  for (const auto& statistic : kSessionStatistics) {
    visit(StatisticName{statistic.name, {}, {}}, StatisticSource{statistic.kind, nullptr, statistic.value, 0, 0});
  }
  for (std::size_t group = 0; group < state::kActionGroupCount; ++group) {
    visit(StatisticName{"session", state::kActionGroupNames[group], {}},
          StatisticSource{ValueKind::kNumber, nullptr, session_group, group, 0});
  }
}

template <typename Sources>
base::Status unknown_source(std::string_view view, std::string_view name, const Sources& sources) {
  std::vector<std::string_view> known;
  for (const auto& source : sources) known.push_back(source.name);
  return base::invalid_input("\"" + std::string(name) + "\" is no " + std::string(view) + " feature; " +
                             base::expected_one_of(name, known));
}

// There are too many to list: their forms are told, and the nearest name.
base::Status unknown_statistic(std::string_view name) {
  std::string forms;
  for (const auto& statistic : kGroupStatistics) {
    forms += std::string(statistic.prefix) + (statistic.has_half_life ? ".<group>.<half-life>, " : ".<group>, ");
  }
  for (const auto& plain : kPlainStatistics) forms += std::string(plain.name) + ", ";
  for (const auto& statistic : kSessionStatistics) forms += std::string(statistic.name) + ", ";
  forms += "session.<group>";
  const std::vector<std::string> names = statistic_source_names();
  const std::string near = base::nearest(name, names);
  return base::invalid_input("\"" + std::string(name) + "\" is no statistic; expected one of " + forms +
                             (near.empty() ? "" : "; did you mean " + near + "?"));
}
template <typename Record, std::size_t N>
base::Result<const RecordSource<Record>*> find_source(std::string_view view, std::string_view name,
                                                      const std::array<RecordSource<Record>, N>& sources) {
  for (const auto& source : sources) {
    if (source.name == name) return &source;
  }
  return unknown_source(view, name, sources);
}

template <typename Record, std::size_t N>
const RecordSource<Record>* source_at(std::size_t number, const std::array<RecordSource<Record>, N>& sources) {
  return number < N ? &sources[number] : nullptr;
}

}  // namespace

std::string_view view_name(View view) {
  constexpr std::string_view kNames[] = {"swipe", "tap", "browse"};
  return kNames[static_cast<std::size_t>(view)];
}

base::Result<View> view_from_name(std::string_view name) {
  for (const View view : {View::kSwipe, View::kTap, View::kBrowse}) {
    if (view_name(view) == name) return view;
  }
  return base::invalid_input("\"" + std::string(name) + "\" is no view; " +
                             base::expected_one_of(name, std::vector<std::string_view>{"swipe", "tap", "browse"}));
}

// Floor division, so that times before 1970 still fall into the right day.
std::int64_t LocalTime::day(std::int64_t ts_ms) const {
  const std::int64_t local_ms = ts_ms + utc_offset_ms;
  return local_ms / base::kDayMs - (local_ms % base::kDayMs < 0 ? 1 : 0);
}

int LocalTime::hour(std::int64_t ts_ms) const {
  return static_cast<int>((ts_ms + utc_offset_ms - day(ts_ms) * base::kDayMs) / base::kHourMs);
}

int LocalTime::weekday(std::int64_t ts_ms) const {
  const std::int64_t days = day(ts_ms) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(((days % 7) + 7) % 7);
}

base::Result<const RecordSource<SwipeRecord>*> swipe_source(std::string_view name) {
  return find_source("swipe", name, kSwipeSources);
}
base::Result<const RecordSource<TapRecord>*> tap_source(std::string_view name) {
  return find_source("tap", name, kTapSources);
}
base::Result<const RecordSource<BrowseRecord>*> browse_source(std::string_view name) {
  return find_source("browse", name, kBrowseSources);
}

const RecordSource<SwipeRecord>* swipe_source_at(std::size_t number) {
  return source_at(number, kSwipeSources);
}
const RecordSource<TapRecord>* tap_source_at(std::size_t number) {
  return source_at(number, kTapSources);
}
const RecordSource<BrowseRecord>* browse_source_at(std::size_t number) {
  return source_at(number, kBrowseSources);
}

StatisticSource statistic_source_at(std::size_t number) {
  StatisticSource found;
  std::size_t next = 0;
  const auto look = [&](const StatisticSource& source) {
    if (next++ == number) found = source;
  };
  each_statistic([&](const StatisticName&, const StatisticSource& source) { look(source); });
  look({ValueKind::kNumber, no_table, nullptr, 0, 0});
  look({ValueKind::kName, no_table, nullptr, 0, 0});
  return found;
}

std::size_t source_number(std::optional<View> view, std::string_view name) {
  const std::vector<std::string> names = view ? view_source_names(*view) : statistic_source_names();
  const auto place = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  return view || place < names.size() || !name.starts_with(kCategoryPrefix) ? place : place + 1;
}

std::vector<std::string> view_source_names(View view) {
  std::vector<std::string> names;
  const auto add = [&](const auto& sources) {
    for (const auto& source : sources) names.emplace_back(source.name);
  };
  if (view == View::kSwipe) add(kSwipeSources);
  if (view == View::kTap) add(kTapSources);
  if (view == View::kBrowse) add(kBrowseSources);
  return names;
}

std::vector<std::string> statistic_source_names() {
  std::vector<std::string> names;
  each_statistic([&](const StatisticName& name, const StatisticSource&) { names.push_back(name.text()); });
  return names;
}

bool is_table_source(std::string_view name) {
  return (name.starts_with(kColumnPrefix) && name.size() > kColumnPrefix.size()) ||
         (name.starts_with(kCategoryPrefix) && name.size() > kCategoryPrefix.size());
}

base::Result<StatisticSource> statistic_source(std::string_view name) {
  const std::size_t number = source_number(std::nullopt, name);
  if (number >= statistic_source_names().size() && !is_table_source(name)) return unknown_statistic(name);
  return statistic_source_at(number);
}

}  // namespace inkling::feature
