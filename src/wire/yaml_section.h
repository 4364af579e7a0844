// One map of a YAML file while it is checked: values are asked for by key, and what nobody asked for, or stands
// twice, is a mistake. yaml-cpp itself takes duplicate keys silently. Private to src/wire; yaml-cpp may throw. Not
// thread-safe. Cost: linear in the map's keys for every question; meant for files that people write.
#pragma once

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/suggest.h"
#include "wire/json_codec.h"
#include "wire/mapping_plan.h"

namespace inkling::wire {

// An empty file's only node stands nowhere.
inline int line_of(const YAML::Node& node) {
  return std::max(node.Mark().line + 1, 1);
}

class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}

  void add(int line, const std::string& text) { found_.emplace_back(line, text); }
  [[nodiscard]] bool empty() const { return found_.empty(); }

  [[nodiscard]] base::Status status() const { return base::invalid_input(mistakes_text(file_, found_)); }

 private:
  std::string file_;
  std::vector<std::pair<int, std::string>> found_;
};

// One map of the file. Keys that nobody asks for are unknown; finish() reports them, and keys that stand twice.
class Section {
 public:
  // `place` is "" for the whole file.
  Section(const YAML::Node& node, std::string place, Mistakes& mistakes)
      : node_(node), place_(std::move(place)), mistakes_(mistakes) {
    if (!node.IsMap())
      mistakes_.add(line_of(node), (place_.empty() ? "" : place_ + ": ") + "expected keys and values");
  }

  [[nodiscard]] bool is_map() const { return node_.IsMap(); }
  [[nodiscard]] int line() const { return line_of(node_); }
  [[nodiscard]] std::string at(std::string_view key) const {
    return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
  }

  // Not IsDefined() when the key is not there.
  YAML::Node take(std::string_view key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
    if (node_.IsMap()) {
      for (const auto& entry : node_) {
        if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
      }
    }
    return YAML::Node(YAML::NodeType::Undefined);
  }

  std::optional<std::string> text(std::string_view key) { return scalar(take(key), at(key)); }

  // The text if it is one of the choices.
  std::optional<std::string> choice(std::string_view key, std::span<const std::string_view> choices) {
    const YAML::Node node = take(key);
    std::optional<std::string> found = scalar(node, at(key));
    if (!found || std::find(choices.begin(), choices.end(), *found) != choices.end()) return found;
    add(node, at(key), shown_text(*found) + " is unknown; " + base::expected_one_of(*found, choices));
    return std::nullopt;
  }

  std::optional<std::string> scalar(const YAML::Node& node, const std::string& place) {
    if (!node.IsDefined()) return std::nullopt;
    if (node.IsScalar()) return node.Scalar();
    if (node.IsNull()) {
      add(key_line(node), place, "has no value");
    } else {
      add(node, place, "expected one value, not a list or keys");
    }
    return std::nullopt;
  }

  std::vector<std::pair<std::string, int>> texts(std::string_view key) {
    std::vector<std::pair<std::string, int>> list;
    const YAML::Node node = take(key);
    if (!node.IsDefined()) return list;
    if (!node.IsSequence() || node.size() == 0) {
      add(node, at(key), "expected a list such as [a, b]");
      return list;
    }
    for (const auto& element : node) {
      if (auto value = scalar(element, at(key))) list.emplace_back(*std::move(value), line_of(element));
    }
    return list;
  }

  void add(const YAML::Node& node, const std::string& place, const std::string& mistake) {
    mistakes_.add(line_of(node), place + ": " + mistake);
  }
  void add(int line, const std::string& place, const std::string& mistake) {
    mistakes_.add(line, place + ": " + mistake);
  }

  void finish() {
    if (!node_.IsMap()) return;
    std::vector<std::string> met;
    for (const auto& entry : node_) {
      const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
      if (std::find(met.begin(), met.end(), key) != met.end()) {
        add(entry.first, at(key), "is given twice");
      } else if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
        add(entry.first, at(key), "unknown key; " + base::expected_one_of(key, asked_));
      }
      met.push_back(key);
    }
  }

  Mistakes& mistakes() { return mistakes_; }

 private:
  // yaml-cpp says of a value left out that it stands where the next token does.
  [[nodiscard]] int key_line(const YAML::Node& value) const {
    for (const auto& entry : node_) {
      if (entry.first.IsDefined() && entry.second.is(value)) return line_of(entry.first);
    }
    return line_of(value);
  }

  YAML::Node node_;
  std::string place_;
  Mistakes& mistakes_;
  std::vector<std::string> asked_;
};

}  // namespace inkling::wire
