// Posts whose title speaks of another category than the one they stand in: spam, slips and wrong choices, told with
// the words that say so. Not for removing them.
//
// A title speaks for a category by the sum of its words' PMI. It contradicts its own when another group's category
// gets clearly more and the own group less than half of that. Thread safety: pure. Cost: linear in titles' words and
// the categories that those contribute to. Nothing can fail.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/contributions.h"
#include "mining/categories/merge_signals.h"

namespace inkling::categories {

struct Contradiction {
  std::uint32_t post = 0;
  std::uint32_t towards = 0;         // the category that the title speaks of
  std::vector<std::uint32_t> words;  // that say so, the weightiest first, at most three; of TitleWords
};

// By post.
[[nodiscard]] std::vector<Contradiction> contradictions(const Behaviour& behaviour, const TitleWords& titles,
                                                        const Contributions& contributions,
                                                        std::span<const std::uint32_t> group_of_category);
// By post: whether it is among them.
[[nodiscard]] std::vector<bool> marked(const std::vector<Contradiction>& contradictions, std::size_t posts);

}  // namespace inkling::categories
