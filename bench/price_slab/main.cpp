// price_slab_vs_peers FOLDER ROWS ROUNDS QUERIES [LINKS ...]: exact search in a band of prices
// (src/index/price_slab.h) against FAISS on the same made-up goods, one thread. FOLDER keeps FAISS's HNSW graphs, one
// for each of LINKS (its M), between runs. First every side's recall against brute force, with as much effort of HNSW
// as recall 0.95 takes; then ROUNDS rounds in which the sides take turns over QUERIES queries. Prints one JSON
// object.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <iterator>
#include <string>

#include "base/core/json.h"
#include "bench/price_slab/goods.h"
#include "bench/price_slab/peers.h"
#include "bench/run_program.h"
#include "hwy/targets.h"
#include "math/vector_ops.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Status;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSeed = 20261122;
constexpr double kShare = 0.02;
constexpr std::size_t kTogether = 16;
constexpr double kWantedRecall = 0.95;
constexpr double kFirstEf = 32, kLastEf = 8192, kEfStep = 1.1;

using Search = std::function<void(const SlabQuery&, FoundRows&)>;

struct Side {
  std::string name;
  Search search;
  const std::vector<SlabQuery>* queries = nullptr;
  double recall = 0;
  Json us_per_vector = Json::array();  // a round each
};

// The definition: math::dot with every row of the band, equal scores by row.
FoundRows brute_force(const SlabGoods& goods, const SlabQuery& query) {
  FoundRows found;
  std::vector<std::pair<float, std::int64_t>> scored(query.end - query.begin);
  for (std::size_t at = 0; at < query.vectors.size(); at += kSlabColumns) {
    const auto vector = std::span(query.vectors).subspan(at, kSlabColumns);
    for (std::size_t row = query.begin; row < query.end; ++row) {
      const auto goods_vector = std::span(goods.vectors).subspan(row * kSlabColumns, kSlabColumns);
      scored[row - query.begin] = {-math::dot(goods_vector, vector), static_cast<std::int64_t>(row)};
    }
    std::partial_sort(scored.begin(), scored.begin() + kHits, scored.end());
    for (std::size_t i = 0; i < kHits; ++i) found.push_back(scored[i].second);
  }
  return found;
}

std::vector<FoundRows> brute_force(const SlabGoods& goods, const std::vector<SlabQuery>& queries) {
  std::vector<FoundRows> all;
  for (const SlabQuery& query : queries) all.push_back(brute_force(goods, query));
  return all;
}

double recall(const std::vector<SlabQuery>& queries, const std::vector<FoundRows>& expected, const Search& search) {
  std::size_t hits = 0, all = 0;
  FoundRows found;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    search(queries[i], found);
    for (std::size_t at = 0; at < found.size(); ++at) {
      const auto own = expected[i].begin() + static_cast<std::ptrdiff_t>(at / kHits * kHits);
      hits += std::find(own, own + kHits, found[at]) != own + kHits ? 1 : 0;
    }
    all += expected[i].size();
  }
  return static_cast<double>(hits) / static_cast<double>(all);
}

double us_per_vector(const Side& side) {
  std::size_t vectors = 0;
  FoundRows found;
  const auto start = Clock::now();
  for (const SlabQuery& query : *side.queries) {
    side.search(query, found);
    vectors += query.vectors.size() / kSlabColumns;
  }
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count() / static_cast<double>(vectors);
}

class Ours {
 public:
  explicit Ours(const index::PriceSlab& slab) : slab_(slab) {}

  void search(const SlabQuery& query, FoundRows& found) {
    const Status status = slab_.search({query.vectors, query.band, kHits, {}}, workspace_);
    found.clear();
    if (!status.ok()) return;  // finds nothing, which the comparison with brute force tells
    for (std::size_t q = 0; q < query.vectors.size() / kSlabColumns; ++q) {
      for (const index::SlabHit& hit : workspace_.hits(q)) found.push_back(hit.row);
    }
    rows_ += workspace_.slab_rows(), scored_ += workspace_.scored_rows(), ++searches_;
  }
  [[nodiscard]] double rows_per_search() const { return static_cast<double>(rows_) / static_cast<double>(searches_); }
  [[nodiscard]] double scored_per_search() const {
    return static_cast<double>(scored_) / static_cast<double>(searches_);
  }

 private:
  const index::PriceSlab& slab_;
  index::SlabWorkspace workspace_;
  std::size_t rows_ = 0, scored_ = 0, searches_ = 0;
};

// What bounds a search from below: adding up as many bytes as the first pass reads, from the same place in the order.
class Floor {
 public:
  explicit Floor(const SlabGoods& goods) : bytes_(goods.rows() * kFloats + kFloats, 1.0f) {}
  void read(const SlabQuery& query, FoundRows& found) {
    const auto slab = std::span(bytes_).subspan(query.begin * kFloats, (query.end - query.begin) * kFloats);
    math::column_sums(slab.first(slab.size() / kWidth * kWidth), kWidth, sums_);
    found.assign(1, static_cast<std::int64_t>(sums_[0]));
  }

 private:
  static constexpr std::size_t kFloats = kSlabColumns / sizeof(float) + 1;  // codes and a scale
  static constexpr std::size_t kWidth = 16;
  std::vector<float> bytes_;
  std::vector<float> sums_ = std::vector<float>(kWidth);
};

// The least effort that reaches the recall, or the best recall there is. Rounded up efforts are tried in steps.
Side sweep(const HnswPeer& peer, const std::vector<SlabQuery>& queries, const std::vector<FoundRows>& expected,
           Json& tried) {
  Side best;
  for (double ef = kFirstEf; ef <= kLastEf && best.recall < kWantedRecall; ef *= kEfStep) {
    const int effort = static_cast<int>(ef);
    const Search search = [&peer, effort](const SlabQuery& query, FoundRows& found) {
      peer.search(query, effort, found);
    };
    Side side{"FAISS HNSW, M " + std::to_string(peer.links()) + ", ef " + std::to_string(effort), search, &queries,
              recall(queries, expected, search)};
    Json row = Json::object();
    row.set("links", static_cast<std::int64_t>(peer.links()));
    row.set("ef", static_cast<std::int64_t>(effort)).set("recall", side.recall).set("us", us_per_vector(side));
    tried.push(std::move(row));
    if (side.recall > best.recall) best = std::move(side);
  }
  return best;
}

void measure(std::vector<Side>& sides, std::size_t rounds) {
  for (const Side& side : sides) static_cast<void>(us_per_vector(side));
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      Side& side = sides[round % 2 == 0 ? i : sides.size() - 1 - i];
      side.us_per_vector.push(us_per_vector(side));
    }
  }
}

Json told(std::vector<Side>& sides) {
  Json all = Json::array();
  for (Side& side : sides) {
    Json row = Json::object();
    row.set("name", side.name).set("recall", side.recall).set("us", std::move(side.us_per_vector));
    all.push(std::move(row));
  }
  return all;
}

base::Result<Json> compare(const std::string& folder, std::size_t rows, std::size_t rounds, std::size_t count,
                           const std::vector<int>& links) {
  const SlabGoods goods = make_goods(rows, kSeed);
  const auto start = Clock::now();
  INKLING_ASSIGN(const index::PriceSlab slab,
                 index::PriceSlab::build({kSlabColumns, goods.vectors, goods.prices_cents}));
  const double build_s = std::chrono::duration<double>(Clock::now() - start).count();
  const auto queries = make_queries(goods, count, 1, kShare, kSeed);
  const auto batches = make_queries(goods, std::max<std::size_t>(1, count / kTogether), kTogether, kShare, kSeed);
  const auto expected = brute_force(goods, queries), expected_batches = brute_force(goods, batches);

  Ours ours(slab), ours_together(slab);
  Floor floor(goods);
  const FlatPeer flat(goods);
  std::vector<std::unique_ptr<HnswPeer>> graphs;
  for (const int m : links) {
    INKLING_ASSIGN(auto graph, HnswPeer::open(folder, goods, m));
    graphs.push_back(std::move(graph));
  }
  std::vector<Side> sides;
  const auto add = [&](const std::string& name, const Search& search, const std::vector<SlabQuery>& of,
                       const std::vector<FoundRows>& right) {
    sides.push_back({name, search, &of, recall(of, right, search)});
  };
  const auto own = [&](const SlabQuery& query, FoundRows& found) { ours.search(query, found); };
  const auto own_together = [&](const SlabQuery& query, FoundRows& found) { ours_together.search(query, found); };
  const auto range = [&](const SlabQuery& query, FoundRows& found) { flat.search_range(query, found); };
  const auto array = [&](const SlabQuery& query, FoundRows& found) { flat.search_array(query, found); };
  add("ours", own, queries, expected);
  add("FAISS flat, id range", range, queries, expected);
  add("FAISS flat, the slab's array", array, queries, expected);
  add("ours, 16 vectors a band", own_together, batches, expected_batches);
  add("FAISS flat, id range, 16 vectors a band", range, batches, expected_batches);
  add("FAISS flat, the slab's array, 16 vectors a band", array, batches, expected_batches);
  Json tried = Json::array();
  for (const auto& graph : graphs) sides.push_back(sweep(*graph, queries, expected, tried));
  sides.push_back({"reading the codes and nothing else",
                   [&](const SlabQuery& query, FoundRows& found) { floor.read(query, found); }, &queries});
  measure(sides, rounds);

  const auto targets = hwy::SupportedAndGeneratedTargets();
  Json answer = Json::object();
  answer.set("instruction_set", targets.empty() ? "scalar" : hwy::TargetName(targets.front()));
  answer.set("build_s", build_s).set("slab_rows", ours.rows_per_search()).set("scored", ours.scored_per_search());
  answer.set("sweep", std::move(tried)).set("sides", told(sides));
  return answer;
}

base::Status run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  base::Result<Json> answer =
      base::invalid_input("usage: price_slab_vs_peers FOLDER ROWS ROUNDS QUERIES [LINKS ...] (at least 1000 rows)");
  if (arguments.size() >= 4 && std::atoi(arguments[1].c_str()) >= 1000) {
    std::vector<int> links;
    for (std::size_t i = 4; i < arguments.size(); ++i) links.push_back(std::stoi(arguments[i]));
    answer =
        compare(arguments[0], std::stoul(arguments[1]), std::stoul(arguments[2]), std::stoul(arguments[3]), links);
  }
  if (!answer.ok()) return answer.status();
  std::cout << answer->to_text() << std::endl;
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("price_slab_vs_peers", [&] { return inkling::bench::run(argc, argv); });
}
