#include "scene/parameter.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/core/number_text.h"
#include "base/core/suggest.h"
#include "scene/raw_parameter.h"

namespace inkling::scene {
namespace {

std::string quoted(std::string_view text) {
  std::string result(1, '"');
  result += text;
  result += '"';
  return result;
}

template <typename T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

base::Status refuse(const ParameterSpec& spec, const std::string& found, const std::string& complaint,
                    const std::string& near = {}) {
  return base::invalid_input(std::string(spec.name) + ": " + found + " " + complaint + "; allowed is " +
                             allowed_values(spec) + (near.empty() ? "" : "; did you mean " + near + "?"));
}

// A whole number is told with all its digits.
std::string bound_text(const ParameterSpec& spec, double bound) {
  return spec.type == ParameterType::kInteger ? std::to_string(static_cast<std::int64_t>(bound))
                                              : base::number_text(bound);
}

// What a number or flag in quotes should have been is the same without them.
base::Status refuse_quoted(const ParameterSpec& spec, const std::string& text) {
  return refuse(spec, quoted(text), "is a text, for it stands in quotes");
}

template <typename T>
base::Status read_number(const ParameterSpec& spec, const RawParameter& raw, ParameterValue& out) {
  const std::string& text = raw.texts.front();
  const std::string_view kind = std::is_integral_v<T> ? "a whole number" : "a number";
  if (raw.shape == RawParameter::Shape::kQuoted) return refuse_quoted(spec, text);
  const std::optional<T> value = parse_whole<T>(text);
  if (!value || !std::isfinite(static_cast<double>(*value))) {
    return refuse(spec, quoted(text), "is not " + std::string(kind));
  }
  if (static_cast<double>(*value) < spec.min) return refuse(spec, text, "is below " + bound_text(spec, spec.min));
  if (static_cast<double>(*value) > spec.max) return refuse(spec, text, "is above " + bound_text(spec, spec.max));
  out.emplace<T>(*value);
  return {};
}

base::Status check_text(const ParameterSpec& spec, const std::string& text) {
  if (text.empty()) return refuse(spec, "\"\"", "is empty");
  if (spec.choices.empty() || std::ranges::find(spec.choices, text) != spec.choices.end()) return {};
  return refuse(spec, quoted(text), "is none of them", base::nearest(text, spec.choices));
}

base::Status read_boolean(const ParameterSpec& spec, const RawParameter& raw, ParameterValue& out) {
  const std::string& text = raw.texts.front();
  const bool truth = text == "true";
  if (raw.shape == RawParameter::Shape::kQuoted) return refuse_quoted(spec, text);
  if (!truth && text != "false") return refuse(spec, quoted(text), "is neither");
  out.emplace<bool>(truth);
  return {};
}

base::Status read_texts(const ParameterSpec& spec, const RawParameter& raw, ParameterValue& out) {
  for (const std::string& text : raw.texts) INKLING_TRY(check_text(spec, text));
  if (spec.type == ParameterType::kTexts) {
    out.emplace<std::vector<std::string>>(raw.texts);
  } else {
    out.emplace<std::string>(raw.texts.front());
  }
  return {};
}

// `out` stays as it was when the value is refused.
base::Status read_value(const ParameterSpec& spec, const RawParameter& raw, ParameterValue& out) {
  using Shape = RawParameter::Shape;
  const bool wants_list = spec.type == ParameterType::kTexts;
  if (raw.shape == Shape::kNothing) return refuse(spec, "no value", "was given");
  if (raw.shape == Shape::kOther) return refuse(spec, "a nested value", "does not fit");
  if ((raw.shape == Shape::kList) != wants_list) {
    return refuse(spec, wants_list ? quoted(raw.texts.front()) : "a list", "does not fit");
  }
  switch (spec.type) {
    case ParameterType::kBoolean:
      return read_boolean(spec, raw, out);
    case ParameterType::kInteger:
      return read_number<std::int64_t>(spec, raw, out);
    case ParameterType::kNumber:
      return read_number<double>(spec, raw, out);
    case ParameterType::kText:
    case ParameterType::kTexts:
      break;
  }
  return read_texts(spec, raw, out);
}

std::string unknown_name(std::span<const ParameterSpec> specs, const std::string& name) {
  std::vector<std::string_view> known;
  for (const ParameterSpec& spec : specs) known.push_back(spec.name);
  return name + ": there is no such parameter; " + base::expected_one_of(name, known);
}

}  // namespace

Parameters::Parameters(std::span<const ParameterSpec> specs, std::vector<ParameterValue> values)
    : specs_(specs), values_(std::move(values)) {
  assert(specs_.size() == values_.size());
}

const ParameterValue& Parameters::value(std::string_view name) const {
  const auto spec = std::ranges::find(specs_, name, &ParameterSpec::name);
  assert(spec != specs_.end());
  return values_[static_cast<std::size_t>(spec - specs_.begin())];
}

bool Parameters::has(std::string_view name) const {
  return !std::holds_alternative<std::monostate>(value(name));
}
const std::string& Parameters::text(std::string_view name) const {
  return std::get<std::string>(value(name));
}
std::int64_t Parameters::integer(std::string_view name) const {
  return std::get<std::int64_t>(value(name));
}
double Parameters::number(std::string_view name) const {
  return std::get<double>(value(name));
}
bool Parameters::boolean(std::string_view name) const {
  return std::get<bool>(value(name));
}
const std::vector<std::string>& Parameters::texts(std::string_view name) const {
  return std::get<std::vector<std::string>>(value(name));
}

RawParameter raw_parameter(std::string name, const base::Json& value, bool quoted) {
  using Shape = RawParameter::Shape;
  if (value.is_null()) return {std::move(name), Shape::kNothing, {}};
  if (const std::string* text = value.if_text()) {
    return {std::move(name), quoted ? Shape::kQuoted : Shape::kPlain, {*text}};
  }
  if (!value.is_array()) return {std::move(name), Shape::kOther, {}};
  RawParameter raw{std::move(name), Shape::kList, {}};
  for (const base::Json& element : *value.if_array()) {
    const std::string* text = element.if_text();
    if (text == nullptr) return {std::move(raw.name), Shape::kOther, {}};
    raw.texts.push_back(*text);
  }
  return raw;
}

Parameters check_parameters(std::span<const ParameterSpec> specs, std::span<const RawParameter> given,
                            std::vector<ParameterMistake>& mistakes) {
  std::vector<ParameterValue> values;
  for (const ParameterSpec& spec : specs) {
    ParameterValue& value = values.emplace_back();
    const auto raw = std::ranges::find(given, spec.name, &RawParameter::name);
    if (raw != given.end()) {
      const base::Status status = read_value(spec, *raw, value);
      if (!status.ok()) mistakes.push_back({static_cast<std::size_t>(raw - given.begin()), status.message()});
    } else if (spec.required) {
      mistakes.push_back(
          {ParameterMistake::kMissing, std::string(spec.name) + ": is missing; allowed is " + allowed_values(spec)});
    } else if (!spec.default_text.empty()) {
      const base::Status status = read_value(spec, RawParameter::plain(spec.name, spec.default_text), value);
      assert(status.ok());  // check_blueprint refuses such a table
      (void)status;
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (std::ranges::find(specs, given[i].name, &ParameterSpec::name) == specs.end()) {
      mistakes.push_back({i, unknown_name(specs, given[i].name)});
    }
  }
  return Parameters(specs, std::move(values));
}

base::Result<Parameters> make_parameters(std::span<const ParameterSpec> specs, std::span<const RawParameter> given) {
  std::vector<ParameterMistake> mistakes;
  Parameters parameters = check_parameters(specs, given, mistakes);
  if (mistakes.empty()) return parameters;
  std::string message;
  for (const ParameterMistake& mistake : mistakes) message += (message.empty() ? "" : "; ") + mistake.message;
  return base::invalid_input(std::move(message));
}

std::string allowed_values(const ParameterSpec& spec) {
  std::string text;
  switch (spec.type) {
    case ParameterType::kBoolean:
      text = "true or false";
      break;
    case ParameterType::kInteger:
      text = "a whole number";
      break;
    case ParameterType::kNumber:
      text = "a number";
      break;
    case ParameterType::kText:
      text = "a text";
      break;
    case ParameterType::kTexts:
      text = "a list of texts";
      break;
  }
  if (std::isfinite(spec.min)) text += " from " + bound_text(spec, spec.min);
  if (std::isfinite(spec.max)) text += (std::isfinite(spec.min) ? " to " : " up to ") + bound_text(spec, spec.max);
  for (std::size_t i = 0; i < spec.choices.size(); ++i) {
    text += (i == 0 ? " out of " : ", ") + quoted(spec.choices[i]);
  }
  if (!spec.unit.empty()) text += " (" + std::string(spec.unit) + ")";
  return text;
}

std::string parameter_table(std::span<const ParameterSpec> specs) {
  if (specs.empty()) return "This stage has no parameters.\n";
  std::string table = "| parameter | meaning | allowed | default |\n|---|---|---|---|\n";
  for (const ParameterSpec& spec : specs) {
    const std::string default_text = spec.required               ? "required"
                                     : spec.default_text.empty() ? "none"
                                                                 : std::string(spec.default_text);
    table += "| `" + std::string(spec.name) + "` | " + std::string(spec.meaning) + " | " + allowed_values(spec) +
             " | " + default_text + " |\n";
  }
  return table;
}

}  // namespace inkling::scene
