// Which words judge and what they judge, from texts that nobody labelled. Grown from opinion_seeds(): what stands
// before a word that judges, graded or not, is judged (服务很好, 好吃的面); what is graded behind something that is
// judged, or alone, judges as well (服务挺周到, 很地道); and again, until nothing is new. What a new word says, good
// or bad, its neighbours tell: clauses side by side say the same, unless one turns (但是) or denies (不). Not for
// what a given tag means to people who said so (opinions.h) and not for languages other than Chinese.
//
// Ownership: owns its words. Thread safety: const calls from any thread; learning one thread, the same words for the
// same texts in any order. Cost: segmentation of all texts, some us each, and 8 bytes a word of them. Failure:
// segmentation's. Source: Qiu, Liu, Bu and Chen (Computational Linguistics 2011), double propagation, without its
// parser: order and word classes stand for dependencies; Hatzivassiloglou and McKeown (ACL 1997) for neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"

namespace inkling::mining {

struct OpinionWordOptions {
  std::uint32_t min_count = 3;  // of places where it is judged, or where it is graded
  double min_share = 0.05;      // of all its places
  double min_log_odds = 2;      // of good against bad, by its neighbours: with less its polarity is not told
  std::size_t max_rounds = 10;
};

class OpinionWords {
 public:
  // `texts` in one form (text/normal_form.h or as people wrote them), UTF-8.
  [[nodiscard]] static base::Result<OpinionWords> learn(std::span<const std::string_view> texts,
                                                        const OpinionWordOptions& options = {});

  // 1 good, -1 bad, 0 not told; nothing when it does not judge.
  [[nodiscard]] std::optional<std::int8_t> polarity_of(std::string_view word) const;
  // Whether something that ends with this word is judged. A word of few places goes by its last character.
  [[nodiscard]] bool is_judged(std::string_view word) const;

  // In the order of their bytes.
  [[nodiscard]] std::vector<std::string_view> opinions() const;
  [[nodiscard]] std::vector<std::string_view> aspects() const;

 private:
  friend class OpinionWordLearner;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <typename Value>
  using ByWord = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;
  ByWord<std::int8_t> opinions_;
  ByWord<bool> judged_;            // words of places enough: whether they are
  ByWord<bool> judged_character_;  // the last of words
};

}  // namespace inkling::mining
