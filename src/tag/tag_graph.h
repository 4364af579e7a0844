// What a marketplace knows of its tags: which surfaces mean them, how often they are seen, what they belong to and
// are like, and why. Immutable. Not for making one (tag_graph_builder.h), storing one (tag_package.h) or finding tags
// in a text (extractor.h).
//
// Nodes are rows: by kind, then by name, then by industry. A surface may mean several: one of an industry, one in
// general. Ownership: owns or shares its arrays; views and spans live as long as the graph and stay valid when it is
// moved. Thread safety: const calls from any thread. Cost: find is some hundred nanoseconds and allocates only for
// surfaces that are not plain (text/normal_form.h); making one reads every byte once. Failure: kCorrupt that names
// the tensor.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "tag/columns.h"
#include "tag/kinds.h"
#include "tag/surface_index.h"

namespace inkling::tag {

struct NodeFacts {
  NodeKind kind = NodeKind::kTag;
  std::string_view name;            // as people wrote it
  std::uint32_t industry = kNoRow;  // the row of a category; kNoRow: general
  std::int8_t polarity = kUnknownPolarity;
  bool accepted = false;  // by an editor
  std::array<std::uint32_t, kSources> counts{};
  std::span<const std::uint32_t> examples;  // for sentence()
  std::span<const std::uint32_t> variants;  // for surface(); the name's own among them
};

// The edges of one row and type (or of all types, type by type), heaviest first; edge i is number `first` + i.
struct Edges {
  std::span<const std::uint32_t> to;
  std::span<const std::uint8_t> type;
  std::span<const float> weight;  // in (0, 1]
  std::uint32_t first = 0;
};

// What speaks for an edge: signal i has value i.
struct Evidence {
  std::span<const std::uint8_t> signal;  // for signal_name()
  std::span<const float> value;
};

class TagGraph {
 public:
  [[nodiscard]] static base::Result<TagGraph> make(TagArrays arrays);
  // Over arrays that `owner` keeps where they are.
  [[nodiscard]] static base::Result<TagGraph> over(const TagViews& columns, std::shared_ptr<const void> owner);

  [[nodiscard]] std::size_t nodes() const { return columns_.nodes(); }
  [[nodiscard]] std::size_t surfaces() const { return columns_.surface.size(); }
  [[nodiscard]] std::size_t edge_count() const { return columns_.edge_to.size(); }
  [[nodiscard]] const TagViews& columns() const { return columns_; }
  [[nodiscard]] const SurfaceIndex& surface_index() const { return index_; }

  // Everything that a surface means, likeliest first; empty when it is not known.
  [[nodiscard]] std::span<const std::uint32_t> find(std::string_view surface) const;
  // The industry's meaning, else the general one. Without an industry the general one, else the likeliest.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view surface, std::uint32_t industry) const;
  // The same of surfaces by number.
  [[nodiscard]] std::span<const std::uint32_t> meanings(std::uint32_t surface) const;
  [[nodiscard]] std::optional<std::uint32_t> best_meaning(std::uint32_t surface, std::uint32_t industry) const;
  // The node of that kind, name (in any of its normal form's spellings, no variant) and industry.
  [[nodiscard]] std::optional<std::uint32_t> node(NodeKind kind, std::string_view name, std::uint32_t industry) const;

  [[nodiscard]] NodeFacts facts(std::uint32_t row) const;
  [[nodiscard]] std::uint64_t count(std::uint32_t row) const;  // over all sources
  [[nodiscard]] std::string_view name(std::uint32_t row) const { return columns_.name[row]; }
  [[nodiscard]] std::string_view surface(std::uint32_t number) const { return columns_.surface[number]; }
  [[nodiscard]] std::string_view sentence(std::uint32_t number) const { return columns_.sentence[number]; }
  [[nodiscard]] std::string_view signal_name(std::uint8_t signal) const { return columns_.signal[signal]; }
  // Empty when the graph has no vectors.
  [[nodiscard]] std::span<const float> vector(std::uint32_t row) const;

  [[nodiscard]] Edges edges(std::uint32_t row) const;
  [[nodiscard]] Edges edges(std::uint32_t row, EdgeType type) const;
  [[nodiscard]] Evidence evidence(std::uint32_t edge) const;

  // At most `most` nodes with a surface that begins so, the most seen first. Cost: linear in those surfaces.
  [[nodiscard]] std::vector<std::uint32_t> complete(std::string_view prefix, std::size_t most) const;
  // At most `most` tags of a category, the most seen first. Cost: none.
  [[nodiscard]] std::span<const std::uint32_t> hot(std::uint32_t category, std::size_t most) const;

 private:
  // One list for each row.
  struct Lists {
    std::vector<std::uint32_t> start, entry;
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const {
      return std::span(entry).subspan(start[row], start[row + 1] - start[row]);
    }
  };
  TagGraph() = default;
  template <typename Each>
  [[nodiscard]] Lists lists_of(Each each) const;
  [[nodiscard]] Lists variants_by_row() const;
  [[nodiscard]] Lists tags_by_category() const;
  void sort_most_seen_first(std::span<std::uint32_t> rows) const;
  [[nodiscard]] Edges edges_between(std::uint32_t first, std::uint32_t last) const;

  std::shared_ptr<const void> owner_;
  TagViews columns_;
  SurfaceIndex index_;
  Lists variants_, tags_;
};

}  // namespace inkling::tag
