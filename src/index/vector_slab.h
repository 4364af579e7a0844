// The goods of one world that have a vector, in the order of their prices: what lies near a vector within a price
// band. Not for items that no visit touched (they have no vector) and not for prices after the world it was made of.
//
// A hit is a place in goods(), whose world_row is the row of the item in that world and in every later
// one of its builder. Goods without a price stand at 0, where no band above 0 finds them. Ownership: shares the
// vectors, owns the slab. Thread safety: immutable, any thread. Cost: building asks the world for every vector and
// sorts (a second for a million of 64 entries); a search is PriceSlab's. Failure: kInvalidInput with a sentence.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "index/item_vectors.h"
#include "index/price_slab.h"
#include "index/world.h"

namespace inkling::index {

// A package that is live, as it was loaded.
struct VectorPackage {
  std::string model;
  std::string version;
  std::shared_ptr<const ItemVectors> vectors;
};

// One of the goods that can be found, as the world had it.
struct PricedRow {
  std::uint32_t vector_row = 0;
  std::uint32_t world_row = 0;
  std::int64_t price_cents = 0;

  bool operator==(const PricedRow&) const = default;
};

// Those that are available and have a vector, in the order of vectors.
[[nodiscard]] std::vector<PricedRow> priced_rows(const ItemVectors& vectors, const World& world);

class VectorSlab {
 public:
  [[nodiscard]] static base::Result<VectorSlab> build(VectorPackage package, std::vector<PricedRow> goods);

  [[nodiscard]] const VectorPackage& package() const { return package_; }
  [[nodiscard]] const ItemVectors& vectors() const { return *package_.vectors; }
  [[nodiscard]] std::span<const PricedRow> goods() const { return goods_; }

  // As PriceSlab::search; `row` of a hit is a place in goods().
  [[nodiscard]] base::Status search(const SlabSearch& search, SlabWorkspace& workspace) const {
    return slab_.search(search, workspace);
  }
  [[nodiscard]] std::uint32_t world_row(const SlabHit& hit) const { return goods_[hit.row].world_row; }

 private:
  VectorSlab(VectorPackage package, std::vector<PricedRow> goods, PriceSlab slab)
      : package_(std::move(package)), goods_(std::move(goods)), slab_(std::move(slab)) {}
  VectorPackage package_;
  std::vector<PricedRow> goods_;
  PriceSlab slab_;
};

// Of every live package, one each.
using VectorSlabs = std::vector<std::shared_ptr<const VectorSlab>>;

}  // namespace inkling::index
