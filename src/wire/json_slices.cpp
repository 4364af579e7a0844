#include "wire/json_slices.h"

namespace inkling::wire {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t skip_space(std::string_view json, std::size_t i) {
  while (i < json.size() && is_space(json[i])) ++i;
  return i;
}

// `i` is at the opening quote; the answer lies behind the closing one, or behind the text's end by one if there is
// none.
std::size_t skip_string(std::string_view json, std::size_t i) {
  for (++i; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return i + 1;
    }
  }
  return json.size() + 1;
}

// Behind the value that starts at `i`.
std::size_t skip_value(std::string_view json, std::size_t i) {
  int depth = 0;
  while (i < json.size()) {
    const char c = json[i];
    if (c == '"') {
      i = skip_string(json, i);
      if (depth == 0) return i;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') {
      if (depth == 0) return i;  // the end of the object around a number or word
      if (--depth == 0) return i + 1;
    }
    if (depth == 0 && (c == ',' || is_space(c))) return i;
    ++i;
  }
  return i;
}

}  // namespace

std::vector<RawMember> raw_members(std::string_view object) {
  std::vector<RawMember> members;
  std::size_t i = skip_space(object, 0) + 1;  // behind the brace
  while (true) {
    i = skip_space(object, i);
    if (i >= object.size() || object[i] != '"') return members;
    const std::size_t key_end = skip_string(object, i);
    const std::string_view key = object.substr(i, key_end - i);
    i = skip_space(object, skip_space(object, key_end) + 1);  // behind the colon
    const std::size_t value_end = skip_value(object, i);
    members.push_back({key, object.substr(i, value_end - i)});
    i = skip_space(object, value_end);
    if (i < object.size() && object[i] == ',') ++i;
  }
}

void append_minified(std::string_view json, std::string& out) {
  std::size_t i = 0;
  while (i < json.size()) {
    const std::size_t start = i;
    if (json[i] == '"') {
      i = skip_string(json, i);
      out.append(json, start, i - start);
    } else if (is_space(json[i])) {
      ++i;
    } else {
      out += json[i++];
    }
  }
}

bool cut_off(std::string_view json) {
  int depth = 0;
  std::size_t i = 0;
  while (i < json.size()) {
    const char c = json[i];
    if (c == '"') {
      i = skip_string(json, i);
      if (i > json.size()) return true;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++i;
  }
  return depth > 0;
}

}  // namespace inkling::wire
