// One map of a mapping file while it is checked: values are asked for by key, and what nobody asked for is a mistake.
// Every place is a path of the document ("fields.price.unit"), from which the mistake's line comes. Private to
// src/wire. Not thread-safe. Cost: linear in the map's keys for every question; meant for files that people write.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/file_mistakes.h"
#include "base/core/suggest.h"
#include "base/yaml_document.h"
#include "wire/json_codec.h"

namespace inkling::wire {

// A file whose scalars were read as text, and what is wrong with it.
struct CheckedFile {
  const base::YamlDocument& yaml;
  base::FileMistakes& mistakes;

  void add(const std::string& place, const std::string& mistake) {
    mistakes.add(yaml.line_of(place), (place.empty() ? "" : place + ": ") + mistake);
  }
};

class Section {
 public:
  // `place` is "" for the whole file.
  Section(const base::Json& node, std::string place, CheckedFile& file)
      : node_(node), place_(std::move(place)), file_(file) {
    if (!node.is_object()) add(place_, "expected keys and values");
  }

  [[nodiscard]] bool is_map() const { return node_.is_object(); }
  [[nodiscard]] CheckedFile& file() { return file_; }
  [[nodiscard]] std::string at(std::string_view key) const {
    return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
  }
  [[nodiscard]] int line_of(std::string_view key) const { return file_.yaml.line_of(at(key)); }

  // Null when the key is not there.
  const base::Json* take(std::string_view key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
    return node_.find(key);
  }

  std::optional<std::string> text(std::string_view key) { return scalar(take(key), at(key)); }

  // The text if it is one of the choices.
  std::optional<std::string> choice(std::string_view key, std::span<const std::string_view> choices) {
    std::optional<std::string> found = text(key);
    if (!found || std::find(choices.begin(), choices.end(), *found) != choices.end()) return found;
    add(at(key), shown_text(*found) + " is unknown; " + base::expected_one_of(*found, choices));
    return std::nullopt;
  }

  std::optional<std::string> scalar(const base::Json* node, const std::string& place) {
    if (node == nullptr) return std::nullopt;
    if (const std::string* text = node->if_text()) return *text;
    add(place, node->is_null() ? "has no value" : "expected one value, not a list or keys");
    return std::nullopt;
  }

  // With their lines.
  std::vector<std::pair<std::string, int>> texts(std::string_view key) {
    std::vector<std::pair<std::string, int>> list;
    const base::Json* node = take(key);
    if (node == nullptr) return list;
    const base::Json::Array* elements = node->if_array();
    if (elements == nullptr || elements->empty()) {
      add(at(key), "expected a list such as [a, b]");
      return list;
    }
    for (std::size_t i = 0; i < elements->size(); ++i) {
      const std::string place = at(key) + "[" + std::to_string(i) + "]";
      if (auto value = scalar(&(*elements)[i], place))
        list.emplace_back(*std::move(value), file_.yaml.line_of(place));
    }
    return list;
  }

  void add(const std::string& place, const std::string& mistake) { file_.add(place, mistake); }

  // Reports the keys that nobody asked for.
  void finish() {
    if (!node_.is_object()) return;
    for (const base::JsonMember& member : *node_.if_object()) {
      if (std::find(asked_.begin(), asked_.end(), member.key) != asked_.end()) continue;
      add(at(member.key), "unknown key; " + base::expected_one_of(member.key, asked_));
    }
  }

 private:
  const base::Json& node_;
  std::string place_;
  CheckedFile& file_;
  std::vector<std::string> asked_;
};

}  // namespace inkling::wire
