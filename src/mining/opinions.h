// Which tags say something good or bad, from texts whose readers said which they are: reviews with stars, for one.
// Not for the polarity of a whole text (models/text_polarity).
//
// A tag is an opinion when the texts that hold it are good (or bad) clearly more often than all texts are, by two
// measures: more than chance (the deviation of a binomial count) and by much (log odds against those of all texts),
// so that a frequent word with a slight tilt is none. A tag in few texts is left unknown. Counted once a text. Thread
// safety: pure. Cost: one extraction a text. Failure: none; without texts of both kinds nothing is an opinion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tag/tag_graph.h"

namespace inkling::mining {

struct JudgedText {
  std::string_view text;
  bool good = false;
};

struct OpinionOptions {
  std::uint32_t min_texts = 10;   // that hold the tag
  double min_deviation = 3.3;     // of the count of good ones, in standard deviations: one chance in a thousand
  double min_log_odds_ratio = 1;  // e times the odds of all texts
};

struct Opinion {
  std::uint32_t row = 0;            // of a tag
  std::int8_t polarity = 0;         // 1 or -1
  std::uint32_t good = 0, bad = 0;  // texts that hold it
};

// In the order of rows.
[[nodiscard]] std::vector<Opinion> opinions_of(const tag::TagGraph& graph, std::span<const JudgedText> texts,
                                               const OpinionOptions& options = {});

}  // namespace inkling::mining
