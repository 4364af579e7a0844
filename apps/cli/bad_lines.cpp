#include "apps/cli/bad_lines.h"

#include <cctype>
#include <filesystem>
#include <system_error>

namespace inkling::cli {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Behind the closing quote of the text that opens at `i`.
std::size_t behind_quoted(std::string_view text, std::size_t i) {
  for (++i; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\') ++i;
  }
  return i + 1;
}

}  // namespace

std::string kind_of_reason(std::string_view reason) {
  std::string kind;
  for (std::size_t i = 0; i < reason.size() && reason[i] != ';';) {
    if (reason[i] == '"') {
      kind += "\"…\"";
      i = behind_quoted(reason, i);
    } else if (is_digit(reason[i]) && (i == 0 || reason[i - 1] == ' ')) {
      kind += 'N';
      while (i < reason.size() && is_digit(reason[i])) ++i;
    } else {
      kind += reason[i++];
    }
  }
  return kind;
}

void BadLines::add(const wire::BadLine& bad) {
  if (count_++ == 0) open();
  std::string kind = kind_of_reason(bad.reason);
  if (kinds_.size() >= kMostKinds && !kinds_.contains(kind)) kind = "other reasons";
  ++kinds_[kind];
  base::Json line = base::Json::object();
  line.set("file", bad.file);
  line.set("line", static_cast<std::int64_t>(bad.line));
  line.set("reason", bad.reason);
  line.set("text", bad.text);
  out_ << line.to_text() << '\n';
}

void BadLines::restart() {
  out_.close();
  count_ = 0;
  kinds_.clear();
}

base::Status BadLines::flush() {
  if (count_ == 0) return {};
  out_.flush();
  if (out_.good()) return {};
  return base::io_error("bad lines cannot be written to " + path_ + "; is the disk full, or the folder not there?");
}

void BadLines::open() {
  std::error_code ignored;
  const auto folder = std::filesystem::path(path_).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  out_.clear();
  out_.open(path_, std::ios::trunc);
}

}  // namespace inkling::cli
