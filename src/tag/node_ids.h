// What the nodes of a tag graph are called where only one name fits, as in a scene's items: the kind, the name, and
// the industry if it has one: "need/空调不制冷", "tag/加氟@空调维修". Not for reading what people type
// (TagGraph::find).
//
// Ownership: copies the names. Thread safety: immutable, any thread. Cost: some 40 bytes a node; find is a binary
// search. Two nodes may have one id when names hold the signs themselves; the first row has it then.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "tag/tag_graph.h"

namespace inkling::tag {

class NodeIds {
 public:
  explicit NodeIds(const TagGraph& graph);

  [[nodiscard]] std::string_view id(std::uint32_t row) const {
    return std::string_view(bytes_.data() + start_[row], start_[row + 1] - start_[row]);
  }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;

 private:
  std::vector<std::size_t> start_;  // one more than there are rows
  std::vector<char> bytes_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows_;  // by base::name_hash of the id, then by row
};

}  // namespace inkling::tag
