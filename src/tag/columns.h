// The arrays that a tag graph consists of, as a builder fills them and as a package keeps them: one list of them, one
// tensor each. Not for reading a graph (tag_graph.h).
//
// A list of lists is a column of starts, one longer than there are lists, and a column of entries. What follows from
// these (indexes, the variants of a node, the tags of a category) is made when a graph is loaded, so it cannot
// contradict them. Thread safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::tag {

inline constexpr std::uint32_t kSharedMeaning = 0x80000000;

template <template <typename> typename Column>
struct TextColumns {
  Column<std::uint32_t> start;
  Column<char> bytes;  // UTF-8

  [[nodiscard]] std::size_t size() const { return start.empty() ? 0 : start.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {bytes.data() + start[i], start[i + 1] - start[i]};
  }
};

template <template <typename> typename Column>
struct TagColumns {
  // Of nodes, by row: by kind, then by the normal form of the name, then by industry.
  Column<std::uint8_t> kind;       // NodeKind
  Column<std::uint32_t> industry;  // the row of a category, or kNoRow
  Column<std::int8_t> polarity;    // -1, 0, 1 or kUnknownPolarity
  Column<std::uint8_t> accepted;   // 1: an editor said so
  Column<std::uint32_t> counts;    // [nodes x kSources]
  TextColumns<Column> name;
  Column<std::uint32_t> example_start;
  Column<std::uint32_t> example;  // sentences
  TextColumns<Column> sentence;   // each once, in order
  // Normal forms, each once, in order. Each means one row, as nearly all do, or has kSharedMeaning and a place in
  // `shared`, where the number of rows stands and behind it the rows, the likeliest first.
  TextColumns<Column> surface;
  Column<std::uint32_t> meaning;
  Column<std::uint32_t> shared;
  // Edges by the row they leave, then by type, then heaviest first.
  Column<std::uint32_t> edge_start;
  Column<std::uint32_t> edge_to;
  Column<std::uint8_t> edge_type;
  Column<float> edge_weight;
  Column<std::uint32_t> evidence_start;
  Column<std::uint8_t> evidence_signal;
  Column<float> evidence_value;
  TextColumns<Column> signal;  // names, in order
  Column<float> vectors;       // [nodes x dim], or empty

  [[nodiscard]] std::size_t nodes() const { return kind.size(); }
  [[nodiscard]] std::size_t dim() const { return kind.empty() ? 0 : vectors.size() / kind.size(); }
};

template <typename T>
using OwnedColumn = std::vector<T>;
template <typename T>
using ViewedColumn = std::span<const T>;
using TagArrays = TagColumns<OwnedColumn>;
using TagViews = TagColumns<ViewedColumn>;

// visit(name of the tensor, column) -> base::Status, for every column of `columns`... and the same one of `others`.
template <typename Visit, typename... Columns>
base::Status each_column(Visit visit, Columns&... columns) {
  const auto texts = [&visit](std::string_view start, std::string_view bytes, auto&... column) -> base::Status {
    INKLING_TRY(visit(start, column.start...));
    return visit(bytes, column.bytes...);
  };
  INKLING_TRY(visit("node.kind", columns.kind...));
  INKLING_TRY(visit("node.industry", columns.industry...));
  INKLING_TRY(visit("node.polarity", columns.polarity...));
  INKLING_TRY(visit("node.accepted", columns.accepted...));
  INKLING_TRY(visit("node.counts", columns.counts...));
  INKLING_TRY(texts("name.start", "name.bytes", columns.name...));
  INKLING_TRY(visit("example.start", columns.example_start...));
  INKLING_TRY(visit("example.sentence", columns.example...));
  INKLING_TRY(texts("sentence.start", "sentence.bytes", columns.sentence...));
  INKLING_TRY(texts("surface.start", "surface.bytes", columns.surface...));
  INKLING_TRY(visit("meaning.row", columns.meaning...));
  INKLING_TRY(visit("meaning.shared", columns.shared...));
  INKLING_TRY(visit("edge.start", columns.edge_start...));
  INKLING_TRY(visit("edge.to", columns.edge_to...));
  INKLING_TRY(visit("edge.type", columns.edge_type...));
  INKLING_TRY(visit("edge.weight", columns.edge_weight...));
  INKLING_TRY(visit("evidence.start", columns.evidence_start...));
  INKLING_TRY(visit("evidence.signal", columns.evidence_signal...));
  INKLING_TRY(visit("evidence.value", columns.evidence_value...));
  INKLING_TRY(texts("signal.start", "signal.bytes", columns.signal...));
  return visit("vectors", columns.vectors...);
}

[[nodiscard]] TagViews views_of(const TagArrays& arrays);

// Whether no look-up can lead out of the arrays and every list stands in its order. kCorrupt that names the tensor.
[[nodiscard]] base::Status check_columns(const TagViews& columns);

}  // namespace inkling::tag
