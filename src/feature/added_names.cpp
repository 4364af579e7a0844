#include "feature/added_names.h"

#include <algorithm>
#include <utility>

namespace inkling::feature {

std::optional<std::uint32_t> AddedNames::find(std::uint64_t name) const {
  const auto found =
      std::ranges::lower_bound(sorted_, name, {}, [this](std::uint32_t place) { return names_[place]; });
  if (found == sorted_.end() || names_[*found] != name) return std::nullopt;
  return *found;
}

bool AddedNames::append(std::span<const std::uint64_t> names) {
  AddedNames grown = *this;
  for (const std::uint64_t name : names) {
    grown.sorted_.push_back(grown.size());
    grown.names_.push_back(name);
  }
  const auto name_of = [&grown](std::uint32_t place) { return grown.names_[place]; };
  std::ranges::sort(grown.sorted_, {}, name_of);
  if (std::ranges::adjacent_find(grown.sorted_, {}, name_of) != grown.sorted_.end()) return false;
  *this = std::move(grown);
  return true;
}

}  // namespace inkling::feature
