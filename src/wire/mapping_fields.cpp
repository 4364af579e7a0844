// The event fields that a mapping can fill, and how each is read from a cell.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/core/suggest.h"
#include "wire/json_codec.h"
#include "wire/mapping_plan.h"
#include "wire/money_text.h"

namespace inkling::wire {
namespace {

using base::Status;
using domain::Action;
using domain::Event;
using domain::Item;

Status refuse(std::string_view text, std::string_view complaint) {
  return base::invalid_input(shown_text(text) + " " + std::string(complaint));
}

template <typename Number>
bool parse_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

Status read_id(const FieldPlan&, std::string_view text, std::string& value) {
  if (text.size() > domain::kMaxIdBytes) {
    return refuse(text, "has " + std::to_string(text.size()) + " bytes; at most 128 are allowed");
  }
  value = text;
  return {};
}

Status read_text(const FieldPlan&, std::string_view text, std::string& value) {
  value = text;
  return {};
}

std::string forms_text(const FieldPlan& plan) {
  std::string forms;
  for (const TimeForm& form : plan.times) forms += (forms.empty() ? "" : " or ") + form.form();
  return forms;
}

Status read_time(const FieldPlan& plan, std::string_view text, std::int64_t& value) {
  std::optional<std::int64_t> time;
  for (std::size_t i = 0; i < plan.times.size() && !time; ++i) time = plan.times[i].read(text, plan.utc_offset_ms);
  if (!time) return refuse(text, "is not a time of the form " + forms_text(plan));
  if (*time < 0 || *time >= domain::kLastTimeMs) return refuse(text, "is out of range; expected the years 1970 to 2199");
  value = *time;
  return {};
}

// An integer; zeros behind a decimal point are let through, for many tools write all numbers with them.
bool parse_integer(std::string_view text, std::int64_t& value) {
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos) {
    if (text.find_first_not_of('0', point + 1) != std::string_view::npos) return false;
    text = text.substr(0, point);
  }
  return parse_number(text, value);
}

Status read_amount(const FieldPlan& plan, std::string_view text, std::int64_t& value) {
  if (plan.scale > 0) {
    double number = 0;
    if (!parse_number(text, number) || !std::isfinite(number)) return refuse(text, "is not a number");
    number = std::round(number * plan.scale);
    if (number < 0 || number >= 0x1p63) return refuse(text, "is out of range; expected 0 or more");
    value = static_cast<std::int64_t>(number);
    return {};
  }
  if (!parse_integer(text, value)) return refuse(text, "is not an integer");
  return value >= 0 ? Status() : refuse(text, "is out of range; expected 0 or more");
}

Status read_price(const FieldPlan& plan, std::string_view text, std::optional<domain::Money>& value) {
  std::int64_t cents = 0;
  if (plan.major) {
    INKLING_ASSIGN(cents, minor_units(text, plan.currency));
  } else {
    if (!parse_integer(text, cents)) return refuse(text, "is not an integer number of cents; is it unit: major?");
    if (cents < 0) return refuse(text, "is negative; a price is 0 or more");
  }
  value = domain::Money{cents, plan.currency};
  return {};
}

template <typename Enum>
Status read_name(std::string_view text, std::span<const std::string_view> names, std::string_view what, Enum& value) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return refuse(text, "is not " + std::string(what) + "; " + base::expected_one_of(text, names));
  }
  value = static_cast<Enum>(found - names.begin());
  return {};
}

Status read_action(const FieldPlan&, std::string_view text, domain::ActionKind& value) {
  return read_name(text, domain::kActionKindNames, "an action", value);
}

Status read_kind(const FieldPlan&, std::string_view text, domain::ItemKind& value) {
  return read_name(text, domain::kItemKindNames, "an item kind", value);
}

Status read_flag(const FieldPlan&, std::string_view text, bool& value) {
  static constexpr std::array<std::string_view, 4> kNames = {"false", "true", "0", "1"};
  int choice = 0;
  INKLING_TRY(read_name(text, kNames, "a flag", choice));
  value = choice % 2 == 1;
  return {};
}

Status push_element(const FieldPlan& plan, std::string_view text, std::vector<std::string>& value) {
  if (text.empty()) return {};
  return read_id(plan, text, value.emplace_back());
}

// Elements without a character are left out: "a//b" is the path a, b.
Status read_split(const FieldPlan& plan, std::string_view text, std::vector<std::string>& value) {
  while (!plan.split.empty()) {
    const std::size_t end = text.find(plan.split);
    if (end == std::string_view::npos) break;
    INKLING_TRY(push_element(plan, text.substr(0, end), value));
    text.remove_prefix(end + plan.split.size());
  }
  return push_element(plan, text, value);
}

Status read_pictures(const FieldPlan& plan, std::string_view text, std::vector<std::string>& value) {
  // Addresses of pictures may be longer than ids.
  while (!text.empty()) {
    const std::size_t end = plan.split.empty() ? text.npos : text.find(plan.split);
    if (end != 0) value.emplace_back(text.substr(0, end));
    if (end == text.npos) break;
    text.remove_prefix(end + plan.split.size());
  }
  return {};
}

Status read_cells(const FieldPlan& plan, Cells cells, std::vector<std::string>& value) {
  for (const ColumnUse& column : plan.columns) INKLING_TRY(push_element(plan, cells[column.index], value));
  return {};
}

Status read_location(const FieldPlan& plan, Cells cells, std::optional<std::array<double, 2>>& value) {
  static constexpr std::array<double, 2> kLimits = {90, 180};
  std::array<double, 2> degrees{};
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    const std::string_view text = cells[plan.columns[i].index];
    if (text.empty()) return {};  // half a location is none
    if (!parse_number(text, degrees[i]) || !(std::abs(degrees[i]) <= kLimits[i])) {
      return refuse(text, i == 0 ? "is not a latitude from -90 to 90" : "is not a longitude from -180 to 180");
    }
  }
  value = degrees;
  return {};
}

Status read_attributes(const FieldPlan& plan, Cells cells, std::vector<domain::Attribute>& value) {
  for (const ColumnUse& column : plan.columns) {
    if (const std::string_view text = cells[column.index]; !text.empty()) value.emplace_back(column.name, text);
  }
  return {};
}

template <typename Struct, typename Value>
Struct struct_of(Value Struct::*);

template <auto kMember>
auto& slot(Event& event) {
  using Struct = decltype(struct_of(kMember));
  if constexpr (std::is_same_v<Struct, Event>) {
    return event.*kMember;
  } else {
    return std::get<Struct>(event.body).*kMember;
  }
}

template <auto kRead, auto kMember>
Status set_text(const FieldPlan& plan, std::string_view text, Event& event) {
  return kRead(plan, text, slot<kMember>(event));
}

template <auto kRead, auto kMember>
Status set_cells(const FieldPlan& plan, Cells cells, Event& event) {
  return kRead(plan, cells, slot<kMember>(event));
}

template <auto kRead, auto kMember>
constexpr Target text_target(std::string_view name, Shape shape, bool required = false) {
  return {name, shape, required, set_text<kRead, kMember>, nullptr};
}

template <auto kMember>
constexpr Target list_target(std::string_view name) {
  return {name, Shape::kList, false, set_text<read_split, kMember>, set_cells<read_cells, kMember>};
}

constexpr std::array kActionTargets = {
    text_target<read_time, &Event::ts_ms>("ts_ms", Shape::kTime, true),
    text_target<read_id, &Event::shopper>("shopper", Shape::kText, true),
    text_target<read_action, &Action::action>("action", Shape::kChoice, true),
    text_target<read_id, &Event::session>("session", Shape::kText),
    text_target<read_id, &Action::item>("item", Shape::kText),
    list_target<&Action::category>("category"),
    text_target<read_id, &Action::page>("page", Shape::kText),
    text_target<read_amount, &Action::stay_ms>("stay_ms", Shape::kInteger),
    text_target<read_text, &Action::query>("query", Shape::kText),
    text_target<read_id, &Action::tag>("tag", Shape::kText),
    text_target<read_id, &Action::request>("request", Shape::kText),
    text_target<read_amount, &Action::quantity>("quantity", Shape::kInteger),
    text_target<read_price, &Action::price>("price", Shape::kPrice),
    text_target<read_id, &Action::coupon>("coupon", Shape::kText),
    text_target<read_time, &Action::expires_ms>("expires_ms", Shape::kTime),
};

constexpr std::array kItemTargets = {
    text_target<read_time, &Event::ts_ms>("ts_ms", Shape::kTime, true),
    text_target<read_id, &Item::item>("item", Shape::kText, true),
    text_target<read_id, &Event::shopper>("shopper", Shape::kText),
    text_target<read_kind, &Item::kind>("kind", Shape::kChoice),
    text_target<read_id, &Item::parent>("parent", Shape::kText),
    text_target<read_id, &Item::market>("market", Shape::kText),
    Target{"location", Shape::kLocation, false, nullptr, set_cells<read_location, &Item::location>},
    list_target<&Item::category>("category"),
    text_target<read_price, &Item::price>("price", Shape::kPrice),
    list_target<&Item::tags>("tags"),
    Target{"attributes", Shape::kAttributes, false, nullptr, set_cells<read_attributes, &Item::attributes>},
    text_target<read_text, &Item::title>("title", Shape::kText),
    text_target<read_text, &Item::text>("text", Shape::kText),
    text_target<read_pictures, &Item::pictures>("pictures", Shape::kList),
    text_target<read_flag, &Item::on_sale>("on_sale", Shape::kChoice),
    text_target<read_amount, &Item::stock>("stock", Shape::kInteger),
};

// The value that the mapping gives for a cell's text; null when it has none for it.
const std::string* mapped_value(const FieldPlan& plan, std::string_view text) {
  const auto found = std::lower_bound(plan.values.begin(), plan.values.end(), text,
                                      [](const auto& value, std::string_view cell) { return value.first < cell; });
  return found != plan.values.end() && found->first == text ? &found->second : nullptr;
}

Status unmapped(const FieldPlan& plan, std::string_view text) {
  std::vector<std::string> known;
  for (const auto& value : plan.values) known.push_back(value.first);
  return refuse(text, "is not among the mapping's values; " + base::expected_one_of(text, known));
}

}  // namespace

std::span<const Target> action_targets() {
  return kActionTargets;
}
std::span<const Target> item_targets() {
  return kItemTargets;
}

Status set_field(const FieldPlan& plan, std::string_view text, Event& event) {
  if (!plan.missing.empty() && std::find(plan.missing.begin(), plan.missing.end(), text) != plan.missing.end()) {
    text = {};
  }
  if (!plan.values.empty()) {
    const std::string* const value = mapped_value(plan, text);
    if (value == nullptr && !text.empty()) return unmapped(plan, text);
    if (value != nullptr) text = *value;
  }
  if (!text.empty()) return plan.target->set_text(plan, text, event);
  return plan.target->required ? base::invalid_input("is empty") : Status();
}

}  // namespace inkling::wire
