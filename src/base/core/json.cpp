// Long because: the parser, its mirror image the writer, and the views share their few rules.
#include "base/core/json.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <span>
#include <system_error>

#include "base/core/json_keys.h"
#include "base/core/number_text.h"
#include "base/core/suggest.h"
#include "base/core/utf8.h"

namespace inkling::base {
namespace {

void append_utf8(std::uint32_t code_point, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xc0 | (code_point >> 6));
  } else {
    if (code_point < 0x10000) {
      put(0xe0 | (code_point >> 12));
    } else {
      put(0xf0 | (code_point >> 18));
      put(0x80 | ((code_point >> 12) & 0x3f));
    }
    put(0x80 | ((code_point >> 6) & 0x3f));
  }
  put(0x80 | (code_point & 0x3f));
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Json> document() {
    INKLING_ASSIGN(Json json, value(0));
    skip_blanks();
    if (position_ < text_.size()) return fail("expected the end after the value, found " + found());
    return json;
  }

 private:
  [[nodiscard]] Status fail(const std::string& complaint) const { return fail_at(position_, complaint); }
  [[nodiscard]] static Status fail_at(std::size_t offset, const std::string& complaint) {
    return invalid_input("byte " + std::to_string(offset) + ": " + complaint + ".");
  }

  [[nodiscard]] std::string found() const {
    if (position_ >= text_.size()) return "the end";
    const char c = text_[position_];
    if (c > 0x20 && c < 0x7f) return std::string("'") + c + "'";
    return "a byte of value " + std::to_string(static_cast<unsigned char>(c));
  }

  [[nodiscard]] char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }
  bool take(char c) {
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  void skip_blanks() {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", position_);
    position_ = next == std::string_view::npos ? text_.size() : next;
  }

  Result<Json> value(int depth) {
    skip_blanks();
    switch (peek()) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case 't':
        return word("true", Json(true));
      case 'f':
        return word("false", Json(false));
      case 'n':
        return word("null", Json());
      case '"': {
        INKLING_ASSIGN(std::string text, string());
        return Json(std::move(text));
      }
      default:
        return number();
    }
  }

  Result<Json> word(std::string_view expected, Json json) {
    if (text_.substr(position_, expected.size()) != expected) {
      return fail("expected the word " + std::string(expected));
    }
    position_ += expected.size();
    return json;
  }

  [[nodiscard]] Status check_depth(int depth) const {
    if (depth <= Json::kDepthLimit) return {};
    return fail("arrays and objects are nested deeper than " + std::to_string(Json::kDepthLimit) + " levels");
  }

  Result<Json> array(int depth) {
    INKLING_TRY(check_depth(depth));
    ++position_;
    Json::Array elements;
    skip_blanks();
    if (take(']')) return Json(std::move(elements));
    while (true) {
      INKLING_ASSIGN(Json element, value(depth));
      elements.push_back(std::move(element));
      skip_blanks();
      if (take(']')) return Json(std::move(elements));
      if (!take(',')) return fail("expected ',' or ']' after an element, found " + found());
    }
  }

  Result<Json> object(int depth) {
    INKLING_TRY(check_depth(depth));
    ++position_;
    Json::Object members;
    std::vector<std::size_t> offsets;
    skip_blanks();
    if (take('}')) return Json(std::move(members));
    while (true) {
      skip_blanks();
      offsets.push_back(position_);
      if (peek() != '"') return fail("expected a member name in double quotes, found " + found());
      INKLING_ASSIGN(std::string key, string());
      skip_blanks();
      if (!take(':')) return fail("expected ':' after a member name, found " + found());
      INKLING_ASSIGN(Json json, value(depth));
      members.push_back({std::move(key), std::move(json)});
      skip_blanks();
      if (take('}')) break;
      if (!take(',')) return fail("expected ',' or '}' after a member, found " + found());
    }
    INKLING_TRY(refuse_duplicates(members, offsets));
    return Json(std::move(members));
  }

  static Status refuse_duplicates(const Json::Object& members, const std::vector<std::size_t>& offsets) {
    std::vector<std::size_t> order(members.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const int compared = members[a].key.compare(members[b].key);
      return compared != 0 ? compared < 0 : a < b;
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const std::string& key = members[order[i]].key;
      if (key != members[order[i - 1]].key) continue;
      return fail_at(offsets[order[i]], "the member \"" + key + "\" is given twice, first at byte " +
                                            std::to_string(offsets[order[i - 1]]));
    }
    return {};
  }

  Result<std::string> string() {
    const std::size_t start = position_++;
    std::string out;
    while (true) {
      if (position_ >= text_.size()) return fail_at(start, "this string has no closing quote");
      const char c = text_[position_];
      if (c == '"') break;
      if (c == '\\') {
        INKLING_TRY(escape(out));
      } else {
        INKLING_TRY(plain_run(out));
      }
    }
    ++position_;
    return out;
  }

  // Up to the next quote or backslash.
  Status plain_run(std::string& out) {
    const std::size_t end = std::min(text_.find_first_of("\"\\", position_), text_.size());
    const std::string_view run = text_.substr(position_, end - position_);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    const auto clean = static_cast<std::size_t>(std::find_if(run.begin(), run.end(), is_control) - run.begin());
    const std::size_t valid = utf8_valid_bytes(run);
    position_ += std::min(clean, valid);
    if (valid < clean) return fail("the string is not UTF-8 here, found " + found());
    if (clean < run.size()) return fail("a control character must be written as an escape, found " + found());
    out.append(run);
    return {};
  }

  Status escape(std::string& out) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    ++position_;
    if (peek() == 'u') return unicode_escape(out);
    const std::size_t letter = position_ < text_.size() ? kLetters.find(text_[position_]) : std::string_view::npos;
    if (letter == std::string_view::npos) {
      return fail("after '\\' one of \" \\ / b f n r t u must follow, found " + found());
    }
    out.push_back(kMeanings[letter]);
    ++position_;
    return {};
  }

  Status unicode_escape(std::string& out) {
    const std::size_t start = position_ - 1;
    INKLING_ASSIGN(std::uint32_t code, four_digits());
    if (code >= 0xd800 && code <= 0xdbff) {
      if (text_.substr(position_, 2) != "\\u") return fail_at(start, "this half of a surrogate pair has no partner");
      ++position_;
      INKLING_ASSIGN(const std::uint32_t low, four_digits());
      if (low < 0xdc00 || low > 0xdfff) return fail_at(start, "this half of a surrogate pair has no partner");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code <= 0xdfff) {
      return fail_at(start, "this half of a surrogate pair has no partner");
    }
    append_utf8(code, out);
    return {};
  }

  // At the 'u' of an escape.
  Result<std::uint32_t> four_digits() {
    ++position_;
    const std::string_view digits = text_.substr(std::min(position_, text_.size()), 4);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (digits.size() != 4 || error != std::errc{} || end != digits.data() + 4) {
      return fail("expected four hexadecimal digits after \\u");
    }
    position_ += 4;
    return code;
  }

  bool take_digits() {
    const std::size_t start = position_;
    while (peek() >= '0' && peek() <= '9') ++position_;
    return position_ > start;
  }

  Result<Json> number() {
    const std::size_t start = position_;
    take('-');
    const bool leading_zero = peek() == '0';
    const std::size_t digits = position_;
    if (!take_digits()) return fail("expected a value, found " + found());
    if (leading_zero && position_ > digits + 1) return fail_at(start, "a number must not start with a zero");
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!take_digits()) return fail("expected a digit after '.', found " + found());
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++position_;
      if (!take('+')) take('-');
      if (!take_digits()) return fail("expected a digit in the exponent, found " + found());
    }
    return number_value(start, whole);
  }

  Result<Json> number_value(std::size_t start, bool whole) const {
    const std::string_view text = text_.substr(start, position_ - start);
    std::int64_t integer = 0;
    if (whole && std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc{}) {
      return Json(integer);
    }
    if (const auto value = number_of(text)) return Json(*value);
    return fail_at(start, "the number " + std::string(text.substr(0, 40)) + " does not fit into a double");
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

std::string double_text(double value) {
  if (!std::isfinite(value)) return "null";
  std::string text = number_text(value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

void append_string(std::string_view text, std::string& out) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      out += "\\u00";
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// indent 0: one line; otherwise blanks a level.
class Writer {
 public:
  explicit Writer(std::size_t indent) : indent_(indent) {}

  void write(const Json& json, std::size_t level) {
    switch (json.kind()) {
      case Json::Kind::kNull:
        out_ += "null";
        break;
      case Json::Kind::kBoolean:
        out_ += *json.if_boolean() ? "true" : "false";
        break;
      case Json::Kind::kInteger:
        out_ += std::to_string(*json.if_integer());
        break;
      case Json::Kind::kNumber:
        out_ += double_text(*json.if_number());
        break;
      case Json::Kind::kText:
        append_string(*json.if_text(), out_);
        break;
      case Json::Kind::kArray:
        write_array(*json.if_array(), level);
        break;
      case Json::Kind::kObject:
        write_object(*json.if_object(), level);
        break;
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void new_line(std::size_t level) {
    if (indent_ == 0) return;
    out_.push_back('\n');
    out_.append(indent_ * level, ' ');
  }

  void write_array(const Json::Array& elements, std::size_t level) {
    out_.push_back('[');
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (i > 0) out_.push_back(',');
      new_line(level + 1);
      write(elements[i], level + 1);
    }
    if (!elements.empty()) new_line(level);
    out_.push_back(']');
  }

  void write_object(const Json::Object& members, std::size_t level) {
    out_.push_back('{');
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out_.push_back(',');
      new_line(level + 1);
      append_string(members[i].key, out_);
      out_ += indent_ == 0 ? ":" : ": ";
      write(members[i].value, level + 1);
    }
    if (!members.empty()) new_line(level);
    out_.push_back('}');
  }

  std::size_t indent_;
  std::string out_;
};

// As a complaint shows it; a long text is cut.
std::string shown(const Json& json) {
  constexpr std::size_t kShownBytes = 60;
  if (json.is_null()) return "nothing";
  if (json.is_array()) return "a list";
  if (json.is_object()) return "keys and values";
  const std::string* text = json.if_text();
  if (text == nullptr || text->size() <= kShownBytes) return json.to_text();
  return Json(text->substr(0, utf8_valid_bytes(std::string_view(*text).substr(0, kShownBytes)))).to_text() + "...";
}

Status expected(const JsonView& view, const std::string& what) {
  return view.refuse("expected " + what + ", found " + shown(view.json()));
}

std::string path_of(const JsonView& object, std::string_view key) {
  return object.path().empty() ? std::string(key) : object.path() + "." + std::string(key);
}

std::string plain(std::int64_t value) {
  return std::to_string(value);
}
std::string plain(double value) {
  return number_text(value);
}

// " from 1 to 128", " of at least 1", " of at most 9" or nothing.
template <typename T>
std::string bounds(T low, T high, T lowest, T highest) {
  if (low == lowest && high == highest) return "";
  if (high == highest) return " of at least " + plain(low);
  if (low == lowest) return " of at most " + plain(high);
  return " from " + plain(low) + " to " + plain(high);
}

template <typename T>
std::string range_complaint(T value, T low, T high, T lowest, T highest) {
  const std::string found = plain(value);
  if (high == highest) return found + " is below " + plain(low);
  if (low == lowest) return found + " is above " + plain(high);
  return found + " is not between " + plain(low) + " and " + plain(high);
}

}  // namespace

Result<Json> Json::parse(std::string_view text) {
  return Parser(text).document();
}

const Json* Json::find(std::string_view key) const {
  const Object* members = if_object();
  if (members == nullptr) return nullptr;
  for (const JsonMember& member : *members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object{};
  Object* members = if_object();
  assert(members != nullptr);
  for (JsonMember& member : *members) {
    if (member.key != key) continue;
    member.value = std::move(value);
    return *this;
  }
  members->push_back({std::string(key), std::move(value)});
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  Array* elements = if_array();
  assert(elements != nullptr);
  elements->push_back(std::move(value));
  return *this;
}

std::string Json::to_text() const {
  Writer writer(0);
  writer.write(*this, 0);
  return writer.take();
}

std::string Json::to_pretty_text() const {
  Writer writer(2);
  writer.write(*this, 0);
  return writer.take() + "\n";
}

bool operator==(const Json& a, const Json& b) {
  return a.value_ == b.value_;
}

Status JsonView::refuse(std::string_view complaint) const {
  const bool ended = !complaint.empty() && complaint.back() == '?';  // "... did you mean x?"
  return invalid_input((path_.empty() ? "the document" : path_) + ": " + std::string(complaint) + (ended ? "" : "."));
}

Result<bool> JsonView::as_boolean() const {
  if (const bool* value = json_->if_boolean()) return *value;
  return expected(*this, "true or false");
}

Result<std::int64_t> JsonView::as_integer(std::int64_t low, std::int64_t high) const {
  const std::int64_t* value = json_->if_integer();
  if (value == nullptr) return expected(*this, "a whole number" + bounds(low, high, kLowest, kHighest));
  if (*value >= low && *value <= high) return *value;
  return refuse(range_complaint(*value, low, high, kLowest, kHighest));
}

Result<double> JsonView::as_number(double low, double high) const {
  const std::int64_t* integer = json_->if_integer();
  const double* number = json_->if_number();
  if (integer == nullptr && number == nullptr) {
    return expected(*this, "a number" + bounds(low, high, -kInfinity, kInfinity));
  }
  const double value = integer != nullptr ? static_cast<double>(*integer) : *number;
  if (value >= low && value <= high) return value;
  return refuse(range_complaint(value, low, high, -kInfinity, kInfinity));
}

Result<std::string> JsonView::as_text() const {
  if (const std::string* value = json_->if_text()) return *value;
  return expected(*this, "a text");
}

Result<std::vector<JsonView>> JsonView::as_elements() const {
  const Json::Array* elements = json_->if_array();
  if (elements == nullptr) return expected(*this, "a list");
  std::vector<JsonView> views;
  views.reserve(elements->size());
  for (std::size_t i = 0; i < elements->size(); ++i) {
    views.emplace_back((*elements)[i], path_ + "[" + std::to_string(i) + "]");
  }
  return views;
}

Result<JsonView> JsonView::member(std::string_view key) const {
  if (!json_->is_object()) return expected(*this, "keys and values");
  if (const Json* found = json_->find(key)) return JsonView(*found, path_of(*this, key));
  return invalid_input(path_of(*this, key) + ": is missing.");
}

Result<bool> JsonView::boolean(std::string_view key) const {
  INKLING_ASSIGN(const JsonView view, member(key));
  return view.as_boolean();
}

Result<std::int64_t> JsonView::integer(std::string_view key, std::int64_t low, std::int64_t high) const {
  INKLING_ASSIGN(const JsonView view, member(key));
  return view.as_integer(low, high);
}

Result<double> JsonView::number(std::string_view key, double low, double high) const {
  INKLING_ASSIGN(const JsonView view, member(key));
  return view.as_number(low, high);
}

Result<std::string> JsonView::text(std::string_view key) const {
  INKLING_ASSIGN(const JsonView view, member(key));
  return view.as_text();
}

Result<std::vector<JsonView>> JsonView::elements(std::string_view key) const {
  INKLING_ASSIGN(const JsonView view, member(key));
  return view.as_elements();
}

Status JsonView::only_keys(std::initializer_list<std::string_view> known) const {
  return base::only_keys(*this, std::span(known.begin(), known.size()));
}

Result<std::string> scalar_text(const JsonView& value) {
  const bool is_number = value.json().if_integer() != nullptr || value.json().if_number() != nullptr;
  return is_number ? Result<std::string>(value.json().to_text()) : value.as_text();
}

Status only_keys(const JsonView& object, std::span<const std::string_view> known) {
  const Json::Object* members = object.json().if_object();
  if (members == nullptr) return expected(object, "keys and values");
  std::string sentences;
  for (const JsonMember& member : *members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    sentences += (sentences.empty() ? "" : "\n") + path_of(object, member.key) + ": there is no such key; " +
                 expected_one_of(member.key, known);
  }
  return sentences.empty() ? Status() : invalid_input(std::move(sentences));
}

}  // namespace inkling::base
