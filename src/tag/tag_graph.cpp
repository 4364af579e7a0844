#include "tag/tag_graph.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "text/normal_form.h"

namespace inkling::tag {
namespace {

using base::Result;

std::span<const std::uint32_t> list_of(std::span<const std::uint32_t> start, std::span<const std::uint32_t> entry,
                                       std::uint32_t i) {
  return entry.subspan(start[i], start[i + 1] - start[i]);
}

// Calls `use` with the normal form of `surface`, which plain ones are already.
template <typename Use>
auto with_normal_form(std::string_view surface, Use use) {
  return text::is_plain(surface) ? use(surface) : use(std::string_view(text::normal_form(surface)));
}

}  // namespace

Result<TagGraph> TagGraph::make(TagArrays arrays) {
  auto owned = std::make_shared<const TagArrays>(std::move(arrays));
  const TagViews views = views_of(*owned);
  return over(views, std::move(owned));
}

Result<TagGraph> TagGraph::over(const TagViews& columns, std::shared_ptr<const void> owner) {
  INKLING_TRY(check_columns(columns));
  TagGraph graph;
  graph.owner_ = std::move(owner);
  graph.columns_ = columns;
  graph.index_ = SurfaceIndex(columns.surface);
  graph.variants_ = graph.variants_by_row();
  graph.tags_ = graph.tags_by_category();
  return graph;
}

std::span<const std::uint32_t> TagGraph::find(std::string_view surface) const {
  const auto number = with_normal_form(surface, [this](std::string_view form) { return index_.find(form); });
  return number ? meanings(*number) : std::span<const std::uint32_t>();
}

std::optional<std::uint32_t> TagGraph::find(std::string_view surface, std::uint32_t industry) const {
  const auto number = with_normal_form(surface, [this](std::string_view form) { return index_.find(form); });
  return number ? best_meaning(*number, industry) : std::nullopt;
}

std::span<const std::uint32_t> TagGraph::meanings(std::uint32_t surface) const {
  const std::uint32_t& meaning = columns_.meaning[surface];
  if ((meaning & kSharedMeaning) == 0) return {&meaning, 1};
  const std::uint32_t place = meaning & ~kSharedMeaning;
  return columns_.shared.subspan(place + 1, columns_.shared[place]);
}

std::optional<std::uint32_t> TagGraph::best_meaning(std::uint32_t surface, std::uint32_t industry) const {
  const auto rows = meanings(surface);
  const auto first_of = [&](std::uint32_t wanted) {
    return std::ranges::find(rows, wanted, [this](std::uint32_t row) { return columns_.industry[row]; });
  };
  if (const auto own = first_of(industry); own != rows.end()) return *own;
  if (const auto general = first_of(kNoRow); general != rows.end()) return *general;
  return industry == kNoRow ? std::optional(rows.front()) : std::nullopt;
}

std::optional<std::uint32_t> TagGraph::node(NodeKind kind, std::string_view name, std::uint32_t industry) const {
  const std::string form = text::normal_form(name);
  for (const std::uint32_t row : find(form)) {
    if (columns_.kind[row] == static_cast<std::uint8_t>(kind) && columns_.industry[row] == industry &&
        text::normal_form(columns_.name[row]) == form)
      return row;
  }
  return std::nullopt;
}

NodeFacts TagGraph::facts(std::uint32_t row) const {
  NodeFacts facts;
  facts.kind = static_cast<NodeKind>(columns_.kind[row]);
  facts.name = columns_.name[row];
  facts.industry = columns_.industry[row];
  facts.polarity = columns_.polarity[row];
  facts.accepted = columns_.accepted[row] != 0;
  std::ranges::copy(columns_.counts.subspan(row * kSources, kSources), facts.counts.begin());
  facts.examples = list_of(columns_.example_start, columns_.example, row);
  facts.variants = variants_.of(row);
  return facts;
}

std::uint64_t TagGraph::count(std::uint32_t row) const {
  const auto counts = columns_.counts.subspan(row * kSources, kSources);
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::span<const float> TagGraph::vector(std::uint32_t row) const {
  return columns_.vectors.subspan(row * columns_.dim(), columns_.dim());
}

Edges TagGraph::edges_between(std::uint32_t first, std::uint32_t last) const {
  const std::size_t count = last - first;
  return {columns_.edge_to.subspan(first, count), columns_.edge_type.subspan(first, count),
          columns_.edge_weight.subspan(first, count), first};
}

Edges TagGraph::edges(std::uint32_t row) const {
  return edges_between(columns_.edge_start[row], columns_.edge_start[row + 1]);
}

Edges TagGraph::edges(std::uint32_t row, EdgeType type) const {
  const Edges all = edges(row);
  const auto begin = std::ranges::lower_bound(all.type, static_cast<std::uint8_t>(type));
  const auto end = std::ranges::upper_bound(all.type, static_cast<std::uint8_t>(type));
  return edges_between(all.first + static_cast<std::uint32_t>(begin - all.type.begin()),
                       all.first + static_cast<std::uint32_t>(end - all.type.begin()));
}

Evidence TagGraph::evidence(std::uint32_t edge) const {
  const std::uint32_t first = columns_.evidence_start[edge], count = columns_.evidence_start[edge + 1] - first;
  return {columns_.evidence_signal.subspan(first, count), columns_.evidence_value.subspan(first, count)};
}

void TagGraph::sort_most_seen_first(std::span<std::uint32_t> rows) const {
  std::ranges::sort(rows, [this](std::uint32_t a, std::uint32_t b) {
    const std::uint64_t seen_a = count(a), seen_b = count(b);
    return seen_a != seen_b ? seen_a > seen_b : a < b;
  });
}

std::vector<std::uint32_t> TagGraph::complete(std::string_view prefix, std::size_t most) const {
  const auto range = with_normal_form(prefix, [this](std::string_view form) { return index_.beginning_with(form); });
  std::vector<std::uint32_t> rows;
  for (std::uint32_t number = range.first; number < range.last; ++number) {
    const auto found = meanings(number);
    rows.insert(rows.end(), found.begin(), found.end());
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  sort_most_seen_first(rows);
  rows.resize(std::min(most, rows.size()));
  return rows;
}

std::span<const std::uint32_t> TagGraph::hot(std::uint32_t category, std::size_t most) const {
  const auto tags = tags_.of(category);
  return tags.first(std::min(most, tags.size()));
}

// `each` calls its argument with (row, entry) for all entries, the last first, and the same each time: once to count
// them, once to put them into place.
template <typename Each>
TagGraph::Lists TagGraph::lists_of(Each each) const {
  Lists lists;
  lists.start.assign(nodes() + 1, 0);
  each([&](std::uint32_t row, std::uint32_t) { ++lists.start[row]; });
  std::partial_sum(lists.start.begin(), lists.start.end(), lists.start.begin());
  lists.entry.resize(lists.start.back());
  each([&](std::uint32_t row, std::uint32_t entry) { lists.entry[--lists.start[row]] = entry; });
  return lists;
}

TagGraph::Lists TagGraph::variants_by_row() const {
  return lists_of([this](auto use) {
    for (auto surface = static_cast<std::uint32_t>(surfaces()); surface-- > 0;) {
      for (const std::uint32_t row : meanings(surface)) use(row, surface);
    }
  });
}

TagGraph::Lists TagGraph::tags_by_category() const {
  Lists lists = lists_of([this](auto use) {
    for (auto row = static_cast<std::uint32_t>(nodes()); row-- > 0;) {
      for (const std::uint32_t category : edges(row, EdgeType::kInCategory).to) use(category, row);
    }
  });
  for (std::uint32_t row = 0; row < nodes(); ++row) {
    sort_most_seen_first(std::span(lists.entry).subspan(lists.start[row], lists.start[row + 1] - lists.start[row]));
  }
  return lists;
}

}  // namespace inkling::tag
