// What item vectors are worth: how often the next item of a visit is among the 20 nearest to what came before. Beside
// it stands popularity, which needs no model.
//
// A point is every touch of a visit behind the first whose item, and that of a touch before it, has a vector; the
// item touched just before is none of the answers. Thread safety: pure functions. Cost: points x items x dim bytes
// read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "index/item_vectors.h"
#include "train/visit_log.h"

namespace inkling::models::session_vectors {

inline constexpr std::size_t kBestItems = 20;

struct Found {
  std::size_t points = 0;
  std::size_t hits = 0;  // the next item was among the best 20
  double reciprocal_ranks = 0;

  // rank from 1; nullopt: not among the best.
  void add(std::optional<std::size_t> rank);
  [[nodiscard]] double hit_rate() const { return share(static_cast<double>(hits)); }
  [[nodiscard]] double mean_reciprocal_rank() const { return share(reciprocal_ranks); }

 private:
  [[nodiscard]] double share(double sum) const { return points == 0 ? 0 : sum / static_cast<double>(points); }
};

// What was touched before, oldest first, and what then.
struct NextItem {
  std::span<const train::Touch> before;
  std::uint64_t item = 0;
};

// Of the visits from `first` on; at most `most` of them, evenly chosen.
[[nodiscard]] std::vector<NextItem> next_items(const train::VisitLog& log, std::size_t first,
                                               const index::ItemVectors& vectors, std::size_t most);

// `items_to_half` above 0: the query is the mean of what was touched before, each item half as much as the one so
// many places behind it; 0: the last item alone.
[[nodiscard]] base::Result<Found> search_near(const index::ItemVectors& vectors, std::span<const NextItem> points,
                                              double items_to_half);

// Answers what was touched most often in the first `visits` visits.
[[nodiscard]] Found search_popular(const train::VisitLog& log, std::size_t visits, std::span<const NextItem> points);

}  // namespace inkling::models::session_vectors
