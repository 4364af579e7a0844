// How each kind of member is read from JSON and written to it, and tables of members from which whole structs are
// read and written, so that one line per member says both. Private to src/wire.
//
// A codec has `Value`, `read` (false after a failure, with the context told why) and `write`. A member whose JSON is
// null counts as not said; a member with its default value is not written.
// Thread safety: pure functions. Cost: a member costs one indirect call, and no allocation but its value's own.
#pragma once

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/suggest.h"
#include "domain/event.h"
#include "wire/json_slices.h"
#include "wire/json_text.h"

namespace inkling::wire {

using Element = simdjson::dom::element;

// What a read needs besides the value, and where it leaves the reason of its failure.
struct ReadContext {
  std::string_view json;       // the whole event
  std::size_t member = 0;      // index of the top-level member being read
  std::vector<RawMember> raw;  // of `json`; filled when first asked for
  std::string path;            // of the failure: positions[2].price.cents
  std::string message;

  bool fail(std::string reason);
  bool fail_value(const Element& found, std::string_view complaint);  // "<found> <complaint>"
  bool fail_within(std::string_view name);                            // puts a step in front of the path; false
  bool fail_within(std::size_t index);
  const RawMember& raw_member();
};

// The value as JSON, cut to a length that suits a message; and the same for a name.
[[nodiscard]] std::string shown(const Element& value);
[[nodiscard]] std::string shown_text(std::string_view text);
// The first name that occurs twice, if any.
[[nodiscard]] std::optional<std::string_view> repeated_name(std::span<const std::string_view> names);
[[nodiscard]] std::string bounds_text(std::int64_t low, std::int64_t high);

// Any text.
struct TextCodec {
  using Value = std::string;
  static bool read(const Element& json, std::string& value, ReadContext& context);
  static void write(const std::string& value, std::string& out) { append_json_string(value, out); }
};
// At most kMaxIdBytes; "" is "not said".
struct IdCodec : TextCodec {
  static bool read(const Element& json, std::string& value, ReadContext& context);
};
// 1 to kMaxIdBytes.
struct RequiredIdCodec : TextCodec {
  static bool read(const Element& json, std::string& value, ReadContext& context);
};
// "" or an ISO 4217 code.
struct CurrencyCodec : TextCodec {
  static bool read(const Element& json, std::string& value, ReadContext& context);
};

inline constexpr std::size_t kAnyCount = std::numeric_limits<std::size_t>::max();

template <typename Codec, std::size_t kMostElements = kAnyCount>
struct ListCodec {
  using Value = std::vector<typename Codec::Value>;
  static bool read(const Element& json, Value& value, ReadContext& context) {
    simdjson::dom::array array;
    if (json.get_array().get(array) != simdjson::SUCCESS) return context.fail_value(json, "is not an array");
    if (array.size() > kMostElements) {
      return context.fail("has " + std::to_string(array.size()) + " elements; at most " +
                          std::to_string(kMostElements) + " are allowed in one event");
    }
    value.reserve(array.size());
    for (const Element element : array) {
      if (!Codec::read(element, value.emplace_back(), context)) return context.fail_within(value.size() - 1);
    }
    return true;
  }
  static void write(const Value& value, std::string& out) {
    char separator = '[';
    for (const auto& element : value) {
      out += separator;
      Codec::write(element, out);
      separator = ',';
    }
    out += value.empty() ? "[]" : "]";
  }
};

bool read_integer(const Element& json, std::int64_t low, std::int64_t high, std::int64_t& value,
                  ReadContext& context);

template <std::int64_t kLow, std::int64_t kHigh = std::numeric_limits<std::int64_t>::max()>
struct IntegerCodec {
  using Value = std::int64_t;
  static bool read(const Element& json, std::int64_t& value, ReadContext& context) {
    return read_integer(json, kLow, kHigh, value, context);
  }
  static void write(std::int64_t value, std::string& out) { append_integer(value, out); }
};
// The lowest integer is kMissing.
using AnyIntegerCodec = IntegerCodec<domain::kMissing + 1>;
// Pieces, cents, durations.
using AmountCodec = IntegerCodec<0>;

struct TimeCodec : AmountCodec {
  static bool read(const Element& json, std::int64_t& value, ReadContext& context);
};

struct NumberCodec {
  using Value = double;
  static bool read(const Element& json, double& value, ReadContext& context);
  static void write(double value, std::string& out) { append_number(value, out); }
};

// From 0 to 1.
struct ProbabilityCodec : NumberCodec {
  static bool read(const Element& json, double& value, ReadContext& context);
};

struct FlagCodec {
  using Value = bool;
  static bool read(const Element& json, bool& value, ReadContext& context);
  static void write(bool value, std::string& out) { out += value ? "true" : "false"; }
};

// [latitude, longitude] in degrees.
struct LocationCodec {
  using Value = std::optional<std::array<double, 2>>;
  static bool read(const Element& json, Value& value, ReadContext& context);
  static void write(const Value& value, std::string& out);
};

// {"name": "text"}, in the order of the text.
struct AttributesCodec {
  using Value = std::vector<domain::Attribute>;
  static bool read(const Element& json, Value& value, ReadContext& context);
  static void write(const Value& value, std::string& out);
};

// {"recall name": score}.
struct RecallsCodec {
  using Value = std::vector<domain::RecallScore>;
  static bool read(const Element& json, Value& value, ReadContext& context);
  static void write(const Value& value, std::string& out);
};

// A top-level member that is an object and stays JSON.
struct DefinitionCodec {
  using Value = std::string;
  static bool read(const Element& json, std::string& value, ReadContext& context);
  static void write(const std::string& value, std::string& out) { out += value; }
};

bool read_choice(const Element& json, std::span<const std::string_view> names, std::string_view what,
                 std::size_t& choice, ReadContext& context);

template <typename Enum, const auto& kNames, const auto& kWhat>
struct ChoiceCodec {
  using Value = Enum;
  static bool read(const Element& json, Enum& value, ReadContext& context) {
    std::size_t choice = 0;
    if (!read_choice(json, kNames, kWhat, choice, context)) return false;
    value = static_cast<Enum>(choice);
    return true;
  }
  static void write(Enum value, std::string& out) {
    append_json_string(kNames[static_cast<std::size_t>(value)], out);
  }
};

// A struct of small integers as an array of them, in the order of kMembers.
template <typename T, auto... kMembers>
struct RowCodec {
  using Value = T;
  static bool read(const Element& json, T& value, ReadContext& context) {
    simdjson::dom::array array;
    if (json.get_array().get(array) != simdjson::SUCCESS || array.size() != sizeof...(kMembers)) {
      return context.fail_value(json, "is not an array of " + std::to_string(sizeof...(kMembers)) + " integers");
    }
    auto cell = array.begin();
    std::size_t index = 0;
    return (read_cell(cell, value.*kMembers, index, context) && ...);
  }
  static void write(const T& value, std::string& out) {
    char separator = '[';
    (write_cell(value.*kMembers, separator, out), ...);
    out += ']';
  }

 private:
  template <typename Integer>
  static bool read_cell(simdjson::dom::array::iterator& cell, Integer& value, std::size_t& index,
                        ReadContext& context);
  static void write_cell(std::int64_t value, char& separator, std::string& out) {
    out += separator;
    append_integer(value, out);
    separator = ',';
  }
};

// One member of the struct T.
template <typename T>
struct Field {
  std::string_view name;
  bool required;  // and therefore always written
  bool (*read)(const Element& json, T& value, ReadContext& context);
  bool (*is_default)(const T& value);
  void (*write)(const T& value, std::string& out);
};

// field<Item, IdCodec, &Item::parent>("parent")
template <typename T, typename Codec, auto kMember>
constexpr Field<T> field(std::string_view name, bool required = false) {
  return {
      name, required,
      [](const Element& json, T& value, ReadContext& context) { return Codec::read(json, value.*kMember, context); },
      [](const T& value) {
        static const T kDefault{};
        return value.*kMember == kDefault.*kMember;
      },
      [](const T& value, std::string& out) { Codec::write(value.*kMember, out); }};
}

// Which members of a struct have been met; at most 32.
struct MembersMet {
  std::uint32_t met = 0;
  std::uint32_t said = 0;  // met and not null
};

enum class Match : std::uint8_t { kUnknown, kRead, kFailed };

template <typename T>
Match read_member(std::span<const Field<T>> fields, std::string_view name, const Element& json, T& value,
                  MembersMet& members, ReadContext& context) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    const std::uint32_t bit = 1U << i;
    if ((members.met & bit) != 0) {
      context.fail("is given twice");
      context.fail_within(name);
      return Match::kFailed;
    }
    members.met |= bit;
    if (json.is_null()) return Match::kRead;
    members.said |= bit;
    if (fields[i].read(json, value, context)) return Match::kRead;
    context.fail_within(name);
    return Match::kFailed;
  }
  return Match::kUnknown;
}

template <typename T>
bool has_required(std::span<const Field<T>> fields, const MembersMet& members, ReadContext& context) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].required || (members.said & (1U << i)) != 0) continue;
    context.fail("is missing");
    return context.fail_within(fields[i].name);
  }
  return true;
}

template <typename T>
void write_members(std::span<const Field<T>> fields, const T& value, char& separator, std::string& out) {
  for (const Field<T>& field : fields) {
    if (!field.required && field.is_default(value)) continue;
    out += separator;
    separator = ',';
    out += '"';
    out += field.name;
    out += "\":";
    field.write(value, out);
  }
}

// FieldsOf<T>::kAll is the table of T (event_fields.h).
template <typename T>
struct FieldsOf;

template <typename T>
std::string known_members_text(std::string_view found) {
  std::vector<std::string_view> names;
  for (const Field<T>& field : FieldsOf<T>::kAll) names.push_back(field.name);
  return base::expected_one_of(found, names);
}

// An object inside an event. Unlike the event itself it cannot keep what it does not know, so that is an error.
template <typename T>
struct ObjectCodec {
  using Value = T;
  static bool read(const Element& json, T& value, ReadContext& context) {
    simdjson::dom::object object;
    if (json.get_object().get(object) != simdjson::SUCCESS) return context.fail_value(json, "is not an object");
    constexpr std::span<const Field<T>> kFields(FieldsOf<T>::kAll);
    MembersMet members;
    for (const auto [name, member] : object) {
      const Match match = read_member(kFields, name, member, value, members, context);
      if (match == Match::kFailed) return false;
      if (match == Match::kUnknown) {
        return context.fail("unknown member " + shown_text(name) + "; " + known_members_text<T>(name));
      }
    }
    return has_required(kFields, members, context);
  }
  static void write(const T& value, std::string& out) {
    char separator = '{';
    write_members(std::span<const Field<T>>(FieldsOf<T>::kAll), value, separator, out);
    out += separator == '{' ? "{}" : "}";
  }
};

template <typename Codec>
struct OptionalCodec {
  using Value = std::optional<typename Codec::Value>;
  static bool read(const Element& json, Value& value, ReadContext& context) {
    return Codec::read(json, value.emplace(), context);
  }
  static void write(const Value& value, std::string& out) { Codec::write(*value, out); }
};

template <typename T, auto... kMembers>
template <typename Integer>
bool RowCodec<T, kMembers...>::read_cell(simdjson::dom::array::iterator& cell, Integer& value, std::size_t& index,
                                         ReadContext& context) {
  std::int64_t wide = 0;
  using Limits = std::numeric_limits<Integer>;
  if (!read_integer(*cell, Limits::min(), Limits::max(), wide, context)) return context.fail_within(index);
  value = static_cast<Integer>(wide);
  ++cell;
  ++index;
  return true;
}

}  // namespace inkling::wire
