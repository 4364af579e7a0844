#include "mining/phrase_scanner.h"

namespace inkling::mining {

PhraseScanner::PhraseScanner(std::span<const Gram> phrases) : sizes_(kPairs, 0) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const Gram& phrase = phrases[i];
    numbers_.emplace(phrase, static_cast<std::uint32_t>(i));
    sizes_[pair_hash(phrase.letter(0), phrase.letter(1))] |= static_cast<std::uint8_t>(1U << phrase.size());
  }
}

}  // namespace inkling::mining
