// Makes a tag graph: mining jobs tell what they found, editors' decisions are laid over it, arrays() puts all of it
// in order. Not for reading (tag_graph.h).
//
// The same facts give the same bytes in whatever order they are told: counts add up; of weights and values of
// evidence told twice the largest stays, of spellings of a name the first in the order of bytes, of example sentences
// the shortest three. Ownership: copies what it is told. Thread safety: one thread. Cost: some hundred bytes a node
// and edge. Failure: kInvalidInput or kNotFound with a sentence that names the node; nothing has changed then.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"
#include "tag/columns.h"
#include "tag/kinds.h"

namespace inkling::tag {

// How a node is named from outside. Spellings of one normal form name the same node.
struct NodeKey {
  NodeKind kind = NodeKind::kTag;
  std::string name;
  std::string industry;  // the name of a category; "": general
  friend bool operator==(const NodeKey&, const NodeKey&) = default;
};

// `tag "WiFi维修" of "家电"`, for sentences.
[[nodiscard]] std::string told(const NodeKey& key);

struct SignalValue {
  std::string signal;  // "pmi", "walks": at most kMaxNameBytes
  float value = 0;
};

class TagGraphBuilder {
 public:
  // Stays the same while the builder lives, whatever is renamed or merged.
  using Handle = std::uint32_t;

  // The node; made when it is not there yet, with its name as its first surface. An industry must be there already.
  // Refused: names that are empty in normal form, too long or no UTF-8; a category of an industry.
  base::Result<Handle> add(const NodeKey& key);
  [[nodiscard]] base::Result<Handle> find(const NodeKey& key) const;

  void add_count(Handle node, Source source, std::uint32_t count);  // stays at 2^32 - 1
  base::Status add_variant(Handle node, std::string_view surface);
  // Cut to kMaxExampleBytes at a whole character.
  base::Status add_example(Handle node, std::string_view sentence);
  base::Status set_polarity(Handle node, int polarity);  // refused when it was told differently before
  // Of one size for all; nodes without one get zeros. Refused when it was told differently before.
  base::Status set_vector(Handle node, std::span<const float> vector);
  // Weight in (0, 1]; a type that goes both ways is told once.
  base::Status add_edge(Handle from, Handle to, EdgeType type, float weight, std::span<const SignalValue> evidence);

  // What editors decide (edits.h).
  void accept(Handle node);
  base::Status remove(Handle node);  // with its edges; refused for the industry of another node
  // The old name stays a variant. Refused when another node has the new one.
  base::Status rename(Handle node, std::string_view name);
  // All that is known of `from` becomes known of `into`, of the same kind; its name becomes a variant.
  base::Status merge(Handle from, Handle into);
  // Refused for the node's own name.
  base::Status remove_variant(Handle node, std::string_view surface);

  [[nodiscard]] base::Result<TagArrays> arrays() const;

 private:
  struct Draft {
    NodeKind kind = NodeKind::kTag;
    Handle industry = kNoRow;
    std::string form;  // the name in normal form
    std::string name;  // as people wrote it
    std::vector<std::string> surfaces;
    std::vector<std::string> examples;
    std::array<std::uint32_t, kSources> counts{};
    std::int8_t polarity = kUnknownPolarity;
    bool accepted = false;
    bool removed = false;
    Handle instead = kNoRow;  // what it was merged into
    std::vector<float> vector;
  };
  struct EdgeDraft {  // from, type and to say which
    std::uint32_t from = 0;
    EdgeType type = EdgeType::kSimilar;
    std::uint32_t to = 0;
    float weight = 0;
    std::uint32_t evidence = 0;  // where it begins
    std::uint32_t evidence_count = 0;
  };
  struct EvidenceDraft {
    std::uint8_t signal = 0;
    float value = 0;
  };
  struct JoinedEdge {  // all that was told of one edge of a row
    EdgeType type = EdgeType::kSimilar;
    std::uint32_t to = 0;
    float weight = 0;
    std::map<std::uint8_t, float> evidence;  // by the signal's number in the graph
  };
  // Of the nodes that are left.
  struct Order {
    std::vector<Handle> handle;      // by row
    std::vector<std::uint32_t> row;  // by handle; kNoRow: gone
  };

  [[nodiscard]] Handle alive(Handle node) const;  // itself, or what it is part of now
  [[nodiscard]] Draft& draft(Handle node) { return drafts_[alive(node)]; }
  [[nodiscard]] static std::string index_key(NodeKind kind, std::string_view form, Handle industry);
  [[nodiscard]] std::string index_key(const Draft& draft) const;
  [[nodiscard]] base::Result<Handle> industry_of(const NodeKey& key) const;
  [[nodiscard]] std::string told_of(const Draft& draft) const;
  base::Result<std::uint8_t> signal_number(const std::string& name);
  void merge_drafts(Handle from, Handle into);
  void move_industry(Handle from, Handle into);

  [[nodiscard]] Order order() const;
  [[nodiscard]] std::vector<EdgeDraft> edges_in(const Order& order) const;
  void put_nodes(const Order& order, TagArrays& arrays) const;
  void put_examples(const Order& order, TagArrays& arrays) const;
  void put_surfaces(const Order& order, TagArrays& arrays) const;
  void put_edges(const Order& order, TagArrays& arrays) const;
  std::vector<std::uint8_t> put_signals(std::span<const EdgeDraft> edges, TagArrays& arrays) const;
  static void put_row(std::vector<JoinedEdge>& edges, TagArrays& arrays);
  [[nodiscard]] std::span<const EvidenceDraft> evidence_of(const EdgeDraft& edge) const {
    return std::span(evidence_).subspan(edge.evidence, edge.evidence_count);
  }

  std::vector<Draft> drafts_;
  std::unordered_map<std::string, Handle> index_;  // of those that are left
  std::vector<EdgeDraft> edges_;
  std::vector<EvidenceDraft> evidence_;
  std::map<std::string, std::uint8_t> signals_;  // in the order in which they came
  std::size_t dim_ = 0;
};

}  // namespace inkling::tag
