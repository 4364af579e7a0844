#include "base/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>
#include <vector>

#include "base/core/utf8.h"
#include "base/files.h"

namespace inkling::base {
namespace {

using Lines = std::map<std::string, int, std::less<>>;
using Paths = std::set<std::string, std::less<>>;

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

// Without aliases a text has fewer values than bytes; aliases of aliases unfold to more than any memory holds.
std::size_t most_values(std::string_view text) {
  return 1000 + 10 * text.size();
}

// Where documents begin; everything else passes by.
class DocumentStarts final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override { newest = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

  YAML::Mark newest = YAML::Mark::null_mark();
};

// A token that can begin no document, such as a comma, yaml-cpp leaves where it is and begins the next document
// there, and the next, until the memory is full: found here, before anything is built.
Status check_documents_end(const std::string& text, const std::string& shown_name) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  DocumentStarts starts;
  for (int before = starts.newest.pos; parser.HandleNextDocument(starts); before = starts.newest.pos) {
    if (starts.newest.pos > before) continue;
    return invalid_input(shown_name + ":" + std::to_string(starts.newest.line + 1) +
                         ": not valid YAML: a comma or the like where a value is expected");
  }
  return {};
}

class Converter {
 public:
  Converter(std::string shown_name, YamlReading reading, std::size_t most_values, Lines& lines, Paths& quoted)
      : shown_name_(std::move(shown_name)), reading_(reading), left_(most_values), lines_(lines), quoted_(quoted) {}

  Result<Json> convert(const YAML::Node& node, const std::string& path, int depth = 0) {
    lines_.emplace(path, line_in_file(node));
    if (depth > Json::kDepthLimit) return refuse(node, "nesting is deeper than 64 levels");
    if (left_-- == 0) return refuse(node, "the aliases (*name) unfold to too many values; write fewer of them");
    if (node.IsMap()) return convert_map(node, path, depth);
    if (node.IsSequence()) return convert_list(node, path, depth);
    if (!node.IsScalar()) return Json();
    const bool quoted = node.Tag() == "!";
    if (quoted && reading_.scalars_as_text) quoted_.insert(path);
    return quoted || reading_.scalars_as_text ? Json(node.Scalar()) : plain_scalar(node.Scalar());
  }

 private:
  // yaml-cpp puts what stands nowhere, such as the only node of a file of comments, at line -1.
  static int line_in_file(const YAML::Node& node) { return std::max(node.Mark().line + 1, 1); }

  Status refuse(const YAML::Node& node, const std::string& message) const {
    return invalid_input(shown_name_ + ":" + std::to_string(line_in_file(node)) + ": " + message);
  }

  Status tell(const YAML::Node& node, const std::string& message) {
    if (reading_.mistakes == nullptr) return refuse(node, message);
    reading_.mistakes->add(line_in_file(node), message);
    return {};
  }

  Result<Json> convert_map(const YAML::Node& node, const std::string& path, int depth) {
    Json::Object members;
    std::map<std::string, int> seen;  // with their lines
    for (const auto& member : node) {
      if (!member.first.IsScalar()) {
        INKLING_TRY(tell(member.first, (path.empty() ? "" : path + ": ") + "a key must be plain text"));
        continue;
      }
      const std::string& key = member.first.Scalar();
      const std::string member_path = path.empty() ? key : path + "." + key;
      const auto [first, is_new] = seen.emplace(key, line_in_file(member.first));
      if (!is_new) {
        INKLING_TRY(tell(member.first, member_path + ": stands twice, first in line " +
                                           std::to_string(first->second) + "; keep one of them"));
        continue;
      }
      lines_.emplace(member_path, first->second);
      INKLING_ASSIGN(Json value, convert(member.second, member_path, depth + 1));
      members.push_back({key, std::move(value)});
    }
    return Json(std::move(members));
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
  YamlReading reading_;
  std::size_t left_;  // values that may still come
  Lines& lines_;
  Paths& quoted_;
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

Result<YamlDocument> YamlDocument::parse(std::string_view text, std::string shown_name, YamlReading reading) {
  if (const std::size_t valid = utf8_valid_bytes(text); valid < text.size()) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(valid), '\n');
    return invalid_input(shown_name + ":" + std::to_string(line) + ": is not UTF-8");
  }
  YamlDocument document;
  document.shown_name_ = std::move(shown_name);
  const std::string& name = document.shown_name_;
  try {
    INKLING_TRY(check_documents_end(std::string(text), name));
    const std::vector<YAML::Node> roots = YAML::LoadAll(std::string(text));
    if (roots.size() > 1)
      return invalid_input(name + ": holds " + std::to_string(roots.size()) + " YAML documents; one is expected");
    if (roots.empty()) return invalid_input(name + ": the file is empty");
    Converter converter(name, reading, most_values(text), document.lines_, document.quoted_);
    INKLING_ASSIGN(document.root_, converter.convert(roots.front(), ""));
  } catch (const YAML::Exception& error) {
    return invalid_input(name + ":" + std::to_string(error.mark.line + 1) + ": not valid YAML: " + error.msg);
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
