#include "models/span_tagger/span_tagger_vocabulary.h"

#include <algorithm>
#include <string>

#include "models/tagging_model.h"
#include "nn/embedding.h"

namespace inkling::models::span_tagger {
namespace {

using base::Result;
using base::Status;

template <typename Code>
std::uint32_t id_of(std::span<const Code> sorted, Code code) {
  const auto found = std::ranges::lower_bound(sorted, code);
  if (found == sorted.end() || *found != code) return nn::Embedding::kMissingId;
  return kFirstKnownId + static_cast<std::uint32_t>(found - sorted.begin());
}

std::uint32_t kind_of(char32_t character) {
  if (character >= U'0' && character <= U'9') return kFirstKnownId + 1;
  if (character >= U'a' && character <= U'z') return kFirstKnownId + 2;
  if (is_mark(character)) return kFirstKnownId + 3;
  if (character >= 0x3400 && character <= 0x9FFF) return kFirstKnownId + 4;
  return kFirstKnownId;
}

template <typename Code>
Result<std::vector<Code>> read_codes(const artifact::Safetensors& weights, const std::string& name) {
  INKLING_ASSIGN(const auto codes, weights.values<Code>(name, {-1}));
  if (std::ranges::adjacent_find(codes, std::greater_equal<>()) != codes.end())
    return base::corrupt(name + ": its entries do not increase.");
  return std::vector<Code>(codes.begin(), codes.end());
}

Result<WordList> read_words(const artifact::Safetensors& weights, const std::string& prefix, std::size_t types) {
  INKLING_ASSIGN(const auto hashes, weights.values<std::uint64_t>(prefix + ".hash", {-1}));
  INKLING_ASSIGN(const auto word_types,
                 weights.values<std::uint32_t>(prefix + ".type", {static_cast<std::int64_t>(hashes.size())}));
  std::vector<WordList::Word> words;
  for (std::size_t i = 0; i < hashes.size(); ++i) words.push_back({hashes[i], word_types[i], 2});
  auto list = WordList::make(std::move(words), types);
  return list.ok() ? std::move(list) : Result<WordList>(list.status().within(prefix));
}

Status write_words(const WordList& list, const std::string& prefix, artifact::SafetensorsWriter& out) {
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> types;
  for (const WordList::Word& word : list.words()) {
    hashes.push_back(word.hash);
    types.push_back(word.type);
  }
  const auto size = static_cast<std::int64_t>(hashes.size());
  INKLING_TRY(out.add<std::uint64_t>(prefix + ".hash", {size}, hashes));
  return out.add<std::uint32_t>(prefix + ".type", {size}, types);
}

std::string words_prefix(std::size_t chain) {
  return "words" + std::to_string(chain);
}

}  // namespace

bool is_mark(char32_t character) {
  const bool letter = (character >= U'0' && character <= U'9') || (character >= U'a' && character <= U'z');
  return (character < 0x80 && !letter) || (character >= 0x2000 && character <= 0x206F) ||
         (character >= 0x3000 && character <= 0x303F) || (character >= 0xFE30 && character <= 0xFE4F);
}

void Vocabulary::split(std::string_view text, std::vector<base::CodePoint>& out) {
  const std::size_t first = out.size();
  base::append_code_points(text, kMaxTaggedCharacters, out);
  for (std::size_t i = first; i < out.size(); ++i) out[i].value = base::plain_form(out[i].value);
}

void Vocabulary::encode(std::span<const base::CodePoint> text, std::span<const std::vector<std::uint64_t>> own,
                        std::span<std::uint32_t> ids) const {
  const std::size_t stride = columns();
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i].value : kEdge; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t* row = &ids[i * stride];
    row[kCharacterColumn] = id_of<std::uint32_t>(characters, at(i));
    row[kLeftPairColumn] =
        i > 0 ? ids[(i - 1) * stride + kRightPairColumn] : id_of<std::uint64_t>(pairs, pair_code(kEdge, at(0)));
    row[kRightPairColumn] = id_of<std::uint64_t>(pairs, pair_code(at(i), at(i + 1)));
    row[kKindColumn] = kind_of(at(i));
  }
  for (std::size_t chain = 0; chain < words.size(); ++chain) {
    words[chain].match(text, own.empty() ? std::span<const std::uint64_t>() : std::span(own[chain]),
                       ids.subspan(kFirstWordColumn + chain * kWordColumns), stride);
  }
}

Status write_vocabulary(const Vocabulary& vocabulary, artifact::SafetensorsWriter& out) {
  INKLING_TRY(out.add<std::uint32_t>("characters", {static_cast<std::int64_t>(vocabulary.characters.size())},
                                     vocabulary.characters));
  INKLING_TRY(
      out.add<std::uint64_t>("pairs", {static_cast<std::int64_t>(vocabulary.pairs.size())}, vocabulary.pairs));
  for (std::size_t chain = 0; chain < vocabulary.words.size(); ++chain) {
    INKLING_TRY(write_words(vocabulary.words[chain], words_prefix(chain), out));
  }
  return {};
}

Result<Vocabulary> read_vocabulary(const Architecture& architecture, const artifact::Safetensors& weights) {
  Vocabulary read;
  INKLING_ASSIGN(read.characters, read_codes<std::uint32_t>(weights, "characters"));
  INKLING_ASSIGN(read.pairs, read_codes<std::uint64_t>(weights, "pairs"));
  for (std::size_t chain = 0; chain < architecture.chains(); ++chain) {
    INKLING_ASSIGN(WordList list, read_words(weights, words_prefix(chain), architecture.types_of(chain).size()));
    read.words.push_back(std::move(list));
  }
  return read;
}

}  // namespace inkling::models::span_tagger
