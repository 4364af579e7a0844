#include "server/tag_lookup.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/core/suggest.h"
#include "base/core/utf8.h"
#include "server/query.h"

namespace inkling::server {

namespace {

using base::Result;
using tag::TagGraph;

constexpr std::size_t kUsualTags = 20;
constexpr std::size_t kMostTags = 200;
constexpr std::string_view kGeneral = "general";
// "unknown" has the number tag::kUnknownPolarity.
constexpr std::array<std::string_view, 4> kPolarities = {"-1", "0", "1", "unknown"};

Result<std::uint32_t> find_category(const TagGraph& graph, const std::string& name) {
  if (name.empty()) return tag::kNoRow;
  return find_node(graph, {tag::NodeKind::kCategory, name, ""});
}

// The name's place among `names`, nothing when the query does not say it.
template <std::size_t N>
Result<std::optional<std::size_t>> choice(std::string_view target, std::string_view member,
                                          const std::array<std::string_view, N>& names) {
  const auto said = query_value(target, member);
  if (!said || said->empty()) return std::optional<std::size_t>();
  if (const auto place = tag::place_of(names, *said)) return std::optional(*place);
  return base::invalid_input(std::string(member) + ": \"" + *said + "\" is not known; " +
                             base::expected_one_of(*said, std::span<const std::string_view>(names)));
}

bool belongs_to(const TagGraph& graph, std::uint32_t row, std::uint32_t category) {
  if (graph.columns().industry[row] == category) return true;
  return std::ranges::find(graph.edges(row).to, category) != graph.edges(row).to.end();
}

bool is_asked_for(const TagGraph& graph, std::uint32_t row, const TagQuery& query) {
  const tag::TagViews& columns = graph.columns();
  if (query.kind && columns.kind[row] != static_cast<std::uint8_t>(*query.kind)) return false;
  if (query.polarity && columns.polarity[row] != *query.polarity) return false;
  if (query.accepted && (columns.accepted[row] != 0) != *query.accepted) return false;
  if (!query.category) return true;
  return *query.category == tag::kNoRow ? columns.industry[row] == tag::kNoRow
                                        : belongs_to(graph, row, *query.category);
}

}  // namespace

Result<std::uint32_t> find_node(const TagGraph& graph, const tag::NodeKey& key) {
  INKLING_ASSIGN(const std::uint32_t industry, find_category(graph, key.industry));
  if (const auto row = graph.node(key.kind, key.name, industry)) return *row;
  std::string message = "there is no " + tag::told(key);
  if (const auto other = graph.find(key.name, industry)) {
    const tag::NodeFacts facts = graph.facts(*other);
    const std::string_view of = facts.industry == tag::kNoRow ? std::string_view() : graph.name(facts.industry);
    message += "; the name means " + tag::told({facts.kind, std::string(facts.name), std::string(of)});
  }
  return base::not_found(std::move(message));
}

Result<TagQuery> read_tag_query(const TagGraph& graph, std::string_view target) {
  TagQuery query;
  query.beginning = query_value(target, "q").value_or("");
  if (!base::valid_utf8(query.beginning)) return base::invalid_input("q: is not UTF-8 once percent-decoded");
  INKLING_ASSIGN(const auto kind, choice(target, "kind", tag::kNodeKindNames));
  if (kind) query.kind = static_cast<tag::NodeKind>(*kind);
  INKLING_ASSIGN(const auto polarity, choice(target, "polarity", kPolarities));
  if (polarity) query.polarity = static_cast<std::int8_t>(static_cast<int>(*polarity) - 1);
  INKLING_ASSIGN(const auto accepted, choice(target, "accepted", std::array<std::string_view, 2>{"false", "true"}));
  if (accepted) query.accepted = *accepted == 1;
  if (const auto category = query_value(target, "category"); category && !category->empty()) {
    INKLING_ASSIGN(query.category, find_category(graph, *category == kGeneral ? std::string() : *category));
  }
  INKLING_ASSIGN(query.limit, read_limit(target, kUsualTags, kMostTags));
  return query;
}

FoundTags find_tags(const TagSnapshot& tags, const TagQuery& query) {
  FoundTags found;
  const auto take = [&](std::uint32_t row) {
    if (!is_asked_for(tags.graph, row, query)) return;
    if (++found.total <= query.limit) found.rows.push_back(row);
  };
  if (query.beginning.empty()) {
    std::ranges::for_each(tags.most_seen, take);
  } else {
    std::ranges::for_each(tags.graph.complete(query.beginning, std::numeric_limits<std::size_t>::max()), take);
  }
  return found;
}

Result<std::size_t> read_limit(std::string_view target, std::size_t usual, std::size_t most) {
  const auto said = query_value(target, "limit");
  if (!said) return usual;
  std::size_t limit = 0;
  const char* end = said->data() + said->size();
  const auto read = std::from_chars(said->data(), end, limit);
  if (read.ec == std::errc() && read.ptr == end && limit >= 1 && limit <= most) return limit;
  return base::invalid_input("limit: \"" + *said + "\" is not a whole number from 1 to " + std::to_string(most));
}

}  // namespace inkling::server
