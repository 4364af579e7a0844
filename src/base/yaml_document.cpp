#include "base/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
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
    if (depth > Json::kDepthLimit) return refuse(node, "values are nested deeper than 64 levels");
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
        INKLING_TRY(tell(member.first, (path.empty() ? "" : path + ": ") +
                                           "a list or keys stand where a key should; expected plain text"));
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

// What yaml-cpp says, and what a person needs to hear.
struct SyntaxMistake {
  std::string_view said;
  std::string_view plain;
};
constexpr std::string_view kTab = "illegal tab when looking for indentation";
constexpr std::array<SyntaxMistake, 14> kSyntaxMistakes = {{
    {"end of map flow not found", "the keys opened with { are never closed; expected } or a comma before this place"},
    {"end of sequence flow not found",
     "the list opened with [ is never closed; expected ] or a comma before this place"},
    {"end of map not found",
     "this line belongs neither to the keys above it nor below them; expected `key: value` that starts in the same "
     "column as the keys above, and every quote above it closed"},
    {"end of sequence not found",
     "this line is no element of the list above it; expected `- element` that starts in "
     "the same column as the elements above"},
    {"illegal map value",
     "a colon stands where no key can; expected one `key: value` a line, in the column of the keys above it, and "
     "quotes around a text that holds a colon and a blank"},
    {"illegal map key", "a key stands where none can; expected `key: value` on a line of its own"},
    {"illegal block entry", "a list element stands where none can; expected `- element` on a line of its own"},
    {"illegal flow end", "a closing bracket stands where nothing is open; expected [ or { before it"},
    {kTab, "a tab stands before the text; expected blanks"},
    {"illegal EOF in scalar", "a text in quotes is never closed; expected a quote before the end of the file"},
    {"illegal document indicator in scalar", "a text in quotes is never closed; expected a quote before this line"},
    {"unknown escape character",
     "a backslash stands before a letter that it does not go with; expected two "
     "backslashes, or single quotes around the text"},
    {"the referenced anchor is not defined",
     "an alias (*name) has no anchor; expected &name before it, or quotes "
     "around a text that starts with *"},
    {"unknown token", "a text starts with a character that means something else to YAML; expected quotes around it"},
}};

// Tabs before a text mislead the parser, whatever it then stumbles over.
bool is_indented_by_a_tab(std::string_view text, int line) {
  for (; line > 0 && !text.empty(); --line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, std::min(text.find_first_not_of(" \t"), text.size())).find('\t') != std::string_view::npos;
}

std::string in_plain_words(const std::string& said) {
  for (const SyntaxMistake& mistake : kSyntaxMistakes) {
    if (said.find(mistake.said) != std::string::npos) return std::string(mistake.plain);
  }
  return said;
}

Status several_documents(const std::string& shown_name, const std::vector<YAML::Node>& roots) {
  return invalid_input(shown_name + ":" + std::to_string(std::max(roots[1].Mark().line + 1, 1)) + ": a second of " +
                       std::to_string(roots.size()) + " YAML documents begins; expected one a file, without ---");
}

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
    return invalid_input(shown_name + ":" + std::to_string(line) +
                         ": the file is not UTF-8 from this line on; expected text saved as UTF-8");
  }
  YamlDocument document;
  document.shown_name_ = std::move(shown_name);
  const std::string& name = document.shown_name_;
  try {
    INKLING_TRY(check_documents_end(std::string(text), name));
    const std::vector<YAML::Node> roots = YAML::LoadAll(std::string(text));
    if (roots.size() > 1) return several_documents(name, roots);
    if (roots.empty()) return invalid_input(name + ":1: the file is empty");
    Converter converter(name, reading, most_values(text), document.lines_, document.quoted_);
    INKLING_ASSIGN(document.root_, converter.convert(roots.front(), ""));
  } catch (const YAML::Exception& error) {
    return invalid_input(name + ":" + std::to_string(error.mark.line + 1) + ":" +
                         std::to_string(error.mark.column + 1) + ": not valid YAML: " +
                         in_plain_words(is_indented_by_a_tab(text, error.mark.line) ? std::string(kTab) : error.msg));
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

void YamlDocument::tell(const Status& status, FileMistakes& mistakes) const {
  std::string_view rest = status.message();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view sentence = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (sentence.ends_with('.')) sentence.remove_suffix(1);
    mistakes.add(line_of(sentence.substr(0, sentence.find(": "))), std::string(sentence));
  }
}

Status YamlDocument::located(const Status& status) const {
  if (status.ok()) return status;
  FileMistakes mistakes(shown_name_);
  tell(status, mistakes);
  return {status.code(), mistakes.status().message()};
}

}  // namespace inkling::base
