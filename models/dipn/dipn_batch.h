// DIPN for many shoppers at once, on one thread: samples from encoded features, each from an empty memory. For
// scoring sample shards and other bulk; a server, whose shoppers come one by one with a memory each, has DipnScorer.
//
// kTogether shoppers go through each view's recurrence side by side, so that a weight that is read serves all of
// them; attention and MLP take one after the other. Ownership: holds the scorer, and memories for kInTurn shoppers.
// Thread safety: one thread. Cost: as one shopper after the other, less what the recurrence saves; only making it
// allocates. Shoppers with similar numbers of records beside each other waste nothing. Wasm-clean.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

// What is known of one shopper; the spans outlive the call that gets it.
struct BatchSample {
  std::array<std::span<const std::uint32_t>, feature::kViewCount> ids;  // of each of the blueprint's views
  std::span<const float> numbers;
  std::span<const std::uint32_t> statistic_ids;
};

class DipnBatch {
 public:
  static constexpr std::size_t kTogether = nn::RecurrentCell::kMany;
  // Shoppers that pass a view before the next view's turn, so that its tables and weights stay in a near cache.
  static constexpr std::size_t kInTurn = 64;

  explicit DipnBatch(std::shared_ptr<const DipnScorer> scorer);

  // logits [samples x targets]. A view may have any number of records, oldest first.
  void score(std::span<const BatchSample> samples, std::span<float> logits);

 private:
  // Records of each shopper that are projected by one product with those of the others: few, so that what is
  // projected is still in a near cache when the recurrence reads it, and does not push the embeddings out.
  static constexpr std::size_t kChunkRecords = 25;
  using Lanes = std::array<std::size_t, kTogether>;

  void score_in_turn(std::span<const BatchSample> samples, std::span<float> logits);
  // `first` is the memory of the first of at most kTogether samples.
  void advance_together(std::size_t view, std::span<const BatchSample> samples, std::size_t first);
  bool advance_chunk(std::size_t view, std::span<const BatchSample> samples, std::size_t first, Lanes& done);

  std::shared_ptr<const DipnScorer> scorer_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  std::vector<std::unique_ptr<feature::ScorerMemory>> memories_;  // kInTurn
  std::vector<std::uint32_t> ids_;                                // of one chunk of all
};

}  // namespace inkling::models::dipn
