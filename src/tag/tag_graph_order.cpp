// The second half of TagGraphBuilder: what was told, put into the order that packages keep.
#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "tag/tag_graph_builder.h"

namespace inkling::tag {
namespace {

using base::Result;
using base::Status;

void put_text(TextColumns<OwnedColumn>& texts, std::string_view text) {
  texts.bytes.insert(texts.bytes.end(), text.begin(), text.end());
  texts.start.push_back(static_cast<std::uint32_t>(texts.bytes.size()));
}

// Starts are 32 bits wide.
Status check_room(const TagArrays& arrays) {
  for (const std::size_t size : {arrays.kind.size(), arrays.name.bytes.size(), arrays.sentence.bytes.size(),
                                 arrays.surface.bytes.size(), arrays.edge_to.size(), arrays.evidence_signal.size()}) {
    if (size >= std::numeric_limits<std::uint32_t>::max()) {
      return base::too_large("the tag graph has an array of " + std::to_string(size) + " entries; at most 2^32 - 2");
    }
  }
  if (arrays.nodes() <= kMaxNodes && arrays.shared.size() < kSharedMeaning) return {};
  return base::too_large("the tag graph has " + std::to_string(arrays.nodes()) + " nodes and " +
                         std::to_string(arrays.shared.size()) + " shared meanings; fewer than 2^31 of both fit");
}

}  // namespace

Result<TagArrays> TagGraphBuilder::arrays() const {
  TagArrays arrays;
  for (auto* texts : {&arrays.name, &arrays.sentence, &arrays.surface, &arrays.signal}) texts->start.push_back(0);
  for (auto* starts : {&arrays.example_start, &arrays.edge_start, &arrays.evidence_start}) {
    starts->push_back(0);
  }
  const Order rows = order();
  put_nodes(rows, arrays);
  put_examples(rows, arrays);
  put_surfaces(rows, arrays);
  put_edges(rows, arrays);
  INKLING_TRY(check_room(arrays));
  return arrays;
}

TagGraphBuilder::Order TagGraphBuilder::order() const {
  Order order;
  for (Handle node = 0; node < drafts_.size(); ++node) {
    if (drafts_[node].instead == kNoRow && !drafts_[node].removed) order.handle.push_back(node);
  }
  const auto key = [this](Handle node) {
    const Draft& draft = drafts_[node];
    const std::string_view industry =
        draft.industry == kNoRow ? std::string_view() : drafts_[alive(draft.industry)].form;
    return std::tuple(draft.kind, std::string_view(draft.form), industry);
  };
  std::ranges::sort(order.handle, {}, key);
  order.row.assign(drafts_.size(), kNoRow);
  for (std::uint32_t row = 0; row < order.handle.size(); ++row) order.row[order.handle[row]] = row;
  for (Handle node = 0; node < drafts_.size(); ++node) order.row[node] = order.row[alive(node)];
  return order;
}

void TagGraphBuilder::put_nodes(const Order& order, TagArrays& arrays) const {
  for (const Handle node : order.handle) {
    const Draft& draft = drafts_[node];
    arrays.kind.push_back(static_cast<std::uint8_t>(draft.kind));
    arrays.industry.push_back(draft.industry == kNoRow ? kNoRow : order.row[draft.industry]);
    arrays.polarity.push_back(draft.polarity);
    arrays.accepted.push_back(draft.accepted ? 1 : 0);
    arrays.counts.insert(arrays.counts.end(), draft.counts.begin(), draft.counts.end());
    put_text(arrays.name, draft.name);
    if (draft.vector.empty()) arrays.vectors.resize(arrays.vectors.size() + dim_);
    arrays.vectors.insert(arrays.vectors.end(), draft.vector.begin(), draft.vector.end());
  }
}

void TagGraphBuilder::put_examples(const Order& order, TagArrays& arrays) const {
  std::vector<std::string_view> sentences;
  for (const Handle node : order.handle) {
    sentences.insert(sentences.end(), drafts_[node].examples.begin(), drafts_[node].examples.end());
  }
  std::ranges::sort(sentences);
  sentences.erase(std::unique(sentences.begin(), sentences.end()), sentences.end());
  for (const std::string_view sentence : sentences) put_text(arrays.sentence, sentence);
  for (const Handle node : order.handle) {
    for (const std::string& example : drafts_[node].examples) {
      const auto place = std::ranges::lower_bound(sentences, std::string_view(example)) - sentences.begin();
      arrays.example.push_back(static_cast<std::uint32_t>(place));
    }
    arrays.example_start.push_back(static_cast<std::uint32_t>(arrays.example.size()));
  }
}

// Of several meanings of a surface those come first whose name it is, then the most seen.
void TagGraphBuilder::put_surfaces(const Order& order, TagArrays& arrays) const {
  struct Meaning {
    std::string_view surface;
    bool is_variant;
    std::uint64_t seen;
    std::uint32_t row;
    [[nodiscard]] auto key() const { return std::tuple(surface, is_variant, ~seen, row); }
  };
  std::vector<Meaning> meanings;
  for (std::uint32_t row = 0; row < order.handle.size(); ++row) {
    const Draft& draft = drafts_[order.handle[row]];
    const auto seen = std::accumulate(draft.counts.begin(), draft.counts.end(), std::uint64_t{0});
    for (const std::string& surface : draft.surfaces) meanings.push_back({surface, surface != draft.form, seen, row});
  }
  std::ranges::sort(meanings, {}, &Meaning::key);
  for (auto next = meanings.begin(); next != meanings.end();) {
    const auto first = next;
    next = std::find_if(first, meanings.end(), [&](const Meaning& other) { return other.surface != first->surface; });
    put_text(arrays.surface, first->surface);
    if (next - first == 1) {
      arrays.meaning.push_back(first->row);
      continue;
    }
    arrays.meaning.push_back(kSharedMeaning | static_cast<std::uint32_t>(arrays.shared.size()));
    arrays.shared.push_back(static_cast<std::uint32_t>(next - first));
    std::transform(first, next, std::back_inserter(arrays.shared), [](const Meaning& one) { return one.row; });
  }
}

// Between rows, both ways where the type goes both ways, by row, type and target; told twice stands side by side.
// What leads from or to nodes that are gone, or that became one, is left out.
std::vector<TagGraphBuilder::EdgeDraft> TagGraphBuilder::edges_in(const Order& order) const {
  std::vector<EdgeDraft> edges;
  for (EdgeDraft edge : edges_) {
    edge.from = order.row[edge.from];
    edge.to = order.row[edge.to];
    if (edge.from == kNoRow || edge.to == kNoRow || edge.from == edge.to) continue;
    edges.push_back(edge);
    std::swap(edge.from, edge.to);
    if (rule_of(edge.type).both_ways) edges.push_back(edge);
  }
  std::ranges::sort(edges, {}, [](const EdgeDraft& edge) { return std::tuple(edge.from, edge.type, edge.to); });
  return edges;
}

// The signals that some edge has, by name; their numbers in the graph by those of the builder.
std::vector<std::uint8_t> TagGraphBuilder::put_signals(std::span<const EdgeDraft> edges, TagArrays& arrays) const {
  std::vector<bool> is_used(signals_.size());
  for (const EdgeDraft& edge : edges) {
    for (const EvidenceDraft& one : evidence_of(edge)) is_used[one.signal] = true;
  }
  std::vector<std::uint8_t> number_in_graph(signals_.size());
  for (const auto& [name, number] : signals_) {
    if (!is_used[number]) continue;
    number_in_graph[number] = static_cast<std::uint8_t>(arrays.signal.size());
    put_text(arrays.signal, name);
  }
  return number_in_graph;
}

void TagGraphBuilder::put_edges(const Order& order, TagArrays& arrays) const {
  const std::vector<EdgeDraft> edges = edges_in(order);
  const std::vector<std::uint8_t> signal = put_signals(edges, arrays);
  std::vector<JoinedEdge> of_row;
  auto next = edges.begin();
  for (std::uint32_t row = 0; row < order.handle.size(); ++row) {
    of_row.clear();
    for (; next != edges.end() && next->from == row; ++next) {
      const bool is_same = !of_row.empty() && of_row.back().type == next->type && of_row.back().to == next->to;
      if (!is_same) of_row.push_back({next->type, next->to, next->weight, {}});
      JoinedEdge& joined = of_row.back();
      joined.weight = std::max(joined.weight, next->weight);
      for (const EvidenceDraft& one : evidence_of(*next)) {
        const auto [place, is_new] = joined.evidence.try_emplace(signal[one.signal], one.value);
        if (!is_new) place->second = std::max(place->second, one.value);
      }
    }
    put_row(of_row, arrays);
  }
}

void TagGraphBuilder::put_row(std::vector<JoinedEdge>& edges, TagArrays& arrays) {
  std::ranges::sort(edges, {}, [](const JoinedEdge& one) { return std::tuple(one.type, -one.weight, one.to); });
  for (const JoinedEdge& one : edges) {
    arrays.edge_to.push_back(one.to);
    arrays.edge_type.push_back(static_cast<std::uint8_t>(one.type));
    arrays.edge_weight.push_back(one.weight);
    for (const auto& [number, value] : one.evidence) {
      arrays.evidence_signal.push_back(number);
      arrays.evidence_value.push_back(value);
    }
    arrays.evidence_start.push_back(static_cast<std::uint32_t>(arrays.evidence_signal.size()));
  }
  arrays.edge_start.push_back(static_cast<std::uint32_t>(arrays.edge_to.size()));
}

}  // namespace inkling::tag
