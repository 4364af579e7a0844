#include "bench/price_slab/peers.h"

#include <faiss/IndexFlat.h>
#include <faiss/IndexHNSW.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/index_io.h>
#include <faiss/utils/distances.h>
#include <omp.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>

namespace inkling::bench {
namespace {

constexpr int kEfConstruction = 100;

std::int64_t vectors_in(const SlabQuery& query) {
  return static_cast<std::int64_t>(query.vectors.size() / kSlabColumns);
}

void resize(const SlabQuery& query, std::vector<float>& scores, FoundRows& found) {
  scores.resize(query.vectors.size() / kSlabColumns * kHits);
  found.resize(scores.size());
}

std::unique_ptr<faiss::Index> build(const SlabGoods& goods, int links) {
  std::fprintf(stderr, "building FAISS HNSW with M = %d over %zu rows; kept for later runs\n", links, goods.rows());
  auto index =
      std::make_unique<faiss::IndexHNSWFlat>(static_cast<int>(kSlabColumns), links, faiss::METRIC_INNER_PRODUCT);
  index->hnsw.efConstruction = kEfConstruction;
  omp_set_num_threads(omp_get_num_procs());
  index->add(static_cast<std::int64_t>(goods.rows()), goods.vectors.data());
  return index;
}

// A graph of other goods, made by an earlier version of this program, would only look like a bad peer.
bool holds(const faiss::Index& index, const SlabGoods& goods) {
  if (index.ntotal != static_cast<std::int64_t>(goods.rows())) return false;
  std::vector<float> vector(kSlabColumns);
  for (const std::size_t row : {std::size_t{0}, goods.rows() / 2, goods.rows() - 1}) {
    index.reconstruct(static_cast<std::int64_t>(row), vector.data());
    if (!std::equal(vector.begin(), vector.end(), goods.vectors.begin() + row * kSlabColumns)) return false;
  }
  return true;
}

// Under another name first, so that a build cut short leaves nothing that looks whole.
void write(const faiss::Index& index, const std::string& path) {
  faiss::write_index(&index, (path + ".part").c_str());
  std::filesystem::rename(path + ".part", path);
}

}  // namespace

FlatPeer::FlatPeer(const SlabGoods& goods)
    : goods_(goods), index_(std::make_unique<faiss::IndexFlatIP>(static_cast<std::int64_t>(kSlabColumns))) {
  index_->add(static_cast<std::int64_t>(goods.rows()), goods.vectors.data());
}
FlatPeer::~FlatPeer() = default;

void FlatPeer::search_range(const SlabQuery& query, FoundRows& found) const {
  static thread_local std::vector<float> scores;
  resize(query, scores, found);
  faiss::IDSelectorRange range(static_cast<std::int64_t>(query.begin), static_cast<std::int64_t>(query.end));
  faiss::SearchParameters parameters;
  parameters.sel = &range;
  index_->search(vectors_in(query), query.vectors.data(), kHits, scores.data(), found.data(), &parameters);
}

void FlatPeer::search_array(const SlabQuery& query, FoundRows& found) const {
  static thread_local std::vector<float> scores;
  resize(query, scores, found);
  faiss::knn_inner_product(query.vectors.data(), goods_.vectors.data() + query.begin * kSlabColumns, kSlabColumns,
                           found.size() / kHits, query.end - query.begin, kHits, scores.data(), found.data());
  for (std::int64_t& row : found) row += row < 0 ? 0 : static_cast<std::int64_t>(query.begin);
}

HnswPeer::HnswPeer(int links, std::unique_ptr<faiss::Index> index) : links_(links), index_(std::move(index)) {}
HnswPeer::~HnswPeer() = default;

base::Result<std::unique_ptr<HnswPeer>> HnswPeer::open(const std::string& folder, const SlabGoods& goods, int links) {
  const std::string path = folder + "/hnsw_" + std::to_string(goods.rows()) + "_m" + std::to_string(links) + ".faiss";
  try {
    if (!std::filesystem::exists(path)) write(*build(goods, links), path);
    omp_set_num_threads(1);
    std::unique_ptr<faiss::Index> index(faiss::read_index(path.c_str()));
    if (!holds(*index, goods)) return base::corrupt(path + " does not hold these goods; delete it");
    return std::unique_ptr<HnswPeer>(new HnswPeer(links, std::move(index)));
  } catch (const std::exception& error) {
    return base::io_error(path + ": " + error.what() + "; delete it if it was cut short");
  }
}

void HnswPeer::search(const SlabQuery& query, int ef_search, FoundRows& found) const {
  static thread_local std::vector<float> scores;
  resize(query, scores, found);
  faiss::IDSelectorRange range(static_cast<std::int64_t>(query.begin), static_cast<std::int64_t>(query.end));
  faiss::SearchParametersHNSW parameters;
  parameters.sel = &range;
  parameters.efSearch = ef_search;
  // FAISS 1.7.3 takes the length of its queue from the index and the number of steps from the parameters.
  dynamic_cast<faiss::IndexHNSW&>(*index_).hnsw.efSearch = ef_search;
  index_->search(vectors_in(query), query.vectors.data(), kHits, scores.data(), found.data(), &parameters);
}

}  // namespace inkling::bench
