#include "artifact/yaml_text.h"

#include <algorithm>

namespace inkling::artifact {
namespace {

using base::Json;

bool is_leaf(const Json& json) {
  if (const Json::Object* members = json.if_object()) return members->empty();
  const Json::Array* elements = json.if_array();
  const auto is_scalar = [](const Json& element) { return !element.is_array() && !element.is_object(); };
  return elements == nullptr || std::all_of(elements->begin(), elements->end(), is_scalar);
}

// On one line: scalars, empty containers and arrays of scalars.
std::string leaf_text(const Json& json) {
  const Json::Array* elements = json.if_array();
  if (elements == nullptr) return json.to_text();
  std::string text = "[";
  for (std::size_t i = 0; i < elements->size(); ++i) text += (i > 0 ? ", " : "") + (*elements)[i].to_text();
  return text + "]";
}

// Plain only where no YAML reader can take it for anything but a text.
std::string key_text(const std::string& key) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_allowed = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  const bool word = key == "null" || key == "true" || key == "false";
  const bool plain = !key.empty() && is_letter(key[0]) && std::all_of(key.begin(), key.end(), is_allowed);
  return plain && !word ? key : Json(key).to_text();
}

void append(const Json& json, std::size_t indent, std::string& out) {
  const auto entry = [&](const std::string& start, const Json& value) {
    out.append(indent, ' ');
    out += start;
    if (is_leaf(value)) {
      out += " " + leaf_text(value) + "\n";
    } else {
      out += "\n";
      append(value, indent + 2, out);
    }
  };
  if (const Json::Object* members = json.if_object()) {
    for (const base::JsonMember& member : *members) entry(key_text(member.key) + ":", member.value);
  } else if (const Json::Array* elements = json.if_array()) {
    for (const Json& element : *elements) entry("-", element);
  }
}

}  // namespace

std::string yaml_text(const Json& object) {
  if (is_leaf(object)) return leaf_text(object) + "\n";
  std::string out;
  append(object, 0, out);
  return out;
}

}  // namespace inkling::artifact
