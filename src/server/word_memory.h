// What one warm shopper searched for and picked lately (scene::ToldWords), derived from the shopper's journaled
// events, as states keep no words. Not the truth and never stored: a new one catches up from the journal.
//
// After catch_up() it tells of exactly the events that the state has folded. Thread safety: one thread at a time.
// Cost: catch_up is O(1) while the shopper says nothing, else it reads the shopper's events behind the last word; the
// first one reads all of them. Failure: the store's; the memory is then empty and catches up from the start next
// time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/core/result.h"
#include "scene/told_words.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::server {

class WordMemory {
 public:
  [[nodiscard]] base::Status catch_up(const store::Store& store, std::string_view shopper,
                                      const state::ShopperState& state);

  [[nodiscard]] std::span<const scene::ToldWord> words() const { return words_.words(); }
  [[nodiscard]] std::size_t memory_bytes() const { return words_.memory_bytes(); }

 private:
  scene::ToldWords words_;
  std::uint32_t told_ = 0;      // events read that the state counts among searches: filters among them
  std::uint64_t sequence_ = 0;  // of the last of them
};

}  // namespace inkling::server
