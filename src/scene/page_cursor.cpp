#include "scene/page_cursor.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/core/hash.h"

namespace inkling::scene {
namespace {

constexpr char kForm = '1';
constexpr std::size_t kMarkDigits = 8;

std::uint32_t mark_of(std::string_view item) {
  return static_cast<std::uint32_t>(base::name_hash(item));
}

base::Status no_cursor() {
  return base::invalid_input("is no cursor; allowed is what an answer of this scene gave, unchanged");
}

}  // namespace

base::Result<SeenItems> SeenItems::parse(std::string_view cursor) {
  SeenItems seen;
  if (cursor.empty()) return seen;
  if (cursor.front() != kForm || cursor.size() % kMarkDigits != 1 || cursor.size() > kMaxCursorBytes) {
    return no_cursor();
  }
  for (std::size_t at = 1; at < cursor.size(); at += kMarkDigits) {
    const char* digits = cursor.data() + at;
    const auto [end, error] = std::from_chars(digits, digits + kMarkDigits, seen.marks_.emplace_back(), 16);
    if (error != std::errc() || end != digits + kMarkDigits) return no_cursor();
  }
  return seen;
}

bool SeenItems::hold(std::string_view item) const {
  return std::ranges::find(marks_, mark_of(item)) != marks_.end();
}

void SeenItems::add(std::string_view item) {
  if (marks_.size() == kMaxSeenItems) marks_.erase(marks_.begin());
  marks_.push_back(mark_of(item));
}

std::string SeenItems::cursor() const {
  std::string text(1, kForm);
  for (const std::uint32_t mark : marks_) {
    std::array<char, kMarkDigits> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + kMarkDigits, mark, 16);
    const auto count = static_cast<std::size_t>(written.ptr - digits.data());
    text.append(kMarkDigits - count, '0').append(digits.data(), count);
  }
  return text;
}

}  // namespace inkling::scene
