// The rankers that a contest sets against each other, as command lines name them: NAME:MODEL[,parameter=value ...].
// MODEL is a model that orders candidates or a variant of one; what stands behind it are parameters of params.yaml.
// Two more learn nothing: `recall` is the order of the best simple formula (the item autoencoder's score and a
// twentieth of the shopper's own purchases), and `mix` adds up the scores of contenders that stand before it:
// mix,trees=0.5,net=1.
//
// Trained by their training halves and loaded as a server loads them, through the bytes of a package. Thread safety:
// one thread. Failure: kInvalidInput that names the word; what training refuses.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "basket/candidate_scorer.h"
#include "basket/purchase.h"

namespace inkling::bench {

struct Contender {
  std::string name;
  std::shared_ptr<const basket::CandidateScorer> scorer;  // nullptr: the formula, or a mix
  std::vector<std::pair<std::size_t, double>> mixed;      // which contender, how much of it
  double training_seconds = 0;
  std::size_t package_bytes = 0;
};

struct Teaching {
  std::span<const basket::Purchase> purchases;  // in the order of time
  std::int64_t end_ms = 0;                      // those from then on are not read
  std::uint64_t seed = 1;
};

// In the order of their words.
[[nodiscard]] base::Result<std::vector<Contender>> train_contenders(std::span<char* const> words,
                                                                    const Teaching& teaching);

}  // namespace inkling::bench
