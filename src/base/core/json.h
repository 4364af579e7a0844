// A small JSON value with a strict parser and a canonical writer: package metadata and feature specs on every
// platform, the device included. Not for bulk logs (simdjson) and not for HTTP bodies (Boost.JSON).
//
// Numbers written without '.', 'e' or 'E' that fit are int64 and stay exact; all others are doubles. Objects keep the
// order in which members were inserted or parsed. NaN and infinity have no JSON form and are written as null.
// Ownership: a Json owns all below it; a JsonView borrows and must not outlive the Json that it was made from.
// Thread safety: plain values. Cost: find() is linear in the members. Wasm-clean: no exceptions, no I/O.
// Failure: parse() answers kInvalidInput with the byte offset; JsonView answers kInvalidInput with the path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/core/result.h"

namespace inkling::base {

struct JsonMember;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;
  enum class Kind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kText, kArray, kObject };
  static constexpr int kDepthLimit = 64;

  // All are defined below: a member of an object is no complete type here, and Clang looks inside an Object at once.
  Json();
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();
  // Implicit on purpose, as in {"a", 1, true}.
  Json(std::nullptr_t);  // NOLINT
  template <typename T, std::enable_if_t<std::is_same_v<T, bool>, int> = 0>
  Json(T value);  // NOLINT
  // Any integer type that fits into int64 whole; std::uint64_t is refused by the compiler, so nothing wraps.
  template <typename T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                                             (std::is_signed_v<T> || sizeof(T) < sizeof(std::int64_t)),
                                         std::int64_t> = 0>
  Json(T value);                 // NOLINT
  Json(double value);            // NOLINT
  Json(std::string value);       // NOLINT
  Json(std::string_view value);  // NOLINT
  Json(const char* value);       // NOLINT
  Json(Array value);             // NOLINT
  Json(Object value);            // NOLINT
  static Json array();
  static Json object();

  // One value and nothing but white space around it. Refuses bad UTF-8, duplicate keys, nesting beyond kDepthLimit.
  static Result<Json> parse(std::string_view text);

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(value_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::kNull; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::kObject; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::kArray; }

  // The value if it has that kind, nullptr otherwise.
  [[nodiscard]] const bool* if_boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* if_integer() const { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const double* if_number() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* if_text() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* if_array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* if_object() const { return std::get_if<Object>(&value_); }
  [[nodiscard]] Array* if_array() { return std::get_if<Array>(&value_); }
  [[nodiscard]] Object* if_object() { return std::get_if<Object>(&value_); }

  // The member of that name; nullptr if this is no object or has none.
  [[nodiscard]] const Json* find(std::string_view key) const;
  // Replaces or appends a member; a null becomes an object first. Our bug (assert) on any other kind.
  Json& set(std::string_view key, Json value);
  // Appends an element; a null becomes an array first. Our bug (assert) on any other kind.
  Json& push(Json value);

  // One line without spaces, members in their order, shortest doubles that read back bit-equal (always with '.' or
  // 'e', so a double stays a double). Texts are written as they are: whoever sets one sees to it that it is UTF-8.
  [[nodiscard]] std::string to_text() const;
  // The same with two blanks of indentation a level, for files that people open.
  [[nodiscard]] std::string to_pretty_text() const;

  friend bool operator==(const Json& a, const Json& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string key;
  Json value;
  friend bool operator==(const JsonMember&, const JsonMember&) = default;
};

inline Json::Json() = default;
inline Json::Json(const Json& other) = default;
inline Json::Json(Json&& other) noexcept = default;
inline Json& Json::operator=(const Json& other) = default;
inline Json& Json::operator=(Json&& other) noexcept = default;
inline Json::~Json() = default;
inline Json::Json(std::nullptr_t) {}
template <typename T, std::enable_if_t<std::is_same_v<T, bool>, int>>
Json::Json(T value) : value_(value) {}
template <typename T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                                           (std::is_signed_v<T> || sizeof(T) < sizeof(std::int64_t)),
                                       std::int64_t>>
Json::Json(T value) : value_(static_cast<std::int64_t>(value)) {}
inline Json::Json(double value) : value_(value) {}
inline Json::Json(std::string value) : value_(std::move(value)) {}
inline Json::Json(std::string_view value) : value_(std::string(value)) {}
inline Json::Json(const char* value) : value_(std::string(value)) {}
inline Json::Json(Array value) : value_(std::move(value)) {}
inline Json::Json(Object value) : value_(std::move(value)) {}
inline Json Json::array() {
  return Json(Array{});
}
inline Json Json::object() {
  return Json(Object{});
}

// A borrowed value that knows its path, so that every complaint names the place:
//   views[0].window: 0 is not between 1 and 128.
class JsonView {
 public:
  static constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  static constexpr double kInfinity = std::numeric_limits<double>::infinity();

  explicit JsonView(const Json& json, std::string path = {}) : json_(&json), path_(std::move(path)) {}
  explicit JsonView(Json&&, std::string = {}) = delete;

  [[nodiscard]] const Json& json() const { return *json_; }
  // "" for the root, else for example "views[0].window".
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool has(std::string_view key) const { return json_->find(key) != nullptr; }

  // Of this value itself. Bounds are inclusive. number() takes integers too.
  [[nodiscard]] Result<bool> as_boolean() const;
  [[nodiscard]] Result<std::int64_t> as_integer(std::int64_t low = kLowest, std::int64_t high = kHighest) const;
  [[nodiscard]] Result<double> as_number(double low = -kInfinity, double high = kInfinity) const;
  [[nodiscard]] Result<std::string> as_text() const;
  [[nodiscard]] Result<std::vector<JsonView>> as_elements() const;

  // Of a member that must be there.
  [[nodiscard]] Result<JsonView> member(std::string_view key) const;
  [[nodiscard]] Result<bool> boolean(std::string_view key) const;
  [[nodiscard]] Result<std::int64_t> integer(std::string_view key, std::int64_t low = kLowest,
                                             std::int64_t high = kHighest) const;
  [[nodiscard]] Result<double> number(std::string_view key, double low = -kInfinity, double high = kInfinity) const;
  [[nodiscard]] Result<std::string> text(std::string_view key) const;
  [[nodiscard]] Result<std::vector<JsonView>> elements(std::string_view key) const;

  // Refuses members outside `known`, naming the nearest known key. Call it first when reading a spec.
  [[nodiscard]] Status only_keys(std::initializer_list<std::string_view> known) const;
  // kInvalidInput with "<path>: <complaint>."
  [[nodiscard]] Status refuse(std::string_view complaint) const;

 private:
  const Json* json_;
  std::string path_;
};

}  // namespace inkling::base
