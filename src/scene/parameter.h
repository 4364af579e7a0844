// The parameters of a stage: described once, in the blueprint's table. Checking, messages and documents derive from
// it.
//
//   constexpr std::array kParameters = {
//       ParameterSpec{.name = "low", .type = ParameterType::kNumber, .unit = "probability", .meaning = "...",
//                     .required = true, .min = 0, .max = 1}};
//
// Ownership: specs view static text and outlive every Parameters made from them. Thread safety: plain values.
// Failure: check_parameters reports all mistakes at once; the getters assert, because asking for a parameter that the
// table does not have, or as another type, is our bug.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/core/result.h"

namespace inkling::scene {

enum class ParameterType : std::uint8_t { kText, kInteger, kNumber, kBoolean, kTexts };

// monostate: not given. The alternatives after it stand in the order Boolean, Integer, Number, Text, Texts.
using ParameterValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct ParameterSpec {
  std::string_view name;
  ParameterType type = ParameterType::kText;
  std::string_view unit{};     // "probability", "ms", "cents"; "" when it has none
  std::string_view meaning{};  // for the documents: one clause
  bool required = false;
  std::string_view default_text{};                        // as one would write it in YAML; "": no default
  double min = -std::numeric_limits<double>::infinity();  // of numbers and integers, inclusive
  double max = std::numeric_limits<double>::infinity();
  std::span<const std::string_view> choices{};  // of texts; empty: anything but ""
};

// A parameter as it was written. "0.5" in quotes is a text, 0.5 may be a number; kOther is a mapping or a nested
// list.
struct RawParameter {
  enum class Shape : std::uint8_t { kNothing, kPlain, kQuoted, kList, kOther };
  std::string name;
  Shape shape = Shape::kNothing;
  std::vector<std::string> texts;  // one when plain or quoted, the elements of a list

  static RawParameter plain(std::string_view name, std::string_view text) {
    return {std::string(name), Shape::kPlain, {std::string(text)}};
  }
};

class Parameters {
 public:
  // `values` one per spec.
  Parameters(std::span<const ParameterSpec> specs, std::vector<ParameterValue> values);

  // False for an optional parameter without default that was not given.
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view name) const;

  // Where the scene file stands, for stages that read files beside it; "": it stands in no folder.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  void set_folder(std::string folder) { folder_ = std::move(folder); }

 private:
  [[nodiscard]] const ParameterValue& value(std::string_view name) const;
  std::span<const ParameterSpec> specs_;
  std::vector<ParameterValue> values_;
  std::string folder_;
};

struct ParameterMistake {
  static constexpr std::size_t kMissing = std::numeric_limits<std::size_t>::max();
  std::size_t raw = kMissing;  // index of the parameter as written; kMissing: it was not
  std::string message;         // "low: 1.5 is above 1; allowed is a number from 0 to 1"
};

// Appends every mistake to `mistakes`; the parameters are usable only when there was none.
[[nodiscard]] Parameters check_parameters(std::span<const ParameterSpec> specs, std::span<const RawParameter> given,
                                          std::vector<ParameterMistake>& mistakes);

// The same for one caller who wants them all or a Status that joins the mistakes by "; ".
[[nodiscard]] base::Result<Parameters> make_parameters(std::span<const ParameterSpec> specs,
                                                       std::span<const RawParameter> given);

// "a number from 0 to 1 (probability)", "one of \"a\", \"b\"".
[[nodiscard]] std::string allowed_values(const ParameterSpec& spec);

// The table of a stage's README: one Markdown row a parameter.
[[nodiscard]] std::string parameter_table(std::span<const ParameterSpec> specs);

}  // namespace inkling::scene
