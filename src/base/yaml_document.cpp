#include "base/yaml_document.h"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <set>
#include <utility>

#include "base/files.h"

namespace inkling::base {
namespace {

using Lines = std::map<std::string, int, std::less<>>;

template <typename Number>
bool whole_number(std::string_view text, Number& number) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// YAML 1.2 core schema, so "no", "on" and "yes" stay text.
Json plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  std::int64_t integer = 0;
  if (whole_number(text, integer)) return integer;
  double number = 0;
  const bool digits = text.find_first_of("0123456789") != std::string::npos;
  if (digits && whole_number(text, number)) return number;
  return text;
}

class Converter {
 public:
  Converter(std::string shown_name, Lines& lines) : shown_name_(std::move(shown_name)), lines_(lines) {}

  Result<Json> convert(const YAML::Node& node, const std::string& path, int depth = 0) {
    lines_.emplace(path, node.Mark().line + 1);
    if (depth > Json::kDepthLimit) return refuse(node, "nesting is deeper than 64 levels");
    if (node.IsMap()) return convert_map(node, path, depth);
    if (node.IsSequence()) return convert_list(node, path, depth);
    if (!node.IsScalar()) return Json();
    return node.Tag() == "!" ? Json(node.Scalar()) : plain_scalar(node.Scalar());
  }

 private:
  Status refuse(const YAML::Node& node, const std::string& message) const {
    return invalid_input(shown_name_ + ":" + std::to_string(node.Mark().line + 1) + ": " + message);
  }

  Result<Json> convert_map(const YAML::Node& node, const std::string& path, int depth) {
    Json object = Json::object();
    std::set<std::string> seen;
    for (const auto& member : node) {
      if (!member.first.IsScalar()) return refuse(member.first, "a key must be plain text");
      const std::string& key = member.first.Scalar();
      if (!seen.insert(key).second) return refuse(member.first, "key \"" + key + "\" stands twice; keep one of them");
      const std::string member_path = path.empty() ? key : path + "." + key;
      lines_.emplace(member_path, member.first.Mark().line + 1);
      INKLING_ASSIGN(Json value, convert(member.second, member_path, depth + 1));
      object.set(key, std::move(value));
    }
    return object;
  }

  Result<Json> convert_list(const YAML::Node& node, const std::string& path, int depth) {
    Json array = Json::array();
    for (std::size_t i = 0; i < node.size(); ++i) {
      INKLING_ASSIGN(Json value, convert(node[i], path + "[" + std::to_string(i) + "]", depth + 1));
      array.push(std::move(value));
    }
    return array;
  }

  std::string shown_name_;
  Lines& lines_;
};

std::string_view parent_of(std::string_view path) {
  const auto cut = path.find_last_of(".[");
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

}  // namespace

Result<YamlDocument> YamlDocument::load(const std::filesystem::path& path) {
  INKLING_ASSIGN(const std::string text, read_file(path.string()));
  return parse(text, path.string());
}

Result<YamlDocument> YamlDocument::parse(std::string_view text, std::string shown_name) {
  YamlDocument document;
  document.shown_name_ = shown_name;
  try {
    const std::vector<YAML::Node> roots = YAML::LoadAll(std::string(text));
    if (roots.size() > 1) return invalid_input(shown_name + ": holds " + std::to_string(roots.size()) +
                                               " YAML documents; one is expected");
    if (roots.empty()) return invalid_input(shown_name + ": the file is empty");
    Converter converter(shown_name, document.lines_);
    INKLING_ASSIGN(document.root_, converter.convert(roots.front(), ""));
  } catch (const YAML::Exception& error) {
    return invalid_input(shown_name + ":" + std::to_string(error.mark.line + 1) + ": not valid YAML: " + error.msg);
  }
  return document;
}

int YamlDocument::line_of(std::string_view path) const {
  for (;;) {
    if (const auto found = lines_.find(path); found != lines_.end()) return found->second;
    if (path.empty()) return 1;
    path = parent_of(path);
  }
}

Status YamlDocument::located(const Status& status) const {
  if (status.ok()) return status;
  const std::string& message = status.message();
  const std::string path = message.substr(0, message.find(": "));
  return status.within(shown_name_ + ":" + std::to_string(line_of(path)));
}

}  // namespace inkling::base
