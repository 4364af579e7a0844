// An editor's decision as a request brings it: read, and held against the graph that it was made for. Not for what it
// does to a graph (tag/edits.h). Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/core/result.h"
#include "tag/edits.h"
#include "tag/tag_graph.h"

namespace inkling::server {

// Of who and why; both must say something.
inline constexpr std::size_t kMaxWhoBytes = 128;
inline constexpr std::size_t kMaxWhyBytes = 1000;

// A line of the file of edits without `at_ms`, which is the server's. kInvalidInput names the member.
[[nodiscard]] base::Result<tag::Edit> read_edit_request(std::string_view body, std::int64_t now_ms);

// Whether the graph has what it speaks of, and room for what it makes. kNotFound, kConflict or kInvalidInput. An undo
// speaks of a line, which only the file of edits can tell.
[[nodiscard]] base::Status check_fits(const tag::TagGraph& graph, const tag::Edit& edit);

}  // namespace inkling::server
