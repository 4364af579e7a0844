#include "mining/gram.h"

namespace inkling::mining {

std::string to_utf8(const Gram& gram) {
  std::string text;
  for (std::size_t i = 0; i < kGramLetters; ++i) {
    const std::uint16_t letter = gram.letter(i);
    if (letter == 0) break;
    if (letter < 0x80) {
      text += static_cast<char>(letter);
    } else if (letter < 0x800) {
      text += static_cast<char>(0xC0 | (letter >> 6));
      text += static_cast<char>(0x80 | (letter & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | (letter >> 12));
      text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (letter & 0x3F));
    }
  }
  return text;
}

}  // namespace inkling::mining
