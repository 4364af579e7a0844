// Which rows of the embedding tables stand for an item: one definition for training and serving.
//
// Ids that the package knows have rows from 1 on, in the order of their hashes; row 0 is for all others and stays a
// zero vector, so that an unknown item is what its category, shop and price say of it. Prices and ages have buckets
// that grow by half an octave. Thread safety: immutable. Cost: O(log ids); nothing allocates after make(). Failure:
// make() names the table.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "basket/add_on_sample.h"

namespace inkling::models::caam {

inline constexpr std::size_t kItemTables = 5;
// Tensors "embed.<name>", and "names.<name>" of all but the last.
inline constexpr std::array<const char*, kItemTables> kItemTableNames = {"item", "leaf", "top", "shop", "price"};
using ItemRows = std::array<std::uint32_t, kItemTables>;

inline constexpr std::uint32_t kPriceBuckets = 65;  // 0: not known
inline constexpr std::uint32_t kAgeBuckets = 41;

struct StepRows {
  ItemRows item{};
  std::uint32_t kind = 0;
  std::uint32_t age = 0;
};

[[nodiscard]] std::uint32_t price_bucket(std::int64_t price_cents);
[[nodiscard]] std::uint32_t age_bucket(std::int64_t age_ms);

class Vocabulary {
 public:
  static constexpr std::size_t kNamed = kItemTables - 1;
  using Names = std::array<std::vector<std::uint64_t>, kNamed>;  // item, leaf, top, shop

  Vocabulary() = default;
  // Sorts; 0 and repetitions are left out.
  [[nodiscard]] static Vocabulary of(Names names);
  // From a package: each list increasing and without 0, or kCorrupt.
  [[nodiscard]] static base::Result<Vocabulary> make(Names names);

  [[nodiscard]] const Names& names() const { return names_; }
  // Of a table, the row of unknown ones included.
  [[nodiscard]] std::size_t rows(std::size_t table) const {
    return table < kNamed ? names_[table].size() + 1 : kPriceBuckets;
  }
  [[nodiscard]] ItemRows item(const basket::ItemRef& item) const;
  // An age before the present counts as none.
  [[nodiscard]] StepRows step(const basket::Behaviour& behaviour, std::int64_t now_ms) const;

 private:
  Names names_;
};

}  // namespace inkling::models::caam
