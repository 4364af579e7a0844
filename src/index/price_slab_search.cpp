#include <algorithm>
#include <cmath>
#include <limits>

#include "index/price_slab.h"
#include "math/vector_ops.h"

namespace inkling::index {
namespace {

using math::kCodeRows;

constexpr std::size_t kFirstRows = 64;   // while nothing is known, every row may be among the best
constexpr std::size_t kChunkRows = 512;  // whose sums stay in the first-level cache for every query
constexpr std::size_t kMaxMaybe = 4096;  // rows that wait for their product in float
constexpr double kFloatRounding = 0x1.0p-24;
constexpr double kLeastFloat = 0x1.0p-149;  // what a product may lose that is too small for a float
constexpr float kNothing = -std::numeric_limits<float>::infinity();

double norm(std::span<const float> values) {
  double squares = 0;
  for (const float value : values) squares += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(squares);
}

float not_below(double value) {
  return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity());
}
float not_above(double value) {
  return std::nextafter(static_cast<float>(value), kNothing);
}

bool better(const SlabHit& a, const SlabHit& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

// Keeps the k best values in a heap whose top is the worst of them. True: there are k of them.
template <typename T, typename Better>
bool keep_best(std::vector<T>& heap, const T& value, std::size_t k, Better is_better) {
  if (heap.size() == k) {
    if (!is_better(value, heap.front())) return true;
    std::ranges::pop_heap(heap, is_better);
    heap.back() = value;
  } else {
    heap.push_back(value);
  }
  std::ranges::push_heap(heap, is_better);
  return heap.size() == k;
}

struct Rounded {
  float step = 1;         // t
  double entry_norm = 0;  // |d|
  double error_norm = 0;  // |q - t d|
};

Rounded round_query(std::span<const float> query, std::span<math::EntryPair> entries) {
  float largest = 0;
  for (const float entry : query) largest = std::max(largest, std::abs(entry));
  Rounded rounded;
  const auto bound = static_cast<float>(math::max_entry(query.size()));
  if (largest > 0) rounded.step = std::max(largest / bound, std::numeric_limits<float>::min());
  double entry_squares = 0, error_squares = 0;
  for (std::size_t column = 0; column < query.size(); ++column) {
    const double value = query[column], step = rounded.step;
    const double entry = std::clamp(std::round(value / step), -1.0 * bound, 1.0 * bound);
    (column % 2 == 0 ? entries[column / 2].even : entries[column / 2].odd) = static_cast<std::int16_t>(entry);
    entry_squares += entry * entry;
    error_squares += (value - step * entry) * (value - step * entry);
  }
  rounded.entry_norm = std::sqrt(entry_squares);
  rounded.error_norm = std::sqrt(error_squares);
  return rounded;
}

}  // namespace

// One search through the chunks of its slab.
class SlabPass {
 public:
  SlabPass(const PriceSlab& slab, const SlabSearch& search, SlabWorkspace& workspace)
      : slab_(slab), search_(search), workspace_(workspace), count_(search.queries.size() / slab.dim_) {}

  void run() {
    prepare();
    const PriceSlab::Places places = slab_.places_of(search_.band);
    workspace_.slab_rows_ = places.end - places.begin;
    workspace_.scored_rows_ = 0;
    std::size_t rows = kFirstRows;
    for (std::size_t at = places.begin / kCodeRows * kCodeRows; at < places.end; at += rows, rows = kChunkRows) {
      look_through(at, std::min(rows, whole_blocks(places.end) - at), places);
    }
    for (std::size_t q = 0; q < count_; ++q) {
      SlabWorkspace::Query& query = workspace_.queries_[q];
      score_all(query, q);
      std::ranges::sort(query.best, better);
    }
  }

 private:
  using Query = SlabWorkspace::Query;
  using Maybe = SlabWorkspace::Maybe;

  void prepare() {
    const std::size_t pairs = math::entry_pairs(slab_.dim_);
    if (workspace_.queries_.size() < count_) workspace_.queries_.resize(count_);
    workspace_.entries_.assign(count_ * pairs, {});
    workspace_.sums_.resize(count_ * kChunkRows);
    workspace_.reaching_.resize(kChunkRows);
    for (std::size_t q = 0; q < count_; ++q) {
      Query& query = workspace_.queries_[q];
      query.lower.clear(), query.maybe.clear(), query.best.clear();
      query.lower.reserve(search_.k), query.maybe.reserve(kMaxMaybe), query.best.reserve(search_.k);
      query.floor = kNothing;
      set_slack(query, vector_of(q), std::span(workspace_.entries_).subspan(q * pairs, pairs));
    }
  }

  // The bound of price_slab.h, in steps; then what math::dot rounds, and what find_reaching and bounds() do.
  void set_slack(Query& query, std::span<const float> vector, std::span<math::EntryPair> entries) const {
    const Rounded rounded = round_query(vector, entries);
    const double code = slab_.code_norm_, error = slab_.error_norm_, length = norm(vector);
    const auto terms = static_cast<double>(slab_.dim_ + 2);
    const double dot_rounds = terms * (kFloatRounding * (code + error) * length + kLeastFloat / kMinSlabScale);
    const double slack = (error * length + code * rounded.error_norm + dot_rounds) / rounded.step;
    query.step = rounded.step;
    query.slack = not_below(slack + 8 * kFloatRounding * (code * rounded.entry_norm + slack));
  }

  static std::size_t whole_blocks(std::size_t end) { return (end + kCodeRows - 1) / kCodeRows * kCodeRows; }

  // `rows` whole blocks from `at` on, of which the places from places.begin to places.end are meant.
  void look_through(std::size_t at, std::size_t rows, PriceSlab::Places places) {
    const std::size_t pairs = math::entry_pairs(slab_.dim_);
    const auto blocks = std::span(slab_.codes_).subspan(at / kCodeRows * pairs, rows / kCodeRows * pairs);
    const auto sums = std::span(workspace_.sums_).first(count_ * rows);
    math::code_dots(blocks, workspace_.entries_, count_, sums);
    const std::size_t begin = std::max(at, places.begin), end = std::min(at + rows, places.end);
    for (std::size_t q = 0; q < count_; ++q) {
      take(q, begin, sums.subspan(q * rows + begin - at, end - begin));
    }
  }

  void take(std::size_t q, std::size_t begin, std::span<const std::int32_t> sums) {
    Query& query = workspace_.queries_[q];
    const auto scales = std::span(slab_.scales_).subspan(begin, sums.size());
    const std::size_t count = math::find_reaching(sums, scales, query.slack, query.floor, workspace_.reaching_);
    for (const std::uint32_t i : std::span(workspace_.reaching_).first(count)) {
      if (!is_admissible(begin + i)) continue;
      const float upper = scales[i] * (static_cast<float>(sums[i]) + query.slack);
      if (upper < query.floor) continue;
      if (query.maybe.size() == kMaxMaybe) make_room(query, q);
      query.maybe.push_back({upper, static_cast<std::uint32_t>(begin + i)});
      const float lower = scales[i] * (static_cast<float>(sums[i]) - query.slack);
      if (keep_best(query.lower, lower, search_.k, std::greater<float>())) {
        query.floor = std::max(query.floor, query.lower.front());
      }
    }
  }

  [[nodiscard]] bool is_admissible(std::size_t place) const {
    const std::uint32_t row = slab_.rows_[place];
    return search_.admissible.empty() || (search_.admissible[row / 64] >> row % 64 & 1) != 0;
  }

  static void drop_beaten(Query& query) {
    std::erase_if(query.maybe, [&](const Maybe& maybe) { return maybe.upper < query.floor; });
  }

  void make_room(Query& query, std::size_t q) {
    drop_beaten(query);
    if (query.maybe.size() > kMaxMaybe / 2) score_all(query, q);
  }

  void score_all(Query& query, std::size_t q) {
    drop_beaten(query);
    workspace_.scored_rows_ += query.maybe.size();
    for (const Maybe& maybe : query.maybe) {
      const float score = math::dot(slab_.vector(maybe.place), vector_of(q));
      const SlabHit hit{slab_.rows_[maybe.place], score, slab_.prices_cents_[maybe.place]};
      if (keep_best(query.best, hit, search_.k, better)) {
        query.floor = std::max(query.floor, not_above(static_cast<double>(query.best.front().score) / query.step));
      }
    }
    query.maybe.clear();
  }

  [[nodiscard]] std::span<const float> vector_of(std::size_t q) const {
    return search_.queries.subspan(q * slab_.dim_, slab_.dim_);
  }

  const PriceSlab& slab_;
  const SlabSearch& search_;
  SlabWorkspace& workspace_;
  std::size_t count_;  // queries
};

base::Status PriceSlab::search(const SlabSearch& search, SlabWorkspace& workspace) const {
  INKLING_TRY(check(search));
  SlabPass(*this, search, workspace).run();
  return {};
}

}  // namespace inkling::index
