#include "sample/sample_plan.h"

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "base/core/clock.h"
#include "base/core/file_mistakes.h"
#include "base/core/hash.h"
#include "base/core/json_keys.h"
#include "base/core/suggest.h"
#include "sample/split_ranges.h"

namespace inkling::sample {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

struct Unit {
  char letter;
  std::int64_t ms;
};
constexpr std::array<Unit, 5> kUnits = {{{'w', 7 * base::kDayMs},
                                         {'d', base::kDayMs},
                                         {'h', base::kHourMs},
                                         {'m', base::kMinuteMs},
                                         {'s', base::kSecondMs}}};

Result<PointRule> rule_from_name(const JsonView& json, const std::string& name) {
  if (name == "action") return PointRule::kAction;
  if (name == "day_end") return PointRule::kDayEnd;
  constexpr std::array<std::string_view, 2> kRules = {"action", "day_end"};
  return base::invalid_input((json.path().empty() ? "" : json.path() + ".") + "at: \"" + name + "\" is unknown; " +
                             base::expected_one_of(name, kRules));
}

Result<std::int64_t> read_duration(const JsonView& value) {
  INKLING_ASSIGN(const std::string text, base::scalar_text(value));
  auto ms = duration_ms(text);
  return ms.ok() ? ms : Result<std::int64_t>(ms.status().within(value.path()));
}

Result<PointRule> read_rule(const JsonView& points) {
  INKLING_ASSIGN(const std::string at, points.text("at"));
  return rule_from_name(points, at);
}

Status read_points(const JsonView& file, SamplePlan& plan) {
  if (!file.has("points")) return {};
  INKLING_ASSIGN(const JsonView points, file.member("points"));
  base::Refusals refusals;
  refusals.note(points.only_keys({"at", "min_gap"}));
  if (!points.json().is_object()) return refusals.status();
  plan.at = refusals.keep(read_rule(points));
  if (points.has("min_gap")) plan.min_gap_ms = refusals.keep(read_duration(*points.member("min_gap")));
  return refusals.status();
}

Status check_targets(std::string_view name, const SamplePlan& plan) {
  if (!plan.targets.empty() && plan.targets.size() <= feature::kMaxTargets) return {};
  return base::invalid_input(std::string(name) + ": holds " + std::to_string(plan.targets.size()) +
                             " durations; expected between 1 and " + std::to_string(feature::kMaxTargets));
}

Status grow(const JsonView& element, std::int64_t horizon_ms, const SamplePlan& plan) {
  if (plan.targets.empty() || horizon_ms > plan.longest_horizon_ms()) return {};
  return element.refuse(duration_text(horizon_ms) +
                        " is not longer than the horizon before it; expected horizons "
                        "that grow from first to last");
}

// "purchase_1h", "actions_5_1h": names on the wire and in packages.
feature::Target target_of(const SamplePlan& plan, std::int64_t horizon_ms) {
  const std::string asked = plan.more_actions > 0 ? "actions_" + std::to_string(plan.more_actions) : "purchase";
  return {asked + "_" + duration_text(horizon_ms), horizon_ms};
}

Status read_more_actions(const JsonView& file, SamplePlan& plan) {
  if (!file.has("more_actions")) return {};
  INKLING_ASSIGN(plan.more_actions, file.integer("more_actions", kMoreActionsRange[0], kMoreActionsRange[1]));
  return {};
}

Status read_horizons(const JsonView& file, SamplePlan& plan) {
  if (!file.has("horizons")) {
    plan.targets = {target_of(plan, base::kHourMs), target_of(plan, base::kDayMs)};
    return {};
  }
  INKLING_ASSIGN(const auto horizons, file.elements("horizons"));
  base::Refusals refusals;
  for (const JsonView& element : horizons) {
    const auto horizon_ms = read_duration(element);
    if (!refusals.note(horizon_ms.status()) || !refusals.note(grow(element, *horizon_ms, plan))) continue;
    plan.targets.push_back(target_of(plan, *horizon_ms));
  }
  if (refusals.empty()) refusals.note(check_targets("horizons", plan));
  return refusals.status();
}

// Reads one optional date of the split; `whole_days` 1 makes an inclusive date an exclusive end.
Status read_day(const JsonView& split, std::string_view key, std::int64_t utc_offset_ms, int whole_days,
                std::int64_t& out_ms) {
  if (!split.has(key)) return {};
  INKLING_ASSIGN(const std::string date, split.text(key));
  const auto start_ms = day_start_ms(date, utc_offset_ms);
  if (!start_ms.ok()) return start_ms.status().within(split.path() + "." + std::string(key));
  out_ms = *start_ms + whole_days * base::kDayMs;
  return {};
}

Status read_split(const JsonView& file, std::int64_t utc_offset_ms, SamplePlan& plan) {
  if (!file.has("split")) return {};
  INKLING_ASSIGN(const JsonView split, file.member("split"));
  base::Refusals refusals;
  refusals.note(
      split.only_keys({"train_from", "train_until", "test_from", "test_until", "test_fraction", "validation"}));
  if (!split.json().is_object()) return refusals.status();
  refusals.note(read_day(split, "train_from", utc_offset_ms, 0, plan.train_from_ms));
  refusals.note(read_day(split, "train_until", utc_offset_ms, 1, plan.train_until_ms));
  refusals.note(read_day(split, "test_from", utc_offset_ms, 0, plan.test_from_ms));
  refusals.note(read_day(split, "test_until", utc_offset_ms, 1, plan.test_until_ms));
  if (split.has("test_fraction")) {
    plan.test_fraction = refusals.keep(split.number("test_fraction", kTestFractionRange[0], kTestFractionRange[1]));
  }
  if (split.has("validation")) {
    plan.validation_fraction = refusals.keep(split.number("validation", kValidationRange[0], kValidationRange[1]));
  }
  if (split.has("train_until") != split.has("test_from")) {
    refusals.note(split.refuse("train_until and test_from must both be given, or neither"));
  }
  return refusals.status();
}

Status check_order(const SamplePlan& plan) {
  if (plan.train_from_ms != kUnset && plan.train_from_ms >= plan.train_until_ms) {
    return base::invalid_input(
        "split: train_from does not lie before the end of the training part, so nothing is left to train on; name an "
        "earlier day, or a later train_until");
  }
  if (plan.test_until_ms != kUnset && plan.test_until_ms <= plan.test_from_ms) {
    return base::invalid_input("split: test_until lies before test_from, so the test part is empty");
  }
  if (plan.train_until_ms + plan.longest_horizon_ms() <= plan.test_from_ms) return {};
  return base::invalid_input("split: labels of the last training point reach " +
                             duration_text(plan.longest_horizon_ms()) +
                             " ahead, into the test part; let test_from be at least that long after train_until");
}

}  // namespace

Result<std::int64_t> duration_ms(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && end + 1 == text.data() + text.size() && count > 0 && count <= 100'000) {
    for (const Unit& unit : kUnits) {
      if (unit.letter == *end) return count * unit.ms;
    }
  }
  return base::invalid_input("\"" + std::string(text) +
                             "\" is not a duration; write a whole number and a unit, like 90s, 15m, 1h, 3d or 2w");
}

std::string duration_text(std::int64_t duration_ms) {
  for (const Unit& unit : kUnits) {
    if (unit.letter != 'w' && duration_ms % unit.ms == 0) return std::to_string(duration_ms / unit.ms) + unit.letter;
  }
  return std::to_string(duration_ms) + "ms";
}

Result<std::int64_t> day_start_ms(std::string_view date, std::int64_t utc_offset_ms) {
  unsigned year = 0, month = 0, day = 0;
  const auto number = [&](std::size_t begin, std::size_t length, unsigned& out) {
    const char* end = date.data() + begin + length;
    const auto result = std::from_chars(date.data() + begin, end, out);
    return result.ec == std::errc() && result.ptr == end;
  };
  const bool shaped = date.size() == 10 && date[4] == '-' && date[7] == '-' && number(0, 4, year) &&
                      number(5, 2, month) && number(8, 2, day);
  const std::chrono::year_month_day calendar{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                             std::chrono::day(day)};
  if (!shaped || !calendar.ok()) {
    return base::invalid_input("\"" + std::string(date) + "\" is not a date; write it like 2013-05-31");
  }
  const auto days = std::chrono::sys_days(calendar).time_since_epoch().count();
  return static_cast<std::int64_t>(days) * base::kDayMs - utc_offset_ms;
}

Result<SamplePlan> sample_plan_from_json(const JsonView& training_file, std::int64_t utc_offset_ms) {
  SamplePlan plan;
  base::Refusals refusals;
  refusals.note(read_points(training_file, plan));
  refusals.note(read_more_actions(training_file, plan));
  refusals.note(read_horizons(training_file, plan));
  refusals.note(read_split(training_file, utc_offset_ms, plan));
  if (!refusals.empty()) return refusals.status();
  if (plan.train_until_ms != kUnset) INKLING_TRY(check_order(plan));
  return plan;
}

Json sample_plan_to_json(const SamplePlan& plan) {
  Json json = Json::object();
  json.set("at", plan.at == PointRule::kAction ? "action" : "day_end");
  json.set("min_gap_ms", plan.min_gap_ms);
  Json targets = Json::array();
  for (const auto& target : plan.targets) {
    Json member = Json::object();
    member.set("name", target.name);
    member.set("horizon_ms", target.horizon_ms);
    targets.push(std::move(member));
  }
  json.set("targets", std::move(targets));
  if (plan.more_actions > 0) json.set("more_actions", plan.more_actions);
  if (plan.train_from_ms != kUnset) json.set("train_from_ms", plan.train_from_ms);
  json.set("train_until_ms", plan.train_until_ms);
  json.set("test_from_ms", plan.test_from_ms);
  json.set("test_until_ms", plan.test_until_ms);
  json.set("validation_fraction", plan.validation_fraction);
  return json;
}

Result<SamplePlan> sample_plan_from_stored(const JsonView& stored) {
  SamplePlan plan;
  INKLING_ASSIGN(const std::string at, stored.text("at"));
  INKLING_ASSIGN(plan.at, rule_from_name(stored, at));
  INKLING_ASSIGN(plan.min_gap_ms, stored.integer("min_gap_ms", 0));
  INKLING_ASSIGN(const auto targets, stored.elements("targets"));
  for (const JsonView& element : targets) {
    INKLING_ASSIGN(std::string name, element.text("name"));
    INKLING_ASSIGN(const std::int64_t horizon_ms, element.integer("horizon_ms", 1));
    INKLING_TRY(grow(element, horizon_ms, plan));
    plan.targets.push_back({std::move(name), horizon_ms});
  }
  INKLING_TRY(read_more_actions(stored, plan));
  INKLING_TRY(check_targets(stored.path().empty() ? "targets" : stored.path() + ".targets", plan));
  if (stored.has("train_from_ms")) {
    INKLING_ASSIGN(plan.train_from_ms, stored.integer("train_from_ms"));
  }
  INKLING_ASSIGN(plan.train_until_ms, stored.integer("train_until_ms"));
  INKLING_ASSIGN(plan.test_from_ms, stored.integer("test_from_ms"));
  INKLING_ASSIGN(plan.test_until_ms, stored.integer("test_until_ms"));
  INKLING_ASSIGN(plan.validation_fraction, stored.number("validation_fraction", 0, 1));
  return plan;
}

Result<SamplePlan> with_boundaries(SamplePlan plan, std::int64_t from_ms, std::int64_t to_ms, std::int64_t split_ms) {
  const bool dated = plan.train_until_ms != kUnset;
  if (!dated) {
    const auto span_ms = static_cast<double>(to_ms - from_ms);
    const std::int64_t by_span_ms = to_ms - static_cast<std::int64_t>(span_ms * plan.test_fraction);
    plan.test_from_ms = split_ms == kUnset ? by_span_ms : split_ms;
    plan.train_until_ms = plan.test_from_ms - plan.longest_horizon_ms();
  }
  INKLING_TRY(check_order(plan));
  if (plan.test_until_ms == kUnset) plan.test_until_ms = to_ms + 1;
  if (plan.train_until_ms > from_ms) return plan;
  if (dated) {
    return base::invalid_input(
        "split: the log begins after train_until, so nothing is left to train on; name a "
        "later day");
  }
  return base::invalid_input("the log spans " + std::to_string((to_ms - from_ms) / base::kHourMs) +
                             " hours, too short for a horizon of " + duration_text(plan.longest_horizon_ms()) +
                             " and a test part; give more data or a shorter horizon");
}

Part part_of(const SamplePlan& plan, std::string_view shopper, std::int64_t point_ms) {
  if (point_ms >= plan.test_from_ms && point_ms < plan.test_until_ms) return Part::kTest;
  if (!plan.trains_on(point_ms)) return Part::kUnused;
  const double place = static_cast<double>(base::mix64(base::name_hash(shopper)) >> 11) * 0x1.0p-53;
  return place < plan.validation_fraction ? Part::kValidation : Part::kTrain;
}

}  // namespace inkling::sample
