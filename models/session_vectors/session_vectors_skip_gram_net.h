// Skip-gram with negative sampling over visits: an item's vector comes to predict what is touched near it. A plain
// loop on one thread, since the whole step is eleven products of one vector with another: autograd and batches cost
// more than they do, fastText has no place for a visit's purchase as context, and locks or races (hogwild) would give
// other bytes every time.
//
// One table serves both sides of a pair: neighbours are found by the cosine of two vectors of that table, so that is
// what is trained. With a second table for contexts, as published, nearness would mean "seen beside the same items",
// and on the YooChoose sample HR@20 falls from 0.50 to 0.37.
//
// Thread safety: pure function. Cost: about touches x window x (negatives + 1) x dim multiplications an epoch.
// Source: Mikolov et al. 2013 (loss, subsampling, unigram^0.75); Grbovic and Cheng (KDD 2018): what a visit ended in
// is context of all of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "index/item_vectors.h"
#include "train/visit_log.h"

namespace inkling::models::session_vectors {

struct SkipGramOptions {
  std::size_t dim = 64;
  std::size_t window = 5;  // touches before and after, at most; each time so many as a draw from 1 says
  std::size_t negatives = 10;
  std::size_t epochs = 30;
  std::size_t min_count = 2;    // items touched less often have no vector
  double learning_rate = 0.05;  // falls to a ten-thousandth
  double subsample = 1e-3;      // items above this share of all touches are left out now and then; 0: never
  double negative_power = 0.75;
  bool bought_context = true;
  std::uint64_t seed = 1;
};

// Of the first `visits` visits of the log. Same log, options and machine: same bytes. kInvalidInput when fewer than
// two items are left.
[[nodiscard]] base::Result<index::ItemVectors> fit_skip_gram(const train::VisitLog& log, std::size_t visits,
                                                             const SkipGramOptions& options);

}  // namespace inkling::models::session_vectors
