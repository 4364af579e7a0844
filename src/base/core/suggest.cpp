#include "base/core/suggest.h"

#include <algorithm>
#include <vector>

namespace inkling::base {
namespace {

// Longer names are compared by their beginnings: the cost stays bounded whatever a caller sends.
constexpr std::size_t kComparedBytes = 64;
constexpr std::size_t kListedChoices = 30;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Optimal string alignment distance, three rows at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kComparedBytes);
  b = b.substr(0, kComparedBytes);
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = lower(a[i - 1]);
      const char y = lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y;
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

// "deadline" of "deadline_ms", "band" of "decide/band": one end of it, and long enough to mean it.
bool is_part(std::string_view part, std::string_view whole) {
  return part.size() >= 3 && part.size() < whole.size() && (whole.starts_with(part) || whole.ends_with(part));
}

template <typename Name>
std::string nearest_of(std::string_view found, std::span<const Name> choices) {
  std::size_t best_distance = std::max<std::size_t>(2, std::min(found.size(), kComparedBytes) / 3) + 1;
  std::string_view best;
  for (const std::string_view choice : choices) {
    const std::size_t distance = edit_distance(found, choice);
    // Replacing half of the letters makes anything of anything.
    if (distance < best_distance && 2 * distance < std::max(found.size(), choice.size())) {
      best_distance = distance;
      best = choice;
    }
  }
  if (!best.empty()) return std::string(best);
  const auto part = std::find_if(choices.begin(), choices.end(), [&](std::string_view choice) {
    return is_part(found, choice) || is_part(choice, found);
  });
  return part == choices.end() ? std::string() : std::string(*part);
}

template <typename Name>
std::string sentence(std::string_view found, std::span<const Name> choices) {
  if (choices.empty()) return "none is known";
  std::string text = choices.size() == 1 ? "expected " : "expected one of ";
  const std::size_t listed = std::min(choices.size(), kListedChoices);
  for (std::size_t i = 0; i < listed; ++i) {
    if (i > 0) text += ", ";
    text += choices[i];
  }
  if (listed < choices.size()) text += " ... (" + std::to_string(choices.size()) + " in all)";
  if (const std::string near = nearest_of(found, choices); !near.empty()) text += "; did you mean " + near + "?";
  return text;
}

}  // namespace

std::string nearest(std::string_view found, std::span<const std::string_view> choices) {
  return nearest_of(found, choices);
}
std::string nearest(std::string_view found, std::span<const std::string> choices) {
  return nearest_of(found, choices);
}
std::string expected_one_of(std::string_view found, std::span<const std::string_view> choices) {
  return sentence(found, choices);
}
std::string expected_one_of(std::string_view found, std::span<const std::string> choices) {
  return sentence(found, choices);
}

}  // namespace inkling::base
