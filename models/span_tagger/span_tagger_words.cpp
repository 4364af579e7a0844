#include "models/span_tagger/span_tagger_words.h"

#include <algorithm>

#include "base/core/hash.h"
#include "models/span_tagger/span_tagger_chain.h"

namespace inkling::models::span_tagger {
namespace {

constexpr std::uint64_t kStart = 0x9e3779b97f4a7c15ULL;

std::uint64_t longer(std::uint64_t hash, char32_t character) {
  return base::mix64(hash + character + 1);
}

std::uint32_t length_id(std::size_t length, std::uint32_t type) {
  return kNoWord + 1 + 4 * type + static_cast<std::uint32_t>(std::min<std::size_t>(length, 4)) - 1;
}

std::uint32_t tag_id(Part part, std::uint32_t type) {
  return kNoWord + 1 + 4 * type + static_cast<std::uint32_t>(part);
}

}  // namespace

std::uint64_t word_hash(std::span<const base::CodePoint> characters) {
  std::uint64_t hash = kStart;
  for (const base::CodePoint& character : characters) hash = longer(hash, character.value);
  return hash;
}

base::Result<WordList> WordList::make(std::vector<Word> words, std::size_t types) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && words[i - 1].hash >= words[i].hash) return base::corrupt("the hashes of its words do not increase.");
    if (words[i].type >= types) return base::corrupt("a word has a type that the chain does not have.");
  }
  WordList list;
  list.words_ = std::move(words);
  return list;
}

const WordList::Word* WordList::find(std::uint64_t hash, std::span<const std::uint64_t> own) const {
  const auto word = std::ranges::lower_bound(words_, hash, {}, &Word::hash);
  if (word == words_.end() || word->hash != hash) return nullptr;
  return word->texts == 1 && std::ranges::binary_search(own, hash) ? nullptr : &*word;
}

void WordList::match(std::span<const base::CodePoint> characters, std::span<const std::uint64_t> own,
                     std::span<std::uint32_t> ids, std::size_t stride) const {
  const std::size_t size = characters.size();
  for (std::size_t i = 0; i < size; ++i) std::ranges::fill(ids.subspan(i * stride, kWordColumns), kNoWord);
  std::size_t covered = 0;
  for (std::size_t begin = 0; begin < size; ++begin) {
    Longest longest;
    std::uint64_t hash = kStart;
    for (std::size_t length = 1; length <= std::min(kMaxWordCharacters, size - begin); ++length) {
      hash = longer(hash, characters[begin + length - 1].value);
      const Word* word = find(hash, own);
      if (word == nullptr) continue;
      longest = {length, word->type};
      // Beginnings come from left to right, so the first that ends at a place is the longest there.
      std::uint32_t& end = ids[(begin + length - 1) * stride + 2];
      if (end == kNoWord) end = length_id(length, word->type);
    }
    if (longest.length == 0) continue;
    ids[begin * stride + 1] = length_id(longest.length, longest.type);
    if (begin < covered) continue;
    for (std::size_t i = 0; i < longest.length; ++i) {
      ids[(begin + i) * stride] = tag_id(part_at(i, longest.length), longest.type);
    }
    covered = begin + longest.length;
  }
}

}  // namespace inkling::models::span_tagger
