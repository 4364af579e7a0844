#include "index/vector_slab.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/core/hash.h"
#include "base/core/random.h"
#include "index/world_builder.h"
#include "math/vector_ops.h"

namespace inkling::index {
namespace {

class VectorSlabTest : public testing::Test {
 protected:
  void tell(const std::string& item, std::optional<std::int64_t> price_cents, bool on_sale = true) {
    domain::Item facts;
    facts.item = item;
    facts.on_sale = on_sale;
    if (price_cents) facts.price = domain::Money{*price_cents, {}};
    builder_.fold(++sequence_,
                  {.id = {}, .ts_ms = 1, .shopper = {}, .session = {}, .body = facts, .unknown_json = {}});
  }
  // Random vectors of these items.
  static std::shared_ptr<const ItemVectors> vectors_of(const std::vector<std::string>& items, std::size_t dim) {
    base::Random random(7);
    std::vector<std::uint64_t> names;
    for (const std::string& item : items) names.push_back(base::name_hash(item));
    std::ranges::sort(names);
    std::vector<float> values(names.size() * dim);
    for (float& value : values) value = static_cast<float>(random.normal());
    auto made = ItemVectors::make(dim, std::move(names), std::move(values));
    EXPECT_TRUE(made.ok());
    return std::make_shared<const ItemVectors>(*std::move(made));
  }
  static VectorSlab slab_of(std::shared_ptr<const ItemVectors> vectors, const World& world) {
    auto goods = priced_rows(*vectors, world);
    auto slab = VectorSlab::build({"some", "v1", std::move(vectors)}, std::move(goods));
    EXPECT_TRUE(slab.ok()) << slab.status().message();
    return *std::move(slab);
  }

  WorldBuilder builder_;
  std::uint64_t sequence_ = 0;
};

TEST_F(VectorSlabTest, holds_what_is_available_and_has_a_vector) {
  tell("priced", 500);
  tell("no-vector", 500);
  tell("no-price", std::nullopt);
  tell("off-sale", 500, false);
  const auto world = builder_.publish();
  const auto slab = slab_of(vectors_of({"priced", "no-price", "off-sale", "untold"}, 4), *world);
  std::vector<std::string> items;
  for (const PricedRow& row : slab.goods()) {
    items.push_back(world->facts(row.world_row).item);
    EXPECT_EQ(slab.vectors().item(row.vector_row), world->facts(row.world_row).name);
    EXPECT_EQ(row.price_cents, items.back() == "priced" ? 500 : 0);
  }
  std::ranges::sort(items);
  EXPECT_EQ(items, (std::vector<std::string>{"no-price", "priced"}));
}

TEST_F(VectorSlabTest, finds_what_looking_at_every_item_finds) {
  constexpr std::size_t kDim = 16, kBest = 10;
  base::Random random(11);
  std::vector<std::string> items;
  for (int i = 0; i < 700; ++i) {
    items.push_back("item-" + std::to_string(i));
    if (i % 7 != 0) tell(items.back(), 100 + static_cast<std::int64_t>(random.below(400)), i % 5 != 0);
  }
  const auto world = builder_.publish();
  const auto vectors = vectors_of(items, kDim);
  const auto slab = slab_of(vectors, *world);
  SlabWorkspace workspace;
  for (const PriceBand band : {PriceBand{0, 1000}, PriceBand{200, 300}, PriceBand{250, 250}, PriceBand{600, 700}}) {
    const std::span<const float> queries = vectors->values().first(3 * kDim);
    ASSERT_TRUE(slab.search({queries, band, kBest}, workspace).ok());
    for (std::size_t query = 0; query < 3; ++query) {
      std::vector<std::pair<float, std::string>> all;
      for (std::uint32_t row = 0; row < world->item_count(); ++row) {
        const ItemFacts& facts = world->facts(row);
        if (!facts.on_sale || facts.price->cents < band.low_cents || facts.price->cents > band.high_cents) continue;
        const auto vector = vectors->vector(*vectors->find(facts.name));
        all.emplace_back(math::dot(vector, queries.subspan(query * kDim, kDim)), facts.item);
      }
      std::ranges::sort(all, std::greater<>());
      const auto hits = workspace.hits(query);
      ASSERT_EQ(hits.size(), std::min(kBest, all.size()));
      for (std::size_t i = 0; i < hits.size(); ++i) {
        EXPECT_EQ(world->facts(slab.world_row(hits[i])).item, all[i].second);
        EXPECT_GE(hits[i].price_cents, band.low_cents);
        EXPECT_LE(hits[i].price_cents, band.high_cents);
      }
    }
  }
}

}  // namespace
}  // namespace inkling::index
