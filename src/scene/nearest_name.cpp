#include "scene/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace inkling::scene {
namespace {

// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name, std::span<const std::string_view> known) {
  constexpr std::size_t kLongestName = 128;  // longer ones are no slip of the finger
  if (name.size() > kLongestName) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string suggest_name(std::string_view name, std::span<const std::string_view> known) {
  if (const std::string_view nearest = nearest_name(name, known); !nearest.empty()) {
    return "nearest is \"" + std::string(nearest) + "\"";
  }
  if (known.empty()) return "none is known";
  std::string list = "known are ";
  for (std::size_t i = 0; i < known.size(); ++i) list.append(i == 0 ? "" : ", ").append(known[i]);
  return list;
}

}  // namespace inkling::scene
