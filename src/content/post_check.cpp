#include "content/post_check.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/core/number_text.h"
#include "base/core/suggest.h"
#include "base/core/utf8.h"
#include "content/amounts.h"
#include "content/currency.h"
#include "text/normal_form.h"

namespace inkling::content {
namespace {

using base::Json;
using base::Result;
using base::Status;

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 60;
  const std::string_view cut = base::utf8_cut(text, kShown);
  return "\"" + std::string(cut) + (cut.size() < text.size() ? "..." : "") + "\"";
}

std::string found_text(const Json& value) {
  const std::string* text = value.if_text();
  return text != nullptr     ? quoted(*text)
         : value.is_array()  ? "a list"
         : value.is_object() ? "an object"
                             : value.to_text();
}

// Bounds as people write them: 100000, not 1e+05.
std::string bound_text(double bound) {
  const bool is_whole = bound == std::floor(bound) && std::abs(bound) < 1e15;
  return is_whole ? std::to_string(static_cast<std::int64_t>(bound)) : base::number_text(bound);
}

std::string range_of(const Field& field) {
  const bool is_money = field.kind == FieldKind::kMoney;
  const std::string unit = is_money ? "cents" : field.unit;
  return std::string("expected ") + (is_money ? "a whole number" : "a number") + " from " + bound_text(field.min) +
         " to " + bound_text(field.max) + (unit.empty() ? std::string() : " (" + unit + ")");
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

Result<Json> check_choice(const Field& field, const Json& value) {
  const std::string* text = value.if_text();
  const std::string form = text::normal_form(text != nullptr ? *text : value.to_text());
  std::vector<std::string> ids, surfaces;
  for (const Option& option : field.options) {
    if (std::ranges::find(option.surfaces, form) != option.surfaces.end()) return Json(option.id);
    ids.push_back(option.id);
    surfaces.insert(surfaces.end(), option.surfaces.begin(), option.surfaces.end());
  }
  std::string sentence = found_text(value) + " is none of its options; " + base::expected_one_of(form, ids);
  const std::string near = base::nearest(form, ids).empty() ? base::nearest(form, surfaces) : "";
  for (const Option& option : field.options) {
    const bool is_meant = !near.empty() && std::ranges::find(option.surfaces, near) != option.surfaces.end();
    if (is_meant) sentence += "; did you mean " + option.id + "?";
  }
  return base::invalid_input(std::move(sentence));
}

Result<Json> check_number(const Field& field, const Json& value) {
  double number = 0;
  if (const std::int64_t* integer = value.if_integer()) {
    number = static_cast<double>(*integer);
  } else if (const double* real = value.if_number()) {
    number = *real;
  } else if (const std::string* text = value.if_text()) {
    INKLING_ASSIGN(number, number_of_text(field, *text));
  } else {
    return base::invalid_input(found_text(value) + " is no number; " + range_of(field));
  }
  if (!(number >= field.min && number <= field.max)) {
    return base::invalid_input(found_text(value) + " is out of range; " + range_of(field));
  }
  if (field.kind != FieldKind::kMoney) return Json(number);
  if (number != std::floor(number))
    return base::invalid_input(found_text(value) + " is no whole number of cents; " + range_of(field));
  return Json(static_cast<std::int64_t>(number));
}

Result<Json> check_flag(const Json& value) {
  if (value.if_boolean() != nullptr) return value;
  return base::invalid_input(found_text(value) + " is no flag; expected true or false");
}

Result<Json> check_text(const Json& value) {
  const std::string* text = value.if_text();
  if (text == nullptr) return base::invalid_input(found_text(value) + " is no text; expected a text");
  if (text->size() <= kMaxTextBytes) return value;
  return base::invalid_input("a text of " + std::to_string(text->size()) + " bytes; expected at most " +
                             std::to_string(kMaxTextBytes));
}

Result<Json> check_value(const Field& field, const Json& value) {
  switch (field.kind) {
    case FieldKind::kChoice:
      return check_choice(field, value);
    case FieldKind::kFlag:
      return check_flag(value);
    case FieldKind::kText:
      return check_text(value);
    case FieldKind::kNumber:
    case FieldKind::kMoney:
      break;
  }
  return check_number(field, value);
}

std::string missing(const Field& field) {
  std::string sentence = field.id + ": is missing; expected ";
  if (field.kind == FieldKind::kChoice) {
    std::vector<std::string> ids;
    for (const Option& option : field.options) ids.push_back(option.id);
    return field.id + ": is missing; " + base::expected_one_of("", ids);
  }
  if (field.kind == FieldKind::kFlag) return sentence + "true or false";
  return field.kind == FieldKind::kText ? sentence + "a text" : field.id + ": is missing; " + range_of(field);
}

}  // namespace

Result<double> number_of_text(const Field& field, std::string_view text) {
  const std::string form = text::normal_form(text);
  const bool is_money = field.kind == FieldKind::kMoney;
  const auto amounts = amounts_of(form);
  const Amount amount = amounts.empty() ? Amount() : amounts.front();
  const std::string_view before = without_blanks(std::string_view(form).substr(0, amount.begin));
  const std::string_view behind = without_blanks(std::string_view(form).substr(amount.end));
  if (!amounts.empty() && is_money) {
    const bool named = std::ranges::find(kCurrencyBefore, before) != kCurrencyBefore.end();
    const bool follows = std::ranges::find(kCurrencyBehind, behind) != kCurrencyBehind.end();
    if ((named && (behind.empty() || follows)) || (before.empty() && follows)) {
      return std::round(amount.value * 1e6) / 1e4;  // 6.5 is 650, not 649.99999
    }
    if (before.empty() && behind.empty()) {
      return base::invalid_input(quoted(text) + " has no currency; " + range_of(field) + ", or a text such as 6.5元");
    }
  } else if (!amounts.empty() && before.empty()) {
    if (behind.empty()) return amount.value;
    for (const Unit& unit : field.units) {
      if (unit.surface == behind) return amount.value * unit.factor;
    }
    std::vector<std::string> units;
    for (const Unit& unit : field.units) units.push_back(unit.surface);
    return base::invalid_input(quoted(text) + " has an unknown unit; " + base::expected_one_of(behind, units));
  }
  return base::invalid_input(quoted(text) + " is no " + (is_money ? "sum" : "number") + "; " + range_of(field));
}

CheckedPost check_post(const Template& form, const Json& attributes) {
  CheckedPost checked{Json::object(), {}};
  const Json::Object* members = attributes.if_object();
  if (members == nullptr) {
    checked.mistakes.push_back(
        {"", "attributes: " + found_text(attributes) + " is no object; expected fields and values"});
    return checked;
  }
  std::vector<std::string> known;
  for (const Field& field : form.fields) {
    known.push_back(field.id);
    const Json* value = attributes.find(field.id);
    if (value == nullptr || value->is_null()) {
      if (field.required) checked.mistakes.push_back({field.id, missing(field), true});
      continue;
    }
    auto right = check_value(field, *value);
    if (right.ok()) {
      checked.attributes.set(field.id, *std::move(right));
    } else {
      checked.mistakes.push_back({field.id, field.id + ": " + right.status().message()});
    }
  }
  for (const base::JsonMember& member : *members) {
    if (form.find(member.key) != nullptr) continue;
    checked.mistakes.push_back({member.key, quoted(member.key) + " is no field of " + form.id + "; " +
                                                base::expected_one_of(member.key, known)});
  }
  return checked;
}

PricedPost priced_post(const Template& form, const Json& checked, std::string id) {
  PricedPost post;
  post.id = std::move(id);
  for (const Field& field : form.fields) {
    const Json* value = checked.find(field.id);
    if (value == nullptr) continue;
    if (const std::string* text = value->if_text()) {
      (field.kind == FieldKind::kChoice ? post.choices : post.texts).push_back({field.id, *text});
    } else if (const bool* flag = value->if_boolean()) {
      post.choices.push_back({field.id, *flag ? "yes" : "no"});
    } else if (const std::int64_t* cents = value->if_integer(); field.id == form.price && cents != nullptr) {
      post.price_cents = *cents;
    } else {
      post.numbers.push_back({field.id, cents != nullptr ? static_cast<double>(*cents) : *value->if_number()});
    }
  }
  return post;
}

}  // namespace inkling::content
