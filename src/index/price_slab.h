// The vectors nearest to a shopper's taste among those whose price lies in a band: exact top k by dot product, never
// an approximation. Vectors stand in the order of their prices, so a band is a contiguous slab. Not for search
// without a price band over many millions of vectors, which needs an approximate index.
//
// A first pass reads codes of 8 bits a column and finds the rows that may be among the best; only these few are
// multiplied in float. For row x = s c + e with codes c and scale s, and query q = t d + f with 16-bit entries d,
//   |x.q - s t c.d| <= s (K |q| + C |f|)    with K = max |e| / s and C = max |c| over all rows (Cauchy-Schwarz),
// plus what math::dot itself may round. So a row whose upper bound lies below the k-th best lower bound is none of
// the best, and the answer is that of math::dot over every row of the slab, bit for bit.
//
// Shapes: [rows x dim] row-major, prices in minor units. Ownership: owns copies; the vectors' floats, dim + 4 bytes
// of codes and scales, and 12 bytes of price and row for each. Thread safety: immutable once built, any thread; one
// SlabWorkspace a thread. Cost: building sorts once; a search reads dim + 4 bytes a row of the slab (its floor: the
// time that takes from memory) and 4 dim bytes for each row that may be among the best, and allocates nothing.
// Failure: kInvalidInput with a sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "math/code_dots.h"

namespace inkling::index {

inline constexpr std::size_t kMaxSlabQueries = 16;  // of one search
inline constexpr std::size_t kMaxSlabHits = 2000;   // for each
inline constexpr std::size_t kMaxSlabColumns = 4096;
inline constexpr float kMaxSlabEntry = 1e9f;  // magnitude of an entry of a vector, so that no product overflows
// Below it a scale would lose bits as a subnormal number; the rows that it concerns are all but zero.
inline constexpr float kMinSlabScale = 1e-30f;

// Both ends included.
struct PriceBand {
  std::int64_t low_cents = 0;
  std::int64_t high_cents = 0;
};

struct SlabHit {
  std::uint32_t row = 0;  // of the vectors that the slab was built from
  float score = 0;        // math::dot of vector and query
  std::int64_t price_cents = 0;

  bool operator==(const SlabHit&) const = default;
};

struct SlabVectors {
  std::size_t dim = 0;
  std::span<const float> values;                 // [rows x dim]
  std::span<const std::int64_t> prices_cents{};  // [rows]
};

struct SlabSearch {
  std::span<const float> queries;  // one after the other, 1 .. kMaxSlabQueries: read together, the codes come once
  PriceBand band;
  std::size_t k = 0;                            // 1 .. kMaxSlabHits
  std::span<const std::uint64_t> admissible{};  // bit r % 64 of word r / 64: row r may be found; empty: all may
};

// What a search needs and leaves. Grows with its first searches; after that nothing allocates.
class SlabWorkspace {
 public:
  // Of one query of the last search, best first; equal scores by row. Fewer than k when the slab holds fewer.
  [[nodiscard]] std::span<const SlabHit> hits(std::size_t query) const { return queries_[query].best; }
  // Rows of the last search's slab, and how many of them were multiplied in float, over all its queries.
  [[nodiscard]] std::size_t slab_rows() const { return slab_rows_; }
  [[nodiscard]] std::size_t scored_rows() const { return scored_rows_; }

 private:
  friend class PriceSlab;
  friend class SlabPass;
  struct Maybe {
    float upper = 0;
    std::uint32_t place = 0;
  };
  struct Query {
    float step = 1;             // t
    float slack = 0;            // what a sum may be off by, in steps
    std::vector<float> lower;   // k best lower bounds, the worst on top
    float floor = 0;            // rows whose upper bound lies below it are none of the best
    std::vector<Maybe> maybe;   // not yet multiplied in float
    std::vector<SlabHit> best;  // the worst on top until the search ends
  };

  std::vector<Query> queries_;
  std::vector<math::EntryPair> entries_;
  std::vector<std::int32_t> sums_;
  std::vector<std::uint32_t> reaching_;
  std::size_t slab_rows_ = 0;
  std::size_t scored_rows_ = 0;
};

class PriceSlab {
 public:
  // kInvalidInput: sizes that do not fit each other, a negative price, an entry that is no number or too large.
  [[nodiscard]] static base::Result<PriceSlab> build(const SlabVectors& vectors);

  // The answer is in the workspace.
  [[nodiscard]] base::Status search(const SlabSearch& search, SlabWorkspace& workspace) const;

  [[nodiscard]] std::size_t rows() const { return prices_cents_.size(); }
  [[nodiscard]] std::size_t dim() const { return dim_; }
  // Rows inside the band.
  [[nodiscard]] std::size_t count(PriceBand band) const;

 private:
  friend class SlabPass;
  struct Places {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  PriceSlab() = default;
  void encode();
  [[nodiscard]] Places places_of(PriceBand band) const;
  [[nodiscard]] base::Status check(const SlabSearch& search) const;
  [[nodiscard]] std::span<const float> vector(std::size_t place) const {
    return std::span(vectors_).subspan(place * dim_, dim_);
  }

  std::size_t dim_ = 0;
  // By place: the order of prices, equal prices by row.
  std::vector<std::int64_t> prices_cents_;
  std::vector<std::uint32_t> rows_;
  std::vector<float> vectors_;
  std::vector<float> scales_;          // s, padded to whole blocks
  std::vector<math::CodeStep> codes_;  // c
  double code_norm_ = 0;               // C
  double error_norm_ = 0;              // K
};

}  // namespace inkling::index
