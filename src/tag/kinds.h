// What stands in the tag graph: kinds of nodes, types of edges, sources of counts, and what an edge may join. The
// numbers are written into packages and never change; new ones are added at the end. Thread safety: constants.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace inkling::tag {

enum class NodeKind : std::uint8_t { kTag, kCategory, kNeed, kDimension, kScene };
inline constexpr std::array<std::string_view, 5> kNodeKindNames = {"tag", "category", "need", "dimension", "scene"};

enum class EdgeType : std::uint8_t {
  kInCategory,
  kInDimension,
  kSimilar,
  kNeedOf,
  kServedBy,
  kMerges,
  kHyponym,
  kShownIn
};

// What an edge of a type joins. An edge that goes both ways is kept from either end.
struct EdgeRule {
  std::string_view name;
  NodeKind from;
  NodeKind to;
  bool both_ways;
};
inline constexpr std::array<EdgeRule, 8> kEdgeRules = {{
    {"in_category", NodeKind::kTag, NodeKind::kCategory, false},
    {"in_dimension", NodeKind::kTag, NodeKind::kDimension, false},
    {"similar", NodeKind::kTag, NodeKind::kTag, true},
    {"need_of", NodeKind::kNeed, NodeKind::kCategory, false},
    {"served_by", NodeKind::kNeed, NodeKind::kTag, false},
    {"merges", NodeKind::kCategory, NodeKind::kCategory, true},
    {"hyponym", NodeKind::kCategory, NodeKind::kCategory, false},
    {"shown_in", NodeKind::kTag, NodeKind::kScene, false},
}};
[[nodiscard]] constexpr const EdgeRule& rule_of(EdgeType type) {
  return kEdgeRules[static_cast<std::size_t>(type)];
}

// Where a surface was seen.
enum class Source : std::uint8_t { kTitle, kBody, kReview, kQuery };
inline constexpr std::array<std::string_view, 4> kSourceNames = {"title", "body", "review", "query"};
inline constexpr std::size_t kSources = kSourceNames.size();

// Whether people mean something good (1), neither (0) or bad (-1) by it.
inline constexpr std::int8_t kUnknownPolarity = 2;

// No row: a general tag's industry, for one.
inline constexpr std::uint32_t kNoRow = 0xFFFFFFFF;
inline constexpr std::size_t kMaxNodes = 0x7FFFFFFF;

inline constexpr std::size_t kMaxNameBytes = 128;     // as people wrote it; of a signal as well
inline constexpr std::size_t kMaxSurfaceBytes = 128;  // in normal form
inline constexpr std::size_t kMaxExamples = 3;        // of a node
inline constexpr std::size_t kMaxExampleBytes = 200;
inline constexpr std::size_t kMaxSignals = 255;  // names of evidence in a graph

// The place of a name in one of the tables above; nothing when it is not there.
template <std::size_t N>
[[nodiscard]] constexpr std::optional<std::size_t> place_of(const std::array<std::string_view, N>& names,
                                                            std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return i;
  }
  return std::nullopt;
}

}  // namespace inkling::tag
