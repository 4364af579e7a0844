// Names that a vocabulary learned after its first training, in the order in which they came: the place of a name
// never changes, whatever is added later. Not for a vocabulary's first entries (Encoder::entries). Thread safety:
// immutable once filled. Cost: find is O(log n), append O(n log n). Memory: 12 bytes a name. Wasm-clean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace inkling::feature {

class AddedNames {
 public:
  // Hashes of names, by place.
  [[nodiscard]] const std::vector<std::uint64_t>& names() const { return names_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t name) const;
  // Behind those that are there. False, and nothing added, when one is there already or comes twice.
  [[nodiscard]] bool append(std::span<const std::uint64_t> names);

 private:
  std::vector<std::uint64_t> names_;
  std::vector<std::uint32_t> sorted_;  // places, by name
};

}  // namespace inkling::feature
