#include "tag/node_ids.h"

#include <algorithm>
#include <string>

#include "base/core/hash.h"

namespace inkling::tag {

NodeIds::NodeIds(const TagGraph& graph) : start_(1) {
  start_.reserve(graph.nodes() + 1);
  rows_.reserve(graph.nodes());
  std::string text;
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    const NodeFacts facts = graph.facts(row);
    text.assign(kNodeKindNames[static_cast<std::size_t>(facts.kind)]).append("/").append(facts.name);
    if (facts.industry != kNoRow) text.append("@").append(graph.name(facts.industry));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    start_.push_back(bytes_.size());
    rows_.emplace_back(base::name_hash(text), row);
  }
  std::ranges::sort(rows_);
}

std::optional<std::uint32_t> NodeIds::find(std::string_view id) const {
  const std::uint64_t hash = base::name_hash(id);
  for (auto at = std::ranges::lower_bound(rows_, std::pair(hash, 0U)); at != rows_.end() && at->first == hash; ++at) {
    if (this->id(at->second) == id) return at->second;
  }
  return std::nullopt;
}

}  // namespace inkling::tag
