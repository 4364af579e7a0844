// What a shopper said in words lately: searches, and the tags that were picked. Derived from the shopper's events, of
// which states keep no words. Thread safety: plain value. Cost: the newest kMaxToldWords of at most kMaxToldWordBytes
// each; longer ones are nobody's search for a service and are left out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/event.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxToldWords = 16;
inline constexpr std::size_t kMaxToldWordBytes = 256;

struct ToldWord {
  std::int64_t ts_ms = 0;
  bool picked = false;  // else searched for
  std::string text;     // of a pick the id that the scene gave, or the tag
};

class ToldWords {
 public:
  void add(std::int64_t ts_ms, const domain::Action& action);
  // Oldest first.
  [[nodiscard]] std::span<const ToldWord> words() const { return words_; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  std::vector<ToldWord> words_;
};

}  // namespace inkling::scene
