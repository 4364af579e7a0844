// All that a graph knows, told to a builder again: editors' decisions and a day's news are laid over what was mined
// before. Not for reading a graph. Thread safety: free function. Cost: that of telling everything, some microseconds
// a node. Failure: none for a graph that was checked when it was loaded.
#pragma once

#include "base/core/result.h"
#include "tag/tag_graph.h"
#include "tag/tag_graph_builder.h"

namespace inkling::tag {

// Its arrays() are those of `graph`, byte for byte.
[[nodiscard]] base::Result<TagGraphBuilder> retold(const TagGraph& graph);

// The name of a row from outside.
[[nodiscard]] NodeKey key_of(const TagGraph& graph, std::uint32_t row);

}  // namespace inkling::tag
