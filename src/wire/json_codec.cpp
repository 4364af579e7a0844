#include "wire/json_codec.h"

#include <algorithm>

#include "base/core/utf8.h"
#include "wire/money_text.h"

namespace inkling::wire {
namespace {

constexpr std::size_t kShownBytes = 60;
// Up to here comparing all pairs is cheaper than sorting.
constexpr std::size_t kFewNames = 16;

bool read_text(const Element& json, std::string_view& text, ReadContext& context) {
  if (json.get_string().get(text) == simdjson::SUCCESS) return true;
  return context.fail_value(json, "is not a text");
}

bool within_id_limit(std::string_view id, ReadContext& context) {
  if (id.size() <= domain::kMaxIdBytes) return true;
  return context.fail(shown_text(id) + " has " + std::to_string(id.size()) + " bytes; at most " +
                      std::to_string(domain::kMaxIdBytes) + " are allowed");
}

bool degrees(const Element& json, double limit, double& value, ReadContext& context) {
  if (!NumberCodec::read(json, value, context)) return false;
  if (value >= -limit && value <= limit) return true;
  const std::string bound = std::to_string(static_cast<int>(limit));
  return context.fail_value(json, "is out of range; expected -" + bound + " to " + bound + " degrees");
}

// Reads {"name": value} by `read_value(element, name)`.
template <typename ReadValue>
bool read_named(const Element& json, std::string_view what, ReadContext& context, ReadValue read_value) {
  simdjson::dom::object object;
  if (json.get_object().get(object) != simdjson::SUCCESS) return context.fail_value(json, what);
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (const auto [name, member] : object) {
    names.push_back(name);
    if (!within_id_limit(name, context)) return false;
    if (!read_value(member, name)) return context.fail_within(name);
  }
  if (const auto name = repeated_name(names)) {
    context.fail("is given twice");
    return context.fail_within(*name);
  }
  return true;
}

}  // namespace

bool ReadContext::fail(std::string reason) {
  path.clear();
  message = std::move(reason);
  return false;
}

bool ReadContext::fail_value(const Element& found, std::string_view complaint) {
  return fail(shown(found) + " " + std::string(complaint));
}

bool ReadContext::fail_within(std::string_view name) {
  const bool joined = path.empty() || path.front() == '[';
  path.insert(0, std::string(base::utf8_cut(name, kShownBytes)) + (joined ? "" : "."));
  return false;
}

bool ReadContext::fail_within(std::size_t index) {
  const bool joined = path.empty() || path.front() == '[';
  path.insert(0, "[" + std::to_string(index) + "]" + (joined ? "" : "."));
  return false;
}

const RawMember& ReadContext::raw_member() {
  if (raw.empty()) raw = raw_members(json);
  return raw[member];
}

std::string shown(const Element& value) {
  const std::string json = simdjson::minify(value);
  const std::string_view cut = base::utf8_cut(json, kShownBytes);
  return std::string(cut) + (cut.size() < json.size() ? "..." : "");
}

std::string shown_text(std::string_view text) {
  const std::string_view cut = base::utf8_cut(text, kShownBytes);
  std::string quoted;
  append_json_string(cut, quoted);
  if (cut.size() < text.size()) quoted.insert(quoted.size() - 1, "...");
  return quoted;
}

std::optional<std::string_view> repeated_name(std::span<const std::string_view> names) {
  if (names.size() <= kFewNames) {
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
          names.begin() + static_cast<std::ptrdiff_t>(i)) {
        return names[i];
      }
    }
    return std::nullopt;
  }
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
  if (repeated == sorted.end()) return std::nullopt;
  return *repeated;
}

std::string bounds_text(std::int64_t low, std::int64_t high) {
  const bool open = high == std::numeric_limits<std::int64_t>::max();
  return std::to_string(low) + (open ? " or more" : " to " + std::to_string(high));
}

bool TextCodec::read(const Element& json, std::string& value, ReadContext& context) {
  std::string_view text;
  if (!read_text(json, text, context)) return false;
  value = text;
  return true;
}

bool IdCodec::read(const Element& json, std::string& value, ReadContext& context) {
  std::string_view text;
  if (!read_text(json, text, context) || !within_id_limit(text, context)) return false;
  value = text;
  return true;
}

bool RequiredIdCodec::read(const Element& json, std::string& value, ReadContext& context) {
  if (!IdCodec::read(json, value, context)) return false;
  return !value.empty() || context.fail("is empty; expected 1 to 128 bytes");
}

bool CurrencyCodec::read(const Element& json, std::string& value, ReadContext& context) {
  std::string_view text;
  if (!read_text(json, text, context)) return false;
  if (!text.empty() && !domain::is_currency_code(text)) return context.fail_value(json, kNoCurrencyCode);
  value = text;
  return true;
}

bool read_integer(const Element& json, std::int64_t low, std::int64_t high, std::int64_t& value,
                  ReadContext& context) {
  if (!json.is<std::int64_t>() && !json.is<std::uint64_t>()) return context.fail_value(json, "is not an integer");
  const bool fits = json.get_int64().get(value) == simdjson::SUCCESS && value >= low && value <= high;
  return fits || context.fail_value(json, "is out of range; expected " + bounds_text(low, high));
}

bool TimeCodec::read(const Element& json, std::int64_t& value, ReadContext& context) {
  if (!json.is<std::int64_t>() && !json.is<std::uint64_t>()) {
    return context.fail_value(json, "is not an integer number of milliseconds");
  }
  const bool fits = json.get_int64().get(value) == simdjson::SUCCESS && value >= 0 && value < domain::kLastTimeMs;
  return fits || context.fail_value(json, "is out of range; expected milliseconds since 1970, before the year 2200");
}

bool NumberCodec::read(const Element& json, double& value, ReadContext& context) {
  if (json.get_double().get(value) == simdjson::SUCCESS) return true;
  return context.fail_value(json, "is not a number");
}

bool ProbabilityCodec::read(const Element& json, double& value, ReadContext& context) {
  if (!NumberCodec::read(json, value, context)) return false;
  return (value >= 0 && value <= 1) || context.fail_value(json, "is no probability; expected a number from 0 to 1");
}

bool FlagCodec::read(const Element& json, bool& value, ReadContext& context) {
  if (json.get_bool().get(value) == simdjson::SUCCESS) return true;
  return context.fail_value(json, "is neither true nor false");
}

bool LocationCodec::read(const Element& json, Value& value, ReadContext& context) {
  simdjson::dom::array array;
  if (json.get_array().get(array) != simdjson::SUCCESS || array.size() != 2) {
    return context.fail_value(json, "is not a location; expected [latitude, longitude] in degrees");
  }
  auto& degree = value.emplace();
  if (!degrees(array.at(0).value_unsafe(), 90, degree[0], context)) return context.fail_within(std::size_t{0});
  if (!degrees(array.at(1).value_unsafe(), 180, degree[1], context)) return context.fail_within(std::size_t{1});
  return true;
}

void LocationCodec::write(const Value& value, std::string& out) {
  out += '[';
  append_number((*value)[0], out);
  out += ',';
  append_number((*value)[1], out);
  out += ']';
}

bool AttributesCodec::read(const Element& json, Value& value, ReadContext& context) {
  return read_named(json, R"(is not an object of texts, such as {"size": "L"})", context,
                    [&](const Element& member, std::string_view name) {
                      domain::Attribute& attribute = value.emplace_back(name, "");
                      return TextCodec::read(member, attribute.second, context);
                    });
}

void AttributesCodec::write(const Value& value, std::string& out) {
  char separator = '{';
  for (const auto& [name, text] : value) {
    out += separator;
    separator = ',';
    append_json_string(name, out);
    out += ':';
    append_json_string(text, out);
  }
  out += value.empty() ? "{}" : "}";
}

bool RecallsCodec::read(const Element& json, Value& value, ReadContext& context) {
  return read_named(json, R"(is not an object of scores, such as {"hot": 0.5})", context,
                    [&](const Element& member, std::string_view name) {
                      domain::RecallScore& recall = value.emplace_back();
                      recall.recall = name;
                      return NumberCodec::read(member, recall.score, context);
                    });
}

void RecallsCodec::write(const Value& value, std::string& out) {
  char separator = '{';
  for (const domain::RecallScore& recall : value) {
    out += separator;
    separator = ',';
    append_json_string(recall.recall, out);
    out += ':';
    append_number(recall.score, out);
  }
  out += value.empty() ? "{}" : "}";
}

bool DefinitionCodec::read(const Element& json, std::string& value, ReadContext& context) {
  if (!json.is_object()) return context.fail_value(json, "is not an object");
  value.clear();
  append_minified(context.raw_member().value, value);
  return true;
}

bool read_choice(const Element& json, std::span<const std::string_view> names, std::string_view what,
                 std::size_t& choice, ReadContext& context) {
  std::string_view text;
  if (!read_text(json, text, context)) return false;
  const auto found = std::find(names.begin(), names.end(), text);
  choice = static_cast<std::size_t>(found - names.begin());
  if (found != names.end()) return true;
  return context.fail(shown_text(text) + " is not " + std::string(what) + "; " + base::expected_one_of(text, names));
}

}  // namespace inkling::wire
