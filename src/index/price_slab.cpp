#include "index/price_slab.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace inkling::index {
namespace {

using base::Status;
using math::kCodeRows;
using math::kMaxCode;

constexpr double kRoundedUp =
    1 + 1e-9;  // over what doubles may have rounded away in a sum of kMaxSlabColumns squares

Status bad_entry(std::string_view what, std::size_t at, std::size_t dim, float value) {
  return base::invalid_input(std::string(what) + " " + std::to_string(at / dim) + ", column " +
                             std::to_string(at % dim) + ": " + std::to_string(value) +
                             " is no number from -1e9 to 1e9");
}

// npos: every entry is a number within bounds.
std::size_t first_bad(std::span<const float> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(std::abs(values[i]) <= kMaxSlabEntry)) return i;
  }
  return std::string::npos;
}

Status check_vectors(const SlabVectors& vectors) {
  const std::size_t rows = vectors.prices_cents.size();
  if (vectors.dim < 1 || vectors.dim > kMaxSlabColumns) {
    return base::invalid_input("dim: " + std::to_string(vectors.dim) + " is not from 1 to " +
                               std::to_string(kMaxSlabColumns));
  }
  if (rows >= std::numeric_limits<std::uint32_t>::max() || vectors.values.size() != rows * vectors.dim) {
    return base::invalid_input("values: " + std::to_string(vectors.values.size()) + " are not " +
                               std::to_string(rows) + " rows (one a price) of " + std::to_string(vectors.dim));
  }
  const auto negative = std::ranges::find_if(vectors.prices_cents, [](std::int64_t price) { return price < 0; });
  if (negative != vectors.prices_cents.end()) {
    return base::invalid_input("row " + std::to_string(negative - vectors.prices_cents.begin()) +
                               ", price: " + std::to_string(*negative) + " cents is below 0");
  }
  const std::size_t bad = first_bad(vectors.values);
  return bad == std::string::npos ? Status() : bad_entry("row", bad, vectors.dim, vectors.values[bad]);
}

std::vector<std::uint32_t> rows_by_price(std::span<const std::int64_t> prices_cents) {
  std::vector<std::uint32_t> rows(prices_cents.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::ranges::stable_sort(rows, {}, [&](std::uint32_t row) { return prices_cents[row]; });
  return rows;
}

struct Norms {
  double code = 0;   // |c|
  double error = 0;  // |x - s c| / s
};

Norms encode_row(std::span<const float> x, float scale, std::span<math::CodeStep> block, std::size_t lane) {
  double code_squares = 0, error_squares = 0;
  for (std::size_t column = 0; column < x.size(); ++column) {
    const double entry = static_cast<double>(x[column]) / static_cast<double>(scale);
    const double code = std::clamp(std::round(entry), -1.0 * kMaxCode, 1.0 * kMaxCode);
    block[column / 2].codes[2 * lane + column % 2] = static_cast<std::int8_t>(code);
    code_squares += code * code;
    error_squares += (entry - code) * (entry - code);
  }
  return {std::sqrt(code_squares) * kRoundedUp, std::sqrt(error_squares) * kRoundedUp};
}

float scale_of(std::span<const float> x) {
  float largest = 0;
  for (const float entry : x) largest = std::max(largest, std::abs(entry));
  return std::max(largest / static_cast<float>(kMaxCode), kMinSlabScale);
}

}  // namespace

base::Result<PriceSlab> PriceSlab::build(const SlabVectors& vectors) {
  INKLING_TRY(check_vectors(vectors));
  PriceSlab slab;
  slab.dim_ = vectors.dim;
  slab.rows_ = rows_by_price(vectors.prices_cents);
  slab.prices_cents_.reserve(slab.rows_.size());
  slab.vectors_.reserve(vectors.values.size());
  for (const std::uint32_t row : slab.rows_) {
    const auto vector = vectors.values.subspan(row * vectors.dim, vectors.dim);
    slab.prices_cents_.push_back(vectors.prices_cents[row]);
    slab.vectors_.insert(slab.vectors_.end(), vector.begin(), vector.end());
  }
  slab.encode();
  return slab;
}

void PriceSlab::encode() {
  const std::size_t blocks = (rows() + kCodeRows - 1) / kCodeRows, pairs = math::entry_pairs(dim_);
  scales_.assign(blocks * kCodeRows, 0);
  codes_.assign(blocks * pairs, {});
  for (std::size_t place = 0; place < rows(); ++place) {
    scales_[place] = scale_of(vector(place));
    const auto block = std::span(codes_).subspan(place / kCodeRows * pairs, pairs);
    const Norms norms = encode_row(vector(place), scales_[place], block, place % kCodeRows);
    code_norm_ = std::max(code_norm_, norms.code);
    error_norm_ = std::max(error_norm_, norms.error);
  }
}

PriceSlab::Places PriceSlab::places_of(PriceBand band) const {
  const auto begin = std::ranges::lower_bound(prices_cents_, band.low_cents);
  const auto end = std::upper_bound(begin, prices_cents_.end(), band.high_cents);
  return {static_cast<std::size_t>(begin - prices_cents_.begin()),
          static_cast<std::size_t>(end - prices_cents_.begin())};
}

std::size_t PriceSlab::count(PriceBand band) const {
  const Places places = places_of(band);
  return places.end - places.begin;
}

Status PriceSlab::check(const SlabSearch& search) const {
  const std::size_t queries = search.queries.size() / dim_;
  if (search.queries.size() % dim_ != 0 || queries < 1 || queries > kMaxSlabQueries) {
    return base::invalid_input("queries: " + std::to_string(search.queries.size()) + " entries are not 1 to " +
                               std::to_string(kMaxSlabQueries) + " vectors of " + std::to_string(dim_));
  }
  const std::size_t bad = first_bad(search.queries);
  if (bad != std::string::npos) return bad_entry("query", bad, dim_, search.queries[bad]);
  if (search.k < 1 || search.k > kMaxSlabHits) {
    return base::invalid_input("k: " + std::to_string(search.k) + " is not from 1 to " +
                               std::to_string(kMaxSlabHits));
  }
  if (search.band.low_cents > search.band.high_cents) {
    return base::invalid_input("price band: its low end " + std::to_string(search.band.low_cents) +
                               " is above its high end " + std::to_string(search.band.high_cents));
  }
  if (!search.admissible.empty() && search.admissible.size() < (rows() + 63) / 64) {
    return base::invalid_input("admissible: " + std::to_string(search.admissible.size()) +
                               " words of 64 bits are too few for " + std::to_string(rows()) + " rows");
  }
  return {};
}

}  // namespace inkling::index
