#include "index/vector_slab.h"

#include <utility>

namespace inkling::index {

std::vector<PricedRow> priced_rows(const ItemVectors& vectors, const World& world) {
  std::vector<PricedRow> goods;
  for (std::uint32_t row = 0; row < vectors.rows(); ++row) {
    const auto world_row = world.find_name(vectors.item(row));
    if (!world_row) continue;
    const ItemFacts& facts = world.facts(*world_row);
    if (facts.available()) goods.push_back({row, *world_row, facts.price ? facts.price->cents : 0});
  }
  return goods;
}

base::Result<VectorSlab> VectorSlab::build(VectorPackage package, std::vector<PricedRow> goods) {
  const ItemVectors& vectors = *package.vectors;
  std::vector<float> values;
  std::vector<std::int64_t> prices;
  values.reserve(goods.size() * vectors.dim());
  prices.reserve(goods.size());
  for (const PricedRow& row : goods) {
    const std::span<const float> vector = vectors.vector(row.vector_row);
    values.insert(values.end(), vector.begin(), vector.end());
    prices.push_back(row.price_cents);
  }
  INKLING_ASSIGN(PriceSlab slab, PriceSlab::build({vectors.dim(), values, prices}));
  return VectorSlab(std::move(package), std::move(goods), std::move(slab));
}

}  // namespace inkling::index
