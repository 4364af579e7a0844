// What the network reads of a text: for every character the ids of itself, of the pairs with its neighbours, of its
// kind, and of the known words around it, chain by chain. Full-width letters count as plain ones, capitals as small.
//
// Ids: row 0 and 1 are nn::Embedding's padding and missing; then in the order of the sorted tables. Thread safety:
// immutable. Cost: some 100 ns a character; allocates only where the workspace has no room.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "base/core/utf8.h"
#include "models/span_tagger/span_tagger_architecture.h"
#include "models/span_tagger/span_tagger_words.h"

namespace inkling::models::span_tagger {

inline constexpr std::uint32_t kFirstKnownId = 2;
// Columns of a character's ids.
inline constexpr std::size_t kCharacterColumn = 0, kLeftPairColumn = 1, kRightPairColumn = 2, kKindColumn = 3,
                             kFirstWordColumn = 4;
// Other, digit, Latin letter, mark or blank, Chinese letter.
inline constexpr std::size_t kKindIds = kFirstKnownId + 5;
[[nodiscard]] bool is_mark(char32_t character);

[[nodiscard]] constexpr std::uint64_t pair_code(char32_t left, char32_t right) {
  return (std::uint64_t{left} << 32U) | right;
}
inline constexpr char32_t kEdge = 0;  // the neighbour of the first and last character

struct Vocabulary {
  std::vector<std::uint32_t> characters;  // plain forms, increasing
  std::vector<std::uint64_t> pairs;       // pair_code, increasing
  std::vector<WordList> words;            // of each chain

  [[nodiscard]] std::size_t columns() const { return kFirstWordColumn + words.size() * kWordColumns; }
  // Rows of the embedding that each column looks into.
  [[nodiscard]] std::size_t character_ids() const { return kFirstKnownId + characters.size(); }
  [[nodiscard]] std::size_t pair_ids() const { return kFirstKnownId + pairs.size(); }

  // Appends the plain characters of `text`, at most kMaxTaggedCharacters.
  static void split(std::string_view text, std::vector<base::CodePoint>& out);
  // own: for each chain as WordList::match, or empty. ids: [characters x columns()].
  void encode(std::span<const base::CodePoint> characters, std::span<const std::vector<std::uint64_t>> own,
              std::span<std::uint32_t> ids) const;
};

[[nodiscard]] base::Status write_vocabulary(const Vocabulary& vocabulary, artifact::SafetensorsWriter& out);
[[nodiscard]] base::Result<Vocabulary> read_vocabulary(const Architecture& architecture,
                                                       const artifact::Safetensors& weights);

}  // namespace inkling::models::span_tagger
