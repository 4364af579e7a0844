// Adds up, tag by tag, what speaks for the items that carry them, and gives the best ones: for recalls through tags.
// Not for what a tag is worth: that is the caller's say.
//
// Ownership: keeps its memory between requests. Thread safety: one a thread. Cost: 2 to 4 ns a carrier; at most
// kMaxCarriers of one request are looked at, the most wanted of each tag first. Allocates only where there are more
// items than ever before.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tag/carried_tags.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxCarriers = 300'000;

class CarrierScores {
 public:
  void begin(const tag::CarriedTags& carried);
  // Tags that matter most first: once kMaxCarriers were looked at, further ones are not.
  void add(std::uint32_t tag, float score);

  // What was added is divided by length(row), once for each item.
  template <typename Length>
  void divide(Length length) {
    for (const std::uint32_t place : touched_) score_[place] /= length(carried_->row_at(place));
  }

  // visit(row, score) -> whether to go on; best first, the more wanted one of equals.
  template <typename Visit>
  void best_first(Visit visit) {
    const auto worse = [this](std::uint32_t a, std::uint32_t b) {
      return score_[a] != score_[b] ? score_[a] < score_[b] : a > b;
    };
    std::ranges::make_heap(touched_, worse);
    for (auto end = touched_.end(); end != touched_.begin(); --end) {
      std::pop_heap(touched_.begin(), end, worse);
      const std::uint32_t place = *(end - 1);
      if (!visit(carried_->row_at(place), score_[place])) return;
    }
  }

 private:
  const tag::CarriedTags* carried_ = nullptr;
  std::size_t looked_at_ = 0;
  std::vector<float> score_;  // by place; 0 where nothing was added
  std::vector<std::uint32_t> touched_;
};

}  // namespace inkling::scene
