#include "tag/columns.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

#include "base/core/utf8.h"
#include "tag/kinds.h"

namespace inkling::tag {
namespace {

using base::Status;
using Starts = std::span<const std::uint32_t>;

Status wrong(std::string_view tensor, const std::string& complaint) {
  return base::corrupt("tensor \"" + std::string(tensor) + "\": " + complaint + ".");
}

Status wrong_at(std::string_view tensor, std::size_t place, const std::string& complaint) {
  return wrong(tensor, "entry " + std::to_string(place) + " " + complaint);
}

template <typename T>
Status check_size(std::string_view tensor, std::span<const T> column, std::size_t expected) {
  if (column.size() == expected) return {};
  return wrong(tensor, std::to_string(column.size()) + " entries; expected " + std::to_string(expected));
}

template <typename T, typename Holds>
Status check_each(std::string_view tensor, std::span<const T> column, Holds holds, const std::string& complaint) {
  const auto found = std::ranges::find_if_not(column, holds);
  if (found == column.end()) return {};
  return wrong_at(tensor, static_cast<std::size_t>(found - column.begin()), complaint);
}

Status check_below(std::string_view tensor, Starts column, std::size_t limit) {
  return check_each(
      tensor, column, [limit](std::uint32_t value) { return value < limit; },
      "is not below " + std::to_string(limit));
}

// `lists` lists over `entries` entries.
Status check_starts(std::string_view tensor, Starts starts, std::size_t lists, std::size_t entries) {
  INKLING_TRY(check_size(tensor, starts, lists + 1));
  if (starts.front() != 0 || starts.back() != entries) {
    return wrong(tensor, "goes from " + std::to_string(starts.front()) + " to " + std::to_string(starts.back()) +
                             "; expected 0 to " + std::to_string(entries));
  }
  const auto falls = std::ranges::adjacent_find(starts, std::greater<>());
  if (falls == starts.end()) return {};
  return wrong_at(tensor, static_cast<std::size_t>(falls - starts.begin()) + 1, "is below the one before");
}

struct TextLimits {
  std::size_t most_bytes = 0;
  bool in_order = false;  // and so each once
};

Status check_texts(std::string_view start_tensor, std::string_view bytes_tensor,
                   const TextColumns<ViewedColumn>& texts, TextLimits limits) {
  if (texts.start.empty()) return wrong(start_tensor, "is empty; expected one entry or more");
  INKLING_TRY(check_starts(start_tensor, texts.start, texts.start.size() - 1, texts.bytes.size()));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view text = texts[i];
    if (text.empty() || text.size() > limits.most_bytes) {
      return wrong_at(start_tensor, i,
                      "is a text of " + std::to_string(text.size()) + " bytes; expected 1 to " +
                          std::to_string(limits.most_bytes));
    }
    if (!base::valid_utf8(text)) return wrong_at(bytes_tensor, texts.start[i], "begins a text that is not UTF-8");
    if (limits.in_order && i > 0 && texts[i - 1] >= text) {
      return wrong_at(start_tensor, i, "is a text that does not stand behind the one before");
    }
  }
  return {};
}

Status check_nodes(const TagViews& columns) {
  const std::size_t nodes = columns.nodes();
  if (nodes > kMaxNodes) return wrong("node.kind", "too many nodes; expected fewer than 2^31");
  INKLING_TRY(check_each(
      "node.kind", columns.kind, [](std::uint8_t kind) { return kind < kNodeKindNames.size(); }, "is no kind"));
  if (!std::ranges::is_sorted(columns.kind)) return wrong("node.kind", "nodes do not stand by kind");
  INKLING_TRY(check_size("node.industry", columns.industry, nodes));
  const auto is_industry = [&](std::uint32_t row) {
    return row == kNoRow || (row < nodes && columns.kind[row] == static_cast<std::uint8_t>(NodeKind::kCategory));
  };
  INKLING_TRY(check_each("node.industry", columns.industry, is_industry, "is no row of a category"));
  INKLING_TRY(check_size("node.polarity", columns.polarity, nodes));
  INKLING_TRY(check_each(
      "node.polarity", columns.polarity, [](std::int8_t value) { return value >= -1 && value <= kUnknownPolarity; },
      "is none of -1, 0, 1 and 2"));
  INKLING_TRY(check_size("node.accepted", columns.accepted, nodes));
  INKLING_TRY(check_each(
      "node.accepted", columns.accepted, [](std::uint8_t value) { return value <= 1; }, "is neither 0 nor 1"));
  INKLING_TRY(check_size("node.counts", columns.counts, nodes * kSources));
  INKLING_TRY(check_texts("name.start", "name.bytes", columns.name, {kMaxNameBytes, false}));
  INKLING_TRY(check_size("name.start", columns.name.start, nodes + 1));
  if (nodes == 0 && !columns.vectors.empty()) return wrong("vectors", "has entries, but there are no nodes");
  if (nodes != 0) INKLING_TRY(check_size("vectors", columns.vectors, nodes * columns.dim()));
  return check_each(
      "vectors", columns.vectors, [](float value) { return std::isfinite(value); }, "is no finite number");
}

Status check_examples(const TagViews& columns) {
  INKLING_TRY(check_texts("sentence.start", "sentence.bytes", columns.sentence, {kMaxExampleBytes, true}));
  INKLING_TRY(check_starts("example.start", columns.example_start, columns.nodes(), columns.example.size()));
  for (std::size_t row = 0; row < columns.nodes(); ++row) {
    if (columns.example_start[row + 1] - columns.example_start[row] > kMaxExamples) {
      return wrong_at("example.start", row, "begins more than " + std::to_string(kMaxExamples) + " examples");
    }
  }
  return check_below("example.sentence", columns.example, columns.sentence.size());
}

// The next list in `shared`, at `place`, which moves behind it.
Status check_shared(const TagViews& columns, std::size_t& place) {
  const std::size_t left = columns.shared.size() - place;
  if (left < 3 || columns.shared[place] < 2 || columns.shared[place] > left - 1) {
    return wrong_at("meaning.shared", place, "begins no list of two rows or more");
  }
  const std::size_t rows = columns.shared[place];
  INKLING_TRY(check_below("meaning.shared", columns.shared.subspan(place + 1, rows), columns.nodes()));
  place += 1 + rows;
  return {};
}

Status check_surfaces(const TagViews& columns) {
  INKLING_TRY(check_texts("surface.start", "surface.bytes", columns.surface, {kMaxSurfaceBytes, true}));
  INKLING_TRY(check_size("meaning.row", columns.meaning, columns.surface.size()));
  std::size_t place = 0;  // lists stand side by side, so nothing of them is used twice
  for (std::size_t i = 0; i < columns.meaning.size(); ++i) {
    const std::uint32_t meaning = columns.meaning[i];
    if ((meaning & kSharedMeaning) == 0) {
      if (meaning >= columns.nodes()) return wrong_at("meaning.row", i, "is no row");
      continue;
    }
    if ((meaning & ~kSharedMeaning) != place) {
      return wrong_at("meaning.row", i, "does not point at entry " + std::to_string(place) + " of meaning.shared");
    }
    INKLING_TRY(check_shared(columns, place));
  }
  return check_size("meaning.shared", columns.shared, place);
}

Status check_edge(const TagViews& columns, std::size_t row, std::size_t edge) {
  const std::uint8_t type = columns.edge_type[edge];
  if (type >= kEdgeRules.size()) return wrong_at("edge.type", edge, "is no type");
  const EdgeRule& rule = kEdgeRules[type];
  const std::uint32_t to = columns.edge_to[edge];
  if (to == row || columns.kind[row] != static_cast<std::uint8_t>(rule.from) ||
      columns.kind[to] != static_cast<std::uint8_t>(rule.to)) {
    return wrong_at("edge.to", edge, "is not where \"" + std::string(rule.name) + "\" of its row may lead");
  }
  const float weight = columns.edge_weight[edge];
  if (!(weight > 0 && weight <= 1)) return wrong_at("edge.weight", edge, "is not above 0 and up to 1");
  if (edge == columns.edge_start[row]) return {};
  const std::uint8_t before = columns.edge_type[edge - 1];
  if (before < type || (before == type && columns.edge_weight[edge - 1] >= weight)) return {};
  return wrong_at("edge.weight", edge, "does not stand by type and then by weight");
}

Status check_edges(const TagViews& columns) {
  const std::size_t edges = columns.edge_to.size();
  INKLING_TRY(check_starts("edge.start", columns.edge_start, columns.nodes(), edges));
  INKLING_TRY(check_below("edge.to", columns.edge_to, columns.nodes()));
  INKLING_TRY(check_size("edge.type", columns.edge_type, edges));
  INKLING_TRY(check_size("edge.weight", columns.edge_weight, edges));
  for (std::size_t row = 0; row < columns.nodes(); ++row) {
    for (std::size_t edge = columns.edge_start[row]; edge < columns.edge_start[row + 1]; ++edge) {
      INKLING_TRY(check_edge(columns, row, edge));
    }
  }
  return {};
}

Status check_evidence(const TagViews& columns) {
  INKLING_TRY(check_texts("signal.start", "signal.bytes", columns.signal, {kMaxNameBytes, true}));
  if (columns.signal.size() > kMaxSignals) {
    return wrong("signal.start", "more than " + std::to_string(kMaxSignals) + " signals");
  }
  const std::size_t entries = columns.evidence_signal.size();
  INKLING_TRY(check_starts("evidence.start", columns.evidence_start, columns.edge_to.size(), entries));
  INKLING_TRY(check_size("evidence.value", columns.evidence_value, entries));
  INKLING_TRY(check_each(
      "evidence.signal", columns.evidence_signal, [&](std::uint8_t signal) { return signal < columns.signal.size(); },
      "is no signal"));
  return check_each(
      "evidence.value", columns.evidence_value, [](float value) { return std::isfinite(value); },
      "is no finite number");
}

}  // namespace

TagViews views_of(const TagArrays& arrays) {
  TagViews views;
  const auto look = [](std::string_view, const auto& own, auto& view) -> Status {
    view = own;
    return {};
  };
  [[maybe_unused]] const Status status = each_column(look, arrays, views);
  assert(status.ok());
  return views;
}

Status check_columns(const TagViews& columns) {
  INKLING_TRY(check_nodes(columns));
  INKLING_TRY(check_examples(columns));
  INKLING_TRY(check_surfaces(columns));
  INKLING_TRY(check_edges(columns));
  return check_evidence(columns);
}

}  // namespace inkling::tag
