#include "models/span_tagger/span_tagger_samples_net.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "models/span_tagger/span_tagger_chain.h"

namespace inkling::models::span_tagger {
namespace {

using base::Result;

bool overlap(const PlacedSpan& a, const PlacedSpan& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Whether spans of the two types overlap anywhere.
std::vector<std::vector<bool>> overlaps(const train::LabelledTexts& texts) {
  const std::size_t types = texts.types.size();
  std::vector<std::vector<bool>> found(types, std::vector<bool>(types));
  for (const train::LabelledText& text : texts.texts) {
    for (const train::TextSpan& a : text.spans) {
      for (const train::TextSpan& b : text.spans) {
        if (a.begin < b.end && b.begin < a.end) found[a.type][b.type] = true;
      }
    }
  }
  return found;
}

std::uint32_t first_free_chain(const std::vector<std::uint32_t>& chain_of, const std::vector<bool>& overlapping) {
  std::uint32_t chain = 0;
  for (bool taken = true; taken; chain += taken ? 1 : 0) {
    taken = false;
    for (std::size_t type = 0; type < chain_of.size(); ++type) taken |= chain_of[type] == chain && overlapping[type];
  }
  return chain;
}

template <typename Code>
std::vector<Code> frequent(const std::unordered_map<Code, std::uint32_t>& texts_with, std::uint32_t min_count) {
  std::vector<Code> codes;
  for (const auto& [code, count] : texts_with) {
    if (count >= min_count) codes.push_back(code);
  }
  std::ranges::sort(codes);
  return codes;
}

template <typename Code>
void count_once(std::vector<Code>& codes, std::unordered_map<Code, std::uint32_t>& texts_with) {
  std::ranges::sort(codes);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  for (const Code code : codes) ++texts_with[code];
  codes.clear();
}

void learn_characters(std::span<const train::LabelledText* const> texts, std::uint32_t min_count, Vocabulary& out) {
  std::unordered_map<std::uint32_t, std::uint32_t> characters;
  std::unordered_map<std::uint64_t, std::uint32_t> pairs;
  std::vector<base::CodePoint> text;
  std::vector<std::uint32_t> own_characters;
  std::vector<std::uint64_t> own_pairs;
  for (const train::LabelledText* labelled : texts) {
    text.clear();
    Vocabulary::split(labelled->text, text);
    char32_t before = kEdge;
    for (const base::CodePoint& character : text) {
      own_characters.push_back(character.value);
      own_pairs.push_back(pair_code(before, character.value));
      before = character.value;
    }
    own_pairs.push_back(pair_code(before, kEdge));
    count_once(own_characters, characters);
    count_once(own_pairs, pairs);
  }
  out.characters = frequent(characters, min_count);
  out.pairs = frequent(pairs, min_count);
}

std::span<const base::CodePoint> part(const std::vector<base::CodePoint>& text, const PlacedSpan& span) {
  return std::span(text).subspan(span.begin, span.end - span.begin);
}

bool is_word(const PlacedSpan& span) {
  return span.end - span.begin <= kMaxWordCharacters;
}

// hash -> type -> hashes of the texts that say so.
using Taught = std::map<std::uint64_t, std::map<std::uint32_t, std::set<std::uint64_t>>>;

Result<WordList> word_list(const Taught& taught, std::size_t types) {
  std::vector<WordList::Word> words;
  for (const auto& [hash, by_type] : taught) {
    std::set<std::uint64_t> texts;
    const auto* most = &*by_type.begin();
    for (const auto& entry : by_type) {
      texts.insert(entry.second.begin(), entry.second.end());
      if (entry.second.size() > most->second.size()) most = &entry;
    }
    words.push_back({hash, most->first, static_cast<std::uint32_t>(texts.size())});
  }
  return WordList::make(std::move(words), types);
}

}  // namespace

void distinct_spans(const train::LabelledText& text, std::vector<PlacedSpan>& spans,
                    std::vector<train::TextPair>& pairs) {
  std::vector<std::uint32_t> places;
  for (const train::TextSpan& span : text.spans) {
    const PlacedSpan placed{span.begin, span.end, span.type};
    auto found = std::ranges::find(spans, placed);
    if (found == spans.end()) found = spans.insert(spans.end(), placed);
    places.push_back(static_cast<std::uint32_t>(found - spans.begin()));
  }
  for (const train::TextPair& pair : text.pairs) {
    pairs.push_back({places[pair.first], places[pair.second], pair.relation});
  }
}

Result<Architecture> read_labels(const train::LabelledTexts& texts) {
  if (texts.types.empty()) return base::invalid_input("the labelled texts have no spans, of which to learn.");
  Architecture read;
  read.types = texts.types;
  read.relations = texts.relations;
  const auto overlapping = overlaps(texts);
  for (std::size_t type = 0; type < read.types.size(); ++type) {
    read.chain_of.push_back(first_free_chain(read.chain_of, overlapping[type]));
  }
  for (const train::LabelledText& text : texts.texts) {
    for (const train::TextPair& pair : text.pairs) {
      const std::uint32_t first = text.spans[pair.first].type, second = text.spans[pair.second].type;
      if (!read.joins(first, second)) read.joints.push_back({first, second});
    }
  }
  return read;
}

Result<Vocabulary> learn_vocabulary(std::span<const train::LabelledText* const> texts,
                                    const Architecture& architecture, std::uint32_t min_count) {
  Vocabulary learnt;
  learn_characters(texts, min_count, learnt);
  std::vector<Taught> taught(architecture.chains());
  for (const train::LabelledText* labelled : texts) {
    std::vector<base::CodePoint> text;
    Vocabulary::split(labelled->text, text);
    const std::uint64_t text_hash = word_hash(text);
    for (const train::TextSpan& span : labelled->spans) {
      const PlacedSpan placed{span.begin, span.end, span.type};
      if (!is_word(placed) || span.end > text.size()) continue;
      taught[architecture.chain_of[span.type]][word_hash(part(text, placed))][architecture.place_of(span.type)]
          .insert(text_hash);
    }
  }
  for (std::size_t chain = 0; chain < taught.size(); ++chain) {
    INKLING_ASSIGN(WordList list, word_list(taught[chain], architecture.types_of(chain).size()));
    learnt.words.push_back(std::move(list));
  }
  return learnt;
}

Sample make_sample(const train::LabelledText& text, const Architecture& architecture, const Vocabulary& vocabulary) {
  Sample sample;
  Vocabulary::split(text.text, sample.text);
  distinct_spans(text, sample.spans, sample.pairs);
  sample.tags.assign(architecture.chains(), std::vector<std::uint32_t>(sample.text.size(), kOutside));
  std::vector<std::vector<std::uint64_t>> own(architecture.chains());
  std::vector<std::vector<PlacedSpan>> tagged(architecture.chains());
  for (const PlacedSpan& span : sample.spans) {
    if (span.end > sample.text.size()) continue;
    const std::uint32_t chain = architecture.chain_of[span.type];
    if (is_word(span)) own[chain].push_back(word_hash(part(sample.text, span)));
    if (std::ranges::any_of(tagged[chain], [&](const PlacedSpan& other) { return overlap(span, other); })) continue;
    tagged[chain].push_back(span);
    auto& tags = sample.tags[chain];
    const std::uint32_t type = architecture.place_of(span.type);
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      tags[i] = static_cast<std::uint32_t>(tag_of(type, part_at(i - span.begin, span.end - span.begin)));
    }
  }
  for (auto& hashes : own) std::ranges::sort(hashes);
  sample.ids.resize(sample.text.size() * vocabulary.columns());
  vocabulary.encode(sample.text, own, sample.ids);
  return sample;
}

}  // namespace inkling::models::span_tagger
