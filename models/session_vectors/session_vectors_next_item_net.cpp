#include "models/session_vectors/session_vectors_next_item_net.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "index/price_slab.h"

namespace inkling::models::session_vectors {
namespace {

// Newest first. What has no vector says nothing.
std::vector<index::WeightedItem> query_of(const index::ItemVectors& vectors, std::span<const train::Touch> before,
                                          double items_to_half) {
  std::vector<index::WeightedItem> query;
  for (std::size_t i = before.size(); i-- > 0;) {
    if (!vectors.find(before[i].item)) continue;
    const double faded = items_to_half > 0 ? std::exp2(-static_cast<double>(query.size()) / items_to_half) : 1;
    query.push_back({before[i].item, static_cast<float>(faded)});
    if (items_to_half == 0) break;
  }
  return query;
}

bool knows_any(const index::ItemVectors& vectors, std::span<const train::Touch> touches) {
  return std::ranges::any_of(touches,
                             [&](const train::Touch& touch) { return vectors.find(touch.item).has_value(); });
}

// All items of one price, so that the slab is an exact search over all of them.
base::Result<index::PriceSlab> slab_of(const index::ItemVectors& vectors) {
  const std::vector<std::int64_t> prices(vectors.rows());
  return index::PriceSlab::build({vectors.dim(), vectors.values(), prices});
}

template <typename Ranked>
std::optional<std::size_t> rank_of(std::uint64_t item, std::uint64_t without, const Ranked& ranked) {
  std::size_t rank = 0;
  for (const std::uint64_t answer : ranked) {
    if (answer == without) continue;
    if (++rank > kBestItems) return std::nullopt;
    if (answer == item) return rank;
  }
  return std::nullopt;
}

}  // namespace

void Found::add(std::optional<std::size_t> rank) {
  ++points;
  if (!rank) return;
  ++hits;
  reciprocal_ranks += 1 / static_cast<double>(*rank);
}

std::vector<NextItem> next_items(const train::VisitLog& log, std::size_t first, const index::ItemVectors& vectors,
                                 std::size_t most) {
  std::vector<NextItem> all;
  for (std::size_t i = first; i < log.size(); ++i) {
    const std::span<const train::Touch> visit = log.visit(i);
    for (std::size_t at = 1; at < visit.size(); ++at) {
      if (!vectors.find(visit[at].item) || !knows_any(vectors, visit.first(at))) continue;
      all.push_back({visit.first(at), visit[at].item});
    }
  }
  if (all.size() <= most) return all;
  std::vector<NextItem> chosen;
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(all[i * all.size() / most]);
  return chosen;
}

base::Result<Found> search_near(const index::ItemVectors& vectors, std::span<const NextItem> points,
                                double items_to_half) {
  INKLING_ASSIGN(const index::PriceSlab slab, slab_of(vectors));
  index::SlabWorkspace workspace;
  Found found;
  for (std::size_t begin = 0; begin < points.size(); begin += index::kMaxSlabQueries) {
    const auto batch = points.subspan(begin, std::min(index::kMaxSlabQueries, points.size() - begin));
    std::vector<float> queries(batch.size() * vectors.dim());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto items = query_of(vectors, batch[i].before, items_to_half);
      const auto mean = std::span(queries).subspan(i * vectors.dim(), vectors.dim());
      static_cast<void>(index::mean_vector(vectors, items, mean));  // of nothing: all items are equally near
    }
    INKLING_TRY(slab.search({queries, {0, 0}, kBestItems + 1}, workspace));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::vector<std::uint64_t> best;
      for (const index::SlabHit& hit : workspace.hits(i)) best.push_back(vectors.item(hit.row));
      found.add(rank_of(batch[i].item, batch[i].before.back().item, best));
    }
  }
  return found;
}

Found search_popular(const train::VisitLog& log, std::size_t visits, std::span<const NextItem> points) {
  std::map<std::uint64_t, std::size_t> counts;
  for (std::size_t i = 0; i < std::min(visits, log.size()); ++i) {
    for (const train::Touch& touch : log.visit(i)) ++counts[touch.item];
  }
  std::vector<std::pair<std::size_t, std::uint64_t>> ordered;
  for (const auto& [item, count] : counts) ordered.emplace_back(count, item);
  std::ranges::sort(ordered, std::greater<>());
  std::vector<std::uint64_t> popular;
  for (std::size_t i = 0; i < std::min(ordered.size(), kBestItems + 1); ++i) popular.push_back(ordered[i].second);
  Found found;
  for (const NextItem& point : points) found.add(rank_of(point.item, point.before.back().item, popular));
  return found;
}

}  // namespace inkling::models::session_vectors
