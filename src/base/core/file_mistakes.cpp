#include "base/core/file_mistakes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace inkling::base {
namespace {

// The first `mark` outside quotes.
std::size_t find_plain(std::string_view text, std::string_view mark) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && text.substr(i, mark.size()) == mark) return i;
  }
  return std::string_view::npos;
}

bool drop(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

// "12:" -> 12; the text stays as it is when it starts otherwise.
int drop_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() + text.size() || *end != ':') return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

// Names of keys stand in front, each with ": " behind it; a place in a file may hold blanks once it holds a dot.
std::string take_key(std::string_view& text) {
  std::string key;
  for (;;) {
    const std::size_t end = find_plain(text, ": ");
    if (end == std::string_view::npos) return key;
    const std::string_view name = text.substr(0, end);
    const std::size_t blank = name.find(' ');
    if (name.find('"') != name.npos || (blank != name.npos && name.substr(0, blank).find('.') == name.npos)) {
      return key;
    }
    key += (key.empty() ? "" : ".") + std::string(name);
    text.remove_prefix(end + 2);
  }
}

// What stands in front of the complaint: something in quotes, a number or a word for a shape.
std::string found_in(std::string_view clause) {
  if (clause.starts_with('"')) {
    const std::size_t end = clause.find('"', 1);
    return std::string(clause.substr(0, end == clause.npos ? end : end + 1));
  }
  for (const std::string_view shape : {"a list", "a nested value", "keys and values", "nothing", "true", "false"}) {
    if (clause.starts_with(shape)) return std::string(shape);
  }
  if (clause.empty() || std::string_view("-0123456789").find(clause.front()) == std::string_view::npos) return "";
  return std::string(clause.substr(0, clause.find(' ')));
}

void read_first_clause(std::string_view clause, FileMistake& mistake) {
  if (drop(clause, "expected ")) {  // "expected a number, found a list"
    const std::size_t found = clause.rfind(", found ");
    mistake.allowed = clause.substr(0, found);
    if (found != clause.npos) mistake.found = clause.substr(found + 8);
    return;
  }
  mistake.found = found_in(clause);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBounds = {
      {{" is not between ", "from "}, {" is below ", "at least "}, {" is above ", "at most "}, {" is not ", ""}}};
  for (const auto& [bound, words] : kBounds) {
    const std::size_t at = clause.find(bound);
    if (at == clause.npos) continue;
    mistake.allowed = std::string(words) + std::string(clause.substr(at + bound.size()));
    if (const std::size_t both = mistake.allowed.find(" and "); words == "from " && both != std::string::npos) {
      mistake.allowed.replace(both, 5, " to ");
    }
    return;
  }
}

void read_sentence(std::string_view sentence, FileMistake& mistake) {
  mistake.message = sentence;
  mistake.key = take_key(sentence);
  bool first = true;
  while (!sentence.empty()) {
    const std::size_t end = std::min(find_plain(sentence, "; "), sentence.size());
    std::string_view clause = sentence.substr(0, end);
    sentence.remove_prefix(std::min(end + 2, sentence.size()));
    if (first) read_first_clause(clause, mistake);
    if (drop(clause, "did you mean ")) {
      mistake.suggestion = clause.substr(0, clause.size() - (clause.ends_with('?') ? 1 : 0));
    } else if (!first) {
      for (const std::string_view start : {"expected ", "allowed is ", "allowed are "}) drop(clause, start);
      mistake.allowed = clause;
    }
    first = false;
  }
}

}  // namespace

// A sentence repeats what the file says, and that may hold line breaks; a mistake is one line all the same.
void FileMistakes::add(int line, std::string sentence) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(sentence.begin(), sentence.end(), is_control, '?');
  std::pair<int, std::string> mistake(line, std::move(sentence));
  if (std::find(mistakes_.begin(), mistakes_.end(), mistake) == mistakes_.end()) {
    mistakes_.push_back(std::move(mistake));
  }
}

Status FileMistakes::status() const {
  if (mistakes_.empty()) return {};
  auto sorted = mistakes_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string message;
  for (const auto& [line, sentence] : sorted) {
    message += (message.empty() ? "" : "\n") + shown_name_ + ":" + std::to_string(line) + ": " + sentence;
  }
  return invalid_input(std::move(message));
}

std::vector<FileMistake> mistakes_of(const Status& status, std::string_view shown_name) {
  std::vector<FileMistake> mistakes;
  std::string_view rest = status.message();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    FileMistake& mistake = mistakes.emplace_back();
    mistake.message = line;
    if (!drop(line, shown_name) || !drop(line, ":")) continue;
    mistake.line = drop_number(line);
    mistake.column = drop_number(line);
    drop(line, " ");
    read_sentence(line, mistake);
  }
  return mistakes;
}

bool Refusals::note(const Status& status) {
  if (!status.ok()) sentences_ += (sentences_.empty() ? "" : "\n") + status.message();
  return status.ok();
}

}  // namespace inkling::base
