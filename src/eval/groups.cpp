#include "eval/groups.h"

#include <unordered_map>

namespace inkling::eval {

Groups Groups::of(std::span<const std::uint64_t> ids) {
  Groups groups;
  groups.index_of_point_.reserve(ids.size());
  std::unordered_map<std::uint64_t, std::uint32_t> index_of_id;
  for (const std::uint64_t id : ids) {
    const auto next = static_cast<std::uint32_t>(index_of_id.size());
    groups.index_of_point_.push_back(index_of_id.try_emplace(id, next).first->second);
  }
  groups.count_ = index_of_id.size();
  return groups;
}

}  // namespace inkling::eval
