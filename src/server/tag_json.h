// Tags as the API tells them. Member names are wire names. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "base/core/json.h"
#include "server/tag_keeper.h"
#include "tag/extractor.h"

namespace inkling::server {

// kind, name, industry (left out for general ones): what names a node in every later graph too.
[[nodiscard]] base::Json tag_key_json(const tag::TagGraph& graph, std::uint32_t row);

// The key with polarity, counts and whether an editor accepted it.
[[nodiscard]] base::Json tag_json(const tag::TagGraph& graph, std::uint32_t row);

// All that is known of it: with variants, example sentences and, of each type and direction, the `most` heaviest
// edges with their evidence.
[[nodiscard]] base::Json tag_page_json(const TagSnapshot& tags, std::uint32_t row, std::size_t most);

[[nodiscard]] base::Json matches_json(const tag::TagGraph& graph, std::string_view text,
                                      std::span<const tag::TagMatch> matches);

// The file's lines, newest first: each with its number, what undid it and why it no longer fits, if so.
[[nodiscard]] base::Json edits_json(const ToldEdits& told, const TagSnapshot* tags);

}  // namespace inkling::server
