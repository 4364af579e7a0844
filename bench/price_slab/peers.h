// FAISS for bench/figures/price-slab-vs-peers: its flat index over a range of ids, alone and over the range's own
// array, and its HNSW graph with a selector of ids. All on one thread but for building.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "bench/price_slab/goods.h"

namespace faiss {
struct Index;
struct IndexHNSW;
}  // namespace faiss

namespace inkling::bench {

// Rows found for each vector of the query, kHits each, best first; -1 where nothing was found.
inline constexpr std::size_t kHits = 10;
using FoundRows = std::vector<std::int64_t>;

class FlatPeer {
 public:
  explicit FlatPeer(const SlabGoods& goods);
  ~FlatPeer();
  // The whole index, restricted to the band's rows.
  void search_range(const SlabQuery& query, FoundRows& found) const;
  // FAISS's own product and heap over the band's rows alone.
  void search_array(const SlabQuery& query, FoundRows& found) const;

 private:
  const SlabGoods& goods_;
  std::unique_ptr<faiss::Index> index_;
};

class HnswPeer {
 public:
  // Read from `folder`, or built and written there first.
  [[nodiscard]] static base::Result<std::unique_ptr<HnswPeer>> open(const std::string& folder, const SlabGoods& goods,
                                                                    int links);
  ~HnswPeer();
  void search(const SlabQuery& query, int ef_search, FoundRows& found) const;
  [[nodiscard]] int links() const { return links_; }

 private:
  HnswPeer(int links, std::unique_ptr<faiss::Index> index);
  int links_;
  std::unique_ptr<faiss::Index> index_;
};

}  // namespace inkling::bench
