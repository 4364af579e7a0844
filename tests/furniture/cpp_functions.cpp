#include "tests/furniture/cpp_functions.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/furniture/source_tree.h"

namespace inkling::furniture {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

// Copies code and writes spaces for everything else.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("//")) return blank_to(text_.find('\n', at_), 0);
    if (rest.starts_with("/*")) return blank_to(text_.find("*/", at_ + 2), 2);
    if (rest.starts_with("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) return blank_raw_string();
    if (rest[0] == '"') return blank_literal('"');
    if (rest[0] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) return blank_literal('\'');  // no digit separator
    if (rest[0] == '#' && only_space_before()) return blank_directive();
    out_ += text_[at_++];
  }

  void blank_to(std::size_t end, std::size_t extra) {
    end = end == std::string_view::npos ? text_.size() : end + extra;
    for (; at_ < end; ++at_) out_ += text_[at_] == '\n' ? '\n' : ' ';
  }

  void blank_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    blank_to(std::min(end, text_.size()), end < text_.size() && text_[end] == quote ? 1 : 0);
  }

  void blank_raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank_to(open, 0);
    const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    blank_to(text_.find(close, open), close.size());
  }

  void blank_directive() {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string_view::npos && end > 0 && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    blank_to(end, 0);
  }

  bool only_space_before() const {
    const std::size_t line = text_.rfind('\n', at_);
    const std::size_t start = line == std::string_view::npos || at_ == 0 ? 0 : line + 1;
    return std::ranges::all_of(text_.substr(start, at_ - start), is_space);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

// Without a leading template<...>, so that "template <class T>" does not look like a class.
std::string_view without_template(std::string_view header) {
  while (header.starts_with("template")) {
    std::size_t end = header.find('<');
    int depth = 0;
    for (; end < header.size(); ++end) {
      depth += header[end] == '<' ? 1 : header[end] == '>' ? -1 : 0;
      if (depth == 0) break;
    }
    header.remove_prefix(std::min(end + 1, header.size()));
    while (!header.empty() && is_space(header.front())) header.remove_prefix(1);
  }
  return header;
}

bool opens_scope(std::string_view header) {
  constexpr std::array<std::string_view, 6> kWords = {"namespace", "class", "struct", "union", "enum", "extern"};
  if (header.starts_with("inline namespace")) return true;
  const auto end = std::ranges::find_if_not(header, is_word);
  const std::string_view first(header.begin(), end);
  return std::ranges::find(kWords, first) != kWords.end();
}

bool is_assignment(std::string_view header) {
  if (header.find("operator") != std::string_view::npos) return false;
  int depth = 0;
  for (const char c : header) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '=' && depth == 0) return true;
  }
  return false;
}

class FunctionFinder {
 public:
  explicit FunctionFinder(std::string_view text) : text_(text), code_(code_only(text)) {}

  std::vector<FunctionSpan> run() {
    for (std::size_t at = 0; at < code_.size(); ++at) {
      if (code_[at] == '{')
        at = open(at);
      else if (code_[at] == '}' || code_[at] == ';' || is_access_label(at))
        header_start_ = at + 1;
    }
    return std::move(found_);
  }

 private:
  // Enters a scope and returns its brace, or passes over a body and returns its closing brace.
  std::size_t open(std::size_t brace) {
    while (header_start_ < brace && is_space(code_[header_start_])) ++header_start_;
    const std::string_view header =
        without_template(std::string_view(code_).substr(header_start_, brace - header_start_));
    if (opens_scope(header)) {
      header_start_ = brace + 1;
      return brace;
    }
    const std::size_t close = closing_brace(brace);
    if (continues_after(close)) return close;  // an initialiser list: the body is still to come
    if (header.find('(') != std::string_view::npos && !is_assignment(header)) add(close);
    header_start_ = close + 1;
    return close;
  }

  std::size_t closing_brace(std::size_t brace) const {
    int depth = 0;
    for (std::size_t at = brace; at < code_.size(); ++at) {
      depth += code_[at] == '{' ? 1 : code_[at] == '}' ? -1 : 0;
      if (depth == 0) return at;
    }
    return code_.size() - 1;
  }

  bool continues_after(std::size_t close) const {
    const std::size_t next = code_.find_first_not_of(" \n\t", close + 1);
    return next != std::string::npos && (code_[next] == ',' || code_[next] == '{');
  }

  // "public:" ends what stands before it; "::" does not.
  bool is_access_label(std::size_t at) const {
    if (code_[at] != ':') return false;
    const std::string_view before = std::string_view(code_).substr(0, at);
    return before.ends_with("public") || before.ends_with("private") || before.ends_with("protected");
  }

  void add(std::size_t close) {
    const std::size_t first = line_at(text_, header_start_);
    const std::string_view from_header = text_.substr(header_start_);
    found_.push_back(
        {std::string(from_header.substr(0, from_header.find('\n'))), first, line_at(text_, close) - first + 1});
  }

  std::string_view text_;
  std::string code_;
  std::size_t header_start_ = 0;
  std::vector<FunctionSpan> found_;
};

}  // namespace

std::string code_only(std::string_view text) {
  return Blanker(text).run();
}

std::vector<FunctionSpan> functions_of(std::string_view text) {
  return FunctionFinder(text).run();
}

}  // namespace inkling::furniture
