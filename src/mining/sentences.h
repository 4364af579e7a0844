// Sentences of a text in normal form, as examples show them: up to a full stop, or to a comma once they are long; at
// most tag::kMaxExampleBytes. Thread safety: pure. Cost: linear.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace inkling::mining {

struct Sentence {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
};

// All of the text, in order, without gaps.
void cut_sentences(std::string_view text, std::vector<Sentence>& out);

}  // namespace inkling::mining
