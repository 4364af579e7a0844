#include "mining/phrase_scanner.h"

#include <bit>

namespace inkling::mining {

PhraseScanner::PhraseScanner(std::span<const Gram> phrases)
    : sizes_(kPairs, 0), slots_(std::bit_ceil(2 * phrases.size() + 1)) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const Gram& phrase = phrases[i];
    std::size_t at = home_of(phrase);
    while (slots_[at].number != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {phrase, static_cast<std::uint32_t>(i)};
    sizes_[pair_hash(phrase.letter(0), phrase.letter(1))] |= static_cast<std::uint8_t>(1U << phrase.size());
  }
}

}  // namespace inkling::mining
