// Finds nodes of a tag graph as requests ask for them: one by its names, many by what they begin with and are. Not
// for telling them (tag_json.h). Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "server/tag_keeper.h"
#include "tag/tag_graph_builder.h"

namespace inkling::server {

// kNotFound, with the node of which the name is a variant where there is one.
[[nodiscard]] base::Result<std::uint32_t> find_node(const tag::TagGraph& graph, const tag::NodeKey& key);

struct TagQuery {
  std::string beginning;  // of any surface; "": any
  std::optional<tag::NodeKind> kind;
  std::optional<std::uint32_t> category;  // whose industry it is or to which an edge leads; kNoRow: no industry
  std::optional<std::int8_t> polarity;
  std::optional<bool> accepted;
  std::size_t limit = 0;
};

// ?q=&kind=&category=&polarity=&accepted=&limit= of a target. kInvalidInput names the member, kNotFound the category.
[[nodiscard]] base::Result<TagQuery> read_tag_query(const tag::TagGraph& graph, std::string_view target);

struct FoundTags {
  std::vector<std::uint32_t> rows;  // most seen first, at most the limit
  std::size_t total = 0;            // without the limit
};

// Cost: linear in the nodes, or in those with such a surface: up to some ten milliseconds for half a million.
[[nodiscard]] FoundTags find_tags(const TagSnapshot& tags, const TagQuery& query);

// A whole number of the query, from 1 to `most`; `usual` when it is not said.
[[nodiscard]] base::Result<std::size_t> read_limit(std::string_view target, std::size_t usual, std::size_t most);

}  // namespace inkling::server
