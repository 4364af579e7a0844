// Which tags say something good or bad when nobody labelled a text: a tag that reads as a judgement (很地道, 太慢) by
// the words that the mined texts themselves teach (opinion_words.h). Chinese only. With labelled reviews opinions.h
// knows more: also tags that are no judgement and yet stand in good texts only.
//
// Thread safety: pure; one thread. Cost: segmentation of the texts, at most `most_texts` of them. Failure:
// segmentation's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "mining/opinion_words.h"
#include "mining/slice.h"
#include "tag/tag_graph.h"

namespace inkling::mining {

// All different texts of the slices, or about `most_texts` of them, which a hash of each chooses: the same ones for
// any order of files.
[[nodiscard]] std::vector<std::string_view> texts_to_learn_from(std::span<const Slice> slices,
                                                                std::size_t most_texts = 200'000);

struct TagPolarity {
  std::uint32_t row = 0;
  std::int8_t polarity = 0;  // 1 or -1
};

// In the order of rows.
[[nodiscard]] base::Result<std::vector<TagPolarity>> polarities_of(const tag::TagGraph& graph,
                                                                   const OpinionWords& words);

}  // namespace inkling::mining
